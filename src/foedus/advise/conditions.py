"""When a portfolio fails: the one threshold that best tells its failing futures from others, as a tree's first split.

It is the simplest statement of scenario discovery; a box of several limits is what `foedus explore` would find.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.explore.boxes import FailureBox, discover

LEAST_PART = 0.1
"""Share of futures that each side of a threshold must hold."""

LEAST_LIFT = 1.2
"""Failing is this much likelier beyond the threshold than overall, or nothing is said."""


@dataclass(frozen=True)
class Threshold:
    """A variable beyond a threshold, and how often a portfolio fails there.

    variable  its name
    sign      +1 above, -1 at or below
    density   share of the futures beyond it that fail
    coverage  share of the failing futures that lie beyond it
    overall   share of all futures that fail
    """

    variable: str
    sign: int
    threshold: float
    density: float
    coverage: float
    overall: float


def box_of(variables: Mapping[str, NDArray[np.floating]], fails: NDArray[np.bool_], seed: int) -> FailureBox | None:
    """The box of PRIM in which failures are frequent; None where too few futures fail, or none stands out.

    variables  by name, [N] each
    fails      [N]
    seed       of feature scores and halves
    """
    columns = np.stack([np.asarray(one, dtype=np.float64) for one in variables.values()], axis=1)
    try:
        return discover(list(variables), columns, fails, seed=seed).box
    except InputError:
        return None


def condition(variables: Mapping[str, NDArray[np.floating]], fails: NDArray[np.bool_]) -> Threshold | None:
    """The best single threshold, or None where none makes failing likelier by `LEAST_LIFT`.

    variables  by name, [N] each
    fails      [N]
    """
    overall = float(fails.mean())
    if not variables or overall in (0.0, 1.0):
        return None
    names, table = list(variables), np.stack(list(variables.values()))
    order = np.argsort(table, axis=1, kind="stable")
    values, failed = np.take_along_axis(table, order, axis=1), fails[order].cumsum(axis=1)[:, :-1]
    below = np.arange(1, len(fails))
    above = len(fails) - below
    apart = np.abs(failed / below - (fails.sum() - failed) / above)
    gain = apart**2 * below * above  # what the split takes off the impurity, up to a factor
    least = LEAST_PART * len(fails)
    gain[(np.diff(values, axis=1) <= 0.0) | (below < least) | (above < least)] = 0.0
    column, place = np.unravel_index(int(gain.argmax()), gain.shape)
    if gain[column, place] <= 0.0:
        return None
    threshold = float(values[column, place : place + 2].mean())
    over = table[column] > threshold
    beyond, sign = (over, 1) if fails[over].mean() > fails[~over].mean() else (~over, -1)
    density, coverage = float(fails[beyond].mean()), float(fails[beyond].sum() / fails.sum())
    if density < LEAST_LIFT * overall:
        return None
    return Threshold(names[int(column)], sign, threshold, density, coverage, overall)
