"""Places in traced arrays: rows and futures, known or not, and lists of entries.

`flatnonzero` of truths [N, F] gives a list whose length is not known. Here it is all N rows, with the truths as its
`Selection`: in a future in which a row's truth is false the entry is not in the list, whatever is worked out for it.
An entry's future is always its own, so the futures of a list are `Lanes`: they carry the selection, and no number.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.graph import Rows
from foedus.compile.refusal import Untraceable
from foedus.compile.traced import Array, Selection, grouped

AS_INDEX = "Use it as an index only."


class Place:
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
        from foedus.compile.functions import function_called

        return function_called(function, args, how)


class Strided:
    """Rows times the number of futures: what a place is before the future is added."""

    def __init__(self, row: Array) -> None:
        self.row = row

    def with_ufunc(self, name: str, inputs: tuple[Any, ...]) -> Any:
        other = inputs[1] if inputs[0] is self else inputs[0]
        if name == "add":
            return self + other
        raise Untraceable(f"numpy.{name} of rows times futures", AS_INDEX)

    def __add__(self, other: Any) -> Place:
        if isinstance(other, Lanes | EveryFuture) or _is_every(other, self.row.futures):
            return Place(self.row)
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
        if isinstance(key, Within):
            return Lanes(key.checked(self.selection).selection, self.futures)
        return Lanes(within(self.selection, key), self.futures)

    def with_ufunc(self, name: str, inputs: tuple[Any, ...]) -> Any:
        other = inputs[1] if inputs[0] is self else inputs[0]
        if name == "add" and isinstance(other, Strided):
            return other + self
        raise Untraceable(f"numpy.{name} of the futures of entries", AS_INDEX)

    def __array_function__(self, function: Any, _types: Any, args: Any, how: Any) -> Any:
        from foedus.compile.functions import function_called

        return function_called(function, args, how)

    def __getattr__(self, name: str) -> Any:
        raise Untraceable(f"`{name}` of the futures of entries", AS_INDEX)


class Flat:
    """A traced array laid flat, futures and all."""

    __array_ufunc__ = None

    def __init__(self, of: Array) -> None:
        self.of = of

    def take(self, place: Any, axis: int | None = None) -> Array:
        if not isinstance(place, Place):
            raise Untraceable("an entry by a number that no list gave", "Use engine.layout.entries.")
        return rows_of(self.of, place.row)

    __getitem__ = take

    def __setitem__(self, place: Place, value: Any) -> None:
        _write_entries(self.of, place.row, value)

    def __getattr__(self, name: str) -> Any:
        raise Untraceable(f"`{name}` of an array laid flat", AS_INDEX)


def _is_every(value: Any, futures: int) -> bool:
    return isinstance(value, np.ndarray) and value.shape == (futures,) and bool((value == np.arange(futures)).all())


def within(selection: Selection, key: Any) -> Selection:
    """The part of a list that a key picks."""
    if isinstance(key, Array) and key.kind == "b" and key.selection is selection:
        return selection.within(np.broadcast_to(key.rows, len(selection)))
    if isinstance(key, Part) and key.of is selection:
        return key.selection
    raise Untraceable("picking from a list by places of another", "Pick with truths of the same list.")


class Within:
    """Entries of a list as entries of another: what `engine.layout.entries` gives for truths [n, V] of a list."""

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **_: Any) -> Any:
        if method != "at":
            raise Untraceable(f"numpy.{ufunc.__name__} of places", AS_INDEX)
        return write_at(ufunc.__name__, *inputs)

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
        assert of is not None  # noqa: S101 - `listed` makes these of lists alone
        key = ("nested", flags.rows.tobytes())
        if key not in of.parts:
            mask = flags.graph.apply("and", "b", "bb", [np.repeat(of.mask, self.count), flags.rows.reshape(-1)])
            of.parts[key] = Selection(flags.graph, mask)
        selection = of.parts[key]
        entry, place = np.divmod(np.arange(flags.cells.size), self.count)
        rows = flags.graph.constant(place, "i")
        column = Array.of(flags.graph, rows, "i", flags.futures, wide=False, selection=selection)
        return Within(of, selection, entry), column


class Part:
    """Where, in a list, its truths hold."""

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
        return Part(flags.selection, flags.selection.within(np.broadcast_to(flags.rows, len(flags.selection))))
    if not isinstance(flags, Array) or not flags.wide or flags.cells.ndim != 1 or flags.kind != "b":
        raise Untraceable("places of what is not truths over rows and futures", "Give truths [N, F].")
    graph = flags.graph
    selection = Selection(graph, flags.rows)
    rows = graph.constant(np.arange(len(flags.rows)), "i")
    return Place(Array.of(graph, rows, "i", flags.futures, wide=False, selection=selection))


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
    if not isinstance(place, Place) or futures != place.futures:
        raise Untraceable("dividing places by anything but the number of futures", AS_INDEX)


class Table(np.ndarray):  # type: ignore[type-arg]
    """A table of the layout that can be looked up by rows that are traced."""

    def __getitem__(self, key: Any) -> Any:
        keys = key if isinstance(key, tuple) else (key,)
        index = next((k for k in keys if isinstance(k, Array)), None)
        if index is None:
            return super().__getitem__(key)
        values = self.view(np.ndarray)
        if len(keys) == 2 and isinstance(keys[1], Array) and values.ndim == 2:
            column = _columns(keys[1])
            known = _columns(keys[0])
            held = values[np.minimum(known, values.shape[0] - 1), np.minimum(column, values.shape[1] - 1)]
            return index.like(index.graph.constant(held, _kind(held)), _kind(held))
        if keys[0] is not index or not all(isinstance(k, int | slice | type(None)) for k in keys[1:]):
            raise Untraceable("a table looked up by values on an axis other than its first", "Put that axis first.")
        return looked_up(values[(slice(None), *keys[1:])], index)

    def take(self, index: Any, axis: int | None = None, **how: Any) -> Any:
        if isinstance(index, Array):
            values = self.view(np.ndarray)
            return looked_up(values.reshape(-1) if axis is None else values, index)
        return super().take(index, axis=axis, **how)


def _kind(values: NDArray[Any]) -> str:
    from foedus.compile.functions import kind_of

    return kind_of(values.dtype)


def looked_up(table: NDArray[Any], index: Array) -> Array:
    """Entries of a table [N] at traced rows."""
    from foedus.compile.functions import kind_of

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


def picked(values: Array, key: Any) -> Any:
    """`values[key]`."""
    if values.selection is not None:
        return _of_list(values, key)
    keys = key if isinstance(key, tuple) else (key,)
    last = keys[-1] if keys else None
    if isinstance(last, Lanes | EveryFuture) or (values.wide and _is_every(last, values.futures)):
        return _entries(values, keys)
    if any(isinstance(k, Array) for k in keys):
        (index,) = keys
        return _rows_by_values(values, index)
    return values.seen(_cells(values, key)) if _is_view(keys) else values.like(values.store.rows[_cells(values, key)])


def _is_view(keys: tuple[Any, ...]) -> bool:
    return all(k is None or k is Ellipsis or isinstance(k, slice | int | np.integer) for k in keys)


def _cells(values: Array, key: Any) -> NDArray[Any]:
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
        rows = values.rows[part.rows] if len(keys) == 1 else values.rows[part.rows, _columns(keys[1])]
        return Array.of(values.graph, rows, values.kind, values.futures, wide=False, selection=part.selection)
    if len(keys) > 1 or keys[0] is Ellipsis:
        if keys[0] not in (slice(None), Ellipsis):
            raise Untraceable("entries of a list by their number", "Pick with truths of the same list.")
        return values.seen(values.cells[key]) if _is_view(keys) else values.like(values.store.rows[values.cells[key]])
    part_of_it = within(selection, key)
    return Array.of(values.graph, values.rows, values.kind, values.futures, wide=False, selection=part_of_it)


def _columns(column: Any) -> NDArray[Any]:
    """Known places along the second axis of a list."""
    known = known_values(column) if isinstance(column, Array) else np.asarray(column)
    if known is None:
        raise Untraceable("a place among the figures of an entry that depends on values", "Use places of the layout.")
    return known


def _entries(values: Array, keys: tuple[Any, ...]) -> Array:
    """`values[rows, ..., futures]`: entries, each in its own future."""
    lanes = keys[-1]
    selection = lanes.selection if isinstance(lanes, Lanes) else None
    if len(keys) != values.ndim:
        raise Untraceable("entries of an array that has more axes", "Name a place on every axis.")
    if len(keys) == 1:
        rows = np.broadcast_to(values.rows, len(lanes)) if selection else values.rows
        return Array.of(values.graph, rows, values.kind, values.futures, wide=selection is None, selection=selection)
    row, base = _row_index(values, keys[:-1], lanes)
    return rows_of(base, row)


def _row_index(values: Array, keys: tuple[Any, ...], lanes: Any) -> tuple[Array, Array]:
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


def taken(values: Array, index: Any, axis: int | None) -> Any:
    """`values.take(index, axis)`."""
    if isinstance(index, Place | Lanes | EveryFuture | Part):
        raise Untraceable("take of places", "Lay the array flat first.")
    if isinstance(index, Array):
        if axis in (None, 0) and not values.wide:
            return _rows_by_values(values, index)
        raise Untraceable("whole rows at values", "Pick entries: rows and futures together.")
    if axis is None and values.wide:
        raise Untraceable("take without an axis", "Name the axis.")
    cells = values.cells.take(np.asarray(index), axis=0 if axis is None else values._axis(axis))
    return values.like(values.store.rows[cells])


def write(values: Array, key: Any, value: Any) -> None:
    """`values[key] = value`."""
    from foedus.compile.functions import Operand, as_kind

    keys = key if isinstance(key, tuple) else (key,)
    if isinstance(keys[-1], Lanes):
        row, base = _row_index(values, keys[:-1], keys[-1])
        _write_entries(base, row, value)
        return
    if isinstance(keys[0], Within):
        _write_within(values, keys, value)
        return
    if any(isinstance(k, Array | Place | Part) for k in keys):
        raise Untraceable("writing at places that depend on values", "Write entries: rows and futures together.")
    cells = _cells(values, key) if key is not Ellipsis else values.cells
    if isinstance(value, list | tuple):
        value = np.stack(value)
    given = Operand(value, values.graph, values.futures)
    rows = given.rows
    if given.selection is not values.selection:
        raise Untraceable("writing a list of entries into an array", "Write at their rows and futures.")
    if given.wide and not values.wide:
        raise Untraceable("writing futures into an array without them", "Make the array with an axis of futures.")
    if values.wide and not given.wide and rows.ndim:
        rows = rows[..., 0]
    values.store.rows[cells] = as_kind(values.graph, rows, given.kind, values.kind)


def _write_within(values: Array, keys: tuple[Any, ...], value: Any) -> None:
    """Write entries of a list that stand for figures [n, V] of another: each figure is met once."""
    part = keys[0].checked(values.selection)
    cells = values.cells[part.rows, _columns(keys[1])]
    index = Array.of(values.graph, values.store.rows[cells], values.kind, values.futures, wide=False, selection=part.selection)
    written = _listed_rows(value, index, values.kind)
    values.store.rows[cells] = values.graph.apply(
        "where", values.kind, "b" + values.kind * 2, [part.selection.mask, written, values.store.rows[cells]]
    )


def _in_rounds(rows: NDArray[Any]) -> list[NDArray[Any]]:
    """Places of a list in rounds, each of which meets a row once, in the list's order."""
    seen: dict[int, int] = {}
    rounds: list[list[int]] = []
    for place, row in enumerate(rows.tolist()):
        turn = seen.get(row, 0)
        seen[row] = turn + 1
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(place)
    return [np.array(some) for some in rounds]


