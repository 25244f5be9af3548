"""Run the main postures and store what docs/results.md shows: data/results.json and docs/retrench.svg.

Usage: python tools/results.py [FUTURES] [--keep-ablation]

Takes some minutes; run it after the ledger, the facts or an equation changed, then `python tools/document.py`, which
writes the pages from what is stored. A test fails when the digests stored are no longer those of the ledger and the
facts. It ends with an error when the tables no longer show what the prose of `reading.py` says.
`--keep-ablation` makes all but what each mechanism adds, which is kept with the digests it was made from.
"""

from __future__ import annotations

import sys
import tempfile
from math import isnan
from pathlib import Path

from foedus.charts import differences, noted, svg
from foedus.ledger import load_ledger
from foedus.posture import Posture, Scenario, preset
from foedus.results import Headline, Range, Rate, Results, answer, base_rates, headlines
from foedus.results.ablation import Contribution, ablate
from foedus.results.frame import bar
from foedus.results.stamp import errors_note
from foedus.study import prepare, run
from foedus.terms import FUTURES, SEED, YEARS
from foedus.world import World
from reading import unheld
from stored import Ablation, Ally, Band, BaseRate, Effects, Stored, read_results, write_results

PICTURE = Path(__file__).parents[1] / "docs" / "retrench.svg"
POSTURES = ("limited-support", "retrench", "intelligence-cut")
ABLATED = ("limited-support", "retrench")
KEEP = "--keep-ablation"

PICTURED = 16
"""Allies in the picture."""


def scenario(posture: Posture, against: Posture, futures: int) -> Scenario:
    """A posture against another."""
    title = f"{posture.name} against {against.name}"
    return Scenario.of(posture, against, name=f"results-{posture.name}", title=title, futures=futures)


def measured(futures: int, world: World) -> tuple[list[Ally], list[BaseRate], str]:
    """Allies and base rates as they are stored, and the picture."""
    steady = preset("steady", world.states.iso3)
    found: dict[str, list[Headline]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in POSTURES:
            study = prepare(scenario(preset(name, world.states.iso3), steady, futures))
            results = Results.of(run(study, Path(folder) / name))
            found[name] = headlines(results)
        found["steady"] = headlines(results, "against")
        past = base_rates(results, world)
    names = answer.ally_names(results, world.states.names)
    return allies(found, names), [base_rate(rate) for rate in past], picture(results, found["retrench"], names)


def allies(found: dict[str, list[Headline]], names: dict[str, str]) -> list[Ally]:
    """Allies that somebody challenges, worst under retrenchment first; `names` say whose ally one of another is."""
    rows = {name: {row.ally: row for row in table} for name, table in found.items()}
    challenged = [row.ally for row in found["steady"] if not row.safe]
    return [
        Ally(
            names[ally],
            band(rows["steady"][ally].loss),
            {name: band(rows[name][ally].difference) for name in POSTURES},
            {name: rows[name][ally].direction for name in POSTURES},
            {name: rows[name][ally].conceded_share for name in ("steady", *POSTURES)},
        )
        for ally in sorted(challenged, key=lambda name: -rows["retrench"][name].loss.mean)
    ]


def band(found: Range | None) -> Band:
    """What is stored of a quantity over futures."""
    assert found is not None
    return Band(found.mean, found.low90, found.high90, found.error)


def base_rate(rate: Rate) -> BaseRate:
    """What is stored of a base rate."""
    known = None if isnan(rate.error) else rate.error
    return BaseRate(rate.pair_class, rate.measure, rate.run, rate.history, rate.low, rate.high, rate.within_two, known)


def picture(results: Results, found: list[Headline], names: dict[str, str]) -> str:
    """What retrenchment changes, as SVG, which says of which futures it is; `results` are any of the same futures."""
    known = results.known(errors_note({"": max(row.difference.error for row in found if row.difference is not None)}))
    bars = [
        bar(names[row.ally], row.difference, row.direction)
        for row in answer.listed(found, PICTURED)[0]
        if row.difference is not None
    ]
    title = "Retrenchment against steady support: change in expected loss, same luck in both"
    unit = "% of GDP a year; dot: mean, bars: half and nine tenths of futures"
    return svg(noted(differences(bars, title, unit, 620), known), known)


def ablation(futures: int, world: World) -> Ablation:
    """What each mechanism adds."""
    ledger, steady = load_ledger(), preset("steady", world.states.iso3)
    studies = {name: prepare(scenario(preset(name, world.states.iso3), steady, futures)) for name in ABLATED}
    effects = {name: by_row(ablate(study, list(ledger.mechanisms))) for name, study in studies.items()}
    return Ablation(futures, ledger.digest, world.tables.digest, effects)


def by_row(found: list[Contribution]) -> Effects:
    """Contributions by row and measure; None where the interval holds zero."""
    effects: dict[str, dict[str, float | None]] = {}
    for c in found:
        effects.setdefault(c.row, {})[c.measure] = c.mean if c.counts else None
    return effects


def main() -> None:
    """Run everything and store it."""
    given = [word for word in sys.argv[1:] if word != KEEP]
    futures = int(given[0]) if given else FUTURES
    world, ledger = World.load(), load_ledger()
    kept = read_results().ablation if KEEP in sys.argv else None
    found, rates, drawn = measured(futures, world)
    adds = kept or ablation(futures // 4, world)
    PICTURE.write_text(drawn + "\n", encoding="utf-8")
    digests = (ledger.digest, world.tables.digest)
    ensemble = Scenario.of("steady", None).ensemble
    write_results(Stored(futures, YEARS, SEED, *digests, POSTURES, tuple(found), tuple(rates), adds, ensemble))
    if wrong := unheld(adds.effects):
        sys.exit("The prose of tools/reading.py no longer holds, rewrite it with its claims:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
