"""A loop over rows: what is read before it, its operations in order, its results."""

from __future__ import annotations

import numpy as np

from foedus.compile.context import PADDED, RECORD
from foedus.compile.execute import argument_kinds
from foedus.compile.graph import Node, Rows
from foedus.compile.grouping import Output
from foedus.compile.llvm_arithmetic import OPERATIONS, choice
from foedus.compile.llvm_picks import Picks
from foedus.compile.llvm_sums import Sums
from foedus.compile.llvm_text import TYPES, Function, LoopTurn


class Body(Picks, Sums):
    """Writes what a loop does to one row."""

    def write(self) -> None:
        """A loop over rows."""
        f, loop = self.f, self.loop
        if loop.flag is not None:
            self._only_when(loop.flag)
        if not loop.nodes and loop.outputs[0].result.summed:
            (output,) = loop.outputs
            self.write_sums(output, self._output_at(output))
            return
        self._before()
        turn = LoopTurn(f, loop.rows) if loop.rows > 1 else None
        self.row = turn.index if turn else None
        if turn:
            self._begin_row()
        if loop.guard is not None:
            self._guarded(loop.guard)
        self._nodes()
        if loop.guard is not None:
            f.do("br label %skipped")
            f.label("skipped")
        if turn:
            turn.end()
            self._end_rows()
        if loop.flag is not None:
            f.do("br label %not.now")
            f.label("not.now")

    def _only_when(self, flag: int) -> None:
        f = self.f
        truth = self._fetch(np.array([flag]), "b")
        first = f.put(f"extractelement {f.type('i1')} {truth}, i32 0")
        f.do(f"br i1 {first}, label %now, label %not.now")
        f.label("now")

    def _guarded(self, guard: Rows) -> None:
        f = self.f
        truth = self._value(guard, "b")
        mask = f.put(f"bitcast {f.type('i1')} {truth} to i{f.width}")
        some = f.put(f"icmp ne i{f.width} {mask}, 0")
        f.do(f"br i1 {some}, label %some, label %skipped")
        f.label("some")

    def _before(self) -> None:
        """Read before the loop what is the same for all rows."""
        self.keys = {
            name: self.w.key_at(self.f, name)
            for name in {self.graph.nodes[p].detail[0] for p in self.loop.nodes if self.graph.nodes[p].op == "draw"}
        }
        self.sums = {output.index: self._output_at(output) for output in self.loop.outputs}
        for place in self.loop.nodes:
            node = self.graph.nodes[place]
            if node.op == "draw":
                continue
            for rows, kind in zip(node.args, argument_kinds(self.graph, node), strict=True):
                if node.op == "pick" and rows is node.args[1]:
                    continue
                if len(rows) and (rows == rows[0]).all() and rows[0] >= 0 and not self._own(rows):
                    self.read[rows[:1].tobytes(), kind] = self._fetch(rows[:1], kind)

    def _own(self, rows: Rows) -> bool:
        return int(self.graph.places_of(rows[:1])[0]) in self.loop.nodes

    def _nodes(self) -> None:
        f = self.f
        for place in self.loop.nodes:
            node = self.graph.nodes[place]
            self.values[place] = self._computed(node)
            if place in self.slots:
                self._store(self.values[place], node.kind, self.slots[place])
        for output in self.loop.outputs:
            self._output(output, f)

    def _computed(self, node: Node) -> str:
        f = self.f
        if node.op in ("draw", "pick", "lookup", "float"):
            found: str = getattr(self, f"_{node.op}")(node)
            return found
        given = [
            self._value(rows, kind) for rows, kind in zip(node.args, argument_kinds(self.graph, node), strict=True)
        ]
        if node.op in ("where", "when"):
            return choice(TYPES[node.kind])(self.o, f, given)
        return OPERATIONS[node.op](self.o, f, given)

    def _output_at(self, output: Output) -> str:
        """Where the first row of a result goes in this year: the year's sums, or its rows in this tile."""
        f, rows = self.f, output.result.rows.size
        table = self.w.context(f, RECORD)
        at = f.put(f"getelementptr inbounds ptr, ptr {table}, i64 {output.index}")
        base = f.put(f"load ptr, ptr {at}, align 8")
        first = f.put(f"mul i64 %y, {rows}")
        if output.result.summed:
            return f.put(f"getelementptr inbounds double, ptr {base}, i64 {first}")
        padded = self.w.context(f, PADDED, "i64")
        start = f.put(f"mul i64 {first}, {padded}")
        lane = f.put(f"add i64 {start}, %t")
        return f.put(f"getelementptr inbounds float, ptr {base}, i64 {lane}")

    def _output(self, output: Output, f: Function) -> None:
        result = output.result
        value = self._as_float(self._value(result.rows.reshape(-1), result.kind), result.kind)
        row = self.row or "0"
        if result.summed:
            at = f.put(f"getelementptr inbounds double, ptr {self.sums[output.index]}, i64 {row}")
            self._added([value], "f", self._there(), at)
            return
        padded = self.w.context(f, PADDED, "i64")
        start = f.put(f"mul i64 {row}, {padded}")
        at = f.put(f"getelementptr inbounds float, ptr {self.sums[output.index]}, i64 {start}")
        f.do(f"store {f.type('float')} {value}, ptr {at}, align 4")
