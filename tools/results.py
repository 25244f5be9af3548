"""Write docs/results.md: what the main postures do to every ally, and what each mechanism adds.

Usage: python tools/results.py [FUTURES]

Takes some minutes; run it after the ledger, the facts or an equation changed. The page carries the digests it was made
from, and a test fails when they are no longer those of the ledger and the facts. It ends with an error, and the page
says so in place of our reading, when the tables no longer show what the prose of `reading.py` says.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from foedus.charts import Bar, differences, svg
from foedus.ledger import load_ledger
from foedus.posture import Posture, Scenario, preset
from foedus.results import Headline, Range, Rate, Results, base_rates, headlines
from foedus.results.ablation import MEASURES, Contribution, ablate
from foedus.study import prepare, run
from foedus.world import World
from reading import prose, read_tables, unheld

ROOT = Path(__file__).parents[1]
POSTURES = ("limited-support", "retrench", "intelligence-cut")
ABLATED = ("limited-support", "retrench")


def scenario(posture: Posture, against: Posture, futures: int) -> Scenario:
    """A posture against another, 2026 to 2050."""
    return Scenario(
        name=f"results-{posture.name}",
        title=f"{posture.name} against {against.name}",
        question="",
        first=2026,
        last=2050,
        futures=futures,
        seed=1,
        posture=posture,
        against=against,
    )


def short(value: float, *, sign: bool = False) -> str:
    """Two significant digits; nothing finer than a thousandth of a per cent."""
    if abs(value) < 0.001:
        return "0"
    text = f"{value:+.2g}" if sign else f"{value:.2g}"
    return text.replace("-", "−")


def band(found: Range, *, sign: bool = False) -> str:
    """Median and 90 per cent band."""
    low, middle, high = (short(x, sign=sign) for x in (found.low90, found.median, found.high90))
    return f"{middle} ({low} to {high})"


def losses(found: dict[str, list[Headline]], names: dict[str, str]) -> list[str]:
    """The table of allies, worst under retrenchment first."""
    lines = [
        "## Expected loss by ally",
        "",
        "Per cent of GDP a year, mean over the years: median future and 90 % band under steady support; then, for",
        "each posture, the median change against it and its 90 % band. Allies that nobody challenges are left out.",
        "",
        "| Ally | steady | " + " | ".join(POSTURES) + " |",
        "|---|---:|" + "---:|" * len(POSTURES),
    ]
    rows = {name: {row.ally: row for row in table} for name, table in found.items()}
    for ally in sorted(rows["steady"], key=lambda a: -rows["retrench"][a].loss.median):
        if rows["steady"][ally].loss.high90 <= 0.0:
            continue
        gaps = [rows[name][ally].difference for name in POSTURES]
        cells = [band(rows["steady"][ally].loss), *(band(gap, sign=True) for gap in gaps if gap)]
        lines.append(f"| {names[ally]} | " + " | ".join(cells) + " |")
    return lines


def rates(found: list[Rate]) -> list[str]:
    """Base rates beside history."""
    lines = ["", "## Base rates under steady support", ""]
    lines += ["| Pairs | Rate | run | 1950-2010 | 95 % | within a factor of two |", "|---|---|---:|---:|---|---|"]
    verdicts = {True: "yes", False: "**no**", None: ""}
    for rate in found:
        history = "" if rate.history is None else f"{rate.history:.4f}"
        span = "" if rate.low is None else f"{rate.low:.4f} to {rate.high:.4f}"
        cells = (rate.pair_class, rate.measure.replace("_", " "), f"{rate.run:.4f}", history, span)
        lines.append(f"| {' | '.join(cells)} | {verdicts[rate.within_two]} |")
    return lines


PICTURED = 16
"""Allies in the picture."""


def picture(found: list[Headline], names: dict[str, str]) -> str:
    """What retrenchment changes, as SVG."""
    moved = [row for row in found if row.difference and row.loss.high90 > 0.0]
    moved.sort(key=lambda row: -abs(row.difference.median) if row.difference else 0.0)
    bars = [
        Bar(names[row.ally], gap.low90, gap.low50, gap.median, gap.high50, gap.high90, row.direction)
        for row in moved[:PICTURED]
        if (gap := row.difference)
    ]
    title = "Retrenchment against steady support: change in expected loss, same luck in both"
    return svg(differences(bars, title, "% of GDP a year; dot: median, bars: half and nine tenths of futures", 620))


def contributions(name: str, found: list[Contribution], sentences: dict[str, str]) -> list[str]:
    """The ablation table of a posture."""
    lines = ["", f"### {name}", "", "| Row | " + " | ".join(MEASURES) + " | Mechanism |"]
    lines.append("|---|" + "---:|" * len(MEASURES) + "---|")
    for row in dict.fromkeys(c.row for c in found):
        mine = {c.measure: c for c in found if c.row == row}
        cells = [f"{c.mean:+.2g}".replace("-", "−") if (c := mine[m]).counts else "·" for m in MEASURES]
        lines.append(f"| {row} | " + " | ".join(cells) + f" | {sentences[row]} |")
    return lines


def main() -> None:
    """Run everything and write the page."""
    futures = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    world, ledger = World.load(), load_ledger()
    steady = preset("steady", world.states.iso3)
    found: dict[str, list[Headline]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in POSTURES:
            study = prepare(scenario(preset(name, world.states.iso3), steady, futures))
            results = Results.open(run(study, Path(folder) / name).path)
            found[name] = headlines(results)
        found["steady"] = headlines(results, "against")
        past = base_rates(results, world)
    lines = [
        "# Results",
        "",
        f"By `python tools/results.py` from {futures:,} futures, 2026-2050, seed 1, on the same luck in every posture.",
        f"Ledger `{ledger.digest}`, facts `{world.tables.digest}`.",
        "The model compares policies under stated uncertainty; it does not predict.",
        "",
        *losses(found, dict(zip(world.states.iso3, world.states.name, strict=True))),
        *rates(past),
        "",
        "## What each mechanism adds",
        "",
        "With the mechanism minus without it, to the difference that the posture makes against steady support; a dot",
        f"where the 95 % interval over {futures // 2:,} futures holds zero. Largest effect on the typical loss first.",
        "",
        *(f"- *{name}*: {meaning}." for name, meaning in MEASURES.items()),
    ]
    sentences = {row: mechanism.sentence for row, mechanism in ledger.mechanisms.items()}
    for name in ABLATED:
        study = prepare(scenario(preset(name, world.states.iso3), steady, futures // 2))
        lines += contributions(name, ablate(study, list(ledger.mechanisms)), sentences)
    tables = read_tables("\n".join(lines))
    lines += ["", prose(tables)]
    names = dict(zip(world.states.iso3, world.states.name, strict=True))
    (ROOT / "docs" / "retrench.svg").write_text(picture(found["retrench"], names) + "\n", encoding="utf-8")
    (ROOT / "docs" / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if wrong := unheld(tables):
        sys.exit("The prose of tools/reading.py no longer holds, rewrite it with its claims:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
