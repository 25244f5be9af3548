"""Reading and storing the rows of a loop: from a register, a constant, the arena."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.compile.graph import Rows
from foedus.compile.llvm_arithmetic import LlvmArithmetic
from foedus.compile.llvm_text import HELD, TYPES, Function, literal
from foedus.compile.loops import Loop, in_order
from foedus.compile.schedule import places


class Reader:
    """Reads and stores the rows of a loop."""

    def __init__(self, writer: Any, f: Function, loop: Loop) -> None:
        self.w, self.f, self.loop, self.graph = writer, f, loop, writer.graph
        self.o = LlvmArithmetic(f)
        self.row: str | None = None
        self.keys: dict[str, str] = {}
        self.slots = writer.plan.slots[loop.stages]
        self.values: dict[int, str] = {}
        self.read: dict[tuple[bytes, str], str] = {}

    def _value(self, rows: Rows, kind: str) -> str:
        """The row that a node reads: from a register, a constant, or memory."""
        if len(rows) and rows[0] >= 0:
            known = self.read.get((rows[:1].tobytes(), kind))
            if known is not None and (rows == rows[0]).all():
                return known
            if in_order(self.graph, rows):
                place = int(self.graph.places_of(rows[:1])[0])
                if place in self.values:
                    return self.values[place]
        return self._fetch(rows, kind)

    def _fetch(self, rows: Rows, kind: str) -> str:
        f = self.f
        if (rows < 0).all():
            bits = [self.graph.bits[-1 - row] for row in rows.tolist()]
            if len(set(bits)) == 1:
                return f.splat(
                    TYPES[kind],
                    literal(TYPES[kind], bits[0]) if kind != "i" else str(int(np.uint32(bits[0]).view(np.int32))),
                )
            table = (
                self.w.table(bits, "float" if kind == "f" else "i32")
                if kind != "i"
                else self.w.table([int(np.uint32(x).view(np.int32)) for x in bits])
            )
            at = f.put(f"getelementptr inbounds i32, ptr {table}, i64 {self.row}")
            value = f.put(f"load {HELD[kind]}, ptr {at}, align 4")
            return self._truth(f.spread(HELD[kind], value), kind)
        some = places(self.graph, [rows])
        if len(some) == 1 and (rows >= 0).all():
            (place,) = some
            node = self.graph.nodes[place]
            if node.op == "uniform" and place not in self.w.plan.splats:
                base = self.w.uniform_at(f, node)
                at = f.put(f"getelementptr inbounds i32, ptr {base}, i64 {self._place(rows - node.base)}")
                return self._truth(f.spread(HELD[kind], f.put(f"load {HELD[kind]}, ptr {at}, align 4")), kind)
        slots = self.w.slots(rows, self.loop.stages)
        lane = self._place(slots)
        start = f.put(f"mul i64 {lane}, {f.width}")
        at = f.put(f"getelementptr inbounds float, ptr %a, i64 {start}")
        return self._truth(f.put(f"load {f.type(HELD[kind])}, ptr {at}, align 64"), kind)

    def _truth(self, value: str, kind: str) -> str:
        if kind != "b":
            return value
        return self.f.put(f"icmp ne {self.f.type('i32')} {value}, zeroinitializer")

    def _place(self, numbers: Any, row: str | None = None) -> str:
        """One of `numbers`, that of the row: by arithmetic where they are in order, else from a table."""
        f, row = self.f, row or self.row
        if row is None or (numbers == numbers[0]).all():
            return str(int(numbers[0]))
        if (np.diff(numbers) == 1).all():
            return f.put(f"add i64 {row}, {int(numbers[0])}")
        at = f.put(f"getelementptr inbounds i32, ptr {self.w.table(numbers)}, i64 {row}")
        return f.put(f"sext i32 {f.put(f'load i32, ptr {at}, align 4')} to i64")

    def _store(self, value: str, kind: str, slot: int, row: str | None = None) -> None:
        f, row = self.f, row or self.row
        if kind == "b":
            value = f.put(f"zext {f.type('i1')} {value} to {f.type('i32')}")
        place = str(slot) if row is None else f.put(f"add i64 {row}, {slot}")
        start = f.put(f"mul i64 {place}, {f.width}")
        at = f.put(f"getelementptr inbounds float, ptr %a, i64 {start}")
        f.do(f"store {f.type(HELD[kind])} {value}, ptr {at}, align 64")
