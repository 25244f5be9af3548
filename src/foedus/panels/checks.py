"""Checks of a research file against its declaration: types, ranges, code lists, keys, codes, orders of a pair."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from pathlib import Path

import polars as pl

from foedus.errors import DataError
from foedus.panels.reading import ROW
from foedus.panels.table import Column, Table

EMPTY = ("", "NA")
"""How a number or date that is not there is written: nothing, or R's word."""


def stop_at(frame: pl.DataFrame, path: Path, wrong: pl.Series, what: str) -> None:
    """Raise DataError at the first row where `wrong` holds.

    what   the error message, in which {column} is replaced by that row's value of the column
    """
    wrong = wrong.fill_null(value=False)
    if wrong.any():
        row = frame.row(int(wrong.arg_max() or 0), named=True)
        msg = f"{path.name}:{row[ROW]}  {what.format_map(row)}"
        raise DataError(msg)


def typed(frame: pl.DataFrame, path: Path, table: Table) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the declared columns in their types, the publisher's codes for missing emptied, and what was emptied.

    Whole numbers are 32 bits wide where the declared range allows; numbers are double, or single where the file
    stores them so. Raises DataError, naming file, row, column, value and what is legal.
    """
    made, notes = {ROW: frame[ROW]}, []
    for name in (c for c in frame.columns if c != ROW):
        column = table.column(name)
        raw = frame[name]
        blank = raw.is_null()
        if raw.dtype == pl.String and column.kind != "text":
            blank |= raw.str.strip_chars().is_in(list(EMPTY))
        values, emptied = _cast(raw, column)
        shown = "nothing" if column.kind == "text" else f'"{{{name}}}"' if raw.dtype == pl.String else f"{{{name}}}"
        stop_at(frame, path, ~blank & ~emptied & values.is_null(), f"{name} is {shown}; it must be {column.rule}")
        if count := int(emptied.sum()):
            codes = " or ".join(map(str, column.missing))
            notes.append(f"{path.name}: {count:,} values of {name} are {codes}, which is missing; read as empty")
        made[name] = values.alias(name)
    return pl.DataFrame(made), tuple(notes)


def _cast(raw: pl.Series, column: Column) -> tuple[pl.Series, pl.Series]:
    """Return the legal values, others null, and where the publisher's code for missing was."""
    nowhere = pl.repeat(value=False, n=len(raw), eager=True)
    if column.kind == "text":
        return raw.cast(pl.String, strict=False), nowhere
    if column.kind == "date":
        days = _days(raw)
        legal = days.dt.year().is_between(int(column.low), int(column.high))
        return days.set(~legal.fill_null(value=False), None), nowhere
    numbers = _numbers(raw)
    emptied = _among(numbers, column.missing) if column.missing else nowhere
    legal = (numbers >= column.low) & (numbers <= column.high)
    if numbers.dtype.is_float() and column.kind == "float":
        legal &= numbers.is_finite()
    elif numbers.dtype.is_float():
        legal &= numbers == numbers.floor()
    if column.listed:
        legal &= _among(numbers, column.listed)
    kept = legal.fill_null(value=False) & ~emptied
    values = numbers if kept.all() else numbers.set(~kept, None)
    if column.kind == "float":
        return values if values.dtype == pl.Float32 else values.cast(pl.Float64), emptied
    wide = column.high >= 2**31 and not column.listed and column.high != float("inf")
    return values.cast(pl.Int64 if wide else pl.Int32), emptied


def _among(numbers: pl.Series, values: Iterable[int]) -> pl.Series:
    return reduce(or_, [(numbers == value).fill_null(value=False) for value in values])


def _numbers(raw: pl.Series) -> pl.Series:
    """Return a column as numbers; null where a value is none: a word, a date, a list."""
    dtype = raw.dtype
    if dtype in (pl.String, pl.Categorical, pl.Enum):
        return raw.cast(pl.String).str.strip_chars().cast(pl.Float64, strict=False)
    if dtype == pl.Boolean:
        return raw.cast(pl.Int8)
    if dtype.is_numeric():
        return raw.cast(pl.Float64) if dtype.is_decimal() else raw
    return pl.Series(raw.name, [None] * len(raw), dtype=pl.Float64)


def _days(raw: pl.Series) -> pl.Series:
    """Return a column as dates; null where a value is none, such as a number of days."""
    if raw.dtype == pl.String:
        return raw.str.strip_chars().str.to_date("%Y-%m-%d", strict=False)
    if raw.dtype == pl.Date or isinstance(raw.dtype, pl.Datetime):
        return raw.cast(pl.Date)
    return pl.Series(raw.name, [None] * len(raw), dtype=pl.Date)


