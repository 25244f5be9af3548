"""The researcher's own folder of data files: found, read and checked before anything is built on it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import polars as pl

from foedus import files
from foedus.bibliography import Source, read_bibliography
from foedus.errors import DataError
from foedus.panels import checks
from foedus.panels.manifest import MANIFEST, ManifestEntry, read_manifest
from foedus.panels.reading import ROW, read_columns
from foedus.panels.recode import moved
from foedus.panels.table import Table
from foedus.panels.tables import TABLES

ENVIRONMENT = "FOEDUS_DATA"


@cache
def bibliography() -> Mapping[str, Source]:
    """Return the works that the declared files come from, by key."""
    return read_bibliography([Path(__file__).with_name("data.bib")])


def bibtex(keys: Iterable[str]) -> str:
    """Return entries of the bibliography as they stand there, one after the other."""
    text = Path(__file__).with_name("data.bib").read_text(encoding="utf-8")
    entries = {line.partition("{")[2].partition(",")[0]: line for line in text.splitlines() if line.startswith("@")}
    return "\n".join(entries[key] for key in keys) + "\n"


@dataclass(frozen=True)
class Loaded:
    """One research file, checked.

    frame   the declared columns, in their types, rows recoded
    first   first year it covers, as its own rows and the manifest say
    last    last year it covers
    notes   sentences on values emptied, rows recoded or left out, and years that the manifest promises in vain
    """

    table: Table
    frame: pl.DataFrame
    first: int
    last: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class DataFolder:
    """A folder of research files, with or without a manifest."""

    path: Path

    @classmethod
    def open(cls, path: Path | str | None = None) -> DataFolder:
        """Open a folder; without a path, the one named by the environment variable FOEDUS_DATA.

        Raises DataError when there is no such folder.
        """
        folder = cls.named(path)
        if folder is None:
            msg = f"no data folder: give data=DIR (on the command line --data DIR) or set {ENVIRONMENT}"
            raise DataError(msg)
        return folder

    @classmethod
    def named(cls, path: Path | str | None = None) -> DataFolder | None:
        """Open a folder as `open` does; None when neither the argument nor FOEDUS_DATA names one."""
        named = path if path is not None else os.environ.get(ENVIRONMENT)
        if not named:
            return None
        folder = files.place(named)
        if not folder.is_dir():
            msg = f"{folder}: no such data folder"
            raise DataError(msg)
        return cls(folder)

    @cached_property
    def manifest(self) -> Mapping[str, ManifestEntry]:
        """The manifest's records by name; empty when there is none. Raises DataError when malformed."""
        return read_manifest(self.path)

    def find(self, name: str) -> Path | None:
        """Return the file of a declared table, or None when the folder lacks it.

        Raises DataError when it holds several of NAME.parquet, .csv and .csv.gz, and the manifest does not say which
        counts.
        """
        record = self.manifest.get(name)
        if record is not None and record.file is not None:
            return self.path / record.file
        legal = [f"{name}{ending}" for ending in (".parquet", ".csv", ".csv.gz")]
        found = [path for path in sorted(self.path.iterdir()) if path.name.lower() in legal]
        if len(found) > 1:
            msg = (
                f"{' and '.join(p.name for p in found)} are both in {self.path}. "
                f"Remove one, or name the one that counts in {MANIFEST}."
            )
            raise DataError(msg)
        return found[0] if found else None

    def coverage(self, name: str) -> tuple[int, int]:
        """Return the first and last year a table covers: its own rows', narrowed by the manifest.

        Raises DataError as `load` does.
        """
        table = TABLES[name]
        path = self._found(table)
        if table.span is None:
            return self._covered(table, None)[:2]
        wanted = tuple(dict.fromkeys(table.span))
        frame, _ = checks.typed(read_columns(path, wanted), path, table)
        return self._covered(table, frame)[:2]

    def read(self, name: str, codes: frozenset[int] | None = None) -> pl.DataFrame:
        """Read one declared table, checked: the frame of `load`."""
        return self.load(name, codes).frame

    def load(self, name: str, codes: frozenset[int] | None = None) -> Loaded:
        """Read one declared table and check its columns, values, key, codes and the orders of its pairs.

        codes   legal state codes; None skips that check
        Raises DataError, naming file and row, for a missing or empty file, wrong columns, a value of the wrong
        kind, out of range or not in its code list, an empty or repeated key, a code that the state system does not
        know, or two orders of a pair that disagree.
        """
        table = TABLES[name]
        path = self._found(table)
        frame, notes = checks.typed(read_columns(path, tuple(table.columns), table.extras), path, table)
        first, last, said = self._covered(table, frame)
        notes += said
        if table.unbroken:
            checks.check_years_whole(frame, path)
        if table.optional:
            kept = frame.drop_nulls(table.codes)
            notes += _left_out(path, frame.height - kept.height, "name no state")
            frame = kept
        checks.check_key(frame, path, table)
        if codes is not None:
            checks.check_codes(frame, path, table, codes)
        if table.beyond:
            kept = frame.filter(*(~pl.col(c).is_in(table.beyond) for c in table.codes))
            notes += _left_out(path, frame.height - kept.height, "are of polities outside the state system")
            frame = kept
        frame, said = moved(frame, table)
        if said:
            checks.check_once(frame, path, table, divided=True)
            notes += tuple(f"{path.name}: {sentence}" for sentence in said)
        frame, made = checks.ordered(frame, path, table)
        return Loaded(table, frame.drop(ROW), first, last, (*notes, *made))

    def _found(self, table: Table) -> Path:
        path = self.find(table.name)
        if path is None:
            source = bibliography()[table.cites[0]]
            msg = (
                f"{table.name}.parquet or {table.name}.csv: no such file in {self.path}. It "
                f"holds {table.meaning}; get it from {source.url}"
            )
            raise DataError(msg)
        return path

    def _covered(self, table: Table, frame: pl.DataFrame | None) -> tuple[int, int, tuple[str, ...]]:
        record = self.manifest.get(table.name)
        said = record.years if record else None
        if table.span is None or frame is None:
            return *(said or (table.first, table.last)), ()
        first, last = _years(frame, table)
        if said is None or said == (first, last):
            return first, last, ()
        note = (
            f"{MANIFEST} says that {table.name} covers {said[0]}-{said[1]}, its rows {first}-{last}: "
            "years outside either are missing"
        )
        if said[0] > last or said[1] < first:
            msg = f"{note}. No year is left; mend one of them."
            raise DataError(msg)
        return max(first, said[0]), min(last, said[1]), (note,)


def _years(frame: pl.DataFrame, table: Table) -> tuple[int, int]:
    """Return the years of a file's rows. Spells say how far it goes, not where it begins: that, its publisher says."""
    span = table.span or ("", "")
    ends = [frame[c].dt.year() if frame[c].dtype == pl.Date else frame[c] for c in span]
    first, last = ends[0].min(), ends[1].max()
    if not isinstance(first, int) or not isinstance(last, int):
        msg = f"{table.name}: {' and '.join(dict.fromkeys(span))} empty in every row, so no year is covered"
        raise DataError(msg)
    return (first if span[0] == span[1] else table.first), last


def _left_out(path: Path, count: int, why: str) -> tuple[str, ...]:
    return (f"{path.name}: {count:,} rows {why}; left out",) if count else ()
