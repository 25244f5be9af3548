"""Picking, in each future, the row that a whole number names.

Picks by the same number are made together: where few numbers are possible (candidates.py) the rows of each are read in
turn and kept in the futures that name it, which is far quicker than gathering one entry a future.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.compile.graph import Node
from foedus.compile.llvm_groups import Groups
from foedus.compile.llvm_special import Special
from foedus.compile.llvm_text import HELD

TOGETHER = 24
"""Picks that are made together, of the 32 registers that the widest processors have."""


class Picks(Special, Groups):
    """Writes picks."""

    def _pick(self, node: Node) -> str:
        numbers = self.w.candidates.of(node.args[0])
        if numbers is None or self.row is None:
            return self._gathered(node)
        place = int(self.graph.places_of(node.rows[:1])[0])
        if place not in self.picked:
            self._picked_together(place, numbers)
        return self._truth(self.picked[place], node.kind)

    def _gathered(self, node: Node) -> str:
        """The row that is wanted in each future, entry by entry."""
        f, rows = self.f, node.args[1]
        index = self._clamped(self._value(node.args[0], "i"), len(rows))
        slots = self.w.offsets(rows, self.loop.stages, node.kind) // (4 * f.width)
        if len(slots) > 1 and not (np.diff(slots) == 1).all():
            index, first = self._gather(self.w.table(slots), index, "i"), 0
        else:
            first = int(slots[0])
        lanes = f"<{', '.join(f'i32 {first * f.width + k}' for k in range(f.width))}>"
        scaled = f.put(f"mul {f.type('i32')} {index}, {f.splat('i32', str(f.width))}")
        place = f.put(f"add {f.type('i32')} {scaled}, {lanes}")
        return self._truth(self._gather("%a", place, node.kind), node.kind)

    def _picked_together(self, place: int, numbers: list[tuple[int, ...]]) -> None:
        """Make a pick, and others of the loop that pick from as many rows by the same number."""
        f, first = self.f, self.graph.nodes[place]
        count, index = len(first.args[1]), first.args[0].tobytes()
        alike = [
            other
            for other in self.loop.nodes
            if (node := self.graph.nodes[other]).op == "pick"
            and node.args[0].tobytes() == index
            and len(node.args[1]) == count
            and other not in self.picked
        ][:TOGETHER]
        clamped = [sorted({min(max(one, 0), count - 1) for one in some}) for some in numbers]
        ends = np.cumsum([len(some) for some in clamped])
        flat = np.concatenate([np.array(some) for some in clamped])
        wanted = self._clamped(self._value(first.args[0], "i"), count)
        entries = _Entries(self, flat, alike)
        start, end = (
            f.put(f"zext i32 {self._column(bounds, 'i32')} to i64") for bounds in (np.array([0, *ends[:-1]]), ends)
        )
        kinds = [HELD[self.graph.nodes[other].kind] for other in alike]
        begun = entries.read(start)[1]
        inner = self._inner(f.put(f"add i64 {start}, 1"), end, list(zip(kinds, begun, strict=True)))
        number, values = entries.read(inner.index)
        same = f.put(f"icmp eq {f.type('i32')} {wanted}, {f.spread('i32', number)}")
        kept = [
            f.put(f"select {f.type('i1')} {same}, {f.type(kind)} {value}, {f.type(kind)} {before}")
            for kind, value, before in zip(kinds, values, inner.carried, strict=True)
        ]
        self._end_inner(inner, kept)
        self.picked |= dict(zip(alike, inner.results, strict=True))


class _Entries:
    """Numbers that rows can hold, one after the other, and what each pick reads for each."""

    def __init__(self, body: Picks, numbers: Any, picks: list[int]) -> None:
        self.body, self.picks = body, picks
        size = 4 * body.f.width
        columns, self.places = [numbers], []
        for place in picks:
            node = body.graph.nodes[place]
            offsets = body.w.offsets(node.args[1], body.loop.stages, node.kind)[numbers]
            first = offsets - numbers * size
            if (first == first[0]).all():
                self.places.append((0, int(first[0])))
            else:
                columns.append(offsets)
                self.places.append((len(columns) - 1, 0))
        columns.append(numbers * size)
        self.width = len(columns)
        self.table = body.w.table(np.stack(columns, axis=1).reshape(-1))

    def read(self, index: str) -> tuple[str, list[str]]:
        """The number at an index, and the row that each pick reads for it."""
        f = self.body.f
        at = f.put(f"getelementptr inbounds [{self.width} x i32], ptr {self.table}, i64 {index}")

        def column(number: int) -> str:
            place = f.put(f"getelementptr inbounds i8, ptr {at}, i64 {4 * number}")
            return f.put(f"load i32, ptr {place}, align 4")

        plain = f.put(f"zext i32 {column(self.width - 1)} to i64")
        values = []
        for place, (own, first) in zip(self.picks, self.places, strict=True):
            moved = f.put(f"zext i32 {column(own)} to i64") if own else plain
            start = f.put(f"getelementptr inbounds i8, ptr %a, i64 {first}")
            row = f.put(f"getelementptr inbounds i8, ptr {start}, i64 {moved}")
            held = f.type(HELD[self.body.graph.nodes[place].kind])
            values.append(f.put(f"load {held}, ptr {row}, align 64"))
        return column(0), values
