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
    """Return an undirected table in both orders of each pair, the named columns swapped in the second."""
    other = table.rename({**swaps, **{b: a for a, b in swaps.items()}}).select(table.columns)
    return pl.concat([table, other])


def attach(
    frame: pl.LazyFrame, number: str, rows: pl.Series, table: pl.DataFrame, names: Mapping[str, str]
) -> pl.LazyFrame:
    """Put columns of a table beside the frame.

    number   hidden column of the frame that holds each row's number in the space
    rows     from `rows_at`
    names    column of the table to name in the panel
    """
    found = frame.with_columns(pl.lit(rows).gather(pl.col(number)).alias("_row"))
    columns = [pl.lit(table[column]).gather(pl.col("_row")).alias(name) for column, name in names.items()]
    return found.with_columns(columns).drop("_row")


def none_within(columns: Iterable[str], coverage: tuple[int, int], number: str) -> list[pl.Expr]:
    """Return expressions that turn no record into 0 within the years covered, missing outside.

    number   hidden column of place numbers: where it is empty the file's system has no such state
    """
    covered = pl.col("year").is_between(*coverage) & pl.col(number).is_not_null()
    return [pl.when(covered).then(pl.col(c).fill_null(0)).alias(c) for c in columns]
