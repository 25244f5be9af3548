"""An array whose numbers are not known yet: it notes in a graph what is done to it.

It behaves as the engine's arrays do, futures last. `cells` says for every place along its other axes where in a store
its row is; views share their base's store, as in NumPy, so that writing into one is seen in the other. What asks for
numbers (`if`, `any`, `float`) raises `Untraceable`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

from foedus.compile.behaviour import do
from foedus.compile.folds import folded
from foedus.compile.graph import Graph, Rows
from foedus.compile.kinds import as_kind, kind_of
from foedus.compile.refusal import Untraceable
from foedus.compile.selection import Selection

WRITE_WHERE = "Write it with numpy.where, so that both answers are worked out and one is chosen."


class Store:
    """Rows that arrays share; replaced one by one when an array is written into."""

    def __init__(self, rows: Rows, kind: str) -> None:
        self.rows, self.kind = rows, kind


class Array(NDArrayOperatorsMixin):
    """See the module. `wide` when the last axis is the futures; `selection` when it is a list of entries."""

    __array_priority__ = 1000.0
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self, graph: Graph, store: Store, cells: NDArray[Any], futures: int, *, wide: bool, selection: Selection | None
    ) -> None:
        self.graph, self.store, self.cells, self.futures = graph, store, cells, futures
        self.wide, self.selection = wide, selection

    @staticmethod
    def of(
        graph: Graph, rows: Rows, kind: str, futures: int, *, wide: bool, selection: Selection | None = None
    ) -> Array:
        """A new array of these rows."""
        store = Store(rows.reshape(-1).copy(), kind)
        cells = np.arange(rows.size).reshape(rows.shape)
        return Array(graph, store, cells, futures, wide=wide, selection=selection)

    def like(self, rows: Rows, kind: str | None = None, *, wide: bool | None = None) -> Array:
        """A new array in the same graph."""
        return Array.of(
            self.graph, rows, kind or self.kind, self.futures,
            wide=self.wide if wide is None else wide, selection=self.selection,
        )  # fmt: skip

    def seen(self, cells: NDArray[Any]) -> Array:
        """A view of some cells."""
        return Array(self.graph, self.store, cells, self.futures, wide=self.wide, selection=self.selection)

    @property
    def kind(self) -> str:
        """What it holds: f, b or i."""
        return self.store.kind

    @property
    def rows(self) -> Rows:
        """Rows along its axes but the futures."""
        return np.asarray(self.store.rows[self.cells])

    @property
    def shape(self) -> tuple[int, ...]:
        return (*self.cells.shape, self.futures) if self.wide else self.cells.shape

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return int(np.prod(self.shape))

    @property
    def dtype(self) -> np.dtype[Any]:
        return {"f": np.dtype(np.float32), "b": np.dtype(np.bool_), "i": np.dtype(np.intp)}[self.kind]

    def __len__(self) -> int:
        if not self.shape:
            msg = "len() of unsized object"
            raise TypeError(msg)
        return self.shape[0]

    def chosen(self, work: Any, otherwise: Any) -> Array:
        """`work()` in years in which this truth, the same in all futures, holds; else `otherwise` (`among.when`)."""
        found: Array = do("apply", (self, work(), otherwise), "when", "f", "bff")
        return found

    def __iter__(self) -> Any:
        return (self[place] for place in range(len(self)))

    # What asks for numbers.

    def __bool__(self) -> bool:
        raise Untraceable("a question about values (`if`, `and`, `not`)", WRITE_WHERE)

    def __float__(self) -> float:
        raise Untraceable("float() of a value", "Keep it an array.")

    def __int__(self) -> int:
        raise Untraceable("int() of a value", "Keep it an array.")

    def __index__(self) -> int:
        raise Untraceable(
            "a place that depends on values", "Index layout tables of the engine with it, or numpy.where."
        )

    def __array__(self, *_: Any, **__: Any) -> NDArray[Any]:
        raise Untraceable(
            "turning a value into a NumPy array", "Leave numpy.asarray out, or call a NumPy function the tracer knows."
        )

    def any(self, *_: Any, **__: Any) -> Any:
        raise Untraceable("any() of values", WRITE_WHERE)

    def all(self, *_: Any, **__: Any) -> Any:
        raise Untraceable("all() of values", WRITE_WHERE)

    def item(self, *_: Any) -> Any:
        raise Untraceable("item() of a value", "Keep it an array.")

    tolist = __contains__ = item

    def __getattr__(self, name: str) -> Any:
        raise Untraceable(f"an array's `{name}`", "Use operators and NumPy functions that the tracer knows.")

    # NumPy's protocols; what they do is in `ufuncs.py` and `functions.py`.

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **how: Any) -> Any:
        return do("ufunc", ufunc, method, inputs, how)

    def __array_function__(self, function: Any, _types: Any, args: Any, how: Any) -> Any:
        return do("function", function, args, how)

    # Picking and writing; `picking.py`, `writing.py`.

    def __getitem__(self, key: Any) -> Any:
        return do("pick", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        do("write", self, key, value)

    def take(self, index: Any, axis: int | None = None) -> Any:
        return do("take", self, index, axis)

    # Shapes.

    def copy(self) -> Array:
        return self.like(self.rows)

    def astype(self, kind: Any, **_: Any) -> Array:
        return self.like(as_kind(self.graph, self.rows, self.kind, kind_of(np.dtype(kind))), kind_of(np.dtype(kind)))

    def reshape(self, *shape: Any, **_: Any) -> Any:
        wanted = tuple(shape[0]) if len(shape) == 1 and isinstance(shape[0], tuple) else shape
        if not self.wide:
            return self.seen(self.cells.reshape(wanted))
        if wanted == (-1,):
            return do("flat", self)
        if wanted[-1] == self.futures:
            return self.seen(self.cells.reshape(wanted[:-1]))
        raise Untraceable(f"a shape {wanted} whose last axis is not the futures", "Keep the futures last.")

    def axis_at(self, axis: int) -> int:
        """An axis that rows lie along, counted from the front."""
        axis = axis % self.ndim
        if self.wide and axis == self.ndim - 1:
            raise Untraceable("an operation along the futures", "Futures know nothing of one another.")
        if self.selection is not None and axis == 0:
            raise Untraceable("a sum over a list of entries", "Add entries up with numpy.add.at.")
        return axis

    def fold(self, op: str, axis: Any, *, keepdims: bool = False, initial: float | None = None) -> Array:
        """Fold rows along an axis, in order: sum, largest, smallest."""
        if axis is None or isinstance(axis, tuple):
            raise Untraceable("a sum over several axes", "Sum over one axis at a time.")
        axis = self.axis_at(axis)
        rows = np.moveaxis(self.rows, axis, 0)
        shape = rows.shape[1:]
        parts = [part.reshape(-1) for part in rows]
        if initial is not None or not parts:
            first = 0.0 if initial is None else initial
            parts.insert(0, self.graph.constant(np.full(int(np.prod(shape)), first, dtype=np.float32), "f"))
        parts = [as_kind(self.graph, part, self.kind, "f") for part in parts]
        total = folded(self.graph, op, parts).reshape(shape)
        return self.like(np.expand_dims(total, axis) if keepdims else total, "f")

    def sum(self, axis: Any = None, keepdims: bool = False, **_: Any) -> Any:
        if self.wide and isinstance(axis, int) and axis % self.ndim == self.ndim - 1:
            return Summed(self.graph, self.rows, self.kind)
        return self.fold("add", axis, keepdims=keepdims)

    def mean(self, axis: Any = None, keepdims: bool = False, **_: Any) -> Any:
        if self.wide and isinstance(axis, int) and axis % self.ndim == self.ndim - 1:
            raise Untraceable("a mean over futures", "Sum over futures; the record divides.")
        total: Any = self.fold("add", axis, keepdims=keepdims)
        return total / np.float32(self.shape[axis])

    def max(self, axis: Any = None, initial: float | None = None, keepdims: bool = False, **_: Any) -> Array:
        return self.fold("maximum", axis, initial=initial, keepdims=keepdims)

    def min(self, axis: Any = None, initial: float | None = None, keepdims: bool = False, **_: Any) -> Array:
        return self.fold("minimum", axis, initial=initial, keepdims=keepdims)

    def clip(self, low: Any = None, high: Any = None) -> Array:
        found: Array = do("function", np.clip, (self, low, high), {})
        return found


class Summed:
    """Rows summed over the futures of a chunk, in double precision: only a record holds them."""

    def __init__(self, graph: Graph, rows: Rows, kind: str) -> None:
        self.graph, self.rows = graph, as_kind(graph, rows.reshape(-1), kind, "f").reshape(rows.shape)

    def __getitem__(self, key: Any) -> Summed:
        return Summed(self.graph, self.rows[key], "f")

    def __array__(self, *_: Any, **__: Any) -> NDArray[Any]:
        raise Untraceable("arithmetic on a sum over futures", "Work out each future's figure first, and sum that.")

    __array_ufunc__ = None