def check_key(frame: pl.DataFrame, path: Path, table: Table) -> None:
    """Raise DataError where a key is empty or repeated, or a state is paired with itself."""
    for name in table.key:
        if not (table.optional and name in table.codes):
            stop_at(frame, path, frame[name].is_null(), f"{name} is empty; every row needs {', '.join(table.key)}")
    if table.orders or {"ccode1", "ccode2"} <= set(table.codes):
        one, two = table.codes[:2]
        stop_at(frame, path, frame[one] == frame[two], f"{one} and {two} are both {{{one}}}; a pair is of two states")
    check_once(frame, path, table)


def check_once(frame: pl.DataFrame, path: Path, table: Table, *, divided: bool = False) -> None:
    """Raise DataError where a key is repeated, naming both rows.

    divided   spells may be in parts under the codes of two states, so the codes count as part of the key
    """
    key = tuple(dict.fromkeys((*table.key, *table.codes))) if divided else table.key
    number = _one_number(frame, key)
    if number is not None and number.n_unique() == len(number):
        return
    again = ~frame.select(pl.struct(key).is_first_distinct().alias("first"))["first"]
    if again.any():
        row = frame.row(int(again.arg_max() or 0), named=True)
        before = frame.filter(*(pl.col(k).eq_missing(row[k]) for k in key))[ROW][0]
        what = ", ".join(f"{k} {row[k]}" for k in key)
        msg = f"{path.name}:{row[ROW]}  repeats row {before} ({what}). Keep one."
        raise DataError(msg)


def _one_number(frame: pl.DataFrame, key: tuple[str, ...]) -> pl.Series | None:
    """Return the key of each row as one whole number, which is compared far faster; None where it cannot be."""
    total, size = pl.Series([0]).cast(pl.Int64), 1
    for name in key:
        column = frame[name]
        low, high = column.min(), column.max()
        if not isinstance(low, int) or not isinstance(high, int) or column.null_count():
            return None
        size *= high - low + 1
        if size >= 2**62:
            return None
        total = total * (high - low + 1) + (column.cast(pl.Int64) - low)
    return total


def check_codes(frame: pl.DataFrame, path: Path, table: Table, codes: frozenset[int]) -> None:
    """Raise DataError at a code that neither the system nor the declaration knows."""
    legal = sorted(codes | set(table.beyond))
    for name in table.codes:
        wrong = frame[name].is_not_null() & ~frame[name].is_in(legal)
        stop_at(frame, path, wrong, f"{name} is {{{name}}}, a code that the state system does not know")


def check_years_whole(frame: pl.DataFrame, path: Path) -> None:
    """Raise DataError where the years leave a gap: inside it no row would count as none."""
    years = frame["year"].drop_nulls().unique().sort()
    step = years.diff().fill_null(1)
    if (step > 1).any():
        at = int((step > 1).arg_max() or 0)
        msg = (
            f"{path.name}: has no row of {years[at - 1] + 1}-{years[at] - 1}, although the publisher has rows of every "
            "year. There no row would count as none: keep the years unbroken."
        )
        raise DataError(msg)


def ordered(frame: pl.DataFrame, path: Path, table: Table) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Bring pairs into the orders the declaration promises, and say what was made.

    Undirected files come with the lower code first, mirrored ones with both orders. Raises DataError where the two
    orders of a pair disagree.
    """
    if table.orders is None:
        return frame, ()
    one, two = table.codes[:2]
    if table.orders == "directed":
        single = not (frame[one] > frame[two]).any()
        said = f"{path.name}: has each pair once, {one} below {two}: nothing is recorded of the other order"
        return frame, (said,) if single else ()
    if table.orders == "undirected" and not (frame[one] > frame[two]).any():
        return frame, ()
    other = frame.rename(table.swapped).select(frame.columns)
    _check_agreement(frame, other, path, table)
    if table.orders == "undirected":
        turned = other.filter(pl.col(one) < pl.col(two))
        return pl.concat([frame.filter(pl.col(one) < pl.col(two)), turned]).unique(
            table.key, keep="first", maintain_order=True
        ), ()
    made = other.join(frame, on=table.key, how="anti")
    if made.is_empty():
        return frame, ()
    said = f"{path.name}: {made.height:,} rows have one order of a pair; the other was added"
    return pl.concat([frame, made]), (said,)


def _check_agreement(frame: pl.DataFrame, other: pl.DataFrame, path: Path, table: Table) -> None:
    values = [c for c in frame.columns if c not in table.key and c != ROW]
    both = frame.join(other, on=table.key, how="inner", suffix="_other", maintain_order="left")
    for name in values:
        apart = ~both.select(pl.col(name).eq_missing(pl.col(f"{name}_other")).alias("same"))["same"]
        what = ", ".join(f"{k} {{{k}}}" for k in table.key)
        complaint = f"{name} is {{{name}}}, and row {{{ROW}_other}} says {{{name}_other}} of the same pair ({what})"
        stop_at(both, path, apart, f"{complaint}. Keep one.")
