"""What NumPy's functions other than ufuncs do to arrays that are traced: new orders of rows, for the most part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from foedus.compile.behaviour import does
from foedus.compile.graph import Rows
from foedus.compile.kinds import as_kind, kind_of
from foedus.compile.lists import listed
from foedus.compile.operands import Operand, applied
from foedus.compile.places import Lanes
from foedus.compile.refusal import Untraceable
from foedus.compile.traced import WRITE_WHERE, Array

FUNCTIONS: dict[Any, Callable[..., Any]] = {}
"""NumPy functions other than ufuncs, and what they do."""


def traces(*functions: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare what stands for NumPy functions."""

    def declare(stands: Callable[..., Any]) -> Callable[..., Any]:
        for function in functions:
            FUNCTIONS[function] = stands
        return stands

    return declare


@does("function")
def function_called(function: Any, args: Any, how: Any) -> Any:
    """Trace a NumPy function."""
    if function not in FUNCTIONS:
        raise Untraceable(f"numpy.{function.__name__}", "It has no place in compile/functions.py.")
    return FUNCTIONS[function](*args, **how)


@traces(np.any)
def _any(*_: Any, **__: Any) -> Any:
    raise Untraceable("numpy.any of values", WRITE_WHERE)


@traces(np.all)
def _all(*_: Any, **__: Any) -> Any:
    raise Untraceable("numpy.all of values", WRITE_WHERE)


@traces(np.where)
def _where(condition: Any, yes: Any = None, no: Any = None) -> Any:
    if yes is None:
        raise Untraceable("numpy.where without choices", "Use engine.layout.entries.")
    kinds = {x.kind if isinstance(x, Array) else kind_of(np.asarray(x).dtype) for x in (yes, no)}
    kind = kinds.pop() if len(kinds) == 1 else "f"
    return applied((condition, yes, no), "where", kind, "b" + kind * 2)


@traces(np.clip)
def _clip(values: Any, low: Any = None, high: Any = None, **_: Any) -> Any:
    if low is not None and not (isinstance(low, float) and low == -np.inf):
        values = np.maximum(values, low)
    if high is not None and not (isinstance(high, float) and high == np.inf):
        values = np.minimum(values, high)
    return values


@traces(np.isneginf)
def _isneginf(values: Any) -> Any:
    return values == np.float32(-np.inf)


@traces(np.sum)
def _sum(values: Any, axis: Any = None, **how: Any) -> Any:
    return values.sum(axis=axis, **how)


@traces(np.max, np.amax)
def _max(values: Any, axis: Any = None, **how: Any) -> Any:
    return values.max(axis=axis, **how)


@traces(np.min, np.amin)
def _min(values: Any, axis: Any = None, **how: Any) -> Any:
    return values.min(axis=axis, **how)


@traces(np.mean)
def _mean(values: Any, axis: Any = None, **_: Any) -> Any:
    return values.mean(axis=axis)


@traces(np.shape)
def _shape(values: Any) -> tuple[int, ...]:
    return tuple(values.shape)


@traces(np.ndim)
def _ndim(values: Any) -> int:
    return int(values.ndim)


@traces(np.result_type)
def _result_type(*_: Any) -> np.dtype[Any]:
    return np.dtype(np.float32)


def filled(like: Array, value: float, shape: Any = None, dtype: Any = None) -> Array:
    """A new array like another, the same everywhere."""
    kind = like.kind if dtype is None else kind_of(np.dtype(dtype))
    shape = like.shape if shape is None else shape
    wide = like.wide and bool(shape) and shape[-1] == like.futures
    cells = shape[:-1] if wide else shape
    return like.like(like.graph.constant(np.full(cells, value), kind), kind, wide=wide)


@traces(np.zeros_like)
def _zeros_like(like: Array, dtype: Any = None, **_: Any) -> Array:
    return filled(like, 0.0, dtype=dtype)


@traces(np.ones_like)
def _ones_like(like: Array, dtype: Any = None, **_: Any) -> Array:
    return filled(like, 1.0, dtype=dtype)


@traces(np.empty_like)
def _empty_like(like: Array, dtype: Any = None, **_: Any) -> Array:
    return filled(like, np.nan if like.kind == "f" else 0, dtype=dtype)


@traces(np.full_like)
def _full_like(like: Array, value: Any, dtype: Any = None, **_: Any) -> Array:
    made = filled(like, 0.0, dtype=dtype)
    made[...] = value
    return made


@traces(np.broadcast_to)
def _broadcast_to(values: Array, shape: Any, **_: Any) -> Array:
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    if values.wide:
        return values.seen(np.broadcast_to(values.cells, shape[:-1]))
    if shape[-1] == values.futures and values.selection is None:
        cells = values.cells[..., 0] if values.cells.ndim else values.cells
        rows = np.broadcast_to(values.store.rows[cells], shape[:-1])
        return values.like(rows, wide=True)
    return values.seen(np.broadcast_to(values.cells, shape))


@traces(np.moveaxis)
def _moveaxis(values: Array, source: int, destination: int) -> Array:
    source, destination = values.axis_at(source), values.axis_at(destination)
    return values.seen(np.moveaxis(values.cells, source, destination))


def _joined(parts: Any, how: Callable[[list[Rows]], Rows]) -> Array:
    arrays = [part for part in parts if isinstance(part, Array)]
    graph, futures = arrays[0].graph, arrays[0].futures
    given = [Operand(part, graph, futures) for part in parts]
    wide = any(operand.wide for operand in given)
    if wide and not all(operand.wide for operand in given):
        given_shapes = [operand.rows.shape for operand in given]
        raise Untraceable(f"joining arrays {given_shapes} of which some have no futures", "Broadcast them first.")
    kinds = {operand.kind for operand in given}
    kind = kinds.pop() if len(kinds) == 1 else "f"
    rows = how([as_kind(graph, operand.rows, operand.kind, kind) for operand in given])
    return Array.of(graph, rows, kind, futures, wide=wide)


@traces(np.stack)
def _stack(parts: Any, axis: int = 0, **_: Any) -> Array:
    return _joined(parts, lambda rows: np.stack(rows, axis=axis))


@traces(np.concatenate)
def _concatenate(parts: Any, axis: int = 0, **_: Any) -> Any:
    if any(isinstance(part, Lanes) for part in parts):
        return _beside(parts)
    if any(isinstance(part, Array) and part.selection is not None for part in parts):
        return _beside(parts)
    return _joined(parts, lambda rows: np.concatenate(rows, axis=axis))


@traces(np.append)
def _append(first: Any, second: Any, axis: int | None = None) -> Any:
    return _concatenate((first, second), axis or 0)


def _beside(parts: Any) -> Any:
    """Lists of entries one after the other."""
    selections = [part.selection for part in parts]
    both = selections[0]
    for other in selections[1:]:
        both = both.beside(other)
    if all(isinstance(part, Lanes) for part in parts):
        return Lanes(both, parts[0].futures)
    graph = parts[0].graph
    kinds = {part.kind for part in parts}
    kind = kinds.pop() if len(kinds) == 1 else "f"
    rows = [as_kind(graph, part.rows, part.kind, kind) for part in parts]
    return Array.of(graph, np.concatenate(rows), kind, parts[0].futures, wide=False, selection=both)


@traces(np.flatnonzero)
def _flatnonzero(flags: Any) -> Any:
    return listed(flags)
