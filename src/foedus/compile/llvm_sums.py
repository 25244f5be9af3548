"""Sums over futures: eight rows at once, each LANES futures at a time as a tree, then in turn, in double precision.

At every level of the trees two vectors are folded into one that holds as many rows more: so no lane idles, and eight
sums are added to those of earlier tiles at once.
"""

from __future__ import annotations

from foedus.compile.context import FUTURES
from foedus.compile.execute import LANES
from foedus.compile.grouping import Output
from foedus.compile.llvm_rows import Reader
from foedus.compile.llvm_text import LoopTurn

ROWS = LANES // 2
"""Rows that are summed at once: as many doubles as a level of the tree leaves of one row."""


class Sums(Reader):
    """Writes sums over futures."""

    def write_sums(self, output: Output, sums: str) -> None:
        """Add a tile's futures to sums that lie one after the other."""
        f, rows, kind = self.f, output.result.rows.reshape(-1), output.result.kind
        there = self._there()
        blocks = len(rows) // ROWS
        if blocks:
            turn = LoopTurn(f, blocks)
            self.row = turn.index
            self._begin_row()
            given = [self._fetch(rows[k : blocks * ROWS : ROWS], kind) for k in range(ROWS)]
            first = f.put(f"mul i64 {turn.index}, {ROWS}")
            at = f.put(f"getelementptr inbounds double, ptr {sums}, i64 {first}")
            self._added(given, kind, there, at)
            turn.end()
            self._end_rows()
        self.row = None
        for row in range(blocks * ROWS, len(rows)):
            at = f.put(f"getelementptr inbounds double, ptr {sums}, i64 {row}")
            self._added([self._fetch(rows[row : row + 1], kind)], kind, there, at)

    def _there(self) -> str:
        """Which lanes of the tile are futures, and not there to fill it."""
        f = self.f
        left = f.spread("i64", f.put(f"sub i64 {self.w.context(f, FUTURES, 'i64')}, %t"))
        lanes = f"<{', '.join(f'i64 {k}' for k in range(f.width))}>"
        return f.put(f"icmp slt {f.type('i64')} {lanes}, {left}")

    def _added(self, given: list[str], kind: str, there: str, at: str) -> None:
        """Add one row, or ROWS of them, to the sums at a place."""
        f = self.f
        real, vector = f.type("float"), f"<{len(given)} x double>"
        whole = []
        for value in given:
            kept = f.put(f"select {f.type('i1')} {there}, {real} {self._as_float(value, kind)}, {real} zeroinitializer")
            whole.append(f.put(f"fpext {real} {kept} to {f.type('double')}"))
        for start in range(0, f.width, LANES):
            total = self._tree([self._halved(one, one, f.width, range(start, start + ROWS), ROWS) for one in whole])
            before = f.put(f"load {vector}, ptr {at}, align 8")
            f.do(f"store {vector} {f.put(f'fadd {vector} {before}, {total}')}, ptr {at}, align 8")

    def _tree(self, parts: list[str]) -> str:
        """Sums of rows, one or ROWS, of each of which a vector holds the halves."""
        span, lanes = ROWS // 2, ROWS
        while span:
            low = [start + k for start in range(0, lanes, 2 * span) for k in range(span)]
            if len(parts) > 1:
                low += [lanes + lane for lane in low]
                pairs = list(zip(parts[::2], parts[1::2], strict=True))
            else:
                pairs = [(parts[0], parts[0])]
            parts = [self._halved(one, other, lanes, low, span) for one, other in pairs]
            lanes, span = len(low), span // 2
        return parts[0]

    def _halved(self, one: str, other: str, count: int, low: range | list[int], span: int) -> str:
        """Lanes of two vectors added to those `span` behind."""
        halves = [self._shuffled(one, other, count, [lane + more for lane in low]) for more in (0, span)]
        return self.f.put(f"fadd <{len(low)} x double> {halves[0]}, {halves[1]}")

    def _shuffled(self, one: str, other: str, count: int, lanes: list[int]) -> str:
        picked, vector = ", ".join(f"i32 {lane}" for lane in lanes), f"<{count} x double>"
        return self.f.put(f"shufflevector {vector} {one}, {vector} {other}, <{len(lanes)} x i32> <{picked}>")
