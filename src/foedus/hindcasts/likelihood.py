"""Maximum likelihood for the structural equations on training years: onsets, and how disputes ended.

Full information: every pair-year counts by whether a dispute began, and every dispute between two states alone by
who challenged and on which node of the tree it ended (Signorino 1999). The search is SciPy's trust region, with the
sum of outer products of the scores as curvature (Berndt, Hall, Hall and Hausman 1974).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from foedus.equations import crisis
from foedus.errors import EstimationError
from foedus.hindcasts.dyads import Floats, Integers, Pairs
from foedus.hindcasts.structure import (
    HOSTILITY,
    Free,
    chance_of_onset,
    chances_of_endings,
    face,
    hostilities,
    ledger_values,
    solve,
)

LEAST_CHANCE = 1e-12
STEP = 1e-5
"""finite-difference step, in unbounded units"""
GRADIENT = 0.02
"""slope of the log-likelihood, per standard error of a parameter, at which the search has settled"""


@dataclass(frozen=True)
class FittedParameters:
    """Parameters fitted on training years.

    values          every parameter of the equations, the fitted ones included
    names           which were fitted
    log_likelihood  at the optimum
    errors          standard errors of the fitted ones (from the outer products; None at a bound)
    with_hostility  whether hostility was among them
    """

    values: Mapping[str, float]
    names: tuple[str, ...]
    log_likelihood: float
    errors: Mapping[str, float | None]
    with_hostility: bool

    def solved(self, pairs: Pairs, rows: Integers) -> crisis.Crisis:
        """Solve the tree of some rows with the fitted parameters."""
        hostile = hostilities(pairs.history, self.values)[rows] if self.with_hostility else 0.0
        return solve(face(pairs, rows, self.values), self.values, hostile)

    def onset(self, pairs: Pairs, rows: Integers) -> Floats:
        """Chance of a dispute in some rows."""
        return chance_of_onset(self.solved(pairs, rows))


def fit(
    pairs: Pairs, rows: Integers, free: Sequence[Free], base: Mapping[str, float] | None = None, most: int = 80
) -> FittedParameters:
    """Fit free parameters on some rows by full-information maximum likelihood.

    base   values of all that is not fitted; the ledger's defaults without it
    most   steps before giving up

    Raises EstimationError when the search does not settle.
    """
    from scipy.optimize import minimize

    ledger = dict(base or ledger_values())
    names = tuple(f.name for f in free)
    hostile = "hostility_weight" in names
    facing, seen = face(pairs, rows, ledger), _Seen(pairs.onset[rows], pairs.ending[rows], pairs.challenger[rows])

    kept = [f.name for f in HOSTILITY if f.name != "hostility_weight"]

    @lru_cache(maxsize=2)
    def level(*point: float) -> Floats:
        held: Floats = hostilities(pairs.history, ledger | dict(zip(kept, point, strict=True)))[rows]
        return held

    def terms(point: Floats) -> Floats:
        p = ledger | dict(zip(names, bounded(point, free).tolist(), strict=True))
        return log_likelihoods(solve(facing, p, level(*(p[n] for n in kept)) if hostile else 0.0), seen)

    began = unbounded(np.array([f.start for f in free]), free)
    scale = 1.0 / np.sqrt(np.diag(_Objective(terms).curvature(began)))
    objective = _Objective(lambda point: terms(point * scale))
    found = minimize(
        objective.value,
        began / scale,
        method="trust-exact",
        jac=objective.slope,
        hess=objective.curvature,
        options={"maxiter": most, "gtol": GRADIENT, "initial_trust_radius": 10.0, "max_trust_radius": 1000.0},
    )
    if not np.isfinite(found.fun) or (not found.success and found.nit >= most):
        msg = f"the structural equations did not settle in {most} steps on {len(rows)} rows"
        raise EstimationError(msg)
    point = found.x * scale
    values = bounded(point, free)
    return FittedParameters(
        ledger | dict(zip(names, values.tolist(), strict=True)),
        names,
        -float(found.fun),
        _errors(_Objective(terms).curvature(point), point, free),
        hostile,
    )


@dataclass(frozen=True)
class _Seen:
    """What was seen of each row, [m]: onset; ending or -1; which side challenged."""

    onset: Floats
    ending: Integers
    challenger: Integers


def log_likelihoods(solved: crisis.Crisis, seen: _Seen) -> Floats:
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
    """Minus the log-likelihood with slope and curvature, each point evaluated once."""

    def __init__(self, terms: Callable[[Floats], Floats]) -> None:
        self._terms = terms
        self._at: Floats | None = None
        self._scores: NDArray[np.float64] | None = None

    def value(self, point: Floats) -> float:
        return -float(self._terms(point).sum())

    def slope(self, point: Floats) -> Floats:
        return np.asarray(-self._scored(point).sum(axis=1))

    def curvature(self, point: Floats) -> Floats:
        scores = self._scored(point)
        held: Floats = scores @ scores.T
        return held + 1e-6 * np.diag(np.diag(held) + 1.0)

    def _scored(self, point: Floats) -> Floats:
        if self._scores is None or self._at is None or not np.array_equal(point, self._at):
            here = self._terms(point)
            self._scores = np.stack([(self._terms(point + STEP * unit) - here) / STEP for unit in np.eye(len(point))])
            self._at = point.copy()
        return self._scores


def bounded(point: Floats, free: Sequence[Free]) -> Floats:
    """Turn unbounded search values into parameters within their bounds (a logistic between them)."""
    low, span = _bounds(free)
    return np.where(np.isfinite(span), low + span * (0.5 + 0.5 * np.tanh(0.5 * point)), point)


def unbounded(values: Floats, free: Sequence[Free]) -> Floats:
    """Turn parameters into search values; one at its bound is taken a hundredth inside."""
    low, span = _bounds(free)
    with np.errstate(invalid="ignore"):
        share = np.clip((values - low) / span, 0.01, 0.99)
    return np.where(np.isfinite(span), np.log(share) - np.log1p(-share), values)


def _bounds(free: Sequence[Free]) -> tuple[Floats, Floats]:
    low = np.array([0.0 if f.low is None else f.low for f in free])
    high = np.array([np.inf if f.high is None else f.high for f in free])
    return low, high - low


def _errors(curvature: Floats, point: Floats, free: Sequence[Free]) -> dict[str, float | None]:
    low, span = _bounds(free)
    values = bounded(point, free)
    share = (values - low) / span
    with np.errstate(invalid="ignore"):
        stretch = np.where(np.isfinite(span), span * share * (1 - share), 1.0)
    spread = np.sqrt(np.maximum(np.diag(np.linalg.pinv(curvature)), 0.0)) * stretch
    held = np.isfinite(span) & ((share < 0.005) | (share > 0.995))
    return {f.name: None if held[i] else float(spread[i]) for i, f in enumerate(free)}
