"""What NumPy's ufuncs do to arrays that are traced: nodes for arithmetic, comparisons and logic."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.compile.behaviour import does
from foedus.compile.lists import Nested
from foedus.compile.operands import applied
from foedus.compile.places import EntryPlace, EveryFuture, Lanes, Strided
from foedus.compile.refusal import Untraceable
from foedus.compile.traced import Array
from foedus.compile.writing import write_at

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


@does("ufunc")
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
    if special := next((x for x in inputs if isinstance(x, Lanes | EntryPlace | Strided | EveryFuture)), None):
        return special.with_ufunc(name, inputs)
    first = next(x for x in inputs if isinstance(x, Array))
    if name in ("divmod", "remainder", "floor_divide"):
        raise Untraceable(f"numpy.{name} of a value", "Divide floats.")
    if name == "multiply" and first.kind == "i":
        other = inputs[1] if inputs[0] is first else inputs[0]
        if isinstance(other, int) and other == first.futures:
            return Strided(first)
    if (found := _of_truths(name, inputs, first)) is not None:
        return found
    return _of_numbers(name, inputs)


def _of_truths(name: str, inputs: tuple[Any, ...], first: Array) -> Array | None:
    """Comparisons, logic, and what needs no operation of its own; None for other ufuncs."""
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
    return None


def _of_numbers(name: str, inputs: tuple[Any, ...]) -> Array:
    """Arithmetic."""
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
        if isinstance(value, Array) and not isinstance(other, Lanes | EntryPlace | Strided | EveryFuture):
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
