"""A plan written in LLVM's language: a function a loop, and one that runs a chunk tile by tile.

A row of a tile is a vector of `width` futures. No operation is contracted or reordered: no fast-math flag, no fused
multiply-add. What a loop reads that is the same for all its rows is read once before it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

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
from foedus.compile.graph import Node, Rows
from foedus.compile.grouping import FIRST, LATER, ONCE, Loop
from foedus.compile.interface import InputFigure, Interface, RecordedOutcome
from foedus.compile.llvm_body import Body
from foedus.compile.llvm_text import Function, LoopTurn, literal
from foedus.compile.loops import LoopPlan


class Writer:
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
        bodies.append(self._carried())
        bodies.append(self._splats())
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

    def slots(self, rows: Rows, stage: int) -> Any:
        """Where in the arena rows lie in a stage, [n]."""
        found = np.empty(len(rows), dtype=np.int64)
        fixed = rows < 0
        if fixed.any():
            found[fixed] = [self.plan.constants[row] for row in rows[fixed].tolist()]
        if not fixed.all():
            owner = np.where(fixed, -1, self.graph.places_of(np.maximum(rows, 0)))
            for place in np.unique(owner[~fixed]).tolist():
                mine = owner == place
                found[mine] = self.plan.slots[stage][place] + rows[mine] - self.graph.nodes[place].base
        return found

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

    def _carried(self) -> str:
        """What the next year starts from, put where inputs lie: out of the start, the first year, later ones."""
        program = self.plan.schedule.program
        state = {node.detail[0]: place for place, node in enumerate(self.graph.nodes) if node.op == "state"}
        texts = []
        for stage, part, name in (
            (ONCE, program.start, "start"),
            (FIRST, program.first, "first"),
            (LATER, program.later, "later"),
        ):
            f = Function(self.width)
            f.label("entry")
            moved = [
                (r.rows.reshape(-1), self.graph.nodes[state[n]].rows) for n, r in part.carried.items() if n in state
            ]
            old, new = (np.concatenate([pair[side] for pair in moved]) for side in (0, 1))
            source, target = self.slots(old, stage), self.slots(new, stage)
            changed = source != target
            crossing = np.isin(source, target[changed]) & changed
            # rows that another input holds are read before any is written
            kept = [
                (f.put(f"load {f.type('i32')}, ptr {self._at(f, a)}, align 64"), b)
                for a, b in zip(source[crossing].tolist(), target[crossing].tolist(), strict=True)
            ]
            plain = changed & ~crossing
            self.copy(f, list(zip(source[plain].tolist(), target[plain].tolist(), strict=True)))
            for value, b in kept:
                f.do(f"store {f.type('i32')} {value}, ptr {self._at(f, b)}, align 64")
            f.do("ret void")
            texts.append("\n".join([f"define internal void @carry_{name}(ptr %c, ptr %a) noinline {{", *f.lines, "}"]))
        return "\n".join(texts)

    def _at(self, f: Function, slot: int) -> str:
        return f.put(f"getelementptr inbounds float, ptr %a, i64 {slot * self.width}")

    def copy(self, f: Function, pairs: list[tuple[int, int]]) -> None:
        """Copy rows of the arena, runs of neighbours at once."""
        runs: list[list[int]] = []
        for source, target in pairs:
            if runs and runs[-1][0] + runs[-1][2] == source and runs[-1][1] + runs[-1][2] == target:
                runs[-1][2] += 1
            else:
                runs.append([source, target, 1])
        long = [run for run in runs if run[2] >= 4]
        short = [run for run in runs if run[2] < 4]
        for source, target, count in long:
            a, b = self._at(f, source), self._at(f, target)
            f.do(
                f"call void @llvm.memcpy.p0.p0.i64(ptr align 64 {b}, ptr align 64 {a}, i64 {4 * count * self.width}, "
                "i1 false)"
            )
        singles = [(source + k, target + k) for source, target, count in short for k in range(count)]
        if singles:
            self._copy_by_table(f, singles)

    def _copy_by_table(self, f: Function, pairs: list[tuple[int, int]]) -> None:
        sources, targets = (self.table([pair[side] for pair in pairs]) for side in (0, 1))
        turn = LoopTurn(f, len(pairs))
        places_ = []
        for name in (sources, targets):
            at = f.put(f"getelementptr inbounds i32, ptr {name}, i64 {turn.index}")
            slot = f.put(f"load i32, ptr {at}, align 4")
            wide = f.put(f"sext i32 {slot} to i64")
            lane = f.put(f"mul i64 {wide}, {self.width}")
            places_.append(f.put(f"getelementptr inbounds float, ptr %a, i64 {lane}"))
        value = f.put(f"load {f.type('i32')}, ptr {places_[0]}, align 64")
        f.do(f"store {f.type('i32')} {value}, ptr {places_[1]}, align 64")
        turn.end()

    def _splats(self) -> str:
        """Constants and inputs that are the same in all futures, put into the arena beside rows that are not."""
        texts = []
        for yearly, name in ((False, "once"), (True, "year")):
            f = Function(self.width)
            f.label("entry")
            if not yearly:
                for row, slot in self.plan.constants.items():
                    value = f.splat("i32", str(int(np.uint32(self.graph.bits[-1 - row]).view(np.int32))))
                    f.do(f"store {f.type('i32')} {value}, ptr {self._at(f, slot)}, align 64")
            for place in sorted(self.plan.splats):
                node = self.graph.nodes[place]
                if node.detail[0].yearly == yearly:
                    self._splat(f, node, self.plan.slots[ONCE][place])
            f.do("ret void")
            texts.append(
                "\n".join([f"define internal void @splat_{name}(ptr %c, ptr %a, i64 %y) noinline {{", *f.lines, "}"])
            )
        return "\n".join(texts)

    def _splat(self, f: Function, node: Node, slot: int) -> None:
        source = self.uniform_at(f, node)
        turn = LoopTurn(f, node.count)
        at = f.put(f"getelementptr inbounds i32, ptr {source}, i64 {turn.index}")
        value = f.spread("i32", f.put(f"load i32, ptr {at}, align 4"))
        lane = f.put(f"mul i64 {turn.index}, {self.width}")
        place = f.put(f"add i64 {lane}, {slot * self.width}")
        target = f.put(f"getelementptr inbounds float, ptr %a, i64 {place}")
        f.do(f"store {f.type('i32')} {value}, ptr {target}, align 64")
        turn.end()

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
