"""Run every scenario that ships and store what docs/gallery.md shows: data/gallery.json and a picture each.

Usage: python tools/gallery.py [FUTURES]

Takes some minutes; run it after the ledger, the facts, an equation or a scenario changed, then
`python tools/document.py`, which writes the page from what is stored. A test fails when the digests stored are no
longer those of the ledger and the facts, or when a scenario is missing.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from foedus.charts import differences, noted, svg
from foedus.ledger import Ledger, load_ledger
from foedus.names import country, possessive
from foedus.posture import Scenario
from foedus.posture.scenario import read_scenario
from foedus.results import Headline, Results, answer, drivers, headlines
from foedus.results.frame import bar
from foedus.results.stamp import errors_note
from foedus.study import prepare, run
from foedus.words import signed, significant
from foedus.world import World

ROOT = Path(__file__).parents[1]
STORED = ROOT / "data" / "gallery.json"
PICTURES = ROOT / "docs" / "gallery"
FUTURES, PICTURED, SAID = 300, 8, 3
"""Futures of each run unless told, allies in a picture, and sentences of a run's summary: war, ground, loss."""


@dataclass(frozen=True)
class Piece:
    """One scenario as the gallery shows it: its file, title and question, and what a run said, in sentences."""

    file: str
    title: str
    question: str
    years: tuple[int, int]
    answer: tuple[str, ...]
    known: str = ""
    """of how many futures, which years, ensemble and seed, and how exact"""


@dataclass(frozen=True)
class Gallery:
    """Every piece, with what it was made from."""

    futures: int
    ledger: str
    facts: str
    pieces: tuple[Piece, ...]


def files() -> list[Path]:
    """Scenarios that ship, by name."""
    return sorted((ROOT / "scenarios").glob("*.toml"))


def shown(path: Path, futures: int, world: World, ledger: Ledger) -> Piece:
    """Run a scenario, draw its picture and say what it says."""
    scenario: Scenario = read_scenario(path, world.states.iso3, ledger).but(futures=futures)
    with tempfile.TemporaryDirectory() as folder:
        results = Results.of(run(prepare(scenario), Path(folder) / "run"))
        rows = headlines(results)
        names = answer.ally_names(results, world.states.names)
        listed = answer.listed(rows, PICTURED)[0]
        bars = [bar(names[r.ally], r.difference or r.loss, r.direction if r.difference else 0) for r in listed]
        known = results.known(errors_note({"": max((r.difference or r.loss).error for r in listed)}))
        chart = differences(bars, scenario.title, "% of GDP a year; dot: mean, bars: half and nine tenths", 560)
        drawn = svg(noted(chart, known), known)
        (PICTURES / f"{path.stem}.svg").write_text(drawn + "\n", encoding="utf-8")
        said = [
            *answer.summary(results, rows, world.states.names)[:SAID],
            *([] if listed[0].direction else [band(listed[0], names)]),
            answer.hangs_on(drivers(results, answer.told(rows)), ledger),
        ]
    return Piece(path.name, scenario.title, scenario.question, (scenario.first, scenario.last), tuple(said), known)


def band(row: Headline, names: Mapping[str, str]) -> str:
    """The range of the most changed ally, whose direction nine futures in ten do not agree on."""
    owner, change = possessive(country(names[row.ally])), row.difference
    if change is None:
        ends = f"{significant(row.loss.low90)} to {significant(row.loss.high90)}"
        return f"{owner} loss is {ends} % of GDP a year in nine futures of ten."
    ends = f"{signed(change.low90)} to {signed(change.high90)} in nine futures of ten"
    return f"The change of {owner} loss is {signed(change.mean)} % of GDP a year on average, and {ends}."


def read_gallery() -> Gallery:
    """What is stored."""
    held = json.loads(STORED.read_text(encoding="utf-8"))
    pieces = tuple(Piece(**{**p, "years": tuple(p["years"]), "answer": tuple(p["answer"])}) for p in held["pieces"])
    return Gallery(**{**held, "pieces": pieces})


def main() -> None:
    """Run them all."""
    futures = int(sys.argv[1]) if len(sys.argv) > 1 else FUTURES
    world, ledger = World.load(), load_ledger()
    PICTURES.mkdir(exist_ok=True)
    pieces = tuple(shown(path, futures, world, ledger) for path in files())
    for old in set(PICTURES.glob("*.svg")) - {PICTURES / f"{path.stem}.svg" for path in files()}:
        old.unlink()
    made = Gallery(futures, ledger.digest, world.tables.digest, pieces)
    STORED.write_text(json.dumps(asdict(made), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
