"""Sampling the ledger: one Sobol point a future over every uncertain parameter.

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


def sobol_points(count: int, dimensions: int, seed: int) -> NDArray[np.float64]:
    """Scrambled Sobol points in (0, 1), [count, dimensions] (SciPy's generator; Owen scrambling by `seed`)."""
    from scipy.stats import qmc

    exponent = max(count - 1, 0).bit_length()
    points = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed)).random_base2(exponent)
    return np.clip(points[:count], 1e-9, 1.0 - 1e-9)


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
