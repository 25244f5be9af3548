"""Who was a state, by day; and the numbered space of states, pairs and years that every lookup uses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from numbers import Integral
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import DataError, InputError
from foedus.given import shown
from foedus.panels.files import DataFolder

System = Literal["cow", "gw"]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Space:
    """State codes, numbered, times years: a state-year and a pair-year each have one whole number.

    codes    legal codes, ascending
    first    first year
    last     last year
    members  spells that say who existed when
    """

    codes: tuple[int, ...]
    first: int
    last: int
    members: Membership = field(repr=False, compare=False)

    @property
    def years(self) -> int:
        """How many years."""
        return self.last - self.first + 1

    @property
    def state_years(self) -> int:
        """How many state-years the space can hold."""
        return len(self.codes) * self.years

    @property
    def pair_years(self) -> int:
        """How many directed pair-years the space can hold."""
        return len(self.codes) * self.state_years

    @cached_property
    def alive(self) -> Flags:
        """At each state-year's number, whether it was a member on at least one day."""
        return self.members.alive(self)

    @cached_property
    def paired(self) -> Flags:
        """At each directed pair-year's number, whether both were members on a common day."""
        return self.members.paired(self)

    @cached_property
    def _number(self) -> Integers:
        table = np.full(max(self.codes) + 1, -1, dtype=np.int64)
        table[list(self.codes)] = np.arange(len(self.codes))
        return table

    def number(self, codes: Integers) -> Integers:
        """Return each legal code's place among the codes."""
        return self._number[codes]

    def state_year(self, codes: Integers, years: Integers) -> Integers:
        """Return the number of each state-year."""
        return self.number(codes) * self.years + years - self.first

    def pair_year(self, codes1: Integers, codes2: Integers, years: Integers) -> Integers:
        """Return the number of each directed pair-year."""
        return self.number(codes1) * self.state_years + self.state_year(codes2, years)


@dataclass(frozen=True)
class Membership:
    """Spells of membership of one system: code, first day, last day."""

    system: System
    code: Integers
    start: NDArray[np.datetime64]
    end: NDArray[np.datetime64]
    first: int
    last: int

    @property
    def codes(self) -> frozenset[int]:
        """Every code that was ever a member."""
        return frozenset(int(c) for c in self.code)

    def carried(self, last: int) -> Membership:
        """Return the same with every spell that reaches the last covered day going on to the end of a later year."""
        if last <= self.last:
            return self
        end = np.datetime64(f"{last}-12-31")
        return replace(self, end=np.where(self.end == self.end.max(), end, self.end), last=last)

    def space(self, first: int, last: int) -> Space:
        """Return the numbered space of all codes over some years."""
        return Space(tuple(sorted(self.codes)), first, last, self)

    def alive(self, space: Space) -> Flags:
        """Return, for every state-year of a space, whether it had at least one day of membership.

        Years that the membership file does not cover pass: there nobody knows.
        """
        first = space.first
        days = (np.datetime64(f"{first}-01-01"), np.datetime64(f"{space.last}-12-31"))
        start, end = np.maximum(self.start, days[0]), np.minimum(self.end, days[1])
        kept = start <= end
        change = np.zeros((len(space.codes), space.years + 1), dtype=np.int8)
        number = space.number(self.code[kept])
        np.add.at(change, (number, _year(start[kept]) - first), 1)
        np.add.at(change, (number, _year(end[kept]) - first + 1), -1)
        return self._or_unknown(np.cumsum(change, axis=1, dtype=np.int8)[:, :-1] > 0, space).ravel()

    def paired(self, space: Space) -> Flags:
        """Return, for every directed pair-year of a space, whether both states were members on a common day.

        Years that the membership file does not cover pass: there nobody knows.
        """
        first, last = space.first, space.last
        one, two = np.nonzero(self.code[:, None] != self.code)
        start = np.maximum(np.maximum(self.start[one], self.start[two]), np.datetime64(f"{first}-01-01"))
        end = np.minimum(np.minimum(self.end[one], self.end[two]), np.datetime64(f"{last}-12-31"))
        kept = start <= end
        pair = space.number(self.code[one[kept]]) * len(space.codes) + space.number(self.code[two[kept]])
        change = np.zeros((len(space.codes) ** 2, space.years + 1), dtype=np.int8)
        np.add.at(change, (pair, _year(start[kept]) - first), 1)
        np.add.at(change, (pair, _year(end[kept]) - first + 1), -1)
        return self._or_unknown(np.cumsum(change, axis=1, dtype=np.int8)[:, :-1] > 0, space).ravel()

    def _or_unknown(self, there: Flags, space: Space) -> Flags:
        years = np.arange(space.first, space.last + 1)
        there[:, (years < self.first) | (years > self.last)] = True
        return there


def _year(days: NDArray[np.datetime64]) -> Integers:
    return days.astype("datetime64[Y]").astype(np.int64) + 1970


def load_membership(folder: DataFolder, system: System) -> Membership:
    """Read who was a member when.

    Raises DataError for an unknown system, a malformed file, or a spell that ends before it starts.
    """
    if system not in ("cow", "gw"):
        msg = f'system is "{system}"; it must be "cow" or "gw"'
        raise DataError(msg)
    name = f"{system}_state_system"
    loaded = folder.load(name)
    frame = loaded.frame
    if system == "cow":
        spell = frame.select(
            pl.col("ccode").alias("code"),
            _date("styear", "stmonth", "stday").alias("start"),
            _date("endyear", "endmonth", "endday").alias("end"),
        )
    else:
        spell = frame.select(pl.col("gwcode").alias("code"), "start", "end")
    check_spells(spell["code"], spell["start"], spell["end"], name)
    return Membership(
        system,
        spell["code"].to_numpy().astype(np.int64),
        spell["start"].to_numpy().astype("datetime64[D]"),
        spell["end"].to_numpy().astype("datetime64[D]"),
        loaded.first,
        loaded.last,
    )


def _date(year: str, month: str, day: str) -> pl.Expr:
    """A date of three columns; null where there is no such day, such as 30 February."""
    return pl.format("{}-{}-{}", year, month, day).str.to_date("%Y-%m-%d", strict=False)


def check_spells(code: pl.Series, start: pl.Series, end: pl.Series, name: str) -> None:
    """Raise DataError, naming file and record, where a spell lacks a date or ends before it starts."""
    wrong = (start.is_null() | end.is_null()) | (start > end).fill_null(value=True)
    if wrong.any():
        at = int(wrong.arg_max() or 0)
        msg = (
            f"{name}: record {at + 1} (code {code[at]}) runs from "
            f"{start[at]} to {end[at]}; a spell needs two dates in order"
        )
        raise DataError(msg)


def check_whole(**years: object) -> None:
    """Raise InputError, with what to write, for a year that is not a whole number."""
    for name, year in years.items():
        if isinstance(year, bool) or not isinstance(year, Integral):
            near = re.fullmatch(r"\s*([0-9]{4})(?:\.0*)?\s*", str(year))
            write = near[1] if near else "1946"
            msg = f"{name} is {shown(year)}; a year is a whole number: write {write}"
            raise InputError(msg)


def check_years(first: int, last: int, covered: tuple[int, int], name: str) -> None:
    """Raise DataError when years are reversed or lie outside what the membership file covers."""
    if first > last:
        msg = f"years {first}-{last}: the first year comes after the last"
        raise DataError(msg)
    if first < covered[0] or last > covered[1]:
        msg = (
            f"years {first}-{last}: {name} covers {covered[0]}-{covered[1]}. Ask for years within it, or carry its "
            "last members forward with carry=True."
        )
        raise DataError(msg)
