"""The bootstrap: groups (dyads, states) drawn with replacement; every score on every draw at once, as weights on rows.

A draw of dyads is a whole-number weight on each dyad's rows. Scores are weighted sums over rows sorted once, so a
thousand draws cost about as much as ten recomputed scores, and two forecasts of the same events are compared on the
same draws. Unweighted scores are those of `foedus.estimators.scores`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.estimators.binary import Logit
from foedus.estimators.newton import FLAT

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

BLOCK = 4_000_000
"""entries of weights held at once"""
STEEPEST = 15.0
"""a calibration slope beyond this means that the forecast separates events from the rest: it has no slope"""
LEVEL = 0.9
"""share of draws inside an interval"""


@dataclass(frozen=True)
class GroupDraws:
    """Draws of groups (dyads) with replacement.

    group  [n] number of the group of each row, 0 up
    draws  how many draws
    seed   of the draws
    """

    group: Integers
    draws: int = 200
    seed: int = 1

    @cached_property
    def times(self) -> NDArray[np.float32]:
        """How often each group is drawn, [draws, groups]."""
        groups = int(self.group.max()) + 1
        random = np.random.default_rng(self.seed)
        chosen = random.integers(groups, size=(self.draws, groups))
        times = np.zeros((self.draws, groups), dtype=np.float32)
        np.add.at(times, (np.arange(self.draws)[:, None], chosen), 1.0)
        return times

    def over(self, order: Integers, score: Callable[[NDArray[np.float32]], Floats]) -> Floats:
        """Return a score on every draw, [draws]: `score` of weights [d, n] in some order of the rows."""
        step = max(1, BLOCK // max(len(order), 1))
        group = self.group[order]
        return np.concatenate([score(self.times[k : k + step][:, group]) for k in range(0, self.draws, step)])

    def auc(self, event: ArrayLike, chance: ArrayLike) -> Floats:
        """Area under the ROC curve on every draw; ties count half."""
        order, last, y = _ranked(event, chance)

        def score(weight: NDArray[np.float32]) -> Floats:
            events, everything = _cumulated(weight * y, last), _cumulated(weight, last)
            others = everything - events
            below = others[:, :-1] + 0.5 * np.diff(others, axis=1)
            with np.errstate(invalid="ignore", divide="ignore"):
                area = (np.diff(events, axis=1) * below).sum(axis=1) / (events[:, -1] * others[:, -1])
            return np.asarray(area)

        return self.over(order, score)

    def aupr(self, event: ArrayLike, chance: ArrayLike) -> Floats:
        """Average precision on every draw; ties are taken together."""
        order, last, y = _ranked(event, -np.asarray(chance, dtype=float))

        def score(weight: NDArray[np.float32]) -> Floats:
            events, everything = _cumulated(weight * y, last), _cumulated(weight, last)
            with np.errstate(invalid="ignore", divide="ignore"):
                precision = np.where(everything[:, 1:] > 0, events[:, 1:] / everything[:, 1:], 0.0)
                area = (np.diff(events, axis=1) * precision).sum(axis=1) / events[:, -1]
            return np.asarray(area)

        return self.over(order, score)

    def mean(self, values: ArrayLike) -> Floats:
        """Weighted mean of row values on every draw: Brier scores, log losses, shares."""
        held = np.asarray(values, dtype=float)
        totals = np.bincount(self.group, weights=held, minlength=self.times.shape[1])
        sizes = np.bincount(self.group, minlength=self.times.shape[1])
        return np.asarray((self.times @ totals) / (self.times @ sizes))

    def slope(self, event: ArrayLike, chance: ArrayLike, steps: int = 40) -> Floats:
        """Calibration slope on every draw (logit of the event on the forecast's log odds); nan where none settles."""
        y, p = np.asarray(event, dtype=float), np.clip(np.asarray(chance, dtype=float), 1e-12, 1 - 1e-12)
        odds = np.log(p) - np.log1p(-p)
        likelihood = Logit(y, np.column_stack([np.ones(len(y)), odds]))

        def score(weight: NDArray[np.float32]) -> Floats:
            heavy = weight.astype(np.float64)
            ends = likelihood.climb(np.zeros((len(heavy), 2)), heavy, limit=steps)
            slope = ends.coefficients[:, 1]
            known = ends.settled & (ends.flatness > FLAT) & (np.abs(slope) < STEEPEST)
            return np.where(known & (heavy @ y > 0) & (heavy @ (1 - y) > 0), slope, np.nan)

        return self.over(np.arange(len(y)), score)

    def of(self, statistic: Callable[[Sequence[Floats]], float], columns: Sequence[Floats]) -> Floats:
        """Return any statistic of columns [n] on every draw, [draws], from the rows drawn, each as often as drawn."""
        every = np.arange(len(self.group))
        found = []
        for times in self.times:
            rows = np.repeat(every, times[self.group].astype(np.int64))
            found.append(statistic([column[rows] for column in columns]))
        return np.array(found)


def interval(values: Floats, level: float = LEVEL) -> tuple[float, float] | tuple[None, None]:
    """Return the middle `level` of draws; draws on which the score is undefined are left out; none when all are."""
    defined = values[np.isfinite(values)]
    if len(defined) < max(2, len(values) // 2):
        return None, None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _ranked(event: ArrayLike, chance: ArrayLike) -> tuple[Integers, Integers, NDArray[np.float32]]:
    p = np.asarray(chance, dtype=float)
    order = np.argsort(p, kind="stable")
    last = np.append(np.flatnonzero(np.diff(p[order])), len(p) - 1)
    return order, last, np.asarray(event, dtype=np.float32)[order]


def _cumulated(weight: NDArray[np.float32], last: Integers) -> Floats:
    """Sums up to the end of each run of ties, a 0 before them, [d, ties + 1]."""
    total = np.cumsum(weight, axis=1, dtype=np.float64)[:, last]
    return np.concatenate([np.zeros((len(total), 1)), total], axis=1)
