"""Sampling the ledger: one point a future over every uncertain parameter, by Latin supercubes of Sobol points.

Every parameter has its own Sobol coordinate, fixed by its place among the ledger's uncertain parameters, so that
fixing one leaves the draws of the others as they were. A parameter that the ledger holds at one value and a scenario
gives a range has a coordinate of its own beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus import normal as standard
from foedus.ledger.ledger import Ledger
from foedus.ledger.parameter import Parameter, Prior
from foedus.ledger.sobol import Sequence

GROUP = 4
"""Dimensions that share a Sobol sequence."""

SHUFFLED = 32
"""Points within which each group takes an order of its own; a power of two, so that every such block stays a net."""

STRETCH = 1 << 15
"""Blocks whose orders follow from one another; the next as many have luck of their own, so that a chunk far into a run
of millions need not shuffle all that go before."""

BESIDE = 1000
"""Number of the first group beside the ledger's own: far above the number of those."""

Ranges = Mapping[str, tuple[float, float]]


def swept(ledger: Ledger, ranges: Iterable[str] = ()) -> tuple[Parameter, ...]:
    """Parameters that an ensemble draws: those with a range in the ledger, then those given one, as declared."""
    given, own = set(ranges), ledger.uncertain
    return (*own, *(p for p in ledger if p.name in given and p not in own))


def parameter_points(
    ledger: Ledger, ranges: Iterable[str], places: NDArray[np.integer], seed: int
) -> NDArray[np.float64]:
    """Points in (0, 1) of every swept parameter at `places` [N] of the sample, [N, swept].

    A given range moves no other parameter's points, and no point depends on which others are asked for.
    """
    own = len(ledger.uncertain)
    names = list(ledger.parameters)
    given = [_group(places, 1, seed, BESIDE + names.index(p.name)) for p in swept(ledger, ranges)[own:]]
    return np.concatenate([sobol_points(places, own, seed), *given], axis=1)


def sobol_points(places: NDArray[np.integer], dimensions: int, seed: int) -> NDArray[np.float64]:
    """Points in (0, 1), [N, dimensions]: scrambled Sobol points by groups of dimensions, each in its own order.

    places  [N] which points, from 0

    One sequence over two hundred dimensions leaves pairs of parameters correlated up to 0.9 below 400 points, and
    what drives an answer could not be told. Here each group is a short scrambled sequence (`sobol.py`) whose order
    is shuffled within every `SHUFFLED` points: Latin supercube sampling (Owen 1998).
    """
    columns = [
        _group(places, min(GROUP, dimensions - first), seed, group)
        for group, first in enumerate(range(0, dimensions, GROUP))
    ]
    return np.concatenate(columns, axis=1)


def _group(places: NDArray[np.integer], width: int, seed: int, group: int) -> NDArray[np.float64]:
    """Points of one group of dimensions at `places`, [N, width], by luck of its own."""
    block, within = np.divmod(places, SHUFFLED)
    points = _sequence(width, seed, group).at(block * SHUFFLED + _order(block, within, seed, group))
    return np.clip(points, 1e-9, 1.0 - 1e-9)


@lru_cache(maxsize=512)
def _sequence(width: int, seed: int, group: int) -> Sequence:
    return Sequence.of(width, np.random.default_rng([seed, group, 0]))


def _order(block: NDArray[np.integer], within: NDArray[np.integer], seed: int, group: int) -> NDArray[np.integer]:
    """Which point of its block stands at each place."""
    found = np.empty(len(block), dtype=np.int64)
    stretches = block // STRETCH
    for stretch in np.unique(stretches):
        some = stretches == stretch
        own = block[some] - stretch * STRETCH
        count = 1 << int(own.max()).bit_length()  # so that a longer run begins with the orders already made
        found[some] = _orders(seed, group, int(stretch), count)[own, within[some]]
    return found


@lru_cache(maxsize=1024)
def _orders(seed: int, group: int, stretch: int, count: int) -> NDArray[np.uint8]:
    """Orders of the first `count` blocks of a stretch, [count, SHUFFLED]."""
    luck = np.random.default_rng([seed, group, 1, stretch] if stretch else [seed, group, 1])
    return luck.permuted(np.tile(np.arange(SHUFFLED, dtype=np.uint8), (count, 1)), axis=1)


def parameter_values(
    ledger: Ledger,
    points: NDArray[np.float64],
    fixed: Mapping[str, float],
    ranges: Ranges,
    members: Mapping[str, NDArray[np.float64]] | None = None,
) -> dict[str, NDArray[np.float32]]:
    """Value of every parameter in every future.

    points  [F, number of swept parameters] in (0, 1)
    fixed   values that replace a range
    ranges  ranges that replace the ledger's; one of a parameter that the ledger holds at one value makes it uncertain,
            evenly between the ends
    members values [F] drawn from an ensemble, which count where the scenario gives neither value nor range

    Returns arrays [F] by name.
    """
    count = points.shape[0]
    column = {p.name: index for index, p in enumerate(swept(ledger, ranges))}
    values: dict[str, NDArray[np.float32]] = {}
    for parameter in ledger:
        if parameter.name in fixed:
            drawn = np.full(count, fixed[parameter.name])
        elif members and parameter.name in members and parameter.name not in ranges:
            drawn = members[parameter.name]
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
    least, most = (standard.probability((end - prior.mean) / prior.spread) for end in (low, high))
    found = prior.mean + prior.spread * standard.quantile(least + level * (most - least))
    return np.clip(found, low, high)


def triangular(level: Any, low: Any, peak: Any, high: Any) -> Any:
    """Quantile at `level` of triangular distributions; `peak` where low equals high. All broadcast."""
    width = np.maximum(high - low, 1e-9)
    mode = (peak - low) / width
    rising = np.sqrt(level * mode)
    falling = 1.0 - np.sqrt((1.0 - level) * (1.0 - mode))
    return np.where(high > low, low + width * np.where(level < mode, rising, falling), peak)
