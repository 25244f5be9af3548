"""Places in traced arrays: rows and futures, known or not.

`flatnonzero` of truths [N, F] gives a list whose length is not known. Here it is all N rows, with the truths as its
`Selection`: in a future in which a row's truth is false the entry is not in the list, whatever is worked out for it.
An entry's future is always its own, so the futures of a list are `Lanes`: they carry the selection, and no number.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.compile.behaviour import do
from foedus.compile.refusal import Untraceable
from foedus.compile.selection import Selection
from foedus.compile.traced import Array

AS_INDEX = "Use it as an index only."


class EntryPlace:
    """Where entries lie in an array [N, F] laid flat: rows, each in its own future; in a list when rows are."""

    def __init__(self, row: Array) -> None:
        self.row, self.selection, self.futures = row, row.selection, row.futures

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **_: Any) -> Any:
        return self.with_ufunc(ufunc.__name__, inputs)

    @property
    def shape(self) -> tuple[int, ...]:
        return self.row.shape

    def __len__(self) -> int:
        return len(self.row)

    def with_ufunc(self, name: str, inputs: tuple[Any, ...]) -> Any:
        first, second = inputs
        if name == "divmod" and first is self and second == self.futures:
            return divided(first, second), remainder(first, second)
        if name == "remainder" and first is self and second == self.futures:
            return remainder(first, second)
        raise Untraceable(f"numpy.{name} of places", AS_INDEX)

    def __divmod__(self, other: Any) -> Any:
        return divided(self, other), remainder(self, other)

    def __mod__(self, other: Any) -> Any:
        return remainder(self, other)

    def __array_function__(self, function: Any, _types: Any, args: Any, how: Any) -> Any:
        return do("function", function, args, how)


class Strided:
    """Rows times the number of futures: what a place is before the future is added."""

    def __init__(self, row: Array) -> None:
        self.row = row

    def with_ufunc(self, name: str, inputs: tuple[Any, ...]) -> Any:
        other = inputs[1] if inputs[0] is self else inputs[0]
        if name == "add":
            return self + other
        raise Untraceable(f"numpy.{name} of rows times futures", AS_INDEX)

    def __add__(self, other: Any) -> EntryPlace:
        if isinstance(other, Lanes | EveryFuture) or is_every(other, self.row.futures):
            return EntryPlace(self.row)
        raise Untraceable("a place in another future", "Futures know nothing of one another.")

    __radd__ = __add__
    __array_ufunc__ = None


class EveryFuture:
    """The numbers of all futures, in order."""

    __array_ufunc__ = None

    def __init__(self, futures: int) -> None:
        self.futures = futures

    def with_ufunc(self, name: str, inputs: tuple[Any, ...]) -> Any:
        other = inputs[1] if inputs[0] is self else inputs[0]
        if name == "add" and isinstance(other, Strided):
            return other + self
        raise Untraceable(f"numpy.{name} of the numbers of futures", AS_INDEX)

    def __len__(self) -> int:
        return self.futures


class Lanes:
    """The future of each entry of a list: its own."""

    def __init__(self, selection: Selection, futures: int) -> None:
        self.selection, self.futures = selection, futures

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **_: Any) -> Any:
        return self.with_ufunc(ufunc.__name__, inputs)

    def __len__(self) -> int:
        return len(self.selection)

    def __getitem__(self, key: Any) -> Lanes:
        if not isinstance(key, Array) and getattr(key, "is_within", False):
            return Lanes(key.checked(self.selection).selection, self.futures)
        return Lanes(within(self.selection, key), self.futures)

    def with_ufunc(self, name: str, inputs: tuple[Any, ...]) -> Any:
        other = inputs[1] if inputs[0] is self else inputs[0]
        if name == "add" and isinstance(other, Strided):
            return other + self
        raise Untraceable(f"numpy.{name} of the futures of entries", AS_INDEX)

    def __array_function__(self, function: Any, _types: Any, args: Any, how: Any) -> Any:
        return do("function", function, args, how)

    def __getattr__(self, name: str) -> Any:
        raise Untraceable(f"`{name}` of the futures of entries", AS_INDEX)


def is_every(value: Any, futures: int) -> bool:
    """Whether a plain array holds the numbers of all futures."""
    return isinstance(value, np.ndarray) and value.shape == (futures,) and bool((value == np.arange(futures)).all())


def within(selection: Selection, key: Any) -> Selection:
    """The part of a list that a key picks."""
    if isinstance(key, Array) and key.kind == "b" and key.selection is selection:
        return selection.within(np.broadcast_to(key.rows, len(selection)))
    if not isinstance(key, Array) and getattr(key, "is_part", False) and key.of is selection:
        part: Selection = key.selection
        return part
    raise Untraceable("picking from a list by places of another", "Pick with truths of the same list.")


def divided(place: Any, futures: int) -> Array:
    """Rows of places."""
    _check(place, futures)
    row: Array = place.row
    return row


def remainder(place: Any, futures: int) -> Any:
    """Futures of places."""
    _check(place, futures)
    return EveryFuture(futures) if place.selection is None else Lanes(place.selection, futures)


def _check(place: Any, futures: int) -> None:
    if not isinstance(place, EntryPlace) or futures != place.futures:
        raise Untraceable("dividing places by anything but the number of futures", AS_INDEX)
