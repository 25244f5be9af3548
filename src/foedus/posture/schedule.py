"""Dated levels: a number that changes over the years, and how a file writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.given import shown
from foedus.posture.place import Place

_DATED = "dated levels, like { 2026 = 1.0, 2030 = 0.5 }"


@dataclass(frozen=True)
class Schedule:
    """A level over time: as it was until the first dated level, straight between dates, constant after the last."""

    years: tuple[int, ...]
    levels: tuple[float, ...]

    def at(self, years: Sequence[int], before: float) -> NDArray[np.float64]:
        """Level in each year; `before` in those before the first dated one."""
        return np.where(np.asarray(years) < self.years[0], before, np.interp(years, self.years, self.levels))


def parse_schedule(place: Place, low: float, high: float, unit: str = "") -> Schedule:
    """Read one number, or a table of dated levels between `low` and `high`."""
    if not isinstance(place.value, dict):
        return Schedule((0,), (place.number(low, high, unit),))
    years: list[int] = []
    levels: list[float] = []
    for year, level in place.members(_DATED):
        if not re.fullmatch(r"[12][0-9]{3}", year):
            raise level.wrong(f"{shown(year)} is not a year of four digits. Write {{2026 = 1.0, 2030 = 0.5}}")
        if years and int(year) <= years[-1]:
            raise level.wrong(f"years must increase; {year} follows {years[-1]}")
        years.append(int(year))
        levels.append(Place(place.file, place.keys, level.value).number(low, high, unit))
    if not years:
        raise place.wrong("says no level. Write {2026 = 1.0, 2030 = 0.5}")
    return Schedule(tuple(years), tuple(levels))
