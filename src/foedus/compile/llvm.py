"""A plan written in LLVM's language: a function a loop, and one that runs a chunk tile by tile.

A row of a tile is a vector of `width` futures. No operation is contracted or reordered: no fast-math flag, no fused
multiply-add. What a loop reads that is the same for all its rows is read once before it.
"""

from __future__ import annotations

from typing import Any

from foedus.compile.candidates import Candidates
from foedus.compile.context import (
    ARENA,
    ONCE_FIGURES,
    ONCE_KEYS,
    PADDED,
    PARAMETERS,
    YEAR_FIGURES,
    YEAR_KEYS,
    YEARS,
)
from foedus.compile.execute import LANES
from foedus.compile.graph import Node
from foedus.compile.grouping import FIRST, LATER, ONCE, Loop
from foedus.compile.interface import InputFigure, Interface, RecordedOutcome
from foedus.compile.llvm_body import Body
from foedus.compile.llvm_memory import ArenaWriter
from foedus.compile.llvm_text import Function, literal
from foedus.compile.loops import LoopPlan


class Writer(ArenaWriter):
    """Writes a plan."""

    def __init__(self, plan: LoopPlan, width: int) -> None:
        if width % LANES:
            msg = f"a tile of {width} futures: it must be a multiple of {LANES}"
            raise ValueError(msg)
        self.plan, self.graph, self.width = plan, plan.graph, width
        self.candidates = Candidates(plan.graph)
        inputs = plan.schedule.program.inputs
        self.figures = {name: _offsets(self.graph, yearly) for name, yearly in ((False, False), (True, True))}
        self.keys = {
            yearly: {
                n: k for k, n in enumerate(name for name, (_, year) in inputs.keys.items() if (year is None) == yearly)
            }
            for yearly in (False, True)
        }
        self.tables: dict[tuple[str, tuple[int, ...]], str] = {}

    def text(self) -> str:
        """The whole module."""
        bodies = [self._loop(number, loop) for number, loop in enumerate(self.plan.loops)]
        bodies.append(self.carried())
        bodies.append(self.splats())
        bodies.append(self._run())
        tables = [_table(name, kind, values) for (kind, values), name in self.tables.items()]
        declared = [
            f"declare <{self.width} x float> @llvm.sqrt.v{self.width}f32(<{self.width} x float>)",
            f"declare <{self.width} x double> @llvm.sqrt.v{self.width}f64(<{self.width} x double>)",
            *(
                f"declare <{self.width} x {kind}> @llvm.masked.gather.v{self.width}{short}.v{self.width}p0"
                f"(<{self.width} x ptr>, i32, <{self.width} x i1>, <{self.width} x {kind}>)"
                for kind, short in (("float", "f32"), ("i32", "i32"))
            ),
            "declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)",
        ]
        return "\n".join([*declared, *tables, *bodies])

    def interface(self) -> Interface:
        """How the code is called."""
        inputs = self.plan.schedule.program.inputs
        figures = [
            tuple(
                InputFigure(node.detail[0], node.kind, self.figures[yearly][node.base][0], node.count)
                for node in self.graph.nodes
                if node.op == "uniform" and node.detail[0].yearly == yearly
            )
            for yearly in (False, True)
        ]
        keys = [tuple(inputs.keys[name] for name in self.keys[yearly]) for yearly in (False, True)]
        return Interface(
            width=self.width,
            rows=self.plan.size,
            parameters=tuple(inputs.parameters),
            figures=(figures[0], figures[1]),
            keys=(keys[0], keys[1]),
            outcomes=tuple(
                RecordedOutcome(*key, result.rows.shape, result.summed) for key, result, _ in self.plan.outputs
            ),
        )

    def table(self, values: Any, kind: str = "i32") -> str:
        """A constant array, by its name; floats are given by their bits."""
        key = (kind, tuple(int(x) for x in values))
        return "@" + self.tables.setdefault(key, f"t{len(self.tables)}")

    def context(self, f: Function, which: int, kind: str = "ptr") -> str:
        """What a run is given at a place (context.py)."""
        place = f.put(f"getelementptr inbounds i64, ptr %c, i64 {which}")
        return f.put(f"load {kind}, ptr {place}, align 8")

    def _loop(self, number: int, loop: Loop) -> str:
        """A function for a loop."""
        f = Function(self.width)
        f.label("entry")
        body = Body(self, f, loop)
        nodes = [self.graph.nodes[place] for place in loop.nodes]
        if nodes and nodes[0].op == "fold":
            body.write_fold(nodes)
        elif nodes and nodes[0].op in ("which", "put"):
            getattr(body, f"write_{nodes[0].op}")(nodes[0])
        else:
            body.write()
        f.do("ret void")
        return "\n".join(
            [f"define internal void @l{number}(ptr %c, ptr %a, i64 %y, i64 %t) noinline {{", *f.lines, "}"]
        )

    def uniform_at(self, f: Function, node: Node) -> str:
        """Pointer to the first figure of an input that is the same in all futures."""
        yearly = node.detail[0].yearly
        offsets = self.figures[yearly]
        base = self.context(f, YEAR_FIGURES if yearly else ONCE_FIGURES)
        if yearly:
            moved = f.put(f"mul i64 %y, {sum(count for _, count in offsets.values())}")
            base = f.put(f"getelementptr inbounds i32, ptr {base}, i64 {moved}")
        return f.put(f"getelementptr inbounds i32, ptr {base}, i64 {offsets[node.base][0]}")

    def key_at(self, f: Function, name: str) -> str:
        """Key of a stream of luck."""
        yearly = name in self.keys[True]
        base = self.context(f, YEAR_KEYS if yearly else ONCE_KEYS)
        place: str | int = self.keys[yearly][name]
        if yearly:
            moved = f.put(f"mul i64 %y, {len(self.keys[True])}")
            place = f.put(f"add i64 {moved}, {place}")
        at = f.put(f"getelementptr inbounds i64, ptr {base}, i64 {place}")
        return f.put(f"load i64, ptr {at}, align 8")

    def _run(self) -> str:
        """Every tile through every year."""
        width, program = self.width, self.plan.schedule.program
        f = Function(width)
        f.label("entry")
        arena, padded, years = self.context(f, ARENA), self.context(f, PADDED, "i64"), self.context(f, YEARS, "i64")
        f.do(f"call void @splat_once(ptr %c, ptr {arena}, i64 0)")
        given = self.context(f, PARAMETERS)
        f.do("br label %tiles")
        f.label("tiles")
        f.do("%t = phi i64 [ 0, %entry ], [ %t.next, %tile.end ]")
        for index, name in enumerate(program.inputs.parameters):
            place = next(
                p for p, node in enumerate(self.graph.nodes) if node.op == "parameter" and node.detail == (name,)
            )
            offset = f.put(f"mul i64 {padded}, {index}")
            source = f.put(f"add i64 {offset}, %t")
            at = f.put(f"getelementptr inbounds float, ptr {given}, i64 {source}")
            to = f.put(f"getelementptr inbounds float, ptr {arena}, i64 {self.plan.slots[ONCE][place] * width}")
            value = f.put(f"load {f.type('float')}, ptr {at}, align 4")
            f.do(f"store {f.type('float')} {value}, ptr {to}, align 64")
        self._calls(f, ONCE, arena, "0")
        f.do(f"call void @carry_start(ptr %c, ptr {arena})")
        f.do("br label %years")
        f.label("years")
        f.do("%y = phi i64 [ 0, %tiles ], [ %y.next, %year.end ]")
        f.do(f"call void @splat_year(ptr %c, ptr {arena}, i64 %y)")
        f.do("%is.first = icmp eq i64 %y, 0")
        f.do("br i1 %is.first, label %first, label %later")
        for name, stage in (("first", FIRST), ("later", LATER)):
            f.label(name)
            self._calls(f, stage, arena, "%y")
            f.do(f"call void @carry_{name}(ptr %c, ptr {arena})")
            f.do("br label %year.end")
        f.label("year.end")
        f.do("%y.next = add i64 %y, 1")
        f.do(f"%y.more = icmp ult i64 %y.next, {years}")
        f.do("br i1 %y.more, label %years, label %tile.end")
        f.label("tile.end")
        f.do(f"%t.next = add i64 %t, {width}")
        f.do(f"%t.more = icmp ult i64 %t.next, {padded}")
        f.do("br i1 %t.more, label %tiles, label %done")
        f.label("done")
        f.do("ret void")
        return "\n".join(["define void @run(ptr %c) {", *f.lines, "}"])

    def _calls(self, f: Function, stage: int, arena: str, year: str) -> None:
        for number, loop in enumerate(self.plan.loops):
            if loop.stages & stage:
                f.do(f"call void @l{number}(ptr %c, ptr {arena}, i64 {year}, i64 %t)")


def _offsets(graph: Any, yearly: bool) -> dict[int, tuple[int, int]]:
    """Place and count of each input that is the same in all futures among its fellows, by the base of its node."""
    found: dict[int, tuple[int, int]] = {}
    at = 0
    for node in graph.nodes:
        if node.op == "uniform" and node.detail[0].yearly == yearly:
            found[node.base] = (at, node.count)
            at += node.count
    return found


def _table(name: str, kind: str, values: tuple[int, ...]) -> str:
    """A constant array."""
    held = ", ".join(f"{kind} {literal(kind, x)}" for x in values)
    return f"@{name} = internal constant [{len(values)} x {kind}] [{held}], align 64"
