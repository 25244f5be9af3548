"""What every panel is made of, and how a verb puts a file's columns beside its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Self

import polars as pl

from foedus.errors import DataError, InputError
from foedus.panels import lookup
from foedus.panels.files import DataFolder, Loaded
from foedus.panels.systems import Space, System

Kind = Literal["state-year", "dyad-year", "dispute-dyad-year"]
HIDDEN = ("_own1", "_own2", "_unit", "_ownpair", "_cow1", "_cow2", "_cowpair", "_row")
"""Place numbers of a panel's rows, by which values are found."""
PAIR = {"ccode1": "ccode2", "ccode2": "ccode1"}


@dataclass(frozen=True, repr=False)
class PanelBase:
    """A panel under construction: every verb returns a new one; rows come with `collect` or `write`.

    kind       "state-year", "dyad-year" or "dispute-dyad-year"
    system     "cow" or "gw"
    directed   both orders of each pair are rows
    folder     where data files are
    cow        numbered space of COW codes over the panel's years
    own        the same for the panel's own system
    lazy       the rows; the columns `HIDDEN` are place numbers and are dropped at the end
    used       files read so far
    notes      what was emptied, recoded, left out or could not be placed, in sentences
    """

    kind: Kind
    system: System
    directed: bool
    folder: DataFolder
    cow: Space
    own: Space
    lazy: pl.LazyFrame
    used: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the panel's columns, in order."""
        return tuple(c for c in self.lazy.collect_schema().names() if c not in HIDDEN)

    @property
    def code(self) -> str:
        """Column of the panel's own codes, without the number of the state: "ccode" or "gwcode"."""
        return "ccode" if self.system == "cow" else "gwcode"

    @property
    def sides(self) -> tuple[str, ...]:
        """What stands behind the columns of states: nothing in state-years, else 1 and 2."""
        return ("",) if self.kind == "state-year" else ("1", "2")

    @property
    def keys(self) -> tuple[str, ...]:
        """Columns that name a row: codes and year."""
        return (*(f"{self.code}{side}" for side in self.sides), "year")

    def _read(self, name: str, *, pairs: bool = False) -> Loaded:
        """Read a file for this panel: DataError when it describes pairs and there are none, or none of its years."""
        if pairs:
            self._need_pairs(name)
        legal = self.own if name.startswith("gw_") else self.cow
        return self._covered(self.folder.load(name, frozenset(legal.codes)))

    def _need_pairs(self, name: str) -> None:
        if self.kind == "state-year":
            msg = f"{name} describes pairs; a state-year panel has none. Start from dyad_years."
            raise InputError(msg)

    def _covered(self, loaded: Loaded) -> Loaded:
        if self.own.last < loaded.first or self.own.first > loaded.last:
            msg = (
                f"{loaded.table.name} covers {loaded.first}-{loaded.last}; the panel is "
                f"{self.own.first}-{self.own.last}, so every value would be missing"
            )
            raise DataError(msg)
        return loaded

    def _fresh(self, names: Iterable[str]) -> None:
        if twice := [n for n in names if n in self.columns]:
            msg = f"the panel already has {', '.join(twice[:6])}. Give prefix= to disputes, or add a variable once."
            raise InputError(msg)

    def _grown(self, lazy: pl.LazyFrame, loaded: Loaded, notes: tuple[str, ...] = ()) -> Self:
        used = dict.fromkeys((*self.used, loaded.table.name))
        told = dict.fromkeys((*self.notes, *loaded.notes, *notes))
        return replace(self, lazy=lazy, used=tuple(used), notes=tuple(told))

    def _state(
        self,
        loaded: Loaded,
        names: Iterable[str] | Mapping[str, str],
        table: pl.DataFrame | None = None,
        zero: Iterable[str] = (),
        *,
        own: bool = False,
    ) -> Self:
        """Add columns of states, by name or under another one; no row means 0 in the columns `zero`.

        table   in place of the file's own rows
        own     the codes, in the column ccode, are of the panel's own system
        """
        covered = loaded.first, loaded.last
        space = self.own if own else self.cow
        table = loaded.frame if table is None else table
        table, notes = lookup.place(table.filter(pl.col("year").is_between(*covered)), space, loaded.table.name)
        numbers = space.state_year(lookup.integers(table, "ccode"), lookup.integers(table, "year"))
        rows = lookup.rows_at(space.state_years, numbers)
        lazy = self.lazy
        called = names if isinstance(names, Mapping) else {n: n for n in names}
        self._fresh(f"{n}{side}" for n in called.values() for side in self.sides)
        for side in self.sides:
            named = {column: f"{n}{side}" for column, n in called.items()}
            number = f"_{'own' if own else 'cow'}{side or '1'}"
            lazy = lookup.attach(lazy, number, rows, table, named, (zero, covered))
        return self._grown(lazy, loaded, notes)

    def _pair(
        self,
        loaded: Loaded,
        names: Iterable[str] | Mapping[str, str],
        table: pl.DataFrame | None = None,
        *,
        zero: Iterable[str] = (),
        mirror: bool = False,
        own: bool = False,
    ) -> Self:
        """Add columns of pairs, by name or under another one.

        table    in place of the file's own rows, by ccode1, ccode2 and year
        zero     columns in which no row means 0
        mirror   each pair has one row; add the other order
        own      the codes are of the panel's own system
        """
        covered = loaded.first, loaded.last
        named = names if isinstance(names, Mapping) else {n: n for n in names}
        self._fresh(named.values())
        space = self.own if own else self.cow
        table = loaded.frame if table is None else table
        table, notes = lookup.place(table.filter(pl.col("year").is_between(*covered)), space, loaded.table.name)
        if mirror:
            table = lookup.mirrored(table, PAIR | {a: b for a, b in loaded.table.swapped.items() if a in table.columns})
        one, two, year = (lookup.integers(table, c) for c in ("ccode1", "ccode2", "year"))
        rows = lookup.rows_at(space.pair_years, space.pair_year(one, two, year))
        lazy = lookup.attach(self.lazy, "_ownpair" if own else "_cowpair", rows, table, named, (zero, covered))
        return self._grown(lazy, loaded, notes)

    def _native(self, cow: str, gw: str, names: tuple[str, ...]) -> Self:
        """Add columns of states; in a Gleditsch-Ward panel from the file under its own codes, if the folder has it."""
        if self.system == "gw" and self.folder.find(gw) is not None:
            loaded = self._read(gw)
            return self._state(loaded, names, loaded.frame.rename({"gwcode": "ccode"}), own=True)
        grown = self._state(self._read(cow), names)
        if self.system == "cow":
            return grown
        told = f"{gw} is not in the folder: {', '.join(names)} are those of COW states, missing where COW knows none"
        return replace(grown, notes=(*grown.notes, told))

    def _with(self, lazy: pl.LazyFrame) -> Self:
        return replace(self, lazy=lazy)

    @staticmethod
    def _legal(what: str, given: object, legal: tuple[str, ...]) -> None:
        if given not in legal:
            msg = f"{what} is {given!r}; it must be {' or '.join(repr(x) for x in legal)}"
            raise InputError(msg)
