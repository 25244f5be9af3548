"""Sampling the ledger: one point a future over every uncertain parameter, by Latin supercubes of Sobol points.

Every parameter has its own Sobol coordinate, fixed by its place among the ledger's uncertain parameters, so that
fixing one leaves the draws of the others as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.ledger.ledger import Ledger
from foedus.ledger.parameter import Parameter

GROUP = 4
"""Dimensions that share a Sobol sequence."""

SHUFFLED = 32
"""Points within which each group takes an order of its own; a power of two, so that every such block stays a net."""


def sobol_points(count: int, dimensions: int, seed: int) -> NDArray[np.float64]:
    """Points in (0, 1), [count, dimensions]: scrambled Sobol points by groups of dimensions, each in its own order.

    One sequence over two hundred dimensions leaves pairs of parameters correlated up to 0.9 below 400 points, and
    what drives an answer could not be told. Here each group is a short Owen-scrambled sequence (SciPy's) whose order
    is shuffled within every `SHUFFLED` points: Latin supercube sampling (Owen 1998). More points leave the first ones
    as they were.
    """
    from scipy.stats import qmc

    blocks = -(-max(count, 1) // SHUFFLED)
    exponent = (blocks * SHUFFLED - 1).bit_length()
    columns = []
    for group, first in enumerate(range(0, dimensions, GROUP)):
        width = min(GROUP, dimensions - first)
        scrambled, shuffled = (np.random.default_rng([seed, group, use]) for use in (0, 1))
        points = qmc.Sobol(width, scramble=True, rng=scrambled).random_base2(exponent)
        order = [block * SHUFFLED + shuffled.permutation(SHUFFLED) for block in range(blocks)]
        columns.append(points[np.concatenate(order)[:count]])
    return np.clip(np.concatenate(columns, axis=1), 1e-9, 1.0 - 1e-9)


def parameter_values(
    ledger: Ledger,
    points: NDArray[np.float64],
    fixed: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
) -> dict[str, NDArray[np.float32]]:
    """Value of every parameter in every future.

    points  [F, number of uncertain parameters] in (0, 1)
    fixed   values that replace a range
    ranges  ranges that replace the ledger's

    Returns arrays [F] by name.
    """
    count = points.shape[0]
    column = {p.name: index for index, p in enumerate(ledger.uncertain)}
    values: dict[str, NDArray[np.float32]] = {}
    for parameter in ledger:
        if parameter.name in fixed:
            drawn = np.full(count, fixed[parameter.name])
        elif parameter.name in column:
            low, high = ranges.get(parameter.name, (parameter.low, parameter.high))
            drawn = quantile(parameter, points[:, column[parameter.name]], low, high)
        else:
            drawn = np.full(count, parameter.default)
        values[parameter.name] = drawn.astype(np.float32)
    return values


def quantile(parameter: Parameter, level: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Quantile of the parameter's distribution over low to high at `level` in (0, 1)."""
    if low == high:
        return np.full_like(level, low)
    if parameter.distribution == "loguniform":
        return np.asarray(low * (high / low) ** level)
    if parameter.distribution == "triangular":
        return np.asarray(triangular(level, low, min(max(parameter.default, low), high), high))
    return low + (high - low) * level


def triangular(level: Any, low: Any, peak: Any, high: Any) -> Any:
    """Quantile at `level` of triangular distributions; `peak` where low equals high. All broadcast."""
    width = np.maximum(high - low, 1e-9)
    mode = (peak - low) / width
    rising = np.sqrt(level * mode)
    falling = 1.0 - np.sqrt((1.0 - level) * (1.0 - mode))
    return np.where(high > low, low + width * np.where(level < mode, rising, falling), peak)
