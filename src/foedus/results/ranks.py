"""Ranks along the last axis, equal values sharing their mean rank: without the second that SciPy's takes to import."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 1 << 20
"""Values that are ranked at once: more would take more memory and no less time."""


def ranks(values: NDArray[Any]) -> NDArray[np.float64]:
    """Rank of each value among those of its row, from 1; any shape, ranked along the last axis.

    Equal values share the mean of their ranks (mid-ranks, as in Spearman's rho). A row that holds what is not a number
    has no ranks: NaN throughout.
    """
    rows = np.asarray(values).reshape(-1, np.shape(values)[-1])
    found, some = np.empty(rows.shape, dtype=np.float64), max(AT_ONCE // max(rows.shape[1], 1), 1)
    for start in range(0, len(rows), some):
        found[start : start + some] = _ranks(rows[start : start + some])
    return found.reshape(np.shape(values))


def _ranks(rows: NDArray[Any]) -> NDArray[np.float64]:
    """Ranks along each of a few rows [R, N]."""
    count = rows.shape[1]
    order = np.argsort(rows, axis=1, kind="stable")
    ordered = np.take_along_axis(rows, order, axis=1)
    starts = np.ones(rows.shape, dtype=bool)
    starts[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    place = np.arange(count)
    first = np.maximum.accumulate(np.where(starts, place, 0), axis=1)
    ends = np.ones(rows.shape, dtype=bool)
    ends[:, :-1] = starts[:, 1:]
    last = np.minimum.accumulate(np.where(ends, place, count)[:, ::-1], axis=1)[:, ::-1]
    found = np.empty(rows.shape, dtype=np.float64)
    np.put_along_axis(found, order, (first + last) / 2.0 + 1.0, axis=1)
    found[(rows != rows).any(axis=1)] = np.nan
    return found
