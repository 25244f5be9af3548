"""Identification: whether the data can distinguish the coefficients, in the user's own words.

Checked in this order: every outcome occurs; no regressor is in every utility of a player (Lewis and Schultz 2003);
regressors of one utility are not collinear; the scores have full rank; and, at the maximum, the log-likelihood
curves down in every direction (otherwise there is no finite maximum, as when a move is separated).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.errors import EstimationError
from foedus.estimators.newton import FLAT, Maxima
from foedus.estimators.strategic.coding import Places
from foedus.estimators.strategic.formulas import Part
from foedus.estimators.strategic.jets import Floats
from foedus.estimators.strategic.problem import Problem
from foedus.estimators.strategic.trees import Tree

ABSURD = -300.0
"""Log chance of a row below which a climb is far from any maximum, not on a ridge: there no row is so unlikely."""


def check_outcomes(outcome: Places, labels: Sequence[str]) -> None:
    """Raise EstimationError when an outcome of the tree never occurs."""
    count = np.bincount(outcome, minlength=len(labels))
    if not count.all():
        shown = ", ".join(f"{label} {number}" for label, number in zip(labels, count, strict=True))
        msg = f'"{labels[int(np.argmin(count))]}" never occurs, so what leads to it is not identified ({shown})'
        raise EstimationError(msg)


def check_shared(tree: Tree, parts: Sequence[Part], labels: Sequence[str]) -> None:
    """Raise EstimationError when a regressor is in every utility that a player compares."""
    utility = dict(zip(tree.utilities, parts, strict=False))
    for player in range(1, len(tree.roles) + 1):
        for move in tree.first_moves(player):
            places = tree.reachable(move)
            if not all((player, place) in utility for place in places):
                continue
            shared = set.intersection(*(set(utility[player, place].names) for place in places))
            if shared:
                where = ", ".join(f"u{player}({labels[place]})" for place in places)
                named = ", ".join("the constant" if n == "(Intercept)" else n for n in sorted(shared))
                msg = (
                    f"not identified: {named} is in every utility of player {player} ({where}); only differences of "
                    "utilities matter, so leave it out of one of them (0 there sets that utility to zero)"
                )
                raise EstimationError(msg)


def check_scales(parts: Sequence[Part]) -> None:
    """Raise EstimationError when a scale has a constant while all utilities are estimated."""
    for part in parts:
        if "(Intercept)" in part.names:
            msg = (
                f"not identified: {part.label} has a constant, but utilities are measured in units of the scale; "
                f'write "{part.text} - 1", or give fixed_utilities'
            )
            raise EstimationError(msg)


def check_designs(parts: Sequence[Part], designs: Sequence[Floats]) -> None:
    """Raise EstimationError when regressors of one index are collinear or all zero."""
    for part, design in zip(parts, designs, strict=True):
        if not design.shape[1]:
            continue
        size = np.sqrt(np.mean(design**2, axis=0))
        if not size.all():
            msg = f"not identified: {part.label}:{part.names[int(np.argmin(size))]} is zero in every row"
            raise EstimationError(msg)
        _, singular, directions = np.linalg.svd(design / size, full_matrices=False)
        if len(singular) < design.shape[1] or singular[-1] < 1e-9 * singular[0]:
            involved = _involved(directions[-1], part.names)
            msg = f"not identified: regressors of {part.label} are collinear: {', '.join(involved)}"
            raise EstimationError(msg)


def check_scores(problem: Problem, near: Floats, names: Sequence[str], back: Floats, seed: int = 1) -> None:
    """Raise EstimationError when scores at arbitrary coefficients do not have full rank.

    problem   with regressors of unit size at right angles
    near      coefficients [k] about which arbitrary ones are drawn
    back      [k, k] from its coefficients to those of the user's regressors, each in units of its size
    """
    if problem.size > len(problem.designs[0]):
        msg = f"not identified: {problem.size} coefficients, but only {len(problem.designs[0])} rows"
        raise EstimationError(msg)
    random = np.random.default_rng(seed)
    best: tuple[float, Floats] = (-1.0, np.zeros(problem.size))
    for _ in range(3):
        with np.errstate(all="ignore"):
            scores = problem.scores(near + 0.3 * random.standard_normal(problem.size))
        scores = scores[np.isfinite(scores).all(axis=1) & scores.any(axis=1)]
        if len(scores) < problem.size:
            continue
        # Rank does not change with the size of a row; a few rows may be huge.
        scores = scores / np.linalg.norm(scores, axis=1, keepdims=True)
        size = np.sqrt(np.mean(scores**2, axis=0))
        _, singular, directions = np.linalg.svd(scores / np.where(size > 0, size, 1.0), full_matrices=False)
        if singular[-1] / singular[0] > best[0]:
            best = (float(singular[-1] / singular[0]), directions[-1] / np.where(size > 0, size, 1.0))
    if 0.0 <= best[0] < 1e-9:
        involved = ", ".join(_involved(back @ best[1], names))
        msg = f"not identified: these coefficients can change together and leave every chance as it is: {involved}"
        raise EstimationError(msg)


def check_maximum(problem: Problem, ends: Maxima, names: Sequence[str], back: Floats) -> tuple[int, float | None]:
    """Return which start ended at the highest strict maximum, and the log-likelihood of a higher end if there was one.

    problem   with regressors of unit size at right angles
    ends      where each start ended
    back      as in `check_scores`

    Raises EstimationError when no start ended at a strict maximum.
    """
    good = ends.settled & (ends.flatness > FLAT)
    highest = int(np.argmax(ends.value))
    if good.any():
        best = int(np.argmax(np.where(good, ends.value, -np.inf)))
        higher = float(ends.value[highest])
        return best, higher if higher > ends.value[best] + 1e-3 else None
    if not np.isfinite(ends.value[highest]):
        msg = "the log-likelihood is not finite at any start: check the regressors for extreme values"
        raise EstimationError(msg)
    here = problem.evaluate(ends.coefficients[highest][None, :], None)
    worst = float(np.nanmin(problem.row_values(ends.coefficients[highest])))
    if worst < ABSURD:
        msg = (
            f"did not converge: all {len(ends.value)} starts are too far from any maximum. The best of them gives some "
            f"row a chance of e^{worst:.3g}. Start nearer with fit(start=...), by coefficient, or rescale regressors"
        )
        raise EstimationError(msg)
    if abs(ends.flatness[highest]) <= FLAT and np.isfinite(here.hessian).all():
        direction = np.linalg.eigh(-here.hessian[0])[1][:, 0]
        involved = _involved(back @ direction, names)
        msg = (
            "no finite maximum: the log-likelihood keeps rising as these coefficients grow without bound: "
            f"{', '.join(involved)}. Either regressors predict a move perfectly (separation), or too few rows tell "
            "these apart; drop or merge regressors, or fix a scale"
        )
        raise EstimationError(msg)
    steepest = int(np.argmax(np.abs(here.gradient[0])))
    msg = (
        f"did not converge in {int(ends.steps[highest])} steps from {len(ends.value)} starts; log-likelihood "
        f"{ends.value[highest]:.4f}, steepest in {names[steepest]}. Simplify the formula or rescale its regressors"
    )
    raise EstimationError(msg)


def _involved(direction: Floats, names: Sequence[str]) -> list[str]:
    share = np.abs(direction) / max(float(np.abs(direction).max()), 1e-300)
    return [name for name, part in zip(names, share, strict=True) if part > 0.1]
