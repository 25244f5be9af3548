"""Operations that are more than arithmetic: turning kinds, looking up, picking, drawing."""

from __future__ import annotations

import numpy as np

from foedus.compile.context import LUCK, UNKNOWNS
from foedus.compile.execute import argument_kinds
from foedus.compile.graph import Node
from foedus.compile.llvm_rows import Reader
from foedus.compile.llvm_text import HELD


class Special(Reader):
    """Writes operations that are more than arithmetic."""

    def _float(self, node: Node) -> str:
        kind = argument_kinds(self.graph, node)[0]
        return self._as_float(self._value(node.args[0], kind), kind)

    def _clamped(self, index: str, count: int) -> str:
        """Whole numbers held from 0 to below a count."""
        f = self.f
        vector, truth, top = f.type("i32"), f.type("i1"), f.splat("i32", str(count - 1))
        low = f.put(f"icmp slt {vector} {index}, zeroinitializer")
        index = f.put(f"select {truth} {low}, {vector} zeroinitializer, {vector} {index}")
        high = f.put(f"icmp sgt {vector} {index}, {top}")
        return f.put(f"select {truth} {high}, {vector} {top}, {vector} {index}")

    def _gather(self, base: str, index: str, kind: str) -> str:
        f = self.f
        short = {"f": "f32", "i": "i32", "b": "i32"}[kind]
        wide = f.put(f"sext {f.type('i32')} {index} to {f.type('i64')}")
        at = f.put(f"getelementptr inbounds i32, ptr {base}, {f.type('i64')} {wide}")
        held = f.type(HELD[kind])
        return f.put(
            f"call {held} @llvm.masked.gather.v{f.width}{short}.v{f.width}p0({f.type('ptr')} {at}, i32 4, "
            f"{f.type('i1')} {f.splat('i1', '1')}, {held} poison)"
        )

    def _lookup(self, node: Node) -> str:
        rows = np.array(node.detail[0])
        index = self._clamped(self._value(node.args[0], "i"), len(rows))
        bits = [self.graph.bits[-1 - row] for row in rows.tolist()]
        if node.kind == "f":
            table = self.w.table(bits, "float")
        else:
            table = self.w.table([int(np.uint32(x).view(np.int32)) for x in bits])
        return self._truth(self._gather(table, index, node.kind), node.kind)

    def _draw(self, node: Node) -> str:
        """Squares32, as in engine.draws, and the unit interval."""
        f = self.f
        name, whose = node.detail
        vector, half = f.type("i64"), f.splat("i64", "32")
        key = f.spread("i64", self.keys[name])
        actors = [int(np.uint32(self.graph.bits[-1 - row])) for row in node.args[0].tolist()]
        if self.row is None or len(set(actors)) == 1:
            actor = str(actors[0] << 32)
            actor = str(int(np.uint64(int(actor)).view(np.int64)))
        else:
            wide = f.put(f"zext i32 {self._column(np.array(actors, dtype=np.uint32), 'i32')} to i64")
            actor = f.put(f"shl i64 {wide}, 32")
        base = self.w.context(f, LUCK if whose == "luck" else UNKNOWNS)
        at = f.put(f"getelementptr inbounds i64, ptr {base}, i64 %t")
        futures = f.put(f"load {vector}, ptr {at}, align 8")
        counter = f.put(f"add {vector} {f.spread('i64', actor)}, {futures}")
        weyl = f.put(f"mul {vector} {counter}, {key}")
        other = f.put(f"add {vector} {weyl}, {key}")
        x = weyl
        for turn, added in enumerate((weyl, other, weyl, other)):
            squared = f.put(f"mul {vector} {x}, {x}")
            x = f.put(f"add {vector} {squared}, {added}")
            if turn < 3:
                upper = f.put(f"lshr {vector} {x}, {half}")
                lower = f.put(f"shl {vector} {x}, {half}")
                x = f.put(f"or {vector} {lower}, {upper}")
        x = f.put(f"lshr {vector} {x}, {half}")
        bits = f.put(f"trunc {vector} {x} to {f.type('i32')}")
        bits = f.put(f"lshr {f.type('i32')} {bits}, {self.o.whole(9)}")
        unit = self.o.add(self.o.to_float(bits), self.o.number(0.5))
        return self.o.mul(unit, self.o.number(2.0**-23))
