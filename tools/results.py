"""Write docs/results.md: what the main postures do to every ally, and what each mechanism adds.

Usage: python tools/results.py [FUTURES] [--keep-ablation]

Takes some minutes; run it after the ledger, the facts or an equation changed. The page carries the digests it was made
from, and a test fails when they are no longer those of the ledger and the facts. It ends with an error, and the page
says so in place of our reading, when the tables no longer show what the prose of `reading.py` says.
`--keep-ablation` makes the first tables anew and keeps those of what each mechanism adds, which name their own ledger.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from foedus.charts import differences, svg
from foedus.ledger import load_ledger
from foedus.posture import Posture, Scenario, preset
from foedus.results import Headline, Range, Rate, Results, answer, base_rates, headlines, words
from foedus.results.ablation import MEASURES, Contribution, ablate
from foedus.results.frame import bar
from foedus.results.headline import LEAST_CHANGE
from foedus.study import prepare, run
from foedus.terms import FUTURES, SEED, YEARS
from foedus.world import World
from reading import prose, read_tables, unheld

ROOT = Path(__file__).parents[1]
POSTURES = ("limited-support", "retrench", "intelligence-cut")
ABLATED = ("limited-support", "retrench")


def scenario(posture: Posture, against: Posture, futures: int) -> Scenario:
    """A posture against another."""
    title = f"{posture.name} against {against.name}"
    return Scenario.of(posture, against, name=f"results-{posture.name}", title=title, futures=futures)


def short(value: float, *, sign: bool = False) -> str:
    """Two significant digits; nothing finer than a thousandth of a per cent."""
    if abs(value) < LEAST_CHANGE:
        return "0"
    text = f"{value:+.2g}" if sign else f"{value:.2g}"
    return text.replace("-", "−")


def band(found: Range, *, sign: bool = False) -> str:
    """Mean and 90 per cent band."""
    low, middle, high = (short(x, sign=sign) for x in (found.low90, found.mean, found.high90))
    return f"{middle} ({low} to {high})"


def losses(found: dict[str, list[Headline]], names: dict[str, str]) -> list[str]:
    """The table of allies, worst under retrenchment first. `names` say whose ally one of another guarantor is."""
    order = ", ".join(("steady", *POSTURES))
    lines = [
        "## Expected loss by ally",
        "",
        "Per cent of GDP a year, mean over the years: mean over futures and 90 % band under steady support; then, for",
        "each posture, the change of the mean against it and the 90 % band of the change, future by future. ▲ worse, ▼",
        "better in nine futures of ten. Steady and change add up to the loss under the posture. Conceded: per cent of",
        f"the loss that comes of giving ground, under {order};",
        "the rest is fighting. Allies that nobody challenges are left out.",
        "",
        "| Ally | steady | " + " | ".join(POSTURES) + " | of which conceded, % |",
        "|---|---:|" + "---:|" * len(POSTURES) + "---|",
    ]
    rows = {name: {row.ally: row for row in table} for name, table in found.items()}
    for ally in sorted(rows["steady"], key=lambda a: -rows["retrench"][a].loss.mean):
        if rows["steady"][ally].safe:
            continue
        mine = [rows[name][ally] for name in POSTURES]
        cells = [band(rows["steady"][ally].loss), *(changed(row) for row in mine)]
        ceded = [words.conceded(replace(row, against=None)) for row in (rows["steady"][ally], *mine)]
        lines.append(f"| {names[ally]} | " + " | ".join(cells) + f" | {', '.join(ceded)} |")
    return lines


def changed(row: Headline) -> str:
    """The change of the mean, its arrow where it has a direction, and its band."""
    assert row.difference is not None
    middle, _, rest = band(row.difference, sign=True).partition(" ")
    arrow = f" {words.arrow(row)}" if row.direction and middle != "0" else ""
    return f"{middle}{arrow} {rest}"


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
    bars = [
        bar(names[row.ally], row.difference, row.direction)
        for row in answer.listed(found, PICTURED)[0]
        if row.difference is not None
    ]
    title = "Retrenchment against steady support: change in expected loss, same luck in both"
    return svg(differences(bars, title, "% of GDP a year; dot: mean, bars: half and nine tenths of futures", 620))


def contributions(name: str, found: list[Contribution], sentences: dict[str, str]) -> list[str]:
    """The ablation table of a posture."""
    lines = ["", f"### {name}", "", "| Row | " + " | ".join(MEASURES) + " | Mechanism |"]
    lines.append("|---|" + "---:|" * len(MEASURES) + "---|")
    for row in dict.fromkeys(c.row for c in found):
        mine = {c.measure: c for c in found if c.row == row}
        cells = [f"{c.mean:+.2g}".replace("-", "−") if (c := mine[m]).counts else "·" for m in MEASURES]
        lines.append(f"| {row} | " + " | ".join(cells) + f" | {sentences[row]} |")
    return lines


def tables(futures: int, world: World) -> tuple[list[str], str]:
    """The tables of allies and of base rates as lines, and the picture."""
    steady = preset("steady", world.states.iso3)
    found: dict[str, list[Headline]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in POSTURES:
            study = prepare(scenario(preset(name, world.states.iso3), steady, futures))
            results = Results.open(run(study, Path(folder) / name).path)
            found[name] = headlines(results)
        found["steady"] = headlines(results, "against")
        past = base_rates(results, world)
    names = answer.ally_names(results, dict(zip(world.states.iso3, world.states.name, strict=True)))
    return [*losses(found, names), *rates(past)], picture(found["retrench"], names)


def ablation(futures: int, world: World) -> list[str]:
    """What each mechanism adds, as lines."""
    ledger, steady = load_ledger(), preset("steady", world.states.iso3)
    lines = [
        ADDS,
        "",
        "With the mechanism minus without it, to the difference that the posture makes against steady support; a dot",
        f"where the 95 % interval over {futures:,} futures holds zero. Largest effect on the typical loss first.",
        f"From ledger `{ledger.digest}`, facts `{world.tables.digest}`.",
        "",
        *(f"- *{name}*: {meaning}." for name, meaning in MEASURES.items()),
    ]
    sentences = {row: mechanism.sentence for row, mechanism in ledger.mechanisms.items()}
    for name in ABLATED:
        study = prepare(scenario(preset(name, world.states.iso3), steady, futures))
        lines += contributions(name, ablate(study, list(ledger.mechanisms)), sentences)
    return lines


ADDS = "## What each mechanism adds"
KEEP = "--keep-ablation"


def kept(page: str) -> list[str]:
    """The ablation tables of a page as it stands, as lines. Raises ValueError when it has none."""
    if ADDS not in page or HARDLY not in page:
        msg = f"docs/results.md: no ablation tables to keep. Run without {KEEP}"
        raise ValueError(msg)
    return page[page.index(ADDS) : page.index(HARDLY)].rstrip().splitlines()


HARDLY = "## What hardly matters"


def main() -> None:
    """Run everything and write the page."""
    given = [word for word in sys.argv[1:] if word != KEEP]
    futures = int(given[0]) if given else FUTURES
    world, ledger = World.load(), load_ledger()
    made = f"{YEARS[0]}-{YEARS[1]}, seed {SEED}"
    page = ROOT / "docs" / "results.md"
    held = kept(page.read_text(encoding="utf-8")) if KEEP in sys.argv else None
    body, drawn = tables(futures, world)
    lines = [
        "# Results",
        "",
        f"By `python tools/results.py` from {futures:,} futures, {made}, on the same luck in every posture.",
        f"Ledger `{ledger.digest}`, facts `{world.tables.digest}`.",
        "The model compares policies under stated uncertainty; it does not predict.",
        "",
        *body,
        "",
        *(held if held is not None else ablation(futures // 2, world)),
    ]
    ablated = read_tables("\n".join(lines))
    lines += ["", prose(ablated)]
    (ROOT / "docs" / "retrench.svg").write_text(drawn + "\n", encoding="utf-8")
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if wrong := unheld(ablated):
        sys.exit("The prose of tools/reading.py no longer holds, rewrite it with its claims:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
