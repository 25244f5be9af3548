"""From starts to the highest maximum, and the same maximisation for many weightings of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.estimators.covariance import group_numbers
from foedus.estimators.newton import FLAT, Maxima, maximise
from foedus.estimators.resample import GroupDraws
from foedus.estimators.strategic.identify import check_maximum, check_scores
from foedus.estimators.strategic.jets import Floats
from foedus.estimators.strategic.problem import Problem

CHUNK_CELLS = 20_000
"""Draws times rows worked on at once: arrays of this size stay in the processor's cache."""
NEARLY_COLLINEAR = 1e3
"""Condition of one index's regressors of unit size above which they are set at right angles."""
MOST_INFORMED = 4
"""How many informed starts are tried: those of the highest log-likelihood."""
FIRST_STEPS = 8
"""Steps after which draws that have not settled are put together, so that a few slow ones do not hold up many."""


class Estimate(NamedTuple):
    """The highest strict maximum that was found.

    coefficients     [k]
    log_likelihood   there
    hessian          there [k, k]
    reached          how many of the starts ended there
    starts           how many climbed
    steps            Newton steps of the best maximisation
    higher           log-likelihood reached from a start that went higher but towards infinity; None if there was none
    """

    coefficients: Floats
    log_likelihood: float
    hessian: Floats
    reached: int
    starts: int
    steps: int
    higher: float | None


def best_of(
    problem: Problem, informed: Floats, names: Sequence[str], *, starts: int, seed: int, given: Floats | None = None
) -> Estimate:
    """Maximise from several starts and return the highest maximum.

    informed   [start, k]; the best of them are tried, then zero, then random ones near the first until there are
               `starts`
    given      [start, k] starts of the user's own, tried before all others
    Raises EstimationError as `identify` does.
    """
    level, back = levelled(problem)
    first = _there(back, informed)
    first = first[np.argsort(-level.value(first, None), kind="stable")][:MOST_INFORMED]
    if given is not None:
        own = _there(back, given)
        first = own if len(given) >= starts else np.concatenate([own, first])
    carried = root_mean_square(problem)[:, None] * back
    check_scores(level, first[0], names, carried)
    tried = [*first, *([np.zeros(problem.size)] if starts > len(first) else [])]
    random = np.random.default_rng(seed)
    while len(tried) < starts:
        tried.append(first[0] + 0.5 * random.standard_normal(problem.size))
    ends = maximise(level, np.array(tried))
    best, higher = check_maximum(level, ends, names, carried)
    coefficients = back @ ends.coefficients[best]
    there = problem.evaluate(coefficients[None, :], None)
    reached = int(np.sum(np.abs(ends.value - ends.value[best]) < 1e-4))
    return Estimate(
        coefficients,
        float(there.value[0]),
        there.hessian[0],
        reached,
        len(tried),
        int(ends.steps[best]),
        higher,
    )


def unit_size(problem: Problem) -> tuple[Problem, Floats]:
    """Return the problem with regressors of root mean square 1, and their sizes [k]."""
    size = root_mean_square(problem)
    designs = (design / size[place] for design, place in zip(problem.designs, problem.slices, strict=True))
    return replace(problem, designs=tuple(designs)), size


def root_mean_square(problem: Problem) -> Floats:
    """Return the size of each regressor [k]; 1 for one that is zero."""
    sizes = [np.sqrt(np.mean(design**2, axis=0)) for design in problem.designs]
    return np.concatenate([np.where(size > 0, size, 1.0) for size in sizes])


def levelled(problem: Problem) -> tuple[Problem, Floats]:
    """Return the problem with regressors of unit size, and the way back for coefficients [k, k].

    Regressors of one index that nearly determine each other, such as years and their squares, are set at right angles:
    they make the curvature look flat where it is not. Coefficients b of the problem returned are `back @ b` here.
    """
    back: Floats = np.diag(1.0 / root_mean_square(problem)).astype(np.float64)
    designs = []
    for design, place in zip(problem.designs, problem.slices, strict=True):
        scaled: Floats = design @ back[place, place]
        if scaled.shape[1] and np.linalg.cond(scaled) > NEARLY_COLLINEAR:
            straight, root = (np.asarray(part, dtype=np.float64) for part in np.linalg.qr(scaled))
            # The sign of a column of a QR is arbitrary; the regressor's own is kept.
            sign, unit = np.where(np.diag(root) < 0, -1.0, 1.0), float(np.sqrt(len(design)))
            back[place, place] = back[place, place] @ np.linalg.solve(root * sign[:, None], np.eye(len(root))) * unit
            scaled = straight * sign * unit
        designs.append(scaled)
    return replace(problem, designs=tuple(designs)), back


def _there(back: Floats, coefficients: Floats) -> Floats:
    """Return [draw, k] coefficients of the levelled problem."""
    return np.asarray(np.linalg.solve(back, coefficients.T).T, dtype=np.float64)


def refit(problem: Problem, start: Floats, weights: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Fit once for each weighting of the rows, from one start.

    start     [k]
    weights   [draw, row]
    Returns coefficients [draw, k] and whether each draw has a strict maximum there.
    """
    level, back = levelled(problem)
    begin = np.repeat(_there(back, start[None, :]), len(weights), axis=0)
    ends = _in_chunks(level, begin, weights, FIRST_STEPS)
    coefficients, good = ends.coefficients, ends.settled & (ends.flatness > FLAT)
    slow = np.flatnonzero(~good)
    if len(slow):
        last = _in_chunks(level, coefficients[slow], weights[slow], 100)
        coefficients[slow], good[slow] = last.coefficients, last.settled & (last.flatness > FLAT)
    return coefficients @ back.T, good


def _in_chunks(problem: Problem, start: Floats, weights: Floats, limit: int) -> Maxima:
    """Maximise chunk by chunk. Threads would not help: the array operations are short."""
    size = max(1, min(128, CHUNK_CELLS // weights.shape[1]))

    def work(first: int) -> Maxima:
        chunk = slice(first, first + size)
        return maximise(problem, start[chunk], weights[chunk], limit=limit)

    parts = [work(first) for first in range(0, len(weights), size)]
    return Maxima(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def bootstrap_weights(rows: int, draws: int, seed: int, groups: NDArray[np.generic] | None = None) -> Floats:
    """Return [draw, row] how often each row is drawn, with replacement; whole groups together when given.

    Draw k depends on `seed` and k alone.
    """
    if draws < 2:
        msg = f"draws is {draws}; it must be 2 or more"
        raise InputError(msg)
    which = np.arange(rows) if groups is None else group_numbers(groups, rows)
    return GroupDraws(which, draws, seed).times[:, which].astype(np.float64)
