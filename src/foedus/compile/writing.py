"""What is written into a traced array, or added up in it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.behaviour import does
from foedus.compile.folds import grouped
from foedus.compile.graph import Rows
from foedus.compile.kinds import as_kind
from foedus.compile.lists import ListPart, Within
from foedus.compile.operands import Operand
from foedus.compile.picking import cells_at, row_index
from foedus.compile.places import EntryPlace, Lanes
from foedus.compile.refusal import Untraceable
from foedus.compile.tables import known_places, known_values
from foedus.compile.traced import Array


@does("write")
def write(values: Array, key: Any, value: Any) -> None:
    """`values[key] = value`."""
    keys = key if isinstance(key, tuple) else (key,)
    if isinstance(keys[-1], Lanes):
        row, base = row_index(values, keys[:-1], keys[-1])
        write_entries(base, row, value)
        return
    if isinstance(keys[0], Within):
        _write_within(values, keys, value)
        return
    if any(isinstance(k, Array | EntryPlace | ListPart) for k in keys):
        raise Untraceable("writing at places that depend on values", "Write entries: rows and futures together.")
    cells = cells_at(values, key) if key is not Ellipsis else values.cells
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
    cells = values.cells[part.rows, known_places(keys[1])]
    index = Array.of(
        values.graph, values.store.rows[cells], values.kind, values.futures, wide=False, selection=part.selection
    )
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
    given = Operand(value, row.graph, row.futures)
    if given.wide or given.selection not in (None, row.selection):
        raise Untraceable("writing what is no list of the same entries", "Pick it at the same entries.")
    return np.broadcast_to(as_kind(row.graph, given.rows, given.kind, kind), len(row.selection))  # type: ignore[arg-type]


@does("write entries")
def write_entries(target: Array, row: Array, value: Any) -> None:
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


@does("write at")
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
    row, base = row_index(target, index[:-1], index[-1])
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
