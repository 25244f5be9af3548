"""Which whole numbers a row can hold at all, where they are few: so that what it picks need not be gathered."""

from __future__ import annotations

import numpy as np

from foedus.compile.graph import Graph, Rows

MOST = 64
"""Numbers beyond which a row's are not followed."""


class Candidates:
    """Numbers that rows of whole numbers can hold, in ascending order."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.known: dict[int, tuple[int, ...] | None] = {}

    def of(self, rows: Rows) -> list[tuple[int, ...]] | None:
        """Numbers of each row; None where those of some row are not known, or many."""
        found = [self._row(row) for row in rows.tolist()]
        return None if any(numbers is None for numbers in found) else [numbers for numbers in found if numbers]

    def _row(self, row: int) -> tuple[int, ...] | None:
        if row not in self.known:
            found = self._worked_out(row)
            self.known[row] = None if found is None or len(found) > MOST else tuple(sorted(found))
        return self.known[row]

    def _worked_out(self, row: int) -> set[int] | None:
        graph = self.graph
        if row < 0:
            bits = graph.bits[-1 - row]
            return {bits - (1 << 32) if bits >> 31 else bits}
        node = graph.node_of(row)
        place = row - node.base
        if node.op == "which":
            ends, pairs, nobody = node.detail
            return {*pairs[ends[place - 1] if place else 0 : ends[place]], nobody}
        if node.op == "where":
            parts = [self._row(int(rows[place])) for rows in node.args[1:]]
            return None if None in parts else {number for part in parts for number in part or ()}
        if node.op == "lookup":
            table = graph.values(np.array(node.detail[0]), "i")
            index = self._row(int(node.args[0][place]))
            return None if index is None else {int(table[min(max(one, 0), len(table) - 1)]) for one in index}
        if node.op in ("iadd", "isub", "imul"):
            first, second = (self._row(int(rows[place])) for rows in node.args)
            if first is None or second is None:
                return None
            work = {"iadd": int.__add__, "isub": int.__sub__, "imul": int.__mul__}[node.op]
            return {work(a, b) for a in first for b in second}
        return None
