"""How a leaf spreads over its range: stratified draws that depend on its name alone.

A leaf lies below its central value with chance one half and above it with chance one half, densest there and falling in
a straight line to nothing at the ends of its range.
"""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

DRAWS = 128
"""Draws of each leaf."""

BAND = (0.05, 0.95)
"""Quantiles that a band shows."""


def stratified(name: str, low: float, value: float, high: float) -> Array:
    """[DRAWS] draws of a leaf, one from each stratum, in an order of its own."""
    if low == high:
        return np.full(DRAWS, value)
    return two_sided((_order(name) + 0.5) / DRAWS, low, value, high)


def two_sided(level: Array, low: float, value: float, high: float) -> Array:
    """Quantile of the distribution of a leaf: median `value`, none beyond `low` and `high`, densest at `value`."""
    below = value - (value - low) * (1.0 - np.sqrt(np.minimum(2.0 * level, 1.0)))
    above = value + (high - value) * (1.0 - np.sqrt(np.minimum(2.0 - 2.0 * level, 1.0)))
    return np.asarray(np.where(level < 0.5, below, above))


def _order(name: str) -> Array:
    """Order of 0 … DRAWS-1 that depends on `name` alone (SplitMix64 of its checksum; the same on every machine)."""
    with np.errstate(over="ignore"):
        x = np.arange(1, DRAWS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        x = x + np.uint64(zlib.crc32(name.encode())) * np.uint64(0xD1342543DE82EF95)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x = x ^ (x >> np.uint64(31))
    return np.argsort(np.argsort(x, kind="stable"), kind="stable").astype(np.float64)
