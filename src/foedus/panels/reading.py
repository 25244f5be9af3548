"""A research file as it is, CSV or Parquet, with the line or row each record was read from."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO, cast

import polars as pl

from foedus.errors import DataError, nearest
from foedus.frames import read_csv, read_parquet

ROW = "_row"
"""Hidden column: the line of a CSV file or the row of a Parquet file, from 1, that a record came from."""


def read_columns(path: Path, wanted: tuple[str, ...], extras: Iterable[str] = ()) -> pl.DataFrame:
    """Read some columns of a file, CSV as text and Parquet as stored, with the column ROW before them.

    extras   columns to read where the file has them

    Lines without any value are skipped. Raises DataError, naming the file and the line, for a file that cannot
    be read, a column that is lacking or named twice, a line that is too short, or no rows at all.
    """
    frame = _csv(path) if is_csv(path) else _parquet(path)
    if lost := [c for c in wanted if c not in frame.columns]:
        near = nearest(lost[0], [c for c in frame.columns if c not in wanted])
        hint = f' (is it "{near}"?)' if near else ""
        msg = (
            f"{path.name}:1  lacks the column {', '.join(lost)}{hint}. It has "
            f"{', '.join(frame.columns[:12])}; it needs {', '.join(wanted)}"
        )
        raise DataError(msg)
    numbered = frame.with_row_index(ROW, offset=2 if is_csv(path) else 1)
    if is_csv(path):
        numbered = numbered.filter(~pl.all_horizontal(pl.exclude(ROW).is_null()))
    if numbered.is_empty():
        msg = f"{path.name}: has no rows, so every value would be missing"
        raise DataError(msg)
    return numbered.select(ROW, *wanted, *(name for name in extras if name in frame.columns))


def is_csv(path: Path) -> bool:
    """Whether a file is comma-separated text by its name, plain or compressed (.csv, .csv.gz), in either case."""
    return path.name.lower().endswith((".csv", ".csv.gz"))


def opened(path: Path) -> TextIO:
    """Open a text file for reading, compressed or not, past a byte-order mark."""
    if path.suffix.lower() == ".gz":
        return cast("TextIO", gzip.open(path, "rt", encoding="utf-8-sig", newline=""))
    return path.open(encoding="utf-8-sig", newline="")


def _parquet(path: Path) -> pl.DataFrame:
    try:
        return read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        msg = f"{path.name}: cannot be read as Parquet ({error})"
        raise DataError(msg) from error


def _csv(path: Path) -> pl.DataFrame:
    try:
        with opened(path) as file:
            header = next(csv.reader(file), [])
        _check_header(path, header)
        frame = read_csv(path, infer_schema=False, encoding="utf8")
    except (pl.exceptions.PolarsError, OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        reason = str(error).partition("\n")[0]
        msg = f"{path.name}: cannot be read as comma-separated UTF-8 text ({reason})"
        raise DataError(msg) from error
    if frame.height and frame[:, -1].null_count():
        _check_lengths(path, len(header))
    return frame


def _check_header(path: Path, header: list[str]) -> None:
    if twice := [name for name, times in Counter(header).items() if times > 1 and name]:
        msg = f"{path.name}:1  names the column {', '.join(twice)} more than once. Keep one of each."
        raise DataError(msg)
    if len(header) == 1 and (mark := next((m for m in (";", "\t", "|") if m in header[0]), None)):
        msg = f"{path.name}:1  is separated by {mark!r}. Save it with commas between columns."
        raise DataError(msg)


def _check_lengths(path: Path, width: int) -> None:
    """Raise where a line has fewer fields than the header: Polars fills them up without a word."""
    with opened(path) as file:
        lines = csv.reader(file)
        for fields in lines:
            if fields and len(fields) < width:
                msg = (
                    f"{path.name}:{lines.line_num}  has {len(fields)} of {width} fields. "
                    "An empty value still needs its comma."
                )
                raise DataError(msg)
