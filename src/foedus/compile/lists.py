"""Lists of entries, their parts, and lists of figures of their entries."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.behaviour import do
from foedus.compile.places import AS_INDEX, EntryPlace
from foedus.compile.refusal import Untraceable
from foedus.compile.selection import Selection
from foedus.compile.traced import Array


class Within:
    """Entries of a list as entries of another: what `engine.layout.entries` gives for truths [n, V] of a list."""

    is_within = True

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **_: Any) -> Any:
        if method != "at":
            raise Untraceable(f"numpy.{ufunc.__name__} of places", AS_INDEX)
        return do("write at", ufunc.__name__, *inputs)

    def __init__(self, of: Selection, selection: Selection, rows: NDArray[Any]) -> None:
        self.of, self.selection, self.rows = of, selection, rows

    def __len__(self) -> int:
        return len(self.rows)

    def checked(self, of: Selection) -> Within:
        """This, where `of` is the list that it is about."""
        if of is not self.of:
            raise Untraceable("picking from a list by places of another", "Pick by places of the same list.")
        return self


class Nested:
    """Places where truths [n, V] of a list hold, before they are taken apart."""

    def __init__(self, flags: Array) -> None:
        self.flags, self.count = flags, flags.cells.shape[1]

    def __array_ufunc__(self, ufunc: np.ufunc, _method: str, *inputs: Any, **_: Any) -> Any:
        if ufunc.__name__ != "divmod" or inputs[1] != self.count:
            raise Untraceable(f"numpy.{ufunc.__name__} of places", AS_INDEX)
        flags, of = self.flags, self.flags.selection
        assert of is not None  # `listed` makes these of lists alone
        key = ("nested", flags.rows.tobytes())
        if key not in of.parts:
            mask = flags.graph.apply("and", "b", "bb", [np.repeat(of.mask, self.count), flags.rows.reshape(-1)])
            of.parts[key] = Selection(flags.graph, mask)
        selection = of.parts[key]
        entry, place = np.divmod(np.arange(flags.cells.size), self.count)
        rows = flags.graph.constant(place, "i")
        column = Array.of(flags.graph, rows, "i", flags.futures, wide=False, selection=selection)
        return Within(of, selection, entry), column


class ListPart:
    """Where, in a list, its truths hold."""

    is_part = True

    __array_ufunc__ = None

    def __init__(self, of: Selection, selection: Selection) -> None:
        self.of, self.selection = of, selection

    def __len__(self) -> int:
        return len(self.selection)


def listed(flags: Any) -> Any:
    """Places where truths hold: of [N, F] a list of entries, of a list its part."""
    if isinstance(flags, Array) and flags.selection is not None and flags.cells.ndim == 2:
        return Nested(flags)
    if isinstance(flags, Array) and flags.selection is not None:
        return ListPart(flags.selection, flags.selection.within(np.broadcast_to(flags.rows, len(flags.selection))))
    if not isinstance(flags, Array) or not flags.wide or flags.cells.ndim != 1 or flags.kind != "b":
        raise Untraceable("places of what is not truths over rows and futures", "Give truths [N, F].")
    graph = flags.graph
    selection = Selection(graph, flags.rows)
    rows = graph.constant(np.arange(len(flags.rows)), "i")
    return EntryPlace(Array.of(graph, rows, "i", flags.futures, wide=False, selection=selection))
