"""Rows under the code of a state that had ended, moved to the code of their years."""

from __future__ import annotations

from datetime import date

import polars as pl

from foedus.panels.codes import Recode
from foedus.panels.table import Table


def moved(frame: pl.DataFrame, table: Table) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Give rows the code of their years, spells in two parts where they run on, and say how many were moved."""
    said = []
    for column in (c for c in table.codes if table.span and c.startswith("ccode")):
        for rule in table.recodes:
            frame, count = _by_rule(frame, column, table.span or ("", ""), rule)
            if count:
                when = f"before {rule.last + 1}" if rule.first == 0 else f"after {rule.first - 1}"
                said.append(f"{count:,} rows of {column} {rule.got} {when} recoded to {rule.used}")
    return frame, tuple(said)


def _by_rule(frame: pl.DataFrame, column: str, span: tuple[str, str], rule: Recode) -> tuple[pl.DataFrame, int]:
    start, end = (frame[c].dt.year() if frame[c].dtype == pl.Date else frame[c] for c in span)
    touched = ((frame[column] == rule.got) & (end >= rule.first) & (start <= rule.last)).fill_null(value=False)
    if not touched.any():
        return frame, 0
    rows = frame.filter(touched)
    dated = frame[span[0]].dtype == pl.Date
    used = pl.lit(rule.used, frame[column].dtype).alias(column)
    parts = [frame.filter(~touched)]
    if rule.first:
        parts.append(
            rows.filter(_year(span[0]) < rule.first).with_columns(_edge(span[1], rule.first - 1, dated, last=True))
        )
        new = rows.with_columns(
            used, pl.max_horizontal(span[0], _edge(span[0], rule.first, dated, last=False)).alias(span[0])
        )
    else:
        parts.append(
            rows.filter(_year(span[1]) > rule.last).with_columns(_edge(span[0], rule.last + 1, dated, last=False))
        )
        new = rows.with_columns(
            used, pl.min_horizontal(span[1], _edge(span[1], rule.last, dated, last=True)).alias(span[1])
        )
    if span[0] == span[1]:
        parts, new = parts[:1], rows.with_columns(used)
    return pl.concat([*parts, new]), len(rows)


def _year(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).str.slice(0, 4).cast(pl.Int32)


def _edge(column: str, year: int, dated: bool, *, last: bool) -> pl.Expr:
    """The first or last day of a year, or the year itself, as the column writes them."""
    day = date(year, 12, 31) if last else date(year, 1, 1)
    return pl.lit(day if dated else year, pl.Date if dated else pl.Int32).alias(column)
