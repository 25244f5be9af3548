"""What is picked from a traced array by a key: a view, a copy of rows, entries of a list."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.behaviour import does
from foedus.compile.lists import ListPart, Within
from foedus.compile.places import EntryPlace, EveryFuture, Lanes, is_every, within
from foedus.compile.refusal import Untraceable
from foedus.compile.tables import known_places, known_values, rows_of
from foedus.compile.traced import Array


@does("pick")
def picked(values: Array, key: Any) -> Any:
    """`values[key]`."""
    if values.selection is not None:
        return _of_list(values, key)
    keys = key if isinstance(key, tuple) else (key,)
    last = keys[-1] if keys else None
    if isinstance(last, Lanes | EveryFuture) or (values.wide and is_every(last, values.futures)):
        return _entries(values, keys)
    if any(isinstance(k, Array) for k in keys):
        (index,) = keys
        return _rows_by_values(values, index)
    return (
        values.seen(cells_at(values, key)) if is_view(keys) else values.like(values.store.rows[cells_at(values, key)])
    )


def is_view(keys: tuple[Any, ...]) -> bool:
    """Whether NumPy would give a view for such keys."""
    return all(k is None or k is Ellipsis or isinstance(k, slice | int | np.integer) for k in keys)


def cells_at(values: Array, key: Any) -> NDArray[Any]:
    """Cells of an array at a key that names no future."""
    if not values.wide:
        return np.asarray(values.cells[key])
    keys = list(key) if isinstance(key, tuple) else [key]
    keys = [np.asarray(k) if isinstance(k, list) else k for k in keys]
    if Ellipsis in [k for k in keys if not isinstance(k, np.ndarray)]:
        place = next(i for i, k in enumerate(keys) if k is Ellipsis)
        taken = sum(_axes(k) for k in keys if k is not Ellipsis)
        keys[place : place + 1] = [slice(None)] * (values.ndim - taken)
    if sum(_axes(k) for k in keys) == values.ndim:
        if keys[-1] is None or not (isinstance(keys[-1], slice) and keys[-1] == slice(None)):
            raise Untraceable("one future of an array, or an axis behind the futures", "Keep all futures, last.")
        keys.pop()
    return np.asarray(values.cells[tuple(keys)])


def _axes(key: Any) -> int:
    """How many axes a key uses up."""
    if key is None:
        return 0
    return key.ndim if isinstance(key, np.ndarray) and key.dtype == np.bool_ else 1


def _rows_by_values(values: Array, index: Any) -> Array:
    if isinstance(index, Array) and values.wide is False and values.selection is None:
        known = known_values(index)
        if known is not None:
            return index.like(values.rows[np.minimum(known, len(values.cells) - 1)], values.kind)
    raise Untraceable("whole rows at values", "Pick entries: rows and futures together.")


def _of_list(values: Array, key: Any) -> Any:
    """A list's key: a part of it, one entry more than once, or other axes than its first."""
    selection: Any = values.selection
    keys = key if isinstance(key, tuple) else (key,)
    if isinstance(keys[0], Within):
        part = keys[0].checked(selection)
        rows = values.rows[part.rows] if len(keys) == 1 else values.rows[part.rows, known_places(keys[1])]
        return Array.of(values.graph, rows, values.kind, values.futures, wide=False, selection=part.selection)
    if len(keys) > 1 or keys[0] is Ellipsis:
        if keys[0] not in (slice(None), Ellipsis):
            raise Untraceable("entries of a list by their number", "Pick with truths of the same list.")
        return values.seen(values.cells[key]) if is_view(keys) else values.like(values.store.rows[values.cells[key]])
    part_of_it = within(selection, key)
    return Array.of(values.graph, values.rows, values.kind, values.futures, wide=False, selection=part_of_it)


def _entries(values: Array, keys: tuple[Any, ...]) -> Array:
    """`values[rows, ..., futures]`: entries, each in its own future."""
    lanes = keys[-1]
    selection = lanes.selection if isinstance(lanes, Lanes) else None
    if len(keys) != values.ndim:
        raise Untraceable("entries of an array that has more axes", "Name a place on every axis.")
    if len(keys) == 1:
        rows = np.broadcast_to(values.rows, len(lanes)) if selection else values.rows
        return Array.of(values.graph, rows, values.kind, values.futures, wide=selection is None, selection=selection)
    row, base = row_index(values, keys[:-1], lanes)
    return rows_of(base, row)


def row_index(values: Array, keys: tuple[Any, ...], lanes: Any) -> tuple[Array, Array]:
    """Rows by places on every axis but the futures, and the array with those axes laid flat."""
    base = values.seen(values.cells.reshape(-1))
    row: Any = 0
    for key, size in zip(keys, np.cumprod([1, *values.cells.shape[:0:-1]])[::-1], strict=True):
        row = row + _as_index(key, values, lanes) * int(size)
    return row, base


def _as_index(key: Any, values: Array, lanes: Any) -> Array:
    if isinstance(key, Array):
        return key
    index = np.asarray(key)
    selection = lanes.selection if isinstance(lanes, Lanes) else None
    rows = values.graph.constant(index, "i")
    if selection is not None:
        rows = np.broadcast_to(rows, len(selection))
    elif rows.ndim and rows.shape[-1] == 1:
        rows = rows[..., 0]
    return Array.of(values.graph, rows, "i", values.futures, wide=selection is None, selection=selection)


@does("take")
def taken(values: Array, index: Any, axis: int | None) -> Any:
    """`values.take(index, axis)`."""
    if isinstance(index, EntryPlace | Lanes | EveryFuture | ListPart):
        raise Untraceable("take of places", "Lay the array flat first.")
    if isinstance(index, Array):
        if axis in (None, 0) and not values.wide:
            return _rows_by_values(values, index)
        raise Untraceable("whole rows at values", "Pick entries: rows and futures together.")
    if axis is None and values.wide:
        raise Untraceable("take without an axis", "Name the axis.")
    cells = values.cells.take(np.asarray(index), axis=0 if axis is None else values.axis_at(axis))
    return values.like(values.store.rows[cells])