def _listed_rows(value: Any, row: Array, kind: str) -> Rows:
    """Rows of what is written or added, one an entry."""
    from foedus.compile.functions import Operand, as_kind

    given = Operand(value, row.graph, row.futures)
    if given.wide or given.selection not in (None, row.selection):
        raise Untraceable("writing what is no list of the same entries", "Pick it at the same entries.")
    return np.broadcast_to(as_kind(row.graph, given.rows, given.kind, kind), len(row.selection))  # type: ignore[arg-type]


def _write_entries(target: Array, row: Array, value: Any) -> None:
    """Write a list's figures at its rows and futures; a later entry over an earlier."""
    if row.selection is None:
        raise Untraceable("writing in every future at rows that differ", "Use a list of entries.")
    graph, store, mask = target.graph, target.store, row.selection.mask
    written = _listed_rows(value, row, target.kind)
    known = known_values(row)
    if known is None:
        old = target.rows
        index = np.broadcast_to(row.rows, len(mask))
        store.rows[target.cells] = graph.add("put", [old, index, mask, written], len(old), target.kind)
        return
    known = np.minimum(np.broadcast_to(known, len(mask)), len(target.cells) - 1)
    for some in _in_rounds(known):
        cells = target.cells[known[some]]
        store.rows[cells] = graph.apply(
            "where", target.kind, "b" + target.kind * 2, [mask[some], written[some], store.rows[cells]]
        )


