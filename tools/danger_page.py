"""Fill in the order of allies by danger, and wars of and upon NATO, in docs/model.md, from a run of steady support.

Usage: python tools/danger_page.py [FUTURES]

Some seconds; run it after the ledger, the facts or an equation changed, and read what `danger.py` says beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import polars as pl

from danger import ARGUED
from foedus.ledger import load_ledger
from foedus.posture import Scenario
from foedus.results import Results
from foedus.results.pairs import PairChances, pair_chances
from foedus.results.sources import loss_sources
from foedus.tables import grid
from foedus.terms import FUTURES, SEED, YEARS
from foedus.verbs import compute
from foedus.words import significant
from foedus.world import World
from foedus.world.groups import groups
from marks import put

PAGE = Path(__file__).parents[1] / "docs" / "model.md"
OWN = "its own wars"
LEAST = 0.15
"""Share of a loss from which on its source is named."""

NAMED = 5
"""Most pairs or states that a sum of wars names, those with the largest part."""


def order(results: Results, names: Mapping[str, str]) -> str:
    """The table of allies by expected loss, and who loses less or nothing."""
    told = {row["ally"]: row for row in results.headline().iter_rows(named=True)}
    own = dict(results.tidy(["loss_own"]).group_by("ally").agg(pl.col("mean").mean()).iter_rows())
    sources = loss_sources(results)

    def whom(iso: str) -> str:
        taken = [(source.loss, names[source.challenger]) for source in sources[iso]] + [(own[iso], OWN)]
        return ", ".join(name for part, name in sorted(taken, reverse=True) if part >= LEAST * told[iso]["loss"])

    ranked = sorted(told, key=lambda iso: (-told[iso]["loss"], iso))
    lines = [([iso for iso in ranked if iso in group], words) for group, words in ARGUED.items()]
    lines = sorted((line for line in lines if line[0]), key=lambda line: ranked.index(line[0][0]))
    rows = [
        (
            ", ".join(names[iso] for iso in group),
            ", ".join(significant(told[iso]["loss"]) for iso in group),
            ", ".join(significant(100.0 * told[iso]["war"]) for iso in group),
            "; ".join(dict.fromkeys(map(whom, group))),
            words,
        )
        for group, words in lines
    ]
    columns = ("Ally", "Loss, % a year", f"War by {YEARS[1]}, %", "From whom", "Argument")
    rest = [iso for iso in ranked if not any(iso in group for group in ARGUED)]
    losing = [iso for iso in rest if told[iso]["loss"] > 0.0]
    spared = ", ".join(names[iso] for iso in rest if iso not in losing)
    after = [
        f"Of {len(losing)} others none loses more than {names[iso]} ({significant(told[iso]['loss'])})."
        for iso in losing[:1]
    ]
    after += [f"Nobody challenges {spared}."] if spared else []
    return "\n".join([*grid(columns, rows).markdown(), "", " ".join(after)])


def nato(results: Results, names: Mapping[str, str], members: Collection[str]) -> str:
    """Wars of Russia upon members, of members upon Russia, and of members upon others, per cent a year."""
    pairs = [pair for pair in pair_chances(results) if pair.war > 0.0]
    upon = [pair for pair in pairs if pair.challenger == "RUS" and pair.target in members]
    back = [pair for pair in pairs if pair.challenger in members and pair.target == "RUS"]
    others = [pair for pair in pairs if pair.challenger in members and pair.target != "RUS"]
    rows = [
        ("members", "Russia", _sum(upon), _most(upon, lambda pair: names[pair.target])),
        ("Russia", "members", _sum(back), _most(back, lambda pair: names[pair.challenger])),
        (
            "others",
            "members",
            _sum(others),
            _most(others, lambda pair: f"{names[pair.challenger]} upon {names[pair.target]}"),
        ),
    ]
    return "\n".join(grid(("Upon whom", "By whom", "% a year", "Most of it"), rows).markdown())


def _sum(pairs: Sequence[PairChances]) -> str:
    return f"{100.0 * sum(pair.war for pair in pairs):.2f}"


def _most(pairs: Sequence[PairChances], told: Callable[[PairChances], str]) -> str:
    ranked = sorted(pairs, key=lambda pair: -pair.war)[:NAMED]
    return ", ".join(f"{told(pair)} {100.0 * pair.war:.2f}" for pair in ranked)


def main() -> None:
    """Run steady support, and write both tables."""
    futures = int(sys.argv[1]) if len(sys.argv) > 1 else FUTURES
    world = World.load()
    results = compute(Scenario.of("steady", years=YEARS, futures=futures, seed=SEED), world)
    stamp = f"{futures:,} futures, seed {SEED}, ledger `{load_ledger().digest}`, facts `{world.tables.digest}`"
    text = PAGE.read_text(encoding="utf-8")
    names, tool = world.states.names, "tools/danger_page.py"
    text = put(text, "danger", order(results, names), PAGE.name, stamp=stamp, tool=tool)
    text = put(text, "wars of NATO", nato(results, names, groups()["NATO"]), PAGE.name, stamp=stamp, tool=tool)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
