"""What a run says, in the terminal: one table, a few sentences, within 80 columns; fewer columns where it is narrow."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from foedus import words
from foedus.cli.console import console
from foedus.cli.output import print_json
from foedus.ledger import load_ledger
from foedus.names import country
from foedus.results import Headline, Rate, Results, answer, as_mapping, base_rates, drivers, headlines, wording
from foedus.results.answer import LIMITS, RATE_WORDS
from foedus.results.control import Controlled
from foedus.results.shares import as_mapping as shares_as_mapping
from foedus.results.shares import spread_shares
from foedus.tables import grid
from foedus.world import World


def shown(results: Results, world: World, most: int | None, allies: Collection[str]) -> None:
    """The table of allies, what it hangs on, base rates beside history, limits.

    most    how many allies are shown; None for every one
    allies  those that are told of at all, by iso3
    """
    rows = [row for row in headlines(results) if row.ally in allies]
    names = world.states.names
    view, ledger = console(), load_ledger()
    _headline_table(view, results, rows, names, most)
    for line in answer.summary(results, rows, names):
        view.print(line, markup=False)
    view.print()
    told = answer.told(rows)
    spread = answer.spread(spread_shares(results, told), paired="against" in results.roles)
    view.print(
        " ".join(x for x in (spread, answer.hangs_on(drivers(results, told), ledger)) if x),
        markup=False,
    )
    view.print()
    _rates(view, base_rates(results, world))
    view.print()
    view.print(LIMITS, style="dim", markup=False)


def _headline_table(
    view: Console, results: Results, rows: Sequence[Headline], names: Mapping[str, str], most: int | None
) -> None:
    """Allies in the order of what changes most; or worst first when there is no comparison."""
    paired = "against" in results.roles
    title = f"{_named(results.roles['posture'])}" + (f" against {results.roles['against']}" if paired else "")
    view.print(Text(title, style="bold"))
    if asked := _question(results):
        view.print(asked, markup=False)
    same = ", the same random draws in both" if paired else ""
    view.print(f"{results.origin}{same}; loss in % of GDP a year", style="dim", markup=False)
    if apart := answer.apart(results):
        view.print(apart, style="bold", markup=False)
    quiet = [row for row in rows if row.safe]
    loud = [row for row in rows if not row.safe]
    listed, hidden = (loud, []) if most is None else answer.listed(rows, most)
    others = answer.others_allies(results)
    names = {iso: name + ("*" if iso in others else "") for iso, name in names.items()}
    table, columns = _fitted(view, _paired_columns(results) if paired else _plain_columns(results), listed, names)
    view.print(table)
    notes = [column.note for column in columns if column.note]
    if any(row.ally in others for row in listed):
        notes.append(f"* ally of another than {country(names[results.main_guarantor])}.")
    notes += [answer.precision(listed), answer.lopsided(listed), answer.left_out(hidden)]
    if quiet:
        whose = ", ".join(sorted(names[row.ally] for row in quiet)) if most is None else str(len(quiet))
        notes.append(f"No challenger in the data: {whose}.")
    view.print(" ".join(note for note in notes if note), style="dim", markup=False)
    view.print()


def _question(results: Results) -> str:
    """Title and question of the scenario as its file has them; empty for two folders and for a preset."""
    if results.other is not None:
        return ""
    scenario = results.manifest["scenario"]
    asked = str(scenario["question"])
    return f"{scenario['title']}. {asked}" if asked and scenario["title"] != scenario["name"] else asked


def _named(posture: str) -> str:
    return posture[0].upper() + posture[1:]


@dataclass(frozen=True)
class AllyColumn:
    """A column of the table of allies; those of the highest rank are left out first where room is short."""

    heading: str
    cell: Callable[[Headline], str]
    rank: int = 0
    note: str = ""
    coloured: bool = False


KEPT = AllyColumn(
    "chance\nof help\n%",
    lambda r: _promise(r, "promise_true"),
    4,
    "Chance of help: that the guarantor, not a second one, fights the worst challenger (–: not covered).",
)
BELIEVED = AllyColumn(
    "as ally\nsees it\n%", lambda r: _promise(r, "promise_ally"), 7, "As ally sees it: its own estimate of that chance."
)
CONCEDED = AllyColumn(
    "conceded\n%", wording.conceded, 5, "Conceded: share of the loss from concessions; the rest is from fighting."
)
EXPOSED = AllyColumn(
    "years\nexposed",
    wording.exposed,
    3,
    "Years exposed: those with a loss a tenth or more above the first year's.",
)
PEAK = AllyColumn("peak", lambda r: str(r.peak_year), 8, "Peak: the year of the highest loss.")
LOST_TO = AllyColumn(
    "lost to\n%", wording.lost_to, 2, "Lost to: the challenger to whom most is lost, and its share of the loss."
)


def _dangers(results: Results) -> list[AllyColumn]:
    """What leads the table: war, ground and the whole loss by the end: none falls where a state loses early.

    Where two postures are compared there is room for the errors of war and of the change; the report has all.
    """
    alone = "against" not in results.roles
    last = results.years[-1]
    return [
        AllyColumn(
            f"war by\n{last}\n%", wording.war, 0, f"War by {last}: chance of at least one war against the ally."
        ),
        AllyColumn(
            "ground\nlost\n%",
            lambda r: wording.ground(r, error=alone),
            2,
            "Ground lost: of what is at issue with its worst challenger, by then.",
        ),
        AllyColumn(
            f"loss by\n{last}",
            lambda r: wording.total(r, error=alone),
            6,
            f"Loss by {last}: of all years together, % of one year's GDP.",
        ),
    ]


def _paired_columns(results: Results) -> list[AllyColumn]:
    old, new = (results.roles[role] for role in ("against", "posture"))
    means = f"Means over futures; ±: Monte Carlo error; band: nine futures in ten; →: from {old} to {new}."
    war, *rest = _dangers(results)
    return [
        replace(war, note=f"{means} {war.note}"),
        *rest,
        AllyColumn("loss\na year", lambda r: wording.loss(r, error=False), 1, "Loss a year: expected, % of GDP."),
        AllyColumn(
            "change",
            lambda r: f"{wording.change(r.difference)[0]} {wording.arrow(r)}" if r.difference else "",
            note="Change of it: ▲ worse, ▼ better in nine futures of ten; · unclear.",
            coloured=True,
        ),
        AllyColumn("90 % band", lambda r: wording.change(r.difference)[1] if r.difference else "", 1),
        LOST_TO,
        EXPOSED,
        KEPT,
        CONCEDED,
        BELIEVED,
        PEAK,
    ]


def _plain_columns(results: Results) -> list[AllyColumn]:
    war, *rest = _dangers(results)
    return [
        replace(war, note=f"Means over futures; ±: Monte Carlo error; band: nine futures in ten. {war.note}"),
        *rest,
        AllyColumn("loss\na year", wording.loss, 1, "Loss a year: expected, % of GDP."),
        AllyColumn("90 % band", lambda r: wording.span(r.loss), 1),
        LOST_TO,
        EXPOSED,
        KEPT,
        CONCEDED,
        BELIEVED,
        PEAK,
    ]


def _promise(row: Headline, which: str) -> str:
    """A chance that the promise is kept, in per cent."""
    return words.NONE if row.uncovered else wording.both(row, lambda r: words.percent(getattr(r, which).mean))


DIVIDER = 1
"""Cells between two columns, besides their padding."""


def _fitted(
    view: Console, columns: Sequence[AllyColumn], rows: Sequence[Headline], names: Mapping[str, str]
) -> tuple[Table, list[AllyColumn]]:
    """The table with as many columns as the console has room for, and those columns; closer together before fewer."""
    most = 12 if view.width <= 80 else 24
    shown = {column: [column.cell(row) for row in rows] for column in columns}
    wide = {column: max(cell_len(x) for x in (*column.heading.split("\n"), *cells)) for column, cells in shown.items()}
    first = min(max(cell_len(text) for text in ("ally", *(names[row.ally] for row in rows))), most)
    for rank, gap in product(range(max(c.rank for c in columns), -1, -1), (1, 0)):
        kept = [column for column in columns if column.rank <= rank]
        if first + sum(wide[column] + DIVIDER + gap for column in kept) <= view.width:
            break
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, gap, 0, 0), show_edge=False)
    table.add_column("ally", overflow="fold", max_width=most, vertical="bottom")
    for column in kept:
        table.add_column(column.heading, justify="right", no_wrap=True, vertical="bottom")
    for place, row in enumerate(rows):
        colour = {1: "red", -1: "green", 0: ""}[row.direction]
        cells = [Text(shown[column][place], style=colour if column.coloured else "") for column in kept]
        table.add_row(names[row.ally], *cells)
    return table, kept


def _rates(view: Console, rates: Sequence[Rate]) -> None:
    """Base rates of all pairs beside history, one line a rate, and the verdict over all classes."""
    rows = [
        (
            RATE_WORDS[rate.measure],
            wording.rate(rate),
            "" if rate.history is None else f"{words.significant(100 * rate.history)} %",
            {True: "yes", False: "NO", None: "no record"}[rate.within_two],
        )
        for rate in rates
        if rate.pair_class == "all"
    ]
    names = ("base rate, all pairs", "run", "1950-2010", "within a factor of two")
    view.print(grid(names, rows, right=names[1:3]).terminal(edge=False))
    parts = []
    for label, some in (
        ("all pairs", [r for r in rates if r.pair_class == "all"]),
        ("the classes of pair", [r for r in rates if r.pair_class != "all"]),
    ):
        judged = [r.within_two for r in some if r.within_two is not None]
        parts.append(f"{sum(judged)} of {len(judged)} for {label}")
    view.print(f"Within a factor of two of the record: {', '.join(parts)}; each is in the report.", markup=False)
    view.print(answer.missed(rates), markup=False)


def as_json(
    results: Results, world: World, allies: Collection[str], by: Mapping[str, Controlled] | None = None
) -> None:
    """Everything the tables show of some allies (iso3), as JSON; `by` are losses told with a larger baseline's help."""
    rows = [row for row in headlines(results) if row.ally in allies]
    names = world.states.names
    ledger = load_ledger()
    told = answer.told(rows)
    body = {
        "manifest": results.manifest,
        "roles": results.roles,
        "differences": list(results.differences),
        "futures": results.futures,
        "answer": answer.summary(results, rows, names),
        "spread": None if (spread := spread_shares(results, told)) is None else shares_as_mapping(spread),
        "headlines": [{"name": names[row.ally], **as_mapping(row)} for row in rows],
        "drivers": [
            {"parameter": d.name, "label": ledger[d.name].label, "rho": d.rho, "clear": d.clear,
             "grade": ledger[d.name].grade}
            for d in drivers(results, told)
        ],
        "base_rates": [_rate(r) for r in base_rates(results, world)],
        "limits": LIMITS,
    }  # fmt: skip
    if by is not None:
        body["with_control"] = {ally: _controlled(one) for ally, one in by.items() if ally in allies}
    print_json(body)


def _rate(rate: Rate) -> dict[str, object]:
    """A base rate as plain values."""
    error = None if math.isnan(rate.error) else rate.error
    told = {"class": rate.pair_class, "rate": rate.measure, "run": rate.run, "error": error}
    return {**told, "history": rate.history, "within_two": rate.within_two}


def _controlled(one: Controlled) -> dict[str, object]:
    """A loss told with a control variate, as plain values; what cannot be told is None."""
    told = {**asdict(one), "saves": one.saves}
    return {name: value if math.isfinite(value) else None for name, value in told.items()}
