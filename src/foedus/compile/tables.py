"""Tables of the layout that traced rows are looked up in, and traced arrays looked up at traced rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.behaviour import do, does
from foedus.compile.kinds import kind_of
from foedus.compile.places import AS_INDEX, EntryPlace
from foedus.compile.refusal import Untraceable
from foedus.compile.traced import Array


class LookupTable(np.ndarray):
    """A table of the layout that can be looked up by rows that are traced."""

    def __getitem__(self, key: Any) -> Any:
        keys = key if isinstance(key, tuple) else (key,)
        index = next((k for k in keys if isinstance(k, Array)), None)
        if index is None:
            return super().__getitem__(key)
        values = self.view(np.ndarray)
        if len(keys) == 2 and isinstance(keys[1], Array) and values.ndim == 2:
            column = known_places(keys[1])
            known = known_places(keys[0])
            held = values[np.minimum(known, values.shape[0] - 1), np.minimum(column, values.shape[1] - 1)]
            return index.like(index.graph.constant(held, kind_of(held.dtype)), kind_of(held.dtype))
        if keys[0] is not index or not all(isinstance(k, int | slice | type(None)) for k in keys[1:]):
            raise Untraceable("a table looked up by values on an axis other than its first", "Put that axis first.")
        return looked_up(values[(slice(None), *keys[1:])], index)

    def take(self, index: Any, axis: int | None = None, **how: Any) -> Any:  # type: ignore[override]
        if isinstance(index, Array):
            values = self.view(np.ndarray)
            return looked_up(values.reshape(-1) if axis is None else values, index)
        return super().take(index, axis=axis, **how)


def looked_up(table: NDArray[Any], index: Array) -> Array:
    """Entries of a table [N] at traced rows."""
    known = known_values(index)
    if table.ndim == 2 and known is not None and index.selection is not None:
        held = table[np.minimum(known, len(table) - 1)] if len(table) else np.zeros((len(known), table.shape[1]))
        return index.like(index.graph.constant(held, kind_of(table.dtype)), kind_of(table.dtype))
    if table.ndim == 2 and table.shape[1] == 1:
        table = table[:, 0]
    if table.ndim != 1:
        raise Untraceable(f"rows of a table {table.shape} at values", "Look up single figures.")
    graph, kind = index.graph, kind_of(table.dtype)
    rows = graph.constant(np.asarray(table), kind)
    if known is not None:
        return index.like(rows[np.minimum(known, len(rows) - 1)], kind)
    flat = index.rows.reshape(-1)
    found = graph.add("lookup", [flat], len(flat), kind, (tuple(rows.tolist()),))
    return index.like(found.reshape(index.rows.shape), kind)


def known_values(index: Array) -> NDArray[Any] | None:
    """Whole numbers of an array that are known, or None."""
    rows = index.rows
    return index.graph.values(rows, "i") if index.kind == "i" and (rows < 0).all() else None


def rows_of(values: Array, row: Array) -> Array:
    """Values [N, F] at traced rows, each in its own future; in a list when the rows are."""
    if not values.wide or values.cells.ndim != 1:
        raise Untraceable("rows at values of an array that has other axes", "Pick the other axes first.")
    known = known_values(row)
    if known is not None:
        return row.like(values.rows[np.minimum(known, len(values.cells) - 1)], values.kind)
    graph, flat = values.graph, row.rows.reshape(-1)
    guard = None if row.selection is None else np.broadcast_to(row.selection.mask, flat.shape)
    found = graph.add("pick", [flat, values.rows], len(flat), values.kind, guard=guard)
    return row.like(found.reshape(row.rows.shape), values.kind)


@does("flat")
class Flat:
    """A traced array laid flat, futures and all."""

    __array_ufunc__ = None

    def __init__(self, of: Array) -> None:
        self.of = of

    def take(self, place: Any, _axis: int | None = None) -> Array:
        if not isinstance(place, EntryPlace):
            raise Untraceable("an entry by a number that no list gave", "Use engine.layout.entries.")
        return rows_of(self.of, place.row)

    __getitem__ = take

    def __setitem__(self, place: EntryPlace, value: Any) -> None:
        do("write entries", self.of, place.row, value)

    def __getattr__(self, name: str) -> Any:
        raise Untraceable(f"`{name}` of an array laid flat", AS_INDEX)


def known_places(index: Any) -> NDArray[Any]:
    """Known places along the second axis of a list."""
    known = known_values(index) if isinstance(index, Array) else np.asarray(index)
    if known is None:
        raise Untraceable("a place among the figures of an entry that depends on values", "Use places of the layout.")
    return known
