"""How rows of a graph are reached among what its nodes have computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.graph import Graph, Rows


@dataclass(frozen=True)
class RowReach:
    """How rows are reached: constants, and rows of nodes.

    fixed  [n, 1] values of those that are constants, and `where` they go
    whole  a node all of whose rows these are, or the rows of it that are picked
    parts  else, by node: which rows are its, and which of its rows they are
    """

    rows: Rows
    fixed: NDArray[Any] | None
    where: NDArray[Any]
    whole: tuple[int, NDArray[Any] | None] | None
    parts: tuple[tuple[int, NDArray[Any], NDArray[Any]], ...]

    @staticmethod
    def of(graph: Graph, rows: Rows, kind: str) -> RowReach:
        """Find how rows [n] of a graph, whose values are of a kind (`graph.KINDS`), are reached."""
        where = np.flatnonzero(rows < 0)
        fixed = graph.values(rows[where], kind)[:, None] if len(where) or not len(rows) else None
        owner = np.where(rows < 0, -1, graph.places_of(np.maximum(rows, 0)))
        parts = []
        for place in np.unique(owner[owner >= 0]).tolist():
            mine = np.flatnonzero(owner == place)
            parts.append((place, mine, rows[mine] - graph.nodes[place].base))
        whole = None
        if len(parts) == 1 and fixed is None:
            place, _, picked = parts[0]
            same = len(picked) == graph.nodes[place].count and bool((np.diff(picked) == 1).all())
            whole = place, None if same else picked
        return RowReach(rows, fixed, where, whole, tuple(parts))
