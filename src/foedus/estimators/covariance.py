"""Covariance of maximum-likelihood estimates: from the Hessian, or robust to misspecification and clusters.

`hessian` is the [k, k] matrix of second derivatives of the log-likelihood at its maximum, `scores` the [n, k]
derivatives of each row's log-likelihood there. Sources: White (1982); Liang and Zeger (1986).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.errors import EstimationError, InputError

Floats = NDArray[np.float64]


def from_hessian(hessian: Floats) -> Floats:
    """Return the inverse of minus the Hessian, [k, k].

    Raises EstimationError when the Hessian is not negative definite, so that no standard errors exist.
    """
    try:
        root = np.linalg.cholesky(-hessian)
    except np.linalg.LinAlgError:
        msg = "the Hessian is not negative definite: the log-likelihood has no strict maximum here"
        raise EstimationError(msg) from None
    inverse_root = np.linalg.solve(root, np.eye(len(hessian)))
    result: Floats = inverse_root.T @ inverse_root
    return result


def sandwich(
    hessian: Floats, scores: Floats, groups: ArrayLike | None = None, others: ArrayLike | None = None
) -> Floats:
    """Return the robust covariance, [k, k], with scores summed within groups (clusters) when given.

    groups   [n] which cluster each row belongs to (numbers or text); None: each row is its own
    others   [n] the second state of a pair, `groups` being the first: all pairs with a state in common are correlated
             (Aronow, Samii and Assenova 2015). The groups are then the states.

    Scaled by G / (G - 1), G the number of groups, as in Stata. Raises InputError on a wrong length, EstimationError
    for fewer than two groups and as `from_hessian`.
    """
    bread = from_hessian(hessian)
    meat, count = _meat(scores, groups, others)
    if count < 2:
        msg = f"clustered errors need at least 2 groups, got {count}"
        raise EstimationError(msg)
    result: Floats = count / (count - 1) * bread @ meat @ bread
    return result


def clustered(hessian: Floats, scores: Floats, labels: Sequence[ArrayLike]) -> tuple[Floats, int | None]:
    """Return the covariance and the number of independent groups: of the model without labels, else `sandwich`.

    labels  none, one array [n] of clusters, or the two states of a pair
    """
    if not labels:
        return from_hessian(hessian), None
    return sandwich(hessian, scores, *labels), len(np.unique(np.concatenate([np.asarray(x) for x in labels])))


def _meat(scores: Floats, groups: ArrayLike | None, others: ArrayLike | None) -> tuple[Floats, int]:
    """Return the sum of outer products of scores, [k, k], and the number of groups."""
    if others is None:
        summed = scores if groups is None else sum_by_group(scores, groups)
        return summed.T @ summed, len(summed)
    n = len(scores)
    number = group_numbers(np.concatenate([np.asarray(groups), np.asarray(others)]), 2 * n)
    count = int(number.max()) + 1
    by_state = sum_by_group(np.concatenate([scores, scores]), number)
    low, high = np.minimum(number[:n], number[n:]), np.maximum(number[:n], number[n:])
    by_pair = sum_by_group(scores, low * count + high)
    return _positive(by_state.T @ by_state - by_pair.T @ by_pair), count


def _positive(matrix: Floats) -> Floats:
    """Nearest matrix without negative eigenvalues: the dyadic sum need not be positive in small samples."""
    values, vectors = np.linalg.eigh(matrix)
    result: Floats = (vectors * np.maximum(values, 0.0)) @ vectors.T
    return result


def sum_by_group(scores: Floats, groups: ArrayLike) -> Floats:
    """Return [groups, k] sums of the rows of `scores` [n, k] that share a group; groups in sorted order."""
    which = group_numbers(groups, len(scores))
    total = np.zeros((which.max() + 1, scores.shape[1]))
    np.add.at(total, which, scores)
    return total


def group_numbers(groups: ArrayLike, rows: int) -> NDArray[np.int64]:
    """Return [n] numbers from 0 for the distinct groups. Raises InputError when `groups` is not [n] or has gaps."""
    labels = np.asarray(groups)
    if labels.shape != (rows,):
        msg = f"groups has shape {labels.shape}; it must be one value for each of the {rows} rows"
        raise InputError(msg)
    if labels.dtype.kind == "f" and np.isnan(labels).any():
        msg = f"groups is missing in {int(np.isnan(labels).sum())} rows; every row needs a group"
        raise InputError(msg)
    if labels.dtype.kind == "O":
        labels = labels.astype(str)
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)
