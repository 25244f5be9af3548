"""Plain forecasters of onset: a rate for each class of pair, and the pair's own last ten years."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.calibration.pairs.dyads import DyadYears
from foedus.calibration.pairs.history import History

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LATELY = 10
"""years that count as the pair's own recent past"""


def class_rates(pairs: DyadYears, past: Integers, rows: Integers) -> Floats:
    """Give some rows the share of past rows of their class in which a dispute began, [m].

    Classes, each row in the first that fits: rivals, contiguous, one a major power, others.
    """
    kind = _class(pairs)
    events = np.bincount(kind[past], weights=pairs.onset[past], minlength=4)
    cases = np.bincount(kind[past], minlength=4)
    every = pairs.onset[past].mean()
    rate = np.where(cases > 0, events / np.maximum(cases, 1), every)
    return np.asarray(rate[kind[rows]])


def _class(pairs: DyadYears) -> Integers:
    rival, near = (pairs.frame[c].to_numpy() == 1 for c in ("rivalry", "contiguous"))
    great = (pairs.one_major + pairs.two_majors) > 0
    return np.select([rival, near, great], [0, 1, 2], 3).astype(np.int64)


def lately(history: History, years: int = LATELY) -> tuple[Floats, Floats]:
    """Count, in the years before each row, those in which a dispute began and those in which the pair existed, [n].

    A dispute begins where one is under way and none was the year before.
    """
    began = history.dispute.copy()
    began[1:] *= 1.0 - history.dispute[:-1]
    return _sum_before(began, history, years), _sum_before(history.alive, history, years)


def _sum_before(values: Floats, history: History, years: int) -> Floats:
    total = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    last = history.column
    found: Floats = total[last, history.pair] - total[np.maximum(last - years, 0), history.pair]
    return found


def own_history(pairs: DyadYears, past: Integers, rows: Integers) -> Floats:
    """Give some rows the rate of their pair's own last ten years, drawn towards a common rate, [m].

    The chance is (disputes begun + weight * common rate) / (years existed + weight); common rate and weight are
    fitted on past rows by maximum likelihood.
    """
    from scipy.optimize import minimize

    began, existed = lately(pairs.history)

    def chance(point: Floats, which: Integers) -> Floats:
        rate, weight = 1.0 / (1.0 + np.exp(-point[0])), np.exp(point[1])
        return np.asarray((began[which] + weight * rate) / (existed[which] + weight))

    def loss(point: Floats) -> float:
        p, y = chance(point, past), pairs.onset[past]
        return -float(np.sum(y * np.log(p) + (1.0 - y) * np.log1p(-p)))

    found = minimize(loss, [-4.0, 2.0], method="L-BFGS-B", bounds=[(-9.0, -0.1), (-4.0, 6.0)])
    return chance(found.x, rows)
