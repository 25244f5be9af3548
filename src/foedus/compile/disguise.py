"""NumPy as the model's text sees it while it is traced: what makes arrays of futures makes traced ones.

A function of NumPy that gets a traced array is traced by NumPy's own protocols. One that makes an array from a shape,
or that insists on an array, is not; so while a thread traces, the name `np` of the engine's and the equations' modules
stands for the class below. Other threads see NumPy through it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import numpy as np

from foedus.compile.functions import FUNCTIONS
from foedus.compile.graph import Graph
from foedus.compile.kinds import as_kind, kind_of
from foedus.compile.places import EntryPlace, EveryFuture, Lanes
from foedus.compile.tables import LookupTable
from foedus.compile.traced import Array, Summed

TEXTS = ("foedus.engine.", "foedus.equations.", "foedus.ledger.sampling")
"""Modules whose text is traced."""

_here = threading.local()
_one_at_a_time = threading.RLock()


class TracingNumpy(ModuleType):
    """NumPy, but for what makes arrays."""

    def __init__(self) -> None:
        super().__init__("numpy")

    def __getattr__(self, name: str) -> Any:
        if getattr(_here, "graph", None) is not None and name in _MAKERS:
            return _MAKERS[name]
        return getattr(np, name)


def _made(shape: Any, value: Any, dtype: Any) -> Any:
    shape = (int(shape),) if isinstance(shape, int | np.integer) else tuple(shape)
    kind = kind_of(np.dtype(dtype or np.float64))
    if not shape or shape[-1] != _here.futures:
        return np.full(shape, value, dtype=dtype).view(LookupTable)
    rows = _here.graph.constant(np.full(shape[:-1], 0), kind)
    made = Array.of(_here.graph, rows, kind, _here.futures, wide=True)
    made[...] = value
    return made


def _zeros(shape: Any, dtype: Any = None, **_: Any) -> Any:
    return _made(shape, 0, dtype)


def _ones(shape: Any, dtype: Any = None, **_: Any) -> Any:
    return _made(shape, 1, dtype)


def _empty(shape: Any, dtype: Any = None, **_: Any) -> Any:
    """What nobody has written: no number, so that reading it is seen."""
    return _made(shape, np.nan if kind_of(np.dtype(dtype or np.float64)) == "f" else 0, dtype)


def _full(shape: Any, value: Any, dtype: Any = None, **_: Any) -> Any:
    return _made(shape, value, dtype or np.asarray(value).dtype)


def _asarray(values: Any, dtype: Any = None, **_: Any) -> Any:
    if isinstance(values, list | tuple) and any(isinstance(value, Array) for value in values):
        values = FUNCTIONS[np.stack](values)
    if isinstance(values, EntryPlace | Lanes | EveryFuture | Summed):
        return values
    if isinstance(values, Array):
        kind = values.kind if dtype is None else kind_of(np.dtype(dtype))
        return (
            values if kind == values.kind else values.like(as_kind(values.graph, values.rows, values.kind, kind), kind)
        )
    return np.asarray(values, dtype=dtype).view(LookupTable)


def _arange(*given: Any, **how: Any) -> Any:
    if given == (_here.futures,) and not how:
        return EveryFuture(_here.futures)
    return np.arange(*given, **how).view(LookupTable)


def _plain(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose result, of plain arrays, can be looked up by traced rows."""

    def call(*given: Any, **how: Any) -> Any:
        found = function(*given, **how)
        return found.view(LookupTable) if isinstance(found, np.ndarray) else found

    return call


_MAKERS: dict[str, Callable[..., Any]] = {
    "zeros": _zeros,
    "ones": _ones,
    "empty": _empty,
    "full": _full,
    "asarray": _asarray,
    "array": _asarray,
    "ascontiguousarray": _asarray,
    "arange": _arange,
    **{
        name: _plain(getattr(np, name))
        for name in ("append", "concatenate", "stack", "broadcast_to", "unique", "where")
    },
}
del _MAKERS["unique"]


@contextmanager
def tracing(graph: Graph, futures: int, more: list[Callable[..., Any]]) -> Iterator[None]:
    """Trace what this thread calls into a graph.

    futures  the number that stands for the futures; no other axis is as long
    more     functions from elsewhere that are called: equations put in another's place, blocks
    """
    places = [vars(module) for name, module in list(sys.modules.items()) if name.startswith(TEXTS)]
    places += [scope for function in more if (scope := getattr(function, "__globals__", None)) is not None]
    with _one_at_a_time:
        found = [(scope, name) for scope in places for name, value in list(scope.items()) if value is np]
        disguise = TracingNumpy()
        for scope, name in found:
            scope[name] = disguise
        _here.graph, _here.futures = graph, futures
        try:
            yield
        finally:
            _here.graph = None
            for scope, name in found:
                scope[name] = np
