"""A scholar's own columns put beside a panel's rows, by pair and year, by state and year, or by state."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import polars as pl

from foedus.errors import InputError
from foedus.panels.base import HIDDEN, PanelBase

if TYPE_CHECKING:
    import pandas as pd

P = TypeVar("P", bound=PanelBase)

LARGEST = 2**31 - 1
"""Of a code or a year, as they are joined."""


def joined(panel: P, table: pl.DataFrame | pd.DataFrame, name: str) -> P:
    """Return the panel with the table's columns; arguments and errors as in `Panel.join`."""
    try:
        frame = table if isinstance(table, pl.DataFrame) else pl.DataFrame(dict(table.items()))
    except (ImportError, TypeError, ValueError, pl.exceptions.PolarsError) as error:
        msg = f"{name}: has a column of no one type ({' '.join(str(error).split())[:120]})"
        raise InputError(msg) from error
    code = panel.code
    if set(panel.keys) <= set(frame.columns):
        return _beside(panel, frame, {key: key for key in panel.keys}, name)
    own = (code, "year") if "year" in frame.columns else (code,)
    if code not in frame.columns:
        msg = (
            f"{name} has the columns {', '.join(frame.columns[:12])}; to be joined it needs {', '.join(panel.keys)}, "
            f"or {code} with year or without"
        )
        raise InputError(msg)
    for side in panel.sides:
        renamed = {column: f"{column}{side}" for column in frame.columns if column not in own}
        keys = {f"{code}{side}": code} | ({"year": "year"} if "year" in own else {})
        panel = _beside(panel, frame.rename(renamed), keys, name)
    return panel


def _numbers(column: pl.Series) -> pl.Series:
    """A column as numbers; empty where a value is none, or where the column's type has none."""
    try:
        return column.cast(pl.Float64, strict=False)
    except pl.exceptions.PolarsError:
        return pl.Series(column.name, [None] * len(column), dtype=pl.Float64)


def _beside(panel: P, frame: pl.DataFrame, keys: dict[str, str], name: str) -> P:
    """Join by `keys`, column of the panel to column of the frame."""
    added = [column for column in frame.columns if column not in keys.values()]
    if taken := [column for column in added if column in HIDDEN or column in panel.columns]:
        msg = f"{name}: the panel already has {', '.join(taken[:6])}. Rename it first."
        raise InputError(msg)
    for column in keys.values():
        whole = _numbers(frame[column])
        if not (whole.is_not_null() & (whole == whole.floor()) & whole.is_between(-LARGEST, LARGEST)).all():
            msg = f"{name}: {column} must hold whole numbers without gaps; it holds {frame.schema[column]}"
            raise InputError(msg)
    right = frame.with_columns(pl.col(list(keys.values())).cast(pl.Float64).cast(pl.Int32))
    twice = right.filter(pl.struct(list(keys.values())).is_duplicated())
    if twice.height:
        row = ", ".join(f"{column} {twice[column][0]}" for column in keys.values())
        msg = f"{name}: has {row} more than once. Keep one row."
        raise InputError(msg)
    left = panel.lazy.with_columns(pl.col(list(keys)).cast(pl.Int32))
    made = left.join(
        right.lazy(), left_on=list(keys), right_on=list(keys.values()), how="left", maintain_order="left", coalesce=True
    )
    return panel._with(made)  # noqa: SLF001
