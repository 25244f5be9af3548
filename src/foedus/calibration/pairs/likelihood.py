"""Full-information likelihood of the structural equations on training years, and its mode under the priors.

Every pair-year counts by whether a dispute began, and every dispute between two states alone by who challenged and on
which node of the tree it ended (Signorino 1999). The record is thin where it matters most (28 wars, none of them
against a nuclear target before 1990), so that the likelihood alone runs into corners; priors keep each parameter where
it means something. The search is SciPy's trust region, with the sum of outer products of the scores, and the priors'
curvature, as curvature (Berndt, Hall, Hall and Hausman 1974).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from foedus.calibration.pairs.dyads import DyadYears, Floats, Integers
from foedus.calibration.pairs.structure import (
    MEMORY,
    Facing,
    Free,
    chance_of_onset,
    chances_of_endings,
    face,
    hostilities,
    ledger_values,
    solve,
)
from foedus.equations import crisis
from foedus.errors import EstimationError

LEAST_CHANCE = 1e-12
STEP = 1e-5
"""finite-difference step, in unbounded units"""
GRADIENT = 0.02
"""slope of the log-posterior, per standard error of a parameter, at which the search has settled"""
STEPS = 250
"""before the search gives up: where the record hardly tells who remembers, as in MIC, it creeps along a ridge"""


@dataclass(frozen=True)
class FittedParameters:
    """Parameters at the mode of their posterior on training years.

    values          every parameter of the equations, the estimated ones included
    names           which were estimated
    log_likelihood  at the mode, without the priors
    covariance      [k, k] of the estimated ones, from the curvature at the mode
    with_hostility  whether hostility was among them
    """

    values: Mapping[str, float]
    names: tuple[str, ...]
    log_likelihood: float
    covariance: Floats
    with_hostility: bool

    @property
    def errors(self) -> dict[str, float]:
        """Standard error of each estimated parameter."""
        return dict(zip(self.names, np.sqrt(np.diag(self.covariance)).tolist(), strict=True))

    def solved(self, pairs: DyadYears, rows: Integers) -> crisis.Crisis[Floats]:
        """Solve the tree of some rows at the mode."""
        hostile = hostilities(pairs.history, self.values)[:, rows] if self.with_hostility else 0.0
        return solve(face(pairs, rows), self.values, hostile)

    def onset(self, pairs: DyadYears, rows: Integers) -> Floats:
        """Chance of a dispute in some rows, [m]."""
        return chance_of_onset(self.solved(pairs, rows))

    def endings(self, pairs: DyadYears, rows: Integers) -> Floats:
        """Chance of each ending of some disputes, [4, m], in the order of ENDINGS."""
        return chances_of_endings(self.solved(pairs, rows), np.arange(len(rows)), pairs.challenger[rows])


class LogPosterior:
    """The log-likelihood of some rows, row by row, and the log-prior of the free parameters.

    pairs, rows   what is seen
    free          what is estimated, with its priors
    base          values of all that is not; the ledger's defaults without it
    """

    def __init__(
        self, pairs: DyadYears, rows: Integers, free: Sequence[Free], base: Mapping[str, float] | None = None
    ) -> None:
        self.free = tuple(free)
        self.names = tuple(f.name for f in free)
        self.base = dict(base or ledger_values())
        self.with_hostility = "hostility_weight" in self.names
        self.count = len(rows)
        self.facing: Facing = face(pairs, rows)
        self._seen = _Seen(pairs.onset[rows], pairs.ending[rows], pairs.challenger[rows])

        @lru_cache(maxsize=2)
        def level(*point: float) -> Floats:
            return hostilities(pairs.history, self.base | dict(zip(MEMORY, point, strict=True)))[:, rows]

        self._level = level

    def values(self, point: Floats) -> dict[str, float]:
        """Every parameter, with the free ones at `point` [k]."""
        return self.base | dict(zip(self.names, point.tolist(), strict=True))

    def rows(self, point: Floats) -> Floats:
        """Log-likelihood of each row, [m]."""
        p = self.values(point)
        hostile = self._level(*(p[n] for n in MEMORY)) if self.with_hostility else 0.0
        return log_likelihoods(self.solved(p, hostile), self._seen)

    def solved(self, p: Mapping[str, float], hostile: Floats | float) -> crisis.Crisis[Floats]:
        """Solve the tree of the rows, given every parameter and hostility; a variant overrides this."""
        return solve(self.facing, p, hostile)

    def prior(self, point: Floats) -> float:
        """Log-prior up to a constant; minus infinity outside what a parameter can be."""
        total = 0.0
        for f, x in zip(self.free, point.tolist(), strict=True):
            if not f.low <= x <= f.high:
                return -np.inf
            total -= 0.5 * ((x - f.mean) / f.spread) ** 2
        return total

    def __call__(self, point: Floats) -> float:
        """Log-posterior up to a constant, of parameters [k]."""
        prior = self.prior(point)
        return prior + float(self.rows(point).sum()) if np.isfinite(prior) else -np.inf


def fit(
    pairs: DyadYears, rows: Integers, free: Sequence[Free], base: Mapping[str, float] | None = None, most: int = STEPS
) -> FittedParameters:
    """Find the mode of the posterior of free parameters on some rows.

    pairs, rows   what is seen
    free          what is estimated, with its priors
    base          values of all that is not estimated; the ledger's defaults without it
    most          steps before giving up

    Raises EstimationError when the search does not settle.
    """
    return mode(LogPosterior(pairs, rows, free, base), most)


def mode(target: LogPosterior, most: int = STEPS) -> FittedParameters:
    """Find the mode of a posterior; arguments and errors as `fit`."""
    from scipy.optimize import minimize

    free = target.free
    began = unbounded(np.array([f.mean for f in free]), free)
    scale = 1.0 / np.sqrt(np.diag(_Objective(target, np.ones(len(free))).curvature(began)))
    objective = _Objective(target, scale)
    found = minimize(
        objective.value,
        began / scale,
        method="trust-exact",
        jac=objective.slope,
        hess=objective.curvature,
        options={"maxiter": most, "gtol": GRADIENT, "initial_trust_radius": 10.0, "max_trust_radius": 1000.0},
    )
    if not np.isfinite(found.fun) or (not found.success and found.nit >= most):
        msg = f"the structural equations did not settle in {most} steps on {target.count} rows"
        raise EstimationError(msg)
    point = bounded(found.x * scale, free)
    stretch = _stretch(point, free) * scale
    covariance = np.linalg.inv(objective.curvature(found.x)) * np.outer(stretch, stretch)
    return FittedParameters(
        target.values(point), target.names, float(target.rows(point).sum()), covariance, target.with_hostility
    )


@dataclass(frozen=True)
class _Seen:
    """What was seen of each row, [m]: onset; ending or -1; which side challenged."""

    onset: Floats
    ending: Integers
    challenger: Integers


def log_likelihoods(solved: crisis.Crisis[Floats], seen: _Seen) -> Floats:
    """Log-likelihood of each row, [m]: no onset; an onset; or who challenged and how it ended."""
    challenge = np.clip(solved.challenge, LEAST_CHANCE, 1.0 - 1e-9)
    total: Floats = np.log1p(-challenge).sum(axis=0)
    uncoded = np.flatnonzero((seen.onset == 1) & (seen.ending < 0))
    total[uncoded] = np.log(-np.expm1(total[uncoded]))
    coded = np.flatnonzero(seen.ending >= 0)
    side = seen.challenger[coded]
    mine = challenge[side, coded]
    ends = np.maximum(chances_of_endings(solved, coded, side), LEAST_CHANCE)
    total[coded] += np.log(mine) - np.log1p(-mine) + np.log(ends[seen.ending[coded], np.arange(len(coded))])
    return total


class _Objective:
    """Minus the log-posterior over unbounded search values, with slope and curvature, each point evaluated once."""

    def __init__(self, target: LogPosterior, scale: Floats) -> None:
        self._target, self._scale = target, scale
        self._at: Floats | None = None
        self._scores: NDArray[np.float64] | None = None

    def _point(self, search: Floats) -> Floats:
        return bounded(search * self._scale, self._target.free)

    def value(self, search: Floats) -> float:
        return -self._target(self._point(search))

    def slope(self, search: Floats) -> Floats:
        return np.asarray(-self._scored(search).sum(axis=1) + self._pull(search))

    def curvature(self, search: Floats) -> Floats:
        scores = self._scored(search)
        spread = np.array([f.spread for f in self._target.free])
        stretch = _stretch(self._point(search), self._target.free) * self._scale
        seen: Floats = scores @ scores.T
        return seen + np.diag((stretch / spread) ** 2 + 1e-9)

    def _pull(self, search: Floats) -> Floats:
        """Slope of minus the log-prior."""
        free, point = self._target.free, self._point(search)
        apart = np.array([(x - f.mean) / f.spread**2 for f, x in zip(free, point.tolist(), strict=True)])
        return np.asarray(apart * _stretch(point, free) * self._scale)

    def _scored(self, search: Floats) -> Floats:
        if self._scores is None or self._at is None or not np.array_equal(search, self._at):
            here = self._target.rows(self._point(search))
            self._scores = np.stack(
                [(self._target.rows(self._point(search + STEP * unit)) - here) / STEP for unit in np.eye(len(search))]
            )
            self._at = search.copy()
        return self._scores


def bounded(search: Floats, free: Sequence[Free]) -> Floats:
    """Turn unbounded search values into parameters within what they can be (a logistic between the ends)."""
    low, span = _bounds(free)
    return np.clip(low + span * (0.5 + 0.5 * np.tanh(0.5 * search)), low, [f.high for f in free])


def unbounded(values: Floats, free: Sequence[Free]) -> Floats:
    """Turn parameters into search values; one at an end is taken a hundredth inside."""
    low, span = _bounds(free)
    share = np.clip((values - low) / span, 0.01, 0.99)
    return np.asarray(np.log(share) - np.log1p(-share))


def _bounds(free: Sequence[Free]) -> tuple[Floats, Floats]:
    low = np.array([f.low for f in free])
    return low, np.array([f.high for f in free]) - low


def _stretch(values: Floats, free: Sequence[Free]) -> Floats:
    """Change of each parameter with its search value."""
    low, span = _bounds(free)
    share = (values - low) / span
    return np.asarray(span * share * (1.0 - share))
