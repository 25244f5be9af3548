"""Panels to files: Parquet, CSV, Stata; whole or not at all."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from foedus.errors import InputError
from foedus.files import check_place, whole

ENDINGS = (".parquet", ".csv", ".dta")
ROW_GROUP = 250_000


def write_frame(lazy: pl.LazyFrame, path: Path) -> Path:
    """Write a lazy frame by the path's ending, and return where it is.

    Raises InputError for an unknown ending, a folder that is not there, or one that cannot be written.
    """
    path = check_frame(path)
    with whole(path) as part:
        if path.suffix == ".parquet":
            lazy.sink_parquet(part, compression="zstd", compression_level=1, row_group_size=ROW_GROUP)
        elif path.suffix == ".csv":
            lazy.sink_csv(part)
        else:
            _write_stata(lazy.collect(), part)
    return path


def _for_stata(column: pl.Series) -> pl.Series:
    """A column in a type that Stata has: truth as 0, 1 or missing, decimals as numbers, absent text as empty text."""
    if column.dtype == pl.Boolean:
        return column.cast(pl.Int8)
    if column.dtype.is_decimal() or column.dtype == pl.Null:
        return column.cast(pl.Float64)
    if column.dtype in (pl.String, pl.Categorical, pl.Enum):
        return column.cast(pl.String).fill_null("")
    return column


def check_frame(path: Path) -> Path:
    """Raise InputError, as `write_frame` would, where a frame cannot be written; asked before it is built."""
    if path.suffix not in ENDINGS:
        msg = f'{path}: the ending is "{path.suffix}"; it must be one of {", ".join(ENDINGS)}'
        raise InputError(msg)
    return check_place(path)


def _write_stata(frame: pl.DataFrame, path: Path) -> None:
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        msg = "writing .dta needs pandas: install foedus[history]"
        raise InputError(msg) from error
    table = pd.DataFrame({name: _for_stata(frame[name]).to_numpy() for name in frame.columns}, copy=False)
    table.to_stata(path, write_index=False, version=118)
