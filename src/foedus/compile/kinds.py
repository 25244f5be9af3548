"""Kinds of rows - floats, truths, whole numbers - and turning rows of one into another."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.compile.graph import Graph, Rows
from foedus.compile.refusal import Untraceable


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
