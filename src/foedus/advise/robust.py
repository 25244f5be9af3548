"""Robustness of portfolios over futures, four ways that need not agree (Lempert et al. 2006; McPhail et al. 2018).

Every function takes values of portfolios by future, [P, N], of which less is better, and gives one number a portfolio.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.results.correlation import rank_correlation
from foedus.results.error import GROUPS, left_out_error

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]

HIGH = 0.9
"""Quantile of futures that regret and percentile are told at."""


def regrets(values: Values) -> Values:
    """What each portfolio loses in each future against the best there, [P, N] (Savage 1951)."""
    return np.asarray(values - values.min(axis=0))


def regret(values: Values, quantile: float = HIGH) -> Values:
    """Regret that is exceeded in one minus `quantile` of futures, [P]; the largest regret at a quantile of 1."""
    return np.asarray(np.quantile(regrets(values), quantile, axis=1))


def satisfied(values: Mapping[str, Values], limits: Mapping[str, float]) -> Flags:
    """Whether each portfolio keeps every limit in each future, [P, N].

    values  by name, [P, N] each
    limits  most of each that is accepted, by the same names
    """
    kept = [values[name] <= most for name, most in limits.items()]
    return np.asarray(np.logical_and.reduce(kept))


def domain(values: Mapping[str, Values], limits: Mapping[str, float]) -> Values:
    """Share of futures in which every limit is kept, [P] (Starr's domain criterion)."""
    return np.asarray(satisfied(values, limits).mean(axis=1))


def worst_case(values: Values) -> Values:
    """The worst future of each portfolio, [P] (Wald 1950)."""
    return np.asarray(values.max(axis=1))


def percentile(values: Values, quantile: float = HIGH) -> Values:
    """What is exceeded in one minus `quantile` of futures, [P]."""
    return np.asarray(np.quantile(values, quantile, axis=1))


@dataclass(frozen=True)
class Robustness:
    """The four criteria of each portfolio, [P]; less is better, but for `domain`."""

    regret: Values
    domain: Values
    worst_case: Values
    percentile: Values

    @property
    def columns(self) -> dict[str, Values]:
        """By criterion, less being better."""
        return {
            "regret": self.regret,
            "satisfying": -self.domain,
            "worst case": self.worst_case,
            "percentile": self.percentile,
        }

    @property
    def best(self) -> dict[str, int]:
        """Which portfolio each criterion puts first."""
        return {name: int(np.argmin(column)) for name, column in self.columns.items()}

    @property
    def agreement(self) -> dict[tuple[str, str], float]:
        """Rank correlation of every two criteria over portfolios; 0 where one does not tell them apart."""
        names = list(self.columns)
        pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
        return {(a, b): rank_correlation(self.columns[a], self.columns[b]) for a, b in pairs}


def own_errors(
    burden: Values, loss: Values, limited: Mapping[str, Values], limits: Mapping[str, float], futures: int
) -> dict[str, float]:
    """Monte Carlo standard error of each criterion of the first portfolio, by `Robustness.columns`; arguments as below.

    futures  columns of values that far apart are of one future under different postures, and are left out together

    By leaving out a group of futures at a time. NaN for the worst case, which one future decides.
    """
    groups = min(GROUPS, futures)
    if groups < 2:
        return dict.fromkeys(("regret", "satisfying", "worst case", "percentile"), float("nan"))
    group = np.arange(loss.shape[1]) % futures % groups
    parts = []
    for one in range(groups):
        kept = group != one
        left = robustness(burden[:, kept], loss[:, kept], {n: x[:, kept] for n, x in limited.items()}, limits)
        parts.append([float(column[0]) for column in left.columns.values()])
    errors = dict(zip(left.columns, left_out_error(np.array(parts)).tolist(), strict=True))
    return {**errors, "worst case": float("nan")}


def robustness(burden: Values, loss: Values, limited: Mapping[str, Values], limits: Mapping[str, float]) -> Robustness:
    """Every criterion: regret of `burden`, [P, N], worst case and percentile of `loss`, and the domain of some limits.

    Regret weighs what is spent against what is lost; the worst futures are told of loss alone.
    """
    return Robustness(regret(burden), domain(limited, limits), worst_case(loss), percentile(loss))
