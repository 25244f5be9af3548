"""Sampling the ledger: one point a future over every uncertain parameter, by Latin supercubes of Sobol points.

Every parameter has its own Sobol coordinate, fixed by its place among the ledger's uncertain parameters, so that
fixing one leaves the draws of the others as they were. A parameter that the ledger holds at one value and a scenario
gives a range has a coordinate of its own beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.ledger.ledger import Ledger
from foedus.ledger.parameter import Parameter, Prior

GROUP = 4
"""Dimensions that share a Sobol sequence."""

SHUFFLED = 32
"""Points within which each group takes an order of its own; a power of two, so that every such block stays a net."""


BESIDE = 1000
"""Number of the first group beside the ledger's own: far above the number of those."""

Ranges = Mapping[str, tuple[float, float]]


def swept(ledger: Ledger, ranges: Iterable[str] = ()) -> tuple[Parameter, ...]:
    """Parameters that an ensemble draws: those with a range in the ledger, then those given one, as declared."""
    given, own = set(ranges), ledger.uncertain
    return (*own, *(p for p in ledger if p.name in given and p not in own))


def parameter_points(ledger: Ledger, ranges: Iterable[str], count: int, seed: int) -> NDArray[np.float64]:
    """Points in (0, 1) for every swept parameter, [count, swept]; a given range moves no other parameter's points."""
    own = len(ledger.uncertain)
    names = list(ledger.parameters)
    given = [_group(count, 1, seed, BESIDE + names.index(p.name)) for p in swept(ledger, ranges)[own:]]
    return np.concatenate([sobol_points(count, own, seed), *given], axis=1)


def sobol_points(count: int, dimensions: int, seed: int) -> NDArray[np.float64]:
    """Points in (0, 1), [count, dimensions]: scrambled Sobol points by groups of dimensions, each in its own order.

    One sequence over two hundred dimensions leaves pairs of parameters correlated up to 0.9 below 400 points, and
    what drives an answer could not be told. Here each group is a short Owen-scrambled sequence (SciPy's) whose order
    is shuffled within every `SHUFFLED` points: Latin supercube sampling (Owen 1998). More points leave the first ones
    as they were.
    """
    columns = [
        _group(count, min(GROUP, dimensions - first), seed, group)
        for group, first in enumerate(range(0, dimensions, GROUP))
    ]
    return np.concatenate(columns, axis=1)


def _group(count: int, width: int, seed: int, group: int) -> NDArray[np.float64]:
    """Points of one group of dimensions, [count, width], by luck of its own."""
    from scipy.stats import qmc

    blocks = -(-max(count, 1) // SHUFFLED)
    exponent = (blocks * SHUFFLED - 1).bit_length()
    scrambled, shuffled = (np.random.default_rng([seed, group, use]) for use in (0, 1))
    points = qmc.Sobol(width, scramble=True, rng=scrambled).random_base2(exponent)
    order = [block * SHUFFLED + shuffled.permutation(SHUFFLED) for block in range(blocks)]
    return np.clip(points[np.concatenate(order)[:count]], 1e-9, 1.0 - 1e-9)


def parameter_values(
    ledger: Ledger,
    points: NDArray[np.float64],
    fixed: Mapping[str, float],
    ranges: Ranges,
) -> dict[str, NDArray[np.float32]]:
    """Value of every parameter in every future.

    points  [F, number of swept parameters] in (0, 1)
    fixed   values that replace a range
    ranges  ranges that replace the ledger's; one of a parameter that the ledger holds at one value makes it uncertain,
            evenly between the ends

    Returns arrays [F] by name.
    """
    count = points.shape[0]
    column = {p.name: index for index, p in enumerate(swept(ledger, ranges))}
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
    if parameter.prior is not None:
        return normal(level, parameter.prior, low, high)
    if parameter.distribution == "triangular":
        return np.asarray(triangular(level, low, min(max(parameter.default, low), high), high))
    return low + (high - low) * level


def normal(level: NDArray[np.float64], prior: Prior, low: float, high: float) -> NDArray[np.float64]:
    """Quantile at `level` of a normal cut at `low` and `high`."""
    from scipy.special import ndtr, ndtri

    least, most = (ndtr((end - prior.mean) / prior.spread) for end in (low, high))
    return np.asarray(np.clip(prior.mean + prior.spread * ndtri(least + level * (most - least)), low, high))


def triangular(level: Any, low: Any, peak: Any, high: Any) -> Any:
    """Quantile at `level` of triangular distributions; `peak` where low equals high. All broadcast."""
    width = np.maximum(high - low, 1e-9)
    mode = (peak - low) / width
    rising = np.sqrt(level * mode)
    falling = 1.0 - np.sqrt((1.0 - level) * (1.0 - mode))
    return np.where(high > low, low + width * np.where(level < mode, rising, falling), peak)
