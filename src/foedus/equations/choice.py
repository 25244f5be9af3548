"""Quantal choice: the logistic response shared by every decision (McFadden 1976; McKelvey and Palfrey 1998)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating[Any]]

Number: TypeAlias = float | np.floating[Any] | Array
"""A float, or a NumPy array that broadcasts with its fellows; equations accept either and return their common shape.

A type checker cannot tell which of them comes back, so whoever keeps a result says it: `float(x)`, `np.asarray(x)`, or
`floats(x)` in the engine.
"""

Stacked: TypeAlias = Sequence[Number] | Array
"""An argument with an axis of its own first, such as domains or options: a list of numbers, or an array."""


def logistic(utility: Number) -> Number:
    """Chance, 0-1, of choosing an option worth `utility` more than the alternative.

    utility  difference in worth, in units of the logit scale; any number, or an array

    Written with tanh so that it neither overflows nor leaves 0-1 at any precision; ±infinity gives 1
    and 0. NaN stays NaN.
    Source: McKelvey and Palfrey (1998).
    """
    chance = np.tanh(0.5 * utility)
    chance *= 0.5
    chance += 0.5
    return chance


def at_least(value: Number, floor: float) -> Number:
    """Return `value`, or `floor` where it is lower: for large arrays three times as fast as NumPy's `maximum`.

    value  any number, or an array
    floor  a number; minus infinity changes nothing

    NaN stays NaN.
    """
    return np.clip(value, floor, np.inf)


def log_odds(chance: Number, floor: float = 1e-6) -> Number:
    """Log-odds of a chance, held `floor` away from certainty so that it stays finite.

    chance  0-1, a number or an array
    floor   least distance from 0 and 1, above 0 and below 0.5

    Unchecked: a chance outside 0-1 counts as the nearer end; a floor of 0 gives ±infinity at the ends.
    """
    kept = np.clip(chance, floor, 1.0 - floor)
    odds: Number = np.log(kept) - np.log1p(-kept)
    return odds


def shares(utilities: Stacked, precision: Number) -> Number:
    """Multinomial logit shares over the first axis of `utilities`; they sum to one.

    utilities  [K, ...] array or list, one entry an option; minus infinity closes an option, one must be open
    precision  logit precision, 0 or more, a number or an array that broadcasts with [K, ...]; 0 spreads evenly over
               open options, large picks the best

    Returns [K, ...]. Unchecked: a negative precision picks the worst; plus infinity, or no open option, gives NaN.
    Source: McFadden (1976).
    """
    utilities = np.asarray(utilities)
    if np.all(precision):
        scaled = precision * utilities
    else:
        closed = np.isneginf(utilities)
        scaled = np.where(closed, -np.inf, precision * np.where(closed, 0.0, utilities))
    weights = np.exp(scaled - scaled.max(axis=0))
    found: Array = weights / weights.sum(axis=0)
    return found
