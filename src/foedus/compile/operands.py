"""Arguments of an operation as rows of one shape and kind."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.behaviour import does
from foedus.compile.graph import Graph, Rows
from foedus.compile.kinds import as_kind, kind_of
from foedus.compile.places import EntryPlace, EveryFuture, Lanes, Strided
from foedus.compile.recognised import logistic
from foedus.compile.refusal import Untraceable
from foedus.compile.selection import Selection
from foedus.compile.traced import Array, Summed


class Operand:
    """An argument as rows, with its kind, and how it lies: along futures, or in a list."""

    def __init__(self, value: Any, graph: Graph, futures: int) -> None:
        self.wide, self.selection, self.weak = False, None, False
        if isinstance(value, Array):
            self.rows, self.kind, self.wide, self.selection = value.rows, value.kind, value.wide, value.selection
            return
        if isinstance(value, Lanes | EntryPlace | Strided | EveryFuture):
            raise Untraceable("arithmetic on the numbers of futures", "Use them as an index only.")
        if isinstance(value, Summed):
            raise Untraceable("arithmetic on a sum over futures", "Work out each future's figure, and sum that.")
        held = np.asarray(value)
        if held.dtype == object:
            raise Untraceable(f"arithmetic with a {type(value).__name__}", "Use numbers and arrays.")
        self.weak = isinstance(value, int | float) and not isinstance(value, bool)
        if held.ndim and held.shape[-1] == futures:
            held, self.wide = same_in_all(held), True
        self.kind = kind_of(held.dtype)
        self.rows = graph.constant(held, self.kind)


def same_in_all(values: NDArray[Any]) -> NDArray[Any]:
    """The first future of an array with the same values in all; raise Untraceable where they differ."""
    first = values[..., 0]
    if values.strides[-1] != 0:
        same = (values == first[..., None]) | ((values != values) & (first != first)[..., None])
        if not same.all():
            raise Untraceable("an array whose futures differ and that no input gave", "Draw it by key, from `setting`.")
    return np.asarray(first)


def operands(values: tuple[Any, ...]) -> tuple[Graph, int, list[Operand], list[Rows], bool, Selection | None]:
    """Arguments as rows of one shape."""
    some = next(value for value in values if isinstance(value, Array))
    graph, futures = some.graph, some.futures
    given = [Operand(value, graph, futures) for value in values]
    wide = any(operand.wide for operand in given)
    lists = {id(operand.selection): operand.selection for operand in given if operand.selection is not None}
    if len(lists) > 1 or (lists and wide):
        raise Untraceable("arithmetic between lists of entries that differ", "Pick both at the same entries.")
    selection = next(iter(lists.values())) if lists else None
    rows = []
    for operand in given:
        here = operand.rows
        if wide and not operand.wide and here.ndim:
            if here.shape[-1] != 1:
                raise Untraceable(f"an array {here.shape} beside one whose last axis is the futures", "Add an axis.")
            here = here[..., 0]
        rows.append(here)
    return graph, futures, given, list(np.broadcast_arrays(*rows)), wide, selection


@does("apply")
def applied(values: tuple[Any, ...], op: str, kind: str, kinds: str) -> Array:
    """A new array of an operation on arguments turned into `kinds`."""
    graph, futures, given, rows, wide, selection = operands(values)
    shape = rows[0].shape
    flat = [
        as_kind(graph, here.reshape(-1), operand.kind, wanted)
        for here, operand, wanted in zip(rows, given, kinds, strict=True)
    ]
    guard = None
    if selection is not None:
        guard = np.broadcast_to(selection.mask.reshape(-1, *[1] * (len(shape) - 1)), shape).reshape(-1)
    found = None if op != "add" or guard is not None else logistic(graph, flat[0], flat[1])
    if found is None:
        found = graph.apply(op, kind, kinds, flat, guard)
    return Array.of(graph, found.reshape(shape), kind, futures, wide=wide, selection=selection)
