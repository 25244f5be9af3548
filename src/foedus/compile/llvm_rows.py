"""Reading and storing the rows of a loop: from a register, a constant, the arena."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.compile.graph import Rows
from foedus.compile.grouping import Loop, in_order
from foedus.compile.llvm_arithmetic import LlvmArithmetic
from foedus.compile.llvm_text import HELD, TYPES, Function, literal
from foedus.compile.schedule import places

COLUMNS, TABLE = "COLUMNS", "TABLE"
"""Stand for a loop's table while the loop is written."""


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
        self.picked: dict[int, str] = {}
        self.columns: dict[bytes, int] = {}
        self.numbers: list[Any] = []

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
        key = rows.tobytes(), kind
        if key not in self.read:  # within a loop nobody writes what another of its nodes reads from memory
            self.read[key] = self._fetch(rows, kind)
        return self.read[key]

    def _fetch(self, rows: Rows, kind: str) -> str:
        f = self.f
        if (rows < 0).all():
            bits = [self.graph.bits[-1 - row] for row in rows.tolist()]
            if len(set(bits)) == 1:
                return f.splat(
                    TYPES[kind],
                    literal(TYPES[kind], bits[0]) if kind != "i" else str(int(np.uint32(bits[0]).view(np.int32))),
                )
            value = self._column(np.array(bits, dtype=np.uint32), HELD[kind])
            return self._truth(f.spread(HELD[kind], value), kind)
        some = places(self.graph, [rows])
        if len(some) == 1 and (rows >= 0).all():
            (place,) = some
            node = self.graph.nodes[place]
            if node.op == "uniform" and place not in self.w.plan.splats:
                base = self.w.uniform_at(f, node)
                at = self._at(base, rows - node.base, 4)
                return self._truth(f.spread(HELD[kind], f.put(f"load {HELD[kind]}, ptr {at}, align 4")), kind)
        at = self._at("%a", self.w.offsets(rows, self.loop.stages, kind), 1)
        return self._loaded(at, kind)

    def _loaded(self, at: str, kind: str) -> str:
        """A row of the arena."""
        f = self.f
        value = f.put(f"load {self.w.held(f, kind)}, ptr {at}, align {self.w.bytes_of(kind)}")
        if self.w.packed(kind):
            return f.put(f"bitcast i{f.width} {value} to {f.type('i1')}")
        return self._truth(value, kind)

    def _as_float(self, value: str, kind: str) -> str:
        """What a row holds, as a float."""
        if kind == "f":
            return value
        f, turned = self.f, "uitofp" if kind == "b" else "sitofp"
        return f.put(f"{turned} {f.type(TYPES[kind])} {value} to {f.type('float')}")

    def _truth(self, value: str, kind: str) -> str:
        if kind != "b":
            return value
        return self.f.put(f"icmp ne {self.f.type('i32')} {value}, zeroinitializer")

    def _at(self, base: str, numbers: Any, size: int) -> str:
        """Pointer to one of `numbers` things of so many bytes, that of the row: by arithmetic or from its table."""
        f = self.f
        if self.row is None or (numbers == numbers[0]).all():
            return f.put(f"getelementptr inbounds i8, ptr {base}, i64 {int(numbers[0]) * size}")
        steps = np.diff(numbers)
        if (steps == steps[0]).all():
            first = f.put(f"getelementptr inbounds i8, ptr {base}, i64 {int(numbers[0]) * size}")
            moved = f.put(f"mul i64 {self.row}, {int(steps[0]) * size}")
            return f.put(f"getelementptr inbounds i8, ptr {first}, i64 {moved}")
        moved = f.put(f"zext i32 {self._column(numbers * size, 'i32')} to i64")
        return f.put(f"getelementptr inbounds i8, ptr {base}, i64 {moved}")

    def _column(self, numbers: Any, kind: str) -> str:
        """One of the row's own numbers. Those that a row of the loop needs lie side by side, in one table a loop."""
        held = np.asarray(numbers).astype(np.uint32)
        column = self.columns.setdefault(held.tobytes(), len(self.numbers))
        if column == len(self.numbers):
            self.numbers.append(held)
        at = self.f.put(f"getelementptr inbounds i8, ptr %own, i64 {4 * column}")
        return self.f.put(f"load {kind}, ptr {at}, align 4")

    def _begin_row(self) -> None:
        """Where the row's own numbers lie; how many there are shows once the loop is written."""
        self.f.do(f"%own.at = mul i64 {self.row}, {COLUMNS}")
        self.f.do(f"%own = getelementptr inbounds i8, ptr {TABLE}, i64 %own.at")

    def _end_rows(self) -> None:
        """Put the table of the rows' own numbers in the place kept for it."""
        lines = self.f.lines
        if not self.numbers:
            lines[:] = [line for line in lines if not line.startswith("  %own")]
            return
        table = self.w.table(np.stack(self.numbers, axis=1).reshape(-1).view(np.int32))
        for number, line in enumerate(lines):
            if line.startswith("  %own"):
                lines[number] = line.replace(COLUMNS, str(4 * len(self.numbers))).replace(TABLE, table)

    def _store(self, value: str, kind: str, slot: int, row: str | None = None) -> None:
        f, row, size = self.f, row or self.row, self.w.bytes_of(kind)
        if self.w.packed(kind):
            value = f.put(f"bitcast {f.type('i1')} {value} to i{f.width}")
        elif kind == "b":
            value = f.put(f"zext {f.type('i1')} {value} to {f.type('i32')}")
        at = self.w.at(f, self.w.offset(slot, kind))
        if row is not None:
            at = f.put(f"getelementptr inbounds i8, ptr {at}, i64 {f.put(f'mul i64 {row}, {size}')}")
        f.do(f"store {self.w.held(f, kind)} {value}, ptr {at}, align {size}")
