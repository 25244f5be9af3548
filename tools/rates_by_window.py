"""Base rates of a run beside two windows of the record, by one rule: inside what a window's cases allow."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from build_rates import RATES_BY_WINDOW, WINDOWS
from foedus.tables import Grid, grid
from stored import BaseRate

Z = 1.96
LONG, LATE = WINDOWS
"""1950-2010, which no parameter is fitted to; and the last ten years, whose level of force members carry"""


@dataclass(frozen=True)
class WindowRate:
    """Events out of cases in one window."""

    events: int
    cases: int

    @property
    def share(self) -> float:
        """The rate."""
        return self.events / self.cases

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval, which none of no cases has too."""
        n, p = self.cases, self.share
        middle, half = p + Z**2 / (2 * n), Z * sqrt(p * (1 - p) / n + (Z / (2 * n)) ** 2)
        return max((middle - half) / (1 + Z**2 / n), 0.0), (middle + half) / (1 + Z**2 / n)

    def allows(self, rate: float) -> bool:
        """Whether a rate lies inside the interval."""
        low, high = self.interval
        return low <= rate <= high


Key = tuple[tuple[int, int], str, str]


def read_rates() -> dict[Key, WindowRate]:
    """Counts by window, class and rate, as build_rates.py stores them."""
    with RATES_BY_WINDOW.open(encoding="utf-8", newline="") as file:
        return {
            ((int(row["first"]), int(row["last"])), row["pair_class"], row["measure"]): WindowRate(
                int(row["events"]), int(row["cases"])
            )
            for row in csv.DictReader(file)
        }


def beside_windows(found: Sequence[BaseRate]) -> Grid:
    """Every rate of a run that the record has, beside both windows."""
    held = read_rates()
    rows = []
    for rate in _judged(found):
        cells: list[str] = [rate.pair_class, rate.measure.replace("_", " "), f"{rate.run:.4f}"]
        for window in WINDOWS:
            one = held[window, rate.pair_class, rate.measure]
            low, high = one.interval
            cells += [f"{one.events:,} of {one.cases:,}", f"{low:.4f} to {high:.4f}"]
            cells.append("inside" if one.allows(rate.run) else "outside")
        rows.append(tuple(cells))
    heads = [name for first, last in WINDOWS for name in (f"{first}-{last}", "95 %", "run")]
    return grid(("Pairs", "Rate", "run", *heads), rows)


def inside(found: Sequence[BaseRate], window: tuple[int, int]) -> tuple[int, int]:
    """How many rates of a run lie inside a window's intervals, and how many there are."""
    held, judged = read_rates(), _judged(found)
    return sum(held[window, rate.pair_class, rate.measure].allows(rate.run) for rate in judged), len(judged)


def _judged(found: Sequence[BaseRate]) -> list[BaseRate]:
    keys = {(kind, measure) for _, kind, measure in read_rates()}
    return [rate for rate in found if (rate.pair_class, rate.measure) in keys]
