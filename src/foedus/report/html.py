"""Small pieces of HTML: tables, figures, escaped text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from foedus import words
from foedus.charts import svg
from foedus.engine.measure import Measure
from foedus.results import Range
from foedus.tables import Grid, Heading

__all__ = ["escape", "factor", "figure", "measure_head", "range_cell", "section", "table"]


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, text: int = 1, style: str = "") -> str:
    """HTML table; the first `text` columns are text, the rest numbers. Cells are HTML."""
    headings = tuple(Heading(name, right=number >= text) for number, name in enumerate(columns))
    return Grid(headings, tuple(map(tuple, rows))).html(style)


PER_CENT = {"share": ", %", "chance": ", %", "share of GDP": ", % of GDP"}
"""Units that tables show in per cent, and how the head of a column says so."""


def factor(measure: Measure) -> float:
    """By what a table multiplies a measure: 100 where it shows per cent."""
    return 100.0 if measure.unit in PER_CENT else 1.0


def measure_head(measure: Measure) -> str:
    """Head of a measure's column: its label, in what unit, and the mechanisms it shows. HTML."""
    return f"{escape(measure.label)}{PER_CENT.get(measure.unit, '')} <small>{', '.join(measure.rows)}</small>"


def figure(chart: Any, caption: str, known: str) -> str:
    """A chart as static SVG, with its caption.

    known  of which futures it is and how exact, as `Results.known` says
    """
    said = " ".join(part for part in (caption, known) if part)
    return f"<figure class='wide'>{svg(chart, known)}<figcaption>{escape(said)}</figcaption></figure>"


def section(title: str, *parts: str, anchor: str = "") -> str:
    """A section under a heading; nothing when it has no parts."""
    body = "".join(parts)
    return f"<section{f' id={anchor}' if anchor else ''}><h2>{escape(title)}</h2>{body}</section>" if body else ""


def range_cell(value: Range) -> str:
    """Mean; then 50 and 90 per cent bands in small type, where there are futures enough for them."""
    if not value.told:
        return f"<b>{words.significant(value.mean)}</b>"
    places = max(words.decimals(value.mean), words.decimals(value.high90))
    low50, high50, low90, high90 = (
        f"{x:.{min(places, 4)}f}" for x in (value.low50, value.high50, value.low90, value.high90)
    )
    return f"<b>{words.significant(value.mean)}</b> <small>{low50}–{high50} <i>({low90}–{high90})</i></small>"
