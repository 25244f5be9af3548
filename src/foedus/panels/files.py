"""The researcher's own folder of data files: found, read and checked before anything is built on it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import polars as pl

from foedus.bibliography import Source, read_bibliography
from foedus.errors import DataError
from foedus.panels.table import Table
from foedus.panels.tables import TABLES

MANIFEST = "MANIFEST.toml"
ENVIRONMENT = "FOEDUS_DATA"


@cache
def bibliography() -> Mapping[str, Source]:
    """Return the works that the declared files come from, by key."""
    return read_bibliography([Path(__file__).with_name("data.bib")])


@dataclass(frozen=True)
class DataFolder:
    """A folder of research files, with or without a manifest."""

    path: Path

    @classmethod
    def open(cls, path: Path | str | None = None) -> DataFolder:
        """Open a folder; without a path, the one named by the environment variable FOEDUS_DATA.

        Raises DataError when there is no such folder.
        """
        named = path if path is not None else os.environ.get(ENVIRONMENT)
        if named is None:
            msg = f"no data folder: give data=DIR (on the command line --data DIR) or set {ENVIRONMENT}"
            raise DataError(msg)
        folder = Path(named)
        if not folder.is_dir():
            msg = f"{folder}: no such data folder"
            raise DataError(msg)
        return cls(folder)

    @cached_property
    def manifest(self) -> Mapping[str, Mapping[str, Any]]:
        """The manifest's records by name; empty when there is none. Raises DataError when malformed."""
        path = self.path / MANIFEST
        if not path.is_file():
            return {}
        try:
            records = tomllib.loads(path.read_text(encoding="utf-8")).get("dataset", [])
            return {record["name"]: record for record in records}
        except (tomllib.TOMLDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
            msg = f"{MANIFEST}: not a readable manifest ({error}). Each [[dataset]] needs at least a name and a file."
            raise DataError(msg) from error

    def find(self, name: str) -> Path | None:
        """Return the file of a declared table, or None when the folder lacks it."""
        named = self.manifest.get(name, {}).get("file")
        candidates = ([str(named)] if named else []) + [f"{name}.parquet", f"{name}.csv"]
        return next((self.path / c for c in candidates if (self.path / c).is_file()), None)

    def coverage(self, name: str) -> tuple[int, int]:
        """Return the first and last year a table covers: the manifest's word, else the declaration's."""
        declared = TABLES[name].first, TABLES[name].last
        first, _, last = str(self.manifest.get(name, {}).get("years", "")).partition("-")
        return (
            (max(declared[0], int(first)), min(declared[1], int(last)))
            if first.isdigit() and last.isdigit()
            else declared
        )

    def read(self, name: str, codes: frozenset[int] | None = None) -> pl.DataFrame:
        """Read one declared table, checked: columns, values, unique key, known codes.

        codes   legal state codes; None skips that check
        Returns the declared columns only, recoded, codes and years as integers.
        Raises DataError, naming file and row, for a missing file, wrong columns, a value of the wrong kind,
        an empty or repeated key, or a code that the state system does not know.
        """
        table = TABLES[name]
        path = self.find(name)
        if path is None:
            sources = bibliography()
            msg = (
                f"{name}.parquet or {name}.csv: no such file in {self.path}. It "
                f"holds {table.meaning}; get it from {sources[table.cites[0]].url}"
            )
            raise DataError(msg)
        frame = _typed(_raw(path, table), path, table)
        if table.optional:
            frame = frame.drop_nulls([c for c, kind in table.columns.items() if kind == "code"])
        _check_key(frame, path, table)
        if codes is not None:
            _check_codes(frame, path, table, codes)
        return _recoded(frame, table).drop("_row")


def _raw(path: Path, table: Table) -> pl.DataFrame:
    wanted = list(table.columns)
    try:
        if path.suffix == ".csv":
            frame = pl.read_csv(path, infer_schema=False, encoding="utf8")
        else:
            frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        msg = f"{path.name}: cannot be read ({error})"
        raise DataError(msg) from error
    if lost := [c for c in wanted if c not in frame.columns]:
        msg = (
            f"{path.name}:1  lacks the column {', '.join(lost)}. It has "
            f"{', '.join(frame.columns[:12])}; it needs {', '.join(wanted)}"
        )
        raise DataError(msg)
    first = 2 if path.suffix == ".csv" else 1
    return frame.select(wanted).with_row_index("_row", offset=first)


_TYPES = {"code": pl.Int32, "int": pl.Int32, "float": pl.Float32, "text": pl.String, "date": pl.Date}


def _typed(frame: pl.DataFrame, path: Path, table: Table) -> pl.DataFrame:
    casts = []
    for column, kind in table.columns.items():
        if kind == "date" and frame.schema[column] == pl.String:
            casts.append(pl.col(column).str.to_date("%Y-%m-%d", strict=False))
        else:
            casts.append(pl.col(column).cast(_TYPES[kind], strict=False))
    cast = frame.with_columns(casts)
    for column, kind in table.columns.items():
        bad = frame[column].is_not_null() & cast[column].is_null()
        if bad.any():
            at = int(bad.arg_max() or 0)
            legal = "a date like 1990-10-03" if kind == "date" else "a number" if kind == "float" else "a whole number"
            msg = f'{path.name}:{frame["_row"][at]}  {column} is "{frame[column][at]}"; it must be {legal}'
            raise DataError(msg)
    return cast


def _check_key(frame: pl.DataFrame, path: Path, table: Table) -> None:
    for column in table.key:
        empty = frame[column].is_null()
        if empty.any() and not (table.optional and table.columns[column] == "code"):
            msg = (
                f"{path.name}:{frame['_row'][int(empty.arg_max() or 0)]}  "
                f"{column} is empty; every row needs {', '.join(table.key)}"
            )
            raise DataError(msg)
    again = ~frame.select(pl.struct(table.key).is_first_distinct().alias("first"))["first"]
    if again.any():
        row = frame.row(int(again.arg_max() or 0), named=True)
        before = frame.filter(*(pl.col(k) == row[k] for k in table.key))["_row"][0]
        what = ", ".join(f"{k} {row[k]}" for k in table.key)
        msg = f"{path.name}:{row['_row']}  repeats row {before} ({what}). Keep one."
        raise DataError(msg)


def _check_codes(frame: pl.DataFrame, path: Path, table: Table, codes: frozenset[int]) -> None:
    legal = pl.Series(sorted(codes | set(table.beyond)), dtype=pl.Int32)
    for column in (c for c, kind in table.columns.items() if kind == "code"):
        strange = ~frame[column].is_in(legal.implode())
        if strange.any():
            at = int(strange.arg_max() or 0)
            msg = (
                f"{path.name}:{frame['_row'][at]}  {column} is "
                f"{frame[column][at]}, a code that the state system does not know"
            )
            raise DataError(msg)


def _recoded(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    for column in (c for c, kind in table.columns.items() if kind == "code"):
        if table.beyond:
            frame = frame.filter(~pl.col(column).is_in(table.beyond))
        for rule in table.recodes:
            moved = (pl.col(column) == rule.got) & pl.col("year").is_between(rule.first, rule.last)
            frame = frame.with_columns(pl.when(moved).then(pl.lit(rule.used, pl.Int32)).otherwise(column).alias(column))
    return frame
