"""Monte Carlo error: how far another seed would move a mean over futures."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Twins = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Positions of futures that share parameters but not luck, as `Results.twins` gives them; no future is in two pairs."""

NO_TWINS: Twins = (np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp))


def standard_error(values: NDArray[np.floating[Any]], twins: Twins = NO_TWINS) -> float:
    """Standard error of the mean of values [N] over futures; NaN from fewer than two points.

    twins  share parameters, so that two of them say less than two futures drawn apart: they count as one cluster

    Clusters are taken as drawn independently (Liang and Zeger 1986). They are drawn more evenly than that, by Latin
    supercubes, so that the true error is at most about this.
    """
    return float(standard_errors(np.asarray(values)[None], twins)[0])


def standard_errors(values: NDArray[np.floating[Any]], twins: Twins = NO_TWINS) -> NDArray[np.float64]:
    """The same for each row of values [R, N]."""
    first, second = twins
    rows, count = values.shape
    clusters = count - len(first)
    if clusters < 2:
        return np.full(rows, np.nan)
    apart = values - values.mean(axis=1, keepdims=True, dtype=np.float64)
    squares = (apart**2).sum(axis=1) + 2.0 * (apart[:, first] * apart[:, second]).sum(axis=1)
    return np.asarray(np.sqrt(np.maximum(squares, 0.0) * clusters / (clusters - 1.0)) / count, dtype=np.float64)


def needed(futures: int, error: float, target: float) -> int:
    """How many futures would bring an error down to `target`, when `futures` gave `error`: it falls with their root.

    target  in the unit of the error, above 0
    """
    return int(np.ceil(futures * (error / target) ** 2))