def write_at(name: str, target: Any, index: Any, value: Any) -> None:
    """`numpy.add.at(target, (rows, futures), value)` and its like."""
    if isinstance(index, Within) and isinstance(target, Array):
        if target.selection is None:
            raise Untraceable("adding to what is no list", "Add at rows and futures.")
        part = index.checked(target.selection)
        rows = target.graph.constant(index.rows, "i")
        row = Array.of(target.graph, rows, "i", target.futures, wide=False, selection=part.selection)
        _fold_in(name, target, row, value)
        return
    if name not in ("add", "subtract", "maximum") or not isinstance(target, Array) or not isinstance(index, tuple):
        raise Untraceable(f"numpy.{name}.at", "Use numpy.add.at or numpy.maximum.at at rows and futures.")
    row, base = _row_index(target, index[:-1], index[-1])
    _fold_in(name, base, row, value)


def _fold_in(name: str, base: Array, row: Array, value: Any) -> None:
    """Add a list's figures to the rows they belong to, in order, or take the largest."""
    known = known_values(row)
    if row.selection is None or known is None:
        raise Untraceable(f"numpy.{name}.at at rows that depend on values", "Use rows of the layout.")
    if name == "subtract":
        name, value = "add", -value
    if not len(base.cells):
        return
    graph, mask, store = base.graph, row.selection.mask, base.store
    known = np.minimum(np.broadcast_to(known, len(mask)), len(base.cells) - 1)
    rows = _listed_rows(value, row, "f")
    nothing = graph.constant(np.full(len(mask), 0.0 if name == "add" else -np.inf, dtype=np.float32), "f")
    added = graph.apply("where", "f", "bff", [mask, rows, nothing])
    counts = mask != graph.constant(np.zeros(1), "b")[0]
    groups = []
    touched = np.unique(known[counts])
    for one in touched.tolist():
        entries = np.flatnonzero((known == one) & counts)
        groups.append(np.concatenate([store.rows[base.cells[[one]]], added[entries]]))
    if groups:
        store.rows[base.cells[touched]] = grouped(graph, name, groups)


def dense(values: Array, index: Any, count: int) -> Rows:
    """Rows [count] of a list's figures at its rows, 0 where it has no entry; its rows differ from one another."""
    graph, selection = values.graph, values.selection
    zeros = Array.of(
        graph, graph.constant(np.zeros(count, dtype=np.float32), "f"), "f", values.futures, wide=True, selection=None
    )
    write_at("add", zeros, (index, Lanes(selection, values.futures)), values)  # type: ignore[arg-type]
    return zeros.rows
