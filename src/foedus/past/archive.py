"""The archive of a year: the research files as they would read if they ended on its 31 December."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import polars as pl

from foedus.errors import DataError
from foedus.frames import read_csv, read_parquet
from foedus.panels.files import DataFolder

SUCCESSORS = {260: 255, 678: 679}
"""States that took over another's record: united Germany the Federal Republic's, Yemen the Arab Republic's."""

VIETNAM_WAR = (816, 817, 1975)
"""The troop data file US forces in Vietnam under the north; until 1975 they were in the south."""


@dataclass(frozen=True)
class Archive:
    """A data folder read as of the end of a year.

    Every table comes through `years` or `spells`, which drop what is later than the year, so that nothing built from an
    archive can know the future. What the files themselves were made with hindsight (estimates refined later) stays.
    """

    folder: DataFolder
    year: int

    def years(self, name: str, back: int | None = None) -> pl.DataFrame:
        """A table with a column `year`, up to this year; `back` keeps that many years with this one."""
        frame = self._raw(name).filter(pl.col("year") <= self.year)
        return frame if back is None else frame.filter(pl.col("year") > self.year - back)

    def spells(self, name: str, start: str, end: str) -> pl.DataFrame:
        """Spells that were running on 31 December, from the years or ISO dates in columns `start` and `end`.

        A date counts as the last day of its month when it is the month's first, as the contiguity file means it.
        """
        frame = self._raw(name)
        first = frame[start].cast(pl.String).str.slice(0, 4).cast(pl.Int32)
        ends = frame[end].cast(pl.String)
        over = ends.str.slice(0, 4).cast(pl.Int32)
        month = ends.str.slice(5, 2).cast(pl.Int32, strict=False).fill_null(12)
        running = (first <= self.year) & ((over > self.year) | ((over == self.year) & (month == 12)))
        return frame.filter(running)

    @cached_property
    def members(self) -> pl.DataFrame:
        """States on 31 December: `ccode, iso3, name`; a state without its own ISO code goes by its COW one."""
        frame = self._raw("cow_state_system")
        end = pl.col("endyear") * 10000 + pl.col("endmonth") * 100 + pl.col("endday")
        alive = frame.filter(pl.col("styear") <= self.year, end >= self.year * 10000 + 1231)
        names = alive.with_columns(pl.coalesce("iso3", "stateabb").alias("iso3"))
        found = names.select(pl.col("ccode").cast(pl.Int32), "iso3", pl.col("statenme").alias("name")).sort("ccode")
        if not found.height:
            msg = f"cow_state_system: nobody was a state at the end of {self.year}"
            raise DataError(msg)
        return found

    @cached_property
    def state_spells(self) -> dict[int, list[tuple[int, int]]]:
        """Years of entering and leaving the system of states by code, in order; years that touch are one spell."""
        frame = self._raw("cow_state_system").filter(pl.col("styear") <= self.year).sort("ccode", "styear")
        found: dict[int, list[tuple[int, int]]] = {}
        for code, entered, left in frame.select("ccode", "styear", pl.col("endyear").clip(None, self.year)).iter_rows():
            held = found.setdefault(int(code), [])
            if held and entered <= held[-1][1] + 1:
                held[-1] = (held[-1][0], left)
            else:
                held.append((entered, left))
        return found

    @cached_property
    def iso(self) -> dict[int, str]:
        """ISO code by COW code, successors' predecessors included."""
        own = dict(self.members.select("ccode", "iso3").iter_rows())
        old = {before: own[after] for before, after in SUCCESSORS.items() if after in own and before not in own}
        return own | old

    def successor(self, code: int) -> int:
        """Code under which a state's record goes on this year."""
        after = SUCCESSORS.get(code, code)
        return after if after in self._codes and code not in self._codes else code

    @cached_property
    def _codes(self) -> frozenset[int]:
        return frozenset(self.members["ccode"].to_list())

    def by_state(self, name: str, column: str, within: int | None = None) -> dict[str, tuple[int, float]]:
        """Latest year and value of a column by ISO code; `within` that many years of this one."""
        frame = self.years(name, within).drop_nulls([column, "ccode"]).sort("year")
        own = self._codes
        found: dict[str, tuple[int, float]] = {}
        for code, year, value in frame.select("ccode", "year", column).iter_rows():
            iso = self.iso.get(int(code))
            held = found.get(iso or "")
            if iso is not None and (held is None or held[0] < year or int(code) in own):
                found[iso] = (int(year), float(value))
        return found

    def _raw(self, name: str) -> pl.DataFrame:
        path = self.folder.find(name)
        if path is None:
            msg = f"{name}: no such file in {self.folder.path}. A world of {self.year} needs it."
            raise DataError(msg)
        return _table(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _table(path: Path, _changed: int) -> pl.DataFrame:
    """A file as it is; read again when it changed. Years of one folder share it."""
    if path.suffix == ".parquet":
        return read_parquet(path)
    return read_csv(path, infer_schema_length=None)
