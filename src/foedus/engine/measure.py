"""A measure: one figure that is kept of each year, and whose figure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from foedus.engine.observation import Observation


class Group(Enum):
    """Whose measures they are; the value is the table that holds them in a part of a run."""

    ALLY = "allies"
    """[A, F] in each year"""
    GUARANTOR = "guarantors"
    """[g, F] in each year, of principal guarantors"""
    REGION = "regions"
    """[R, F] in each year (R24)"""
    PAIR = "pairs"
    """[P] summed over the futures of a chunk, and over years"""
    CLASS = "classes"
    """[K, F] by class of pair, summed over years"""
    PAIR_YEAR = "pair_years"
    """[P] in each year, summed over the futures of a chunk"""

    @property
    def key(self) -> str:
        """One of them, and the column that names it: "ally", "guarantor", "region", "pair", "class", "pair_year"."""
        return self.name.lower()

    @property
    def summed(self) -> bool:
        """Whether futures are summed, in double precision, instead of kept apart."""
        return self in (Group.PAIR, Group.PAIR_YEAR)

    @property
    def counted(self) -> bool:
        """Whether years are summed."""
        return self in (Group.PAIR, Group.CLASS)


@dataclass(frozen=True)
class Measure:
    """One figure that is kept of each year.

    name     as parts and tables call it; no two of a group share one
    unit     "stakes", "chance", "share", "share of GDP", "billion USD", "index", "uses a year", "count" and the like
    label    its head in a table of the report
    meaning  what it is
    compute  the figure from what a year computed, rows as its group has them
    rows     mechanisms that it shows, for tables
    """

    name: str
    unit: str
    label: str
    meaning: str
    compute: Callable[[Observation], NDArray[np.floating]]
    rows: tuple[str, ...] = ()
