"""What NumPy's functions that sort, sum products and count do to arrays that are traced."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.compile.folds import grouped
from foedus.compile.functions import traces
from foedus.compile.graph import Rows
from foedus.compile.kinds import as_kind
from foedus.compile.refusal import Untraceable
from foedus.compile.traced import Array, Summed
from foedus.compile.writing import dense


@traces(np.sort)
def _sort(values: Array, axis: int = -1, **_: Any) -> Any:
    """Sorted along an axis, of which only the largest may be asked for."""
    return Sorted(values, values.axis_at(axis))


class Sorted:
    """An array sorted along its first axis; a pass over its rows finds the largest of those left."""

    __array_ufunc__ = None

    def __init__(self, values: Array, axis: int) -> None:
        if axis != 0:
            raise Untraceable("sorting along an axis other than the first", "Put that axis first.")
        self.values, self.left = values, [part.reshape(-1) for part in values.rows]
        self.largest: list[Rows] = []

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, place: Any) -> Array:
        if not isinstance(place, int) or place >= 0:
            raise Untraceable("places of a sorted array other than from its end", "Ask for [-1], [-2].")
        graph = self.values.graph
        while len(self.largest) < -place:
            top, rest = self.left[0], []
            for row in self.left[1:]:
                rest.append(graph.apply("minimum", "f", "ff", [top, row]))
                top = graph.apply("maximum", "f", "ff", [top, row])
            self.left, self.largest = rest, [*self.largest, top]
        return self.values.like(self.largest[-place - 1].reshape(self.values.rows.shape[1:]))


@traces(np.einsum)
def _einsum(letters: str, *values: Any, **_: Any) -> Any:
    """A sum of products of two arrays over one shared axis, in order."""
    given, result = letters.split("->")
    parts = given.split(",")
    if len(parts) != 2 or ("..." not in letters and not letters.endswith("f")):
        raise Untraceable(f'numpy.einsum("{letters}")', "Write products and a sum.")
    letter = next(c for c in parts[0] if c.isalpha() and c in parts[1] and c not in result)
    first, second = (_turned(value, part, letter, result) for value, part in zip(values, parts, strict=True))
    total = None
    for a, b in zip(first, second, strict=True):
        total = a * b if total is None else total + a * b
    return total


def _turned(value: Any, part: str, letter: str, result: str) -> list[Any]:
    """Slices of an array along the summed axis, which broadcast to the axes of the result."""
    place = part.index(letter)
    rest = part.replace(letter, "")
    slices = [value[(slice(None),) * place + (k,)] for k in range(value.shape[place])]
    if "..." in part:  # the named letter that the other has and this has not comes before the dots
        missing = [c for c in result if c.isalpha() and c not in rest]
        return [one[(None,) * len(missing)] for one in slices]
    missing = [c for c in result if c not in rest]
    if missing and result.endswith(missing[-1]):
        return [np.asarray(one)[..., None] for one in slices]
    return slices


@traces(np.bincount)
def _bincount(index: Any, weights: Any = None, minlength: int = 0) -> Any:
    """Sums by row: of a list's figures over futures, or of figures that are the same in all."""
    if not isinstance(weights, Array) or weights.wide:
        raise Untraceable("numpy.bincount of values", "Count entries with numpy.add.at.")
    if weights.selection is not None:
        return Summed(weights.graph, dense(weights, index, minlength), "f")
    rows = as_kind(weights.graph, weights.rows, weights.kind, "f")
    groups = [rows[np.flatnonzero(np.asarray(index) == group)] for group in range(minlength)]
    return weights.like(grouped(weights.graph, "add", groups), "f")
