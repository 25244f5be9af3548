"""Panels to files: Parquet, CSV, Stata; whole or not at all."""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path
from warnings import warn

import polars as pl

from foedus.errors import FoedusWarning, InputError
from foedus.files import check_place, whole
from foedus.frames import literal
from foedus.panels.labels import Labels

ENDINGS = (".parquet", ".csv", ".csv.gz", ".dta")
STREAM = Path("-")
"""In place of a file: CSV to standard output."""
ROW_GROUP = 250_000
NO_LABELS = Labels({}, {})

LONGEST_NAME = 32
"""Characters of a column's name in Stata."""


def write_frame(lazy: pl.LazyFrame, path: Path, labels: Labels = NO_LABELS) -> Path:
    """Write a lazy frame by the path's ending, in either case, and return where it is; `-` is CSV to standard output.

    labels   of columns and codes, for a .dta file

    Raises InputError for an unknown ending, a folder that is not there, or one that cannot be written.
    """
    path = check_frame(path)
    if path == STREAM:
        sys.stdout.write(lazy.collect().write_csv())
        return path
    ending = ending_of(path)
    with whole(path) as part:
        if ending == ".parquet":
            lazy.sink_parquet(literal(part), compression="zstd", compression_level=1, row_group_size=ROW_GROUP)
        elif ending == ".csv":
            lazy.sink_csv(literal(part))
        elif ending == ".csv.gz":
            # Without a time in its head, the same panel is the same bytes.
            with part.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
                packed.write(lazy.collect().write_csv().encode())
        else:
            _write_stata(lazy.collect(), part, labels)
    return path


def ending_of(path: Path) -> str:
    """Return the legal ending of a path, or its last suffix where it has none."""
    name = path.name.lower()
    return next((e for e in sorted(ENDINGS, key=len, reverse=True) if name.endswith(e)), path.suffix)


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
    if path == STREAM:
        return path
    if (ending := ending_of(path)) not in ENDINGS:
        msg = f'{path}: the ending is "{ending}"; it must be one of {", ".join(ENDINGS)}'
        raise InputError(msg)
    literal(path)
    return check_place(path)


def _write_stata(frame: pl.DataFrame, path: Path, labels: Labels) -> None:
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        msg = 'writing .dta needs pandas: pip install "foedus[history]"'
        raise InputError(msg) from error
    frame = _named_for_stata(frame)
    table = pd.DataFrame({name: _for_stata(frame[name]).to_numpy() for name in frame.columns}, copy=False)
    columns = {name: text[:80] for name, text in labels.columns.items() if name in frame.columns}
    values = {name: dict(codes) for name, codes in labels.values.items() if name in frame.columns}
    try:
        table.to_stata(path, write_index=False, version=118, variable_labels=columns, value_labels=values)  # type: ignore[arg-type]
    except ValueError as error:
        msg = f"Stata has no place for a value: {' '.join(str(error).split())[:120]}. Write .parquet or .csv"
        raise InputError(msg) from error


def _named_for_stata(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame under names that Stata takes: 32 letters, digits and underscores; warns of those that change."""
    names: dict[str, str] = {}
    for name in frame.columns:
        plain = re.sub(r"\W", "_", name)[:LONGEST_NAME]
        plain = f"_{plain}"[:LONGEST_NAME] if not plain or plain[0].isdigit() else plain
        count = 1
        while plain in names.values() or (plain != name and plain in frame.columns):
            count += 1
            plain = f"{plain[: LONGEST_NAME - 4]}_{count}"
        names[name] = plain
    if changed := [f"{name} as {plain}" for name, plain in names.items() if name != plain]:
        warn(f"names that Stata does not take are written otherwise: {', '.join(changed)}", FoedusWarning, stacklevel=2)
    return frame.rename(names)
