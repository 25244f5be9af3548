"""Tables for the terminal, within 80 columns."""

from __future__ import annotations

import json
import sys

from rich import box
from rich.console import Console
from rich.table import Table

from foedus.results import Headline, Results, base_rates, headlines
from foedus.results.summary import Range, as_mapping
from foedus.world import World

LIMITS = (
    "It compares policies under stated uncertainty; it does not predict. War is rare,\n"
    "many parameters are assumptions: read differences and ranges, not single figures."
)
"""Printed wherever results are shown."""


def console() -> Console:
    """Console for results, 80 columns when not a terminal."""
    return Console(width=None if sys.stdout.isatty() else 80, highlight=False)


def said(text: str) -> None:
    """Print a line of plain text."""
    console().print(text, markup=False, soft_wrap=True)


def band(value: Range, digits: int = 2) -> str:
    """Median and 90 per cent band."""
    return f"{value.median:.{digits}f} ({value.low90:.{digits}f}-{value.high90:.{digits}f})"


def percent(value: Range) -> str:
    """Median chance as a per cent."""
    return f"{100 * value.median:.0f}%"


def headline_table(results: Results, most: int = 15) -> None:
    """Worst-off allies: loss, split, promise, window, paired difference."""
    rows = headlines(results)
    title = f"{results.roles['posture']}, {results.years[0]}-{results.years[-1]}, {results.futures} futures"
    table = Table(
        title=f"Expected yearly loss, % of GDP: {title}", box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left"
    )
    for name, align in (
        ("ally", "left"),
        ("loss (5-95%)", "right"),
        ("given", "right"),
        ("fought", "right"),
        ("kept", "right"),
        ("believed", "right"),
        ("peak", "right"),
        ("change (5-95%)", "right"),
    ):
        table.add_column(name, justify=align)  # type: ignore[arg-type]
    for row in rows[:most]:
        table.add_row(*_cells(row))
    view = console()
    view.print(table)
    against = results.roles.get("against")
    view.print(
        "kept, believed: chance the guarantor fights the worst challenger, true and as the ally sees it, "
        "-: its guarantee does not cover that challenger; peak: worst year"
        + (f"; change: against {against}, same luck" if against else ""),
        style="dim",
    )
    luck = [row.luck_share for row in rows if row.luck_share == row.luck_share]
    if luck:
        share = sorted(luck)[len(luck) // 2]
        view.print(
            f"Of the spread between futures, about {100 * share:.0f}% is luck, the rest is not knowing the parameters."
        )
    view.print(LIMITS, style="dim")


def _cells(row: Headline) -> tuple[str, ...]:
    change = (
        ""
        if row.difference is None
        else f"{row.difference.median:+.2f} ({row.difference.low90:+.2f},{row.difference.high90:+.2f})"
    )
    return (
        row.ally,
        band(row.loss),
        f"{row.conceded.median:.2f}",
        f"{row.fought.median:.2f}",
        *(("-", "-") if row.uncovered else (percent(row.promise_true), percent(row.promise_ally))),
        str(row.peak_year),
        change,
    )


def rates_line(results: Results, world: World) -> None:
    """Base rates of the run beside history, one line a rate."""
    table = Table(
        title="Base rates of the run beside history (1950-2010)",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        title_justify="left",
    )
    for name, align in (
        ("pairs", "left"),
        ("rate", "left"),
        ("run", "right"),
        ("history", "right"),
        ("within x2", "left"),
    ):
        table.add_column(name, justify=align)  # type: ignore[arg-type]
    for rate in base_rates(results, world):
        if rate.measure != "challenge" and rate.pair_class != "all":
            continue
        history = "" if rate.history is None else f"{rate.history:.4f}"
        verdict = {True: "yes", False: "no", None: ""}[rate.within_two]
        table.add_row(rate.pair_class, rate.measure.replace("_", " "), f"{rate.run:.4f}", history, verdict)
    console().print(table)


def as_json(results: Results, world: World) -> None:
    """Everything the tables show, as JSON."""
    body = {
        "manifest": results.manifest,
        "futures": results.futures,
        "headlines": [as_mapping(row) for row in headlines(results)],
        "base_rates": [
            {"class": r.pair_class, "rate": r.measure, "run": r.run, "history": r.history}
            for r in base_rates(results, world)
        ],
        "limits": LIMITS,
    }
    sys.stdout.write(json.dumps(body, indent=1) + "\n")
