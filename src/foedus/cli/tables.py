"""What a run says, in the terminal: one table, a few sentences, within 80 columns; fewer columns where it is narrow."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from foedus import __version__
from foedus.ledger import load_ledger
from foedus.results import Headline, Rate, Results, answer, as_mapping, base_rates, drivers, headlines, words
from foedus.results.answer import LIMITS, RATE_WORDS
from foedus.study import Study
from foedus.world import World

WIDEST = 100
"""Columns beyond which text is not stretched."""


def console() -> Console:
    """Console for results: as wide as the terminal but no wider than 100 columns, 80 in a pipe."""
    view = Console(highlight=False)
    width = min(view.width, WIDEST) if sys.stdout.isatty() else 80
    return Console(width=width, highlight=False)


def said(text: str) -> None:
    """Print lines of plain text as they are."""
    console().print(text, markup=False, soft_wrap=True)


def opening(study: Study) -> None:
    """First line: version, world, ledger."""
    world, ledger = study.world, study.ledger
    grades = Counter(p.grade for p in ledger)
    evidence = grades["V"] + grades["C"]
    console().print(
        f"Foedus {__version__}  world {study.scenario.first}: {len(world.states.iso3)} states, "
        f"{len(world.pairs.challenger)} directed pairs, {len(study.patrons)} allies\n"
        f"{len(ledger)} parameters: {evidence} from evidence, {len(ledger) - evidence} assumed; "
        f"{len(ledger.uncertain)} swept over ranges\n",
        markup=False,
    )


def shown(results: Results, world: World, most: int | None) -> None:
    """The table of allies, what it hangs on, base rates beside history, limits. `most` None shows every ally."""
    rows = headlines(results)
    names = dict(zip(world.states.iso3, world.states.name, strict=True))
    view, ledger = console(), load_ledger()
    _headline_table(view, results, rows, names, most)
    for line in answer.summary(results, rows, names):
        view.print(line, markup=False)
    view.print()
    told = answer.told(rows)
    view.print(
        " ".join(x for x in (answer.luck(told), answer.hangs_on(drivers(results, told), ledger)) if x),
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
    view.print(Text(f"{title}, {results.years[0]}-{results.years[-1]}", style="bold"))
    view.print(
        results.extent + (", the same luck in both" if paired else "") + "; loss in % of GDP a year",
        style="dim",
    )
    quiet = [row for row in rows if row.safe]
    loud = [row for row in rows if not row.safe]
    others = answer.others_allies(results)
    names = {iso: name + ("*" if iso in others else "") for iso, name in names.items()}
    table, columns = _fitted(view, _paired_columns(results) if paired else _plain_columns(), loud[:most], names)
    view.print(table)
    notes = [column.note for column in columns if column.note]
    if any(row.ally in others for row in loud[:most]):
        notes.append(f"* ally of another than {names[results.main_guarantor]}.")
    if most is not None and len(loud) > most:
        notes.append(f"{len(loud) - most} more allies {'change less' if paired else 'lose less'}.")
    if quiet and most is None:
        notes.append(f"No challenger in the data: {', '.join(sorted(names[r.ally] for r in quiet))}.")
    view.print(" ".join(notes), style="dim", markup=False)
    view.print()


def _named(posture: str) -> str:
    return posture[0].upper() + posture[1:]


@dataclass(frozen=True)
class Column:
    """A column of the table of allies; those of the highest rank are left out first where room is short."""

    heading: str
    cell: Callable[[Headline], str]
    rank: int = 0
    note: str = ""
    coloured: bool = False


KEPT_NOTE = (
    "Kept: chance that the guarantor fights the worst challenger, in truth (as the ally believes); "
    "-: its guarantee does not cover that one."
)
LATE = (
    Column("yrs", lambda r: str(r.window_years), 4, "Yrs: years exposed, loss a tenth or more above the first year's."),
    Column("peak", lambda r: str(r.peak_year), 5, "Peak: the worst year."),
)
"""Columns of the window of vulnerability."""


def _paired_columns(results: Results) -> list[Column]:
    first, second = (results.roles[role].replace("-", "\n") for role in ("against", "posture"))
    return [
        Column(first, lambda r: words.significant(r.against.loss.median) if r.against else "", note="Medians."),
        Column(second, lambda r: words.significant(r.loss.median)),
        Column("times", lambda r: words.times(r.times), 3),
        Column(
            "change",
            lambda r: f"{words.change(r.difference)[0]} {words.arrow(r)}" if r.difference else "",
            note="▲ worse, ▼ better in nine futures of ten; · not clear.",
            coloured=True,
        ),
        Column("90 % band", lambda r: words.change(r.difference)[1] if r.difference else "", 1),
        Column("kept %\n(believed)", _kept_paired, 2, KEPT_NOTE),
        *LATE,
    ]


def _plain_columns() -> list[Column]:
    return [
        Column("loss", lambda r: words.significant(r.loss.median), note="Medians."),
        Column("90 % band", lambda r: words.span(r.loss), 1),
        Column("giving\nground", lambda r: words.significant(r.conceded.median), 2),
        Column("fighting", lambda r: words.significant(r.fought.median), 2),
        Column("kept %\n(believed)", _kept, 3, KEPT_NOTE),
        *LATE,
    ]


def _kept(row: Headline) -> str:
    if row.uncovered:
        return "-"
    return f"{words.percent(row.promise_true.median)} ({words.percent(row.promise_ally.median)})"


def _kept_paired(row: Headline) -> str:
    if row.against is None or row.uncovered:
        return "-"
    kept, believed = (
        f"{words.percent(getattr(row.against, name).median)}→{words.percent(getattr(row, name).median)}"
        for name in ("promise_true", "promise_ally")
    )
    return f"{kept} ({believed})"


def _fitted(
    view: Console, columns: Sequence[Column], rows: Sequence[Headline], names: Mapping[str, str]
) -> tuple[Table, list[Column]]:
    """The table with as many columns as the console has room for, and those columns."""
    for rank in range(max(c.rank for c in columns), -1, -1):
        kept = [column for column in columns if column.rank <= rank]
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
        table.add_column("ally", overflow="fold", max_width=14 if view.width <= 80 else 24, vertical="bottom")
        for column in kept:
            table.add_column(column.heading, justify="right", no_wrap=True, vertical="bottom")
        for row in rows:
            colour = {1: "red", -1: "green", 0: ""}[row.direction]
            cells = [Text(column.cell(row), style=colour if column.coloured else "") for column in kept]
            table.add_row(names[row.ally], *cells)
        if Measurement.get(view, view.options.update(max_width=400), table).maximum <= view.width:
            break
    return table, kept


def _rates(view: Console, rates: Sequence[Rate]) -> None:
    """Base rates of all pairs beside history, one line a rate, and the verdict over all classes."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for heading in ("base rate, all pairs", "run", "1950-2010", "within a factor of two"):
        table.add_column(heading, justify="left" if heading[0] in "bw" else "right")
    for rate in rates:
        if rate.pair_class == "all":
            table.add_row(
                RATE_WORDS[rate.measure],
                f"{words.significant(100 * rate.run)} %",
                "" if rate.history is None else f"{words.significant(100 * rate.history)} %",
                {True: "yes", False: "NO", None: "no record"}[rate.within_two],
            )
    view.print(table)
    parts = []
    for label, some in (
        ("all pairs", [r for r in rates if r.pair_class == "all"]),
        ("the classes of pair", [r for r in rates if r.pair_class != "all"]),
    ):
        judged = [r.within_two for r in some if r.within_two is not None]
        parts.append(f"{sum(judged)} of {len(judged)} for {label}")
    view.print(f"Within a factor of two of the record: {', '.join(parts)}; each is in the report.", markup=False)


def as_json(results: Results, world: World) -> None:
    """Everything the tables show, as JSON."""
    rows = headlines(results)
    names = dict(zip(world.states.iso3, world.states.name, strict=True))
    ledger = load_ledger()
    told = answer.told(rows)
    body = {
        "manifest": results.manifest,
        "roles": results.roles,
        "futures": results.futures,
        "answer": answer.summary(results, rows, names),
        "headlines": [{"name": names[row.ally], **as_mapping(row)} for row in rows],
        "drivers": [
            {"parameter": d.name, "label": ledger[d.name].label, "rho": d.rho, "clear": d.clear,
             "grade": ledger[d.name].grade}
            for d in drivers(results, told)
        ],
        "base_rates": [
            {"class": r.pair_class, "rate": r.measure, "run": r.run, "history": r.history, "within_two": r.within_two}
            for r in base_rates(results, world)
        ],
        "limits": LIMITS,
    }  # fmt: skip
    sys.stdout.write(json.dumps(body, indent=1, ensure_ascii=False) + "\n")
