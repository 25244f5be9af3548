"""Jets: numbers that carry their exact first and second derivatives through a formula.

A likelihood written once in jets gives its gradient and Hessian without a second, hand-copied formula. Derivatives
are with respect to a few linear indices (utilities, log scales), not to coefficients, so there are few of them;
only those that are not zero are kept. Arrays are of any common shape, here [draw, row].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Number: TypeAlias = Floats | float
First: TypeAlias = Mapping[int, Number]
Second: TypeAlias = Mapping[tuple[int, int], Number]
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Jet:
    """A value with derivatives.

    value    the number
    first    derivative with respect to index i, under key i
    second   second derivative with respect to i and j, under key (i, j) with i <= j
    order    how many derivatives are carried: 0, 1 or 2
    """

    value: Number
    first: First = field(default_factory=dict)
    second: Second = field(default_factory=dict)
    order: int = 2

    def __add__(self, other: Jet) -> Jet:
        """Return the sum."""
        return Jet(
            self.value + other.value,
            _merge(self.first, other.first),
            _merge(self.second, other.second),
            self.order,
        )

    def __sub__(self, other: Jet) -> Jet:
        """Return the difference."""
        return self + other.times(-1.0)

    def __mul__(self, other: Jet) -> Jet:
        """Return the product."""
        a, b = self, other
        first = _merge({i: d * b.value for i, d in a.first.items()}, {i: d * a.value for i, d in b.first.items()})
        if self.order < 2:
            return Jet(a.value * b.value, first, {}, self.order)
        second: dict[tuple[int, int], Number] = {k: d * b.value for k, d in a.second.items()}
        _accumulate(second, {k: d * a.value for k, d in b.second.items()})
        for i, left in a.first.items():
            for j, right in b.first.items():
                cross = left * right
                _accumulate(second, {_key(i, j): 2.0 * cross if i == j else cross})
        return Jet(a.value * b.value, first, second, self.order)

    def times(self, factor: Number) -> Jet:
        """Return the jet times a constant."""
        return Jet(
            self.value * factor,
            {i: d * factor for i, d in self.first.items()},
            {k: d * factor for k, d in self.second.items()},
            self.order,
        )

    def shifted(self, constant: Number) -> Jet:
        """Return the jet plus a constant."""
        return Jet(self.value + constant, self.first, self.second, self.order)

    def through(self, value: Number, slope: Number, curvature: Number) -> Jet:
        """Return f(jet), from the value, slope and curvature of f at the jet's value."""
        first = {i: slope * d for i, d in self.first.items()}
        if self.order < 2:
            return Jet(value, first, {}, self.order)
        second: dict[tuple[int, int], Number] = {k: slope * d for k, d in self.second.items()}
        keys = sorted(self.first)
        for place, i in enumerate(keys):
            bent = curvature * self.first[i]
            _accumulate(second, {(i, j): bent * self.first[j] for j in keys[place:]})
        return Jet(value, first, second, self.order)


def variable(index: int, value: Floats, order: int) -> Jet:
    """Return the jet of linear index number `index` itself."""
    return Jet(value, {index: 1.0} if order else {}, {}, order)


def constant(value: Number, order: int) -> Jet:
    """Return a jet without derivatives."""
    return Jet(value, {}, {}, order)


def exponential(jet: Jet) -> Jet:
    """Return e to the jet."""
    value = np.exp(jet.value)
    return jet.through(value, value, value)


def square_root(jet: Jet) -> Jet:
    """Return the square root of a positive jet."""
    value = np.sqrt(jet.value)
    slope = 0.5 / value
    return jet.through(value, slope, -0.5 * slope / jet.value)


def reciprocal(jet: Jet) -> Jet:
    """Return one over the jet."""
    value = 1.0 / jet.value
    return jet.through(value, -(value**2), 2.0 * value**3)


def _key(i: int, j: int) -> tuple[int, int]:
    return (i, j) if i <= j else (j, i)


def _merge(one: Mapping[K, Number], other: Mapping[K, Number]) -> dict[K, Number]:
    result = dict(one)
    _accumulate(result, other)
    return result


def _accumulate(total: dict[K, Number], more: Mapping[K, Number]) -> None:
    for key, term in more.items():
        total[key] = total[key] + term if key in total else term
