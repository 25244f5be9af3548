"""Newton's method for many likelihoods at once, safe where they are not concave.

Each step divides the gradient by the absolute curvature along each principal direction, so it always climbs, and is
halved until the log-likelihood rises. Draws that have settled leave the work; the others go on.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FLAT = 1e-9
"""Least over greatest curvature, in regressors of unit size, below which a direction counts as flat."""
PATIENCE = 20
"""After this many steps in a row along a flat direction a draw is given up: it follows a ridge without bound."""


class Evaluation(NamedTuple):
    """Totals for each draw: log-likelihood [draw], gradient [draw, k], Hessian [draw, k, k]."""

    value: Floats
    gradient: Floats
    hessian: Floats


class Surface(Protocol):
    """What Newton needs of a problem."""

    def value(self, coefficients: Floats, weights: Floats | None) -> Floats:
        """Return log-likelihoods [draw]."""

    def evaluate(self, coefficients: Floats, weights: Floats | None) -> Evaluation:
        """Return log-likelihoods with derivatives."""


class Maxima(NamedTuple):
    """Where each draw ended.

    coefficients   [draw, k]
    value          [draw] log-likelihood
    settled        [draw] whether it is a maximum
    flatness       [draw] least over greatest curvature at the last step; 0 or less is no strict maximum
    steps          [draw]
    """

    coefficients: Floats
    value: Floats
    settled: NDArray[np.bool_]
    flatness: Floats
    steps: NDArray[np.int64]


def maximise(
    surface: Surface,
    start: Floats,
    weights: Floats | None = None,
    *,
    tolerance: float = 1e-12,
    limit: int = 100,
    longest: float = 4.0,
) -> Maxima:
    """Maximise from each start to a local maximum.

    start       [draw, k]
    weights     [draw, row] how often each row counts; None: once
    tolerance   a draw has settled when the rise its step promises is below this, and it curves down in every direction
    limit       most steps
    longest     longest step of any one coefficient, in regressors of unit size; or the largest coefficient, if larger
    """
    where = start.astype(np.float64).copy()
    height = np.full(len(where), -np.inf)
    settled = np.zeros(len(where), bool)
    steps, flatness = np.zeros(len(where), np.int64), np.zeros(len(where))
    flat_steps = np.zeros(len(where), np.int64)
    active = np.arange(len(where))
    here = surface.evaluate(where, weights)
    height[:] = here.value
    for _ in range(limit):
        usable = np.isfinite(here.value) & np.isfinite(here.hessian).all((1, 2)) & np.isfinite(here.gradient).all(1)
        active, here = active[usable], Evaluation(*(part[usable] for part in here))
        if not len(active):
            break
        step, promise, flat = _step(here, where[active], longest)
        flatness[active] = flat
        done = (flat > 0) & (promise < tolerance)
        flat_steps[active] = np.where(np.abs(flat) > FLAT, 0, flat_steps[active] + 1)
        moving = ~done & (flat_steps[active] < PATIENCE)
        # A last step where the rise is below rounding: nothing to gain from checking it.
        where[active[done]] += step[done]
        settled[active[done]] = True
        active, step, promise = active[moving], step[moving], promise[moving]
        if not len(active):
            break
        before = here.value[moving]
        chosen = None if weights is None else weights[active]
        new, here, climbed = _climb(surface, where[active], step, promise, before, chosen)
        stuck = ~climbed
        # No rise left to find within rounding: settled if the promise was as small.
        settled[active[stuck]] = promise[stuck] < 1e-7 * (1.0 + np.abs(before[stuck]))
        where[active], height[active] = new, here.value
        steps[active] += 1
        active, here = active[climbed], Evaluation(*(part[climbed] for part in here))
        if not len(active):
            break
    return Maxima(where, height, settled, flatness, steps)


def _step(here: Evaluation, base: Floats, longest: float) -> tuple[Floats, Floats, Floats]:
    curvature, direction = np.linalg.eigh(-here.hessian)
    steepest = np.maximum(np.abs(curvature).max(axis=1, keepdims=True), 1e-300)
    size = np.maximum(np.abs(curvature), 1e-9 * steepest)
    along = np.einsum("dkj,dk->dj", direction, here.gradient)
    step = np.einsum("dkj,dj->dk", direction, along / size)
    most = np.maximum(longest, np.abs(base).max(axis=1))
    shorten = np.minimum(1.0, most / np.maximum(np.abs(step).max(axis=1), 1e-300))
    step = step * shorten[:, None]
    promise = np.einsum("dk,dk->d", step, here.gradient)
    return step, promise, curvature[:, 0] / steepest[:, 0]


def _climb(
    surface: Surface, base: Floats, step: Floats, promise: Floats, before: Floats, weights: Floats | None
) -> tuple[Floats, Evaluation, NDArray[np.bool_]]:
    """Halve steps until the log-likelihood rises by a part of what was promised; full steps are tried first."""
    new = base + step
    there = surface.evaluate(new, weights)
    need = before + 1e-4 * promise
    climbed = there.value >= need
    short = np.flatnonzero(~climbed)
    share = np.full(len(short), 1.0)
    for _ in range(40):
        if not len(short):
            break
        share = share / 2
        trial = base[short] + share[:, None] * step[short]
        chosen = None if weights is None else weights[short]
        good = surface.value(trial, chosen) >= before[short] + 1e-4 * share * promise[short]
        found = short[good]
        if len(found):
            new[found] = trial[good]
            again = surface.evaluate(trial[good], None if chosen is None else chosen[good])
            for part, fresh in zip(there, again, strict=True):
                part[found] = fresh
            climbed[found] = True
        short, share = short[~good], share[~good]
    if len(short):
        new[short] = base[short]
        there.value[short] = before[short]
    return new, there, climbed
