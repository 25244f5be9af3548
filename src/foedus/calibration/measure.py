"""What an estimate measures: a figure with its interval, made by model, share or bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from foedus.estimators import Fit, Term
from foedus.estimators.fit import Floats
from foedus.estimators.resample import GroupDraws


@dataclass(frozen=True)
class Measured:
    """An estimate and what it rests on.

    low, high   interval, 95 % unless `basis` says otherwise
    rows        observations
    basis       how the interval was made
    events      how many observations were events; None where that means nothing
    at_bound    the search ended at a limit of what is admissible: the evidence does not identify the value
    """

    value: float
    low: float
    high: float
    rows: int
    basis: str
    events: int | None = None
    at_bound: bool = False


def of_term(term: Term, fit: Fit, basis: str = "") -> Measured:
    """Return a coefficient, or something made from it, as a measured figure."""
    return Measured(term.value, term.low, term.high, fit.rows, basis or f"errors {fit.errors}", fit.events)


def share(event: ArrayLike, group: ArrayLike | None = None, basis: str = "") -> Measured:
    """Return a share with Wilson's interval, on as many independent cases as groups leave.

    event   [n] 0 or 1
    group   [n] which cases are clustered (a dyad's years); None when none do
    """
    from scipy.stats import norm

    y = np.asarray(event, dtype=np.float64)
    n = float(len(y))
    p = float(y.mean())
    size = n
    if group is not None and 0 < p < 1:
        _, coded = np.unique(np.asarray(group), return_inverse=True)
        moved = np.bincount(coded, weights=y - p)
        groups = len(moved)
        spread = groups / (groups - 1) * float((moved**2).sum()) / n**2
        size = min(n, p * (1 - p) / spread)
    z = float(norm.ppf(0.975))
    middle = (p + z**2 / (2 * size)) / (1 + z**2 / size)
    reach = z / (1 + z**2 / size) * np.sqrt(p * (1 - p) / size + z**2 / (4 * size**2))
    low, high = (0.0 if p == 0 else middle - reach), (1.0 if p == 1 else middle + reach)
    return Measured(p, float(low), float(high), int(n), basis or "Wilson", int(y.sum()))


def drawn_again(
    statistic: Callable[[Sequence[Floats]], float],
    columns: Sequence[Floats],
    group: ArrayLike,
    draws: int = 500,
) -> Measured:
    """Return a statistic with the 95 % interval of a bootstrap that draws whole groups.

    statistic  of the columns
    columns    arrays [n]
    group      [n] what is drawn as one: a state, a dyad, or each row by itself
    """
    number = np.unique(np.asarray(group), return_inverse=True)[1].astype(np.int64)
    found = GroupDraws(number, draws).of(statistic, columns)
    low, high = np.quantile(found, [0.025, 0.975])
    groups, rows = int(number.max()) + 1, len(number)
    basis = f"bootstrap of {groups} groups" if groups < rows else "bootstrap"
    return Measured(statistic(columns), float(low), float(high), rows, basis)
