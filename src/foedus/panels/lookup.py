"""Lookups: rows of a checked table put beside panel rows by number, never by a hash join."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import polars as pl

from foedus.panels.systems import Integers, Space


def within(table: pl.DataFrame, space: Space) -> pl.DataFrame:
    """Keep the rows whose year lies in the space."""
    return table.filter(pl.col("year").is_between(space.first, space.last))


def integers(table: pl.DataFrame, column: str) -> Integers:
    """Return a column without empty values as whole numbers."""
    return table[column].to_numpy().astype(np.int64)


def rows_at(size: int, numbers: Integers) -> pl.Series:
    """Return a series as long as the space: at each number, the row of the table that has it, else null."""
    rows = np.full(size, -1, dtype=np.int32)
    rows[numbers] = np.arange(len(numbers), dtype=np.int32)
    series = pl.Series(rows)
    return series.set(series < 0, None)


def mirrored(table: pl.DataFrame, swaps: Mapping[str, str]) -> pl.DataFrame:
    """Return a table of one row per pair in both orders, columns renamed by `swaps` in the second."""
    other = table.rename(dict(swaps)).select(table.columns)
    return pl.concat([table, other])


def place(table: pl.DataFrame, space: Space, name: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Keep the rows of states that were members that year, of pairs that were on a common day; say how many were not.

    table   columns ccode and year, or ccode1, ccode2 and year
    """
    table = within(table, space)
    codes = [c for c in ("ccode", "ccode1", "ccode2") if c in table.columns]
    numbers = [integers(table, c) for c in (*codes, "year")]
    there = space.alive[space.state_year(*numbers)] if len(codes) == 1 else space.paired[space.pair_year(*numbers)]
    if there.all():
        return table, ()
    row = table.row(int(np.argmin(there)), named=True)
    who = " and ".join(str(row[c]) for c in codes)
    why = "no such member of the system that year" if len(codes) == 1 else "no common day as members that year"
    note = (
        f"{name}: {int((~there).sum()):,} of {len(there):,} rows of {space.first}-{space.last} could not be placed: "
        f"{why} (first: {who} in {row['year']})"
    )
    return table.filter(pl.Series(there)), (note,)


def attach(
    frame: pl.LazyFrame,
    number: str,
    rows: pl.Series,
    table: pl.DataFrame,
    names: Mapping[str, str],
    none: tuple[Iterable[str], tuple[int, int]] = ((), (0, 0)),
) -> pl.LazyFrame:
    """Put columns of a table beside the frame.

    number   hidden column of the frame that holds each row's number in the space
    rows     from `rows_at`
    names    column of the table to name in the panel
    none     columns of the table in which no row means 0, and the first and last year in which it does. Where the
             number is empty (no such state or pair) a value stays missing, and so does one that the file leaves empty
    """
    zeros, covered = frozenset(none[0]), none[1]
    found = frame.with_columns(pl.lit(rows).gather(pl.col(number)).alias("_row"))
    absent = pl.col("_row").is_null() & pl.col(number).is_not_null() & pl.col("year").is_between(*covered)
    columns = []
    for column, name in names.items():
        value = pl.lit(table[column]).gather(pl.col("_row"))
        columns.append((pl.when(absent).then(0).otherwise(value) if column in zeros else value).alias(name))
    return found.with_columns(columns).drop("_row")
