"""What a year writes in several operations, and one does as well: found among rows while they are traced."""

from __future__ import annotations

import numpy as np

from foedus.compile.graph import Graph, Rows


def logistic(graph: Graph, rows: Rows, addend: Rows) -> Rows | None:
    """Rows [n] of 1/2 + 1/2 tanh x, where these are its two terms; None where they are not.

    So the equations write a logistic response (`equations.choice.logistic`), which takes one exponential.
    """
    half = graph.constant(np.full(1, 0.5, dtype=np.float32), "f")[0]
    if not len(rows) or not (addend == half).all():
        return None
    halved = _given(graph, "multiply", rows)
    if halved is None:
        return None
    first, second = halved
    tangents = first if (second == half).all() else second if (first == half).all() else None
    given = None if tangents is None else _given(graph, "tanh", tangents)
    return None if given is None else graph.apply("logistic", "f", "f", given)


def _given(graph: Graph, op: str, rows: Rows) -> list[Rows] | None:
    """What rows [n] are computed from, where all are by one operation and for all entries; None where they are not."""
    if (rows < 0).any():
        return None
    owner = graph.places_of(rows)
    found: list[Rows] = []
    for place in np.unique(owner).tolist():
        node, mine = graph.nodes[place], owner == place
        if node.op != op or node.guard is not None:
            return None
        found = found or [np.empty_like(rows) for _ in node.args]
        for some, argument in zip(found, node.args, strict=True):
            some[mine] = argument[rows[mine] - node.base]
    return found
