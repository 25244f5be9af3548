"""What NumPy's functions do to arrays that are traced: nodes for arithmetic, new orders of rows for the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.graph import Graph, Rows
from foedus.compile.places import EveryFuture, Lanes, Nested, Place, Strided, dense, listed, write_at
from foedus.compile.refusal import Untraceable
from foedus.compile.traced import WRITE_WHERE, Array, Selection, Summed, grouped

FLOATS = {
    "add": "add", "subtract": "subtract", "multiply": "multiply", "divide": "divide", "maximum": "maximum",
    "minimum": "minimum", "power": "power", "float_power": "power", "negative": "negative", "absolute": "absolute",
    "sqrt": "sqrt", "exp": "exp", "log": "log", "log1p": "log1p", "tanh": "tanh",
}  # fmt: skip
"""Ufuncs that give floats, and their operations."""

WHOLE = {"add": "iadd", "subtract": "isub", "multiply": "imul"}
"""Those that keep whole numbers whole."""

COMPARED = {
    "less": ("less", False), "less_equal": ("less_equal", False), "equal": ("equal", False),
    "not_equal": ("not_equal", False), "greater": ("less", True), "greater_equal": ("less_equal", True),
}  # fmt: skip
"""Comparisons: their operation, and whether its arguments change places."""

TRUTHS = {"bitwise_and": "and", "logical_and": "and", "bitwise_or": "or", "logical_or": "or"}


def kind_of(dtype: np.dtype[Any]) -> str:
    """Kind of rows that a NumPy type is traced as."""
    if dtype == np.bool_:
        return "b"
    return "i" if np.issubdtype(dtype, np.integer) else "f"


def as_kind(graph: Graph, rows: Rows, kind: str, wanted: str) -> Rows:
    """The same rows as another kind."""
    if kind == wanted:
        return rows
    flat = rows.reshape(-1)
    if wanted == "f":
        if (flat < 0).all():
            found = graph.constant(graph.values(flat, kind).astype(np.float32), "f")
        else:
            found = graph.apply("float", "f", kind, [flat])
    elif wanted == "b":
        zero = graph.constant(np.zeros(1, dtype=np.float32), "f").repeat(len(flat))
        found = graph.apply("not_equal", "b", "ff", [as_kind(graph, flat, kind, "f"), zero])
    elif kind == "b":
        one, none = (graph.constant(np.full(len(flat), x), "i") for x in (1, 0))
        found = graph.apply("where", "i", "bii", [flat, one, none])
    elif (flat < 0).all():
        found = graph.constant(graph.values(flat, kind).astype(np.int32), "i")
    else:
        raise Untraceable("turning floats into whole numbers", "Keep them floats.")
    return found.reshape(rows.shape)


class Operand:
    """An argument as rows, with its kind, and how it lies: along futures, or in a list."""

    def __init__(self, value: Any, graph: Graph, futures: int) -> None:
        self.wide, self.selection, self.weak = False, None, False
        if isinstance(value, Array):
            self.rows, self.kind, self.wide, self.selection = value.rows, value.kind, value.wide, value.selection
            return
        if isinstance(value, Lanes | Place | Strided | EveryFuture):
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
    found = graph.apply(op, kind, kinds, flat, guard)
    return Array.of(graph, found.reshape(shape), kind, futures, wide=wide, selection=selection)


def ufunc_called(ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], how: dict[str, Any]) -> Any:
    """Trace a ufunc."""
    if method == "at":
        return write_at(ufunc.__name__, *inputs)
    if method != "__call__":
        raise Untraceable(f"numpy.{ufunc.__name__}.{method}", "Use the array's own sum, max or min.")
    out = how.pop("out", None)
    how.pop("dtype", None)
    how.pop("casting", None)
    if how:
        raise Untraceable(f"numpy.{ufunc.__name__} with {', '.join(how)}", "Use numpy.where.")
    found = _ufunc(ufunc, inputs)
    if out is None:
        return found
    (target,) = out
    if not isinstance(target, Array):
        raise Untraceable("writing a value into a NumPy array", "Make the array with numpy.zeros_like of a traced one.")
    target[...] = found
    return target


def _ufunc(ufunc: np.ufunc, inputs: tuple[Any, ...]) -> Any:
    name = ufunc.__name__
    if any(isinstance(x, Nested) for x in inputs):
        raise Untraceable(f"numpy.{name} of places", "Use engine.layout.entries.")
    if special := next((x for x in inputs if isinstance(x, Lanes | Place | Strided | EveryFuture)), None):
        return special.with_ufunc(name, inputs)
    first = next(x for x in inputs if isinstance(x, Array))
    if name in ("divmod", "remainder", "floor_divide"):
        raise Untraceable(f"numpy.{name} of a value", "Divide floats.")
    if name == "multiply" and first.kind == "i":
        other = inputs[1] if inputs[0] is first else inputs[0]
        if isinstance(other, int) and other == first.futures:
            return Strided(first)
    if name in COMPARED:
        op, turned = COMPARED[name]
        values = inputs[::-1] if turned else inputs
        return applied(values, op, "b", "ff") if not _whole(values) else applied(values, f"i{op}", "b", "ii")
    if name in TRUTHS:
        return applied(inputs, TRUTHS[name], "b", "bb")
    if name in ("invert", "logical_not"):
        return applied(inputs, "not", "b", "b")
    if name == "isnan":
        return applied((first, first), "not_equal", "b", "ff")
    if name == "positive":
        return first
    if name == "square":
        return applied((first, first), "multiply", "f", "ff")
    if name == "power" and isinstance(inputs[1], int | float) and inputs[1] in (1, 2):
        return first if inputs[1] == 1 else applied((first, first), "multiply", "f", "ff")
    if name in WHOLE and _whole(inputs):
        return applied(inputs, WHOLE[name], "i", "ii")
    if name in ("maximum", "minimum") and _whole(inputs):
        x, y = inputs
        smaller = applied((x, y), "iless", "b", "ii")
        return applied((smaller, x, y) if name == "minimum" else (smaller, y, x), "where", "i", "bii")
    if name in ("maximum", "minimum") and (held := _constant(inputs)) is not None:
        return applied(held, "at_least" if name == "maximum" else "at_most", "f", "ff")
    if name in FLOATS:
        return applied(inputs, FLOATS[name], "f", "f" * len(inputs))
    raise Untraceable(f"numpy.{name}", "It has no operation in compile/operations.py.")


def _constant(inputs: tuple[Any, ...]) -> tuple[Any, Any] | None:
    """A value and the constant it is compared with, none of it not a number; None where both are values."""
    for value, other in (inputs, inputs[::-1]):
        if isinstance(value, Array) and not isinstance(other, Lanes | Place | Strided | EveryFuture):
            fixed = not isinstance(other, Array) or bool((other.rows < 0).all())
            held = other.graph.values(other.rows, other.kind) if isinstance(other, Array) and fixed else other
            if fixed and not np.isnan(np.asarray(held, dtype=np.float32)).any():
                return value, other
    return None


def _whole(values: tuple[Any, ...]) -> bool:
    """Whether all are whole numbers, not truths."""
    return all(
        x.kind == "i" if isinstance(x, Array) else np.issubdtype(np.asarray(x).dtype, np.integer) for x in values
    )


FUNCTIONS: dict[Any, Callable[..., Any]] = {}
"""NumPy functions other than ufuncs, and what they do."""


def traces(*functions: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare what stands for NumPy functions."""

    def declare(stands: Callable[..., Any]) -> Callable[..., Any]:
        for function in functions:
            FUNCTIONS[function] = stands
        return stands

    return declare


def function_called(function: Any, args: Any, how: Any) -> Any:
    """Trace a NumPy function."""
    if function not in FUNCTIONS:
        raise Untraceable(f"numpy.{function.__name__}", "It has no place in compile/functions.py.")
    return FUNCTIONS[function](*args, **how)


@traces(np.any)
def _any(values: Any, *_: Any, **__: Any) -> Any:
    raise Untraceable("numpy.any of values", WRITE_WHERE)


@traces(np.all)
def _all(values: Any, *_: Any, **__: Any) -> Any:
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
def _mean(values: Any, axis: Any = None, **how: Any) -> Any:
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
    source, destination = values._axis(source), values._axis(destination)
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


@traces(np.sort)
def _sort(values: Array, axis: int = -1, **_: Any) -> Any:
    """Sorted along an axis, of which only the largest may be asked for."""
    return Sorted(values, values._axis(axis))


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
    if len(parts) != 2 or "..." not in letters and not letters.endswith("f"):
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
