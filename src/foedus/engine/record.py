"""What is kept of each year: the measures that a run keeps of those that `measures` declares, and what allies buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np
from numpy.typing import NDArray

from foedus.engine.keeping import EVERYTHING, Kept
from foedus.engine.layout import Floats, Layout
from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.engine.observation import Observation
from foedus.engine.setting import REVIEW_YEARS, Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.equations.hedging import Option
from foedus.terms import PairClass, Region

ALIGNED = 64
"""Bytes to whose multiples arrays in one room are aligned: a line of the cache."""


@dataclass(frozen=True)
class Shape:
    """How large a chunk's record is: how many years, futures and rows it has."""

    years: int
    futures: int
    allies: int
    guarantors: int
    pairs: int
    kept: Kept = EVERYTHING
    """measures it has"""

    @staticmethod
    def of(layout: Layout, years: int, futures: int, kept: Kept = EVERYTHING) -> Shape:
        """Shape of the record of so many years and futures over a layout, with the measures kept."""
        return Shape(years, futures, len(layout.allies), len(layout.patrons), layout.counts.pairs, kept)

    def of_group(self, group: Group) -> tuple[int, ...]:
        """Shape of one measure of a group: [Y, rows, F]; [P] or [Y, P] for pairs, [K, F] for their classes."""
        if group is Group.CLASS:
            return (len(PairClass), self.futures)
        if group is Group.PAIR:
            return (self.pairs,)
        if group is Group.PAIR_YEAR:
            return (self.years, self.pairs)
        rows = {Group.ALLY: self.allies, Group.GUARANTOR: self.guarantors, Group.REGION: len(Region)}
        return (self.years, rows[group], self.futures)

    @property
    def of_options(self) -> tuple[int, int]:
        """Shape of the shares by option, [K, A]."""
        return (len(Option), self.allies)

    @property
    def bytes(self) -> int:
        """Bytes of room that the record takes."""
        measures = sum(
            len(self.kept.of(group)) * _padded(prod(self.of_group(group)) * kind_of(group).itemsize) for group in Group
        )
        return measures + _padded(prod(self.of_options) * np.dtype(np.float64).itemsize)


def kind_of(group: Group) -> np.dtype[np.floating]:
    """What is summed over futures is so in double precision; measures of a future are kept in single."""
    return np.dtype(np.float64 if group.summed else np.float32)


def _padded(size: int) -> int:
    return size + -size % ALIGNED


@dataclass(frozen=True)
class Record:
    """Arrays being filled year by year for one chunk."""

    tables: dict[Group, dict[str, NDArray[np.floating]]]
    """by group and measure: [Y, A, F], [Y, G, F], [Y, R, F]; for pairs [P] or [Y, P], futures summed; [K, F]"""
    options: NDArray[np.float64]
    """[K, A] mean share of flexible money by option over years and futures"""
    watched: dict[str, Floats] = field(default_factory=dict)
    """by name, [Y, ..., F]: figures that the run was asked for beside the measures"""

    def copy(self) -> Record:
        """The same in memory of its own."""
        tables = {group: {name: held.copy() for name, held in table.items()} for group, table in self.tables.items()}
        return Record(tables, self.options.copy(), {name: held.copy() for name, held in self.watched.items()})

    @property
    def allies(self) -> dict[str, Floats]:
        """By measure, [Y, A, F]."""
        return self.tables[Group.ALLY]

    @property
    def guarantors(self) -> dict[str, Floats]:
        """By measure, [Y, G, F]."""
        return self.tables[Group.GUARANTOR]

    @property
    def regions(self) -> dict[str, Floats]:
        """By measure, [Y, R, F]."""
        return self.tables[Group.REGION]

    @property
    def pairs(self) -> dict[str, NDArray[np.floating]]:
        """By count, [P]."""
        return self.tables[Group.PAIR]

    @property
    def pair_years(self) -> dict[str, NDArray[np.floating]]:
        """By measure, [Y, P], summed over futures."""
        return self.tables[Group.PAIR_YEAR]


def empty(shape: Shape, room: memoryview | None = None) -> Record:
    """Record to be filled year by year: sums over years at zero, and all else too where the memory is new.

    room  memory for it, of `shape.bytes`, whatever it held before; new memory when None
    """
    if room is None:
        return held_in(new_room(shape.bytes), shape)
    record = held_in(room, shape)
    for group in Group:
        for values in record.tables[group].values() if group.counted else ():
            values[...] = 0.0
    record.options[...] = 0.0
    return record


def new_room(size: int) -> memoryview:
    """New memory for a record, at zero, that begins at a line of the cache."""
    room = np.zeros(size + ALIGNED, dtype=np.uint8)
    start = -room.ctypes.data % ALIGNED
    return room[start : start + size].data


def held_in(room: memoryview, shape: Shape) -> Record:
    """The record of this shape that a room holds."""
    taken = 0

    def array(size: tuple[int, ...], kind: np.dtype[np.floating]) -> NDArray[np.floating]:
        nonlocal taken
        values: NDArray[np.floating] = np.ndarray(size, dtype=kind, buffer=room, offset=taken)
        taken += _padded(values.nbytes)
        return values

    tables = {
        group: {name: array(shape.of_group(group), kind_of(group)) for name in shape.kept.of(group)} for group in Group
    }
    return Record(tables, np.asarray(array(shape.of_options, np.dtype(np.float64))))


def keep(record: Record, situation: Situation, after: State, setting: Setting) -> None:
    """Write one year into the record."""
    seen, year = Observation(situation, after, setting), situation.year
    for group, table in record.tables.items():
        for name in table:
            found = MEASURES[group][name].compute(seen)
            if group.counted:
                table[name] += found
            else:
                table[name][year] = found
    if year % REVIEW_YEARS == 0:
        weight = min(REVIEW_YEARS, len(setting.years) - year) / len(setting.years)
        record.options[...] += weight * after.portfolio.mean(axis=2)[:, setting.layout.allies]


def refuse_gaps(record: Record, years: Sequence[int]) -> None:
    """Raise ArithmeticError for a figure of a finished record that is not a number: the first such year, and measure.

    Counts of pairs, of their classes, and options are sums over years, so the year told of theirs is the last.
    """
    found = [
        (len(years) - 1 if group.counted else _first_gap(values), f"{group.key} measure {name}")
        for group, table in record.tables.items()
        for name, values in table.items()
        if np.isnan(values.min(initial=0.0))
    ]
    if np.isnan(record.options.min(initial=0.0)):
        found.append((len(years) - 1, "share of options"))
    if found:
        year, what = min(found, key=lambda gap: gap[0])
        msg = f"{what} is not a number in {years[year]}"
        raise ArithmeticError(msg)


def _first_gap(values: NDArray[np.floating]) -> int:
    """First year, by place, that holds something that is not a number; years are the first axis."""
    return int(np.isnan(values).reshape(len(values), -1).any(axis=1).argmax())
