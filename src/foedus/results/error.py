"""Monte Carlo error: how far another seed would move a mean over futures."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Twins = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Positions of futures that share parameters but not luck, as `Results.twins` gives them; no future is in two pairs."""

NO_TWINS: Twins = (np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp))


GROUPS = 24
"""Groups of futures that are left out in turn where an error is told by that."""


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


def largest_error(values: NDArray[np.floating[Any]], twins: Twins = NO_TWINS) -> float:
    """Largest standard error among the means over the last axis, futures, of values [..., N]; NaN of none."""
    errors = standard_errors(np.asarray(values).reshape(-1, values.shape[-1]), twins)
    return float(errors.max()) if errors.size else float("nan")


def ratio_error(above: NDArray[np.float64], below: NDArray[np.float64], twins: Twins = NO_TWINS) -> float:
    """Standard error of a ratio of sums over futures, of values [N] each, `above` over `below`.

    By linearization: the error of the mean of what each future has above beyond its part of what is below (Cochran
    1977, section 6.4). NaN where futures do not differ, as of events that never happened or always did: so few cases
    do not tell how rare the other outcome is.
    """
    total = float(below.sum())
    if total <= 0.0:
        return float("nan")
    error = standard_error(above - float(above.sum()) / total * below, twins) / (total / len(below))
    return error if error > 0.0 else float("nan")


def needed(futures: int, error: float, target: float) -> int:
    """How many futures would bring an error down to `target`, when `futures` gave `error`: it falls with their root.

    target  in the unit of the error, above 0
    """
    return int(np.ceil(futures * (error / target) ** 2))


def left_out_error(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard error of figures [...] from parts [G, ...], each made without one of G groups of futures.

    The delete-a-group jackknife (Shao and Wu 1989).
    """
    count = len(parts)
    return np.asarray(np.sqrt((count - 1) / count * ((parts - parts.mean(axis=0)) ** 2).sum(axis=0)))


def jackknifed(values: NDArray[np.float64], of: str = "mean", share: float = 0.1) -> float:
    """Standard error of a figure over futures, leaving out a group of them at a time; NaN from fewer than two.

    values  [N] or [..., N]; what stands in one column is of one future and is left out together
    of      `mean`, or `worst` for the mean of the largest `share` of all values
    """
    held = np.asarray(values, dtype=np.float64).reshape(-1, values.shape[-1])
    count = held.shape[1]
    groups = min(GROUPS, count)
    if groups < 2:
        return float("nan")
    group = np.arange(count) % groups

    def figure(kept: NDArray[np.float64]) -> float:
        if of == "mean":
            return float(kept.mean())
        flat = np.sort(kept, axis=None)
        return float(flat[-max(int(np.ceil(share * flat.size)), 1) :].mean())

    found = np.array([figure(held[:, group != one]) for one in range(groups)])
    return float(left_out_error(found))
