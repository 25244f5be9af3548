"""A plan written in LLVM's language: a function a loop, and one that runs a chunk tile by tile.

A row of a tile is a vector of `width` futures. No operation is contracted or reordered: no fast-math flag, no fused
multiply-add. What a loop reads that is the same for all its rows is read once before it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from foedus.compile.execute import LANES, argument_kinds
from foedus.compile.graph import Node, Rows
from foedus.compile.interface import Figure, Interface, Outcome
from foedus.compile.loops import FIRST, LATER, ONCE, Loop, Output, Plan, in_order
from foedus.compile.operations import FUNCTIONS
from foedus.compile.schedule import places

TYPES = {"f": "float", "i": "i32", "b": "i1"}
HELD = {"f": "float", "i": "i32", "b": "i32"}
"""What lies in memory."""

(ARENA, PARAMETERS, ONCE_FIGURES, YEAR_FIGURES, ONCE_KEYS, YEAR_KEYS, LUCK, UNKNOWNS, RECORD, FUTURES, PADDED, YEARS) = range(12)  # fmt: skip
"""What a run is given, by place: pointers, then three numbers."""


def floating(value: float) -> str:
    """A float constant."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', float(np.float32(value))))[0]:016X}"


@dataclass
class Function:
    """Lines of a function while it is written."""

    width: int
    lines: list[str] = field(default_factory=list)
    count: int = 0

    def type(self, kind: str) -> str:
        """A vector of a kind."""
        return f"<{self.width} x {kind}>"

    def put(self, text: str) -> str:
        """Write an instruction that gives a value; returns its name."""
        self.count += 1
        self.lines.append(f"  %v{self.count} = {text}")
        return f"%v{self.count}"

    def do(self, text: str) -> None:
        """Write one that gives none."""
        self.lines.append(f"  {text}")

    def label(self, name: str) -> None:
        """Begin a block."""
        self.lines.append(f"{name}:")

    def splat(self, kind: str, literal: str) -> str:
        """A constant vector."""
        return f"splat ({kind} {literal})"

    def spread(self, kind: str, value: str) -> str:
        """A vector of one value."""
        vector = self.type(kind)
        one = self.put(f"insertelement {vector} poison, {kind} {value}, i32 0")
        return self.put(f"shufflevector {vector} {one}, {vector} poison, <{self.width} x i32> zeroinitializer")


class LlvmArithmetic:
    """The arithmetic of `mathematics` in LLVM: values are names of vectors."""

    real = "float"

    def __init__(self, function: Function) -> None:
        self.f = function
        self.vector, self.whole_vector = function.type(self.real), function.type("i32")

    @property
    def wide(self) -> LlvmWide:
        return LlvmWide(self.f)

    def number(self, value: float) -> str:
        return self.f.splat(self.real, floating(value))

    def whole(self, value: int) -> str:
        return self.f.splat("i32", str(value))

    def _two(self, op: str, vector: str, x: str, y: str) -> str:
        return self.f.put(f"{op} {vector} {x}, {y}")

    def add(self, x: str, y: str) -> str:
        return self._two("fadd", self.vector, x, y)

    def sub(self, x: str, y: str) -> str:
        return self._two("fsub", self.vector, x, y)

    def mul(self, x: str, y: str) -> str:
        return self._two("fmul", self.vector, x, y)

    def div(self, x: str, y: str) -> str:
        return self._two("fdiv", self.vector, x, y)

    def root(self, x: str) -> str:
        kind = {"float": "f32", "double": "f64"}[self.real]
        return self.f.put(f"call {self.vector} @llvm.sqrt.v{self.f.width}{kind}({self.vector} {x})")

    def less(self, x: str, y: str) -> str:
        return self._two("fcmp olt", self.vector, x, y)

    def same(self, x: str, y: str) -> str:
        return self._two("fcmp oeq", self.vector, x, y)

    def choose(self, condition: str, yes: str, no: str) -> str:
        vector = self.whole_vector if _is_whole(self.f, yes) else self.vector
        return self.f.put(f"select {self.f.type('i1')} {condition}, {vector} {yes}, {vector} {no}")

    def iadd(self, x: str, y: str) -> str:
        return self._two("add", self.whole_vector, x, y)

    def isub(self, x: str, y: str) -> str:
        return self._two("sub", self.whole_vector, x, y)

    def iand(self, x: str, y: str) -> str:
        return self._two("and", self.whole_vector, x, y)

    def ior(self, x: str, y: str) -> str:
        return self._two("or", self.whole_vector, x, y)

    def left(self, x: str, places: int) -> str:
        return self._two("shl", self.whole_vector, x, self.whole(places))

    def right(self, x: str, places: int) -> str:
        return self._two("ashr", self.whole_vector, x, self.whole(places))

    def bits(self, x: str) -> str:
        return self.f.put(f"bitcast {self.vector} {x} to {self.whole_vector}")

    def from_bits(self, x: str) -> str:
        return self.f.put(f"bitcast {self.whole_vector} {x} to {self.vector}")

    def to_float(self, x: str) -> str:
        return self.f.put(f"sitofp {self.whole_vector} {x} to {self.vector}")

    def widen(self, x: str) -> str:
        return self.f.put(f"fpext {self.f.type('float')} {x} to {self.f.type('double')}")

    def narrow(self, x: str) -> str:
        return self.f.put(f"fptrunc {self.f.type('double')} {x} to {self.f.type('float')}")


class LlvmWide(LlvmArithmetic):
    """The same in double precision."""

    real = "double"

    def number(self, value: float) -> str:
        return self.f.splat("double", f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}")


def _is_whole(function: Function, value: str) -> bool:
    """Whether a constant vector holds whole numbers; `choose` between names is always between floats."""
    return value.startswith("splat (i32")


Written = Callable[[LlvmArithmetic, Function, list[str]], str]


def _pair(op: str, kind: str = "float") -> Written:
    return lambda _, f, x: f.put(f"{op} {f.type(kind)} {x[0]}, {x[1]}")


def _extreme(larger: bool) -> Written:
    """Larger or smaller of two: not a number where either is none; a zero is positive."""

    def write(o: LlvmArithmetic, f: Function, x: list[str]) -> str:
        vector, truth = f.type("float"), f.type("i1")
        a, b = x
        first = f.put(f"fcmp {'ogt' if larger else 'olt'} {vector} {a}, {b}")
        found = f.put(f"select {truth} {first}, {vector} {a}, {vector} {b}")
        if not a.startswith("splat"):
            lost = f.put(f"fcmp uno {vector} {a}, {a}")
            found = f.put(f"select {truth} {lost}, {vector} {a}, {vector} {found}")
        return f.put(f"fadd {vector} {found}, {o.number(0.0)}")

    return write


def _held(larger: bool) -> Written:
    """A value, or a constant where the value is lower, or higher: one instruction on most processors."""

    def write(_: LlvmArithmetic, f: Function, x: list[str]) -> str:
        vector, (value, end) = f.type("float"), x
        beyond = f.put(f"fcmp {'ogt' if larger else 'olt'} {vector} {end}, {value}")
        return f.put(f"select {f.type('i1')} {beyond}, {vector} {end}, {vector} {value}")

    return write


def _choice(kind: str) -> Written:
    def write(_: LlvmArithmetic, f: Function, x: list[str]) -> str:
        vector = f.type(kind)
        return f.put(f"select {f.type('i1')} {x[0]}, {vector} {x[1]}, {vector} {x[2]}")

    return write


OPERATIONS: dict[str, Written] = {
    "add": _pair("fadd"),
    "subtract": _pair("fsub"),
    "multiply": _pair("fmul"),
    "divide": _pair("fdiv"),
    "maximum": _extreme(larger=True),
    "minimum": _extreme(larger=False),
    "at_least": _held(larger=True),
    "at_most": _held(larger=False),
    "negative": lambda _, f, x: f.put(f"fneg {f.type('float')} {x[0]}"),
    "absolute": lambda o, f, x: o.from_bits(o.iand(o.bits(x[0]), o.whole(0x7FFFFFFF))),
    "sqrt": lambda o, f, x: o.root(x[0]),
    "less": _pair("fcmp olt"),
    "less_equal": _pair("fcmp ole"),
    "equal": _pair("fcmp oeq"),
    "not_equal": _pair("fcmp une"),
    "and": _pair("and", "i1"),
    "or": _pair("or", "i1"),
    "not": lambda _, f, x: f.put(f"xor {f.type('i1')} {x[0]}, {f.splat('i1', '1')}"),
    "iadd": _pair("add", "i32"),
    "isub": _pair("sub", "i32"),
    "imul": _pair("mul", "i32"),
    "iless": _pair("icmp slt", "i32"),
    "iless_equal": _pair("icmp sle", "i32"),
    "iequal": _pair("icmp eq", "i32"),
    "inot_equal": _pair("icmp ne", "i32"),
    **{name: (lambda o, _, x, function=function: function(o, *x)) for name, function in FUNCTIONS.items()},  # type: ignore[misc]
}


class Writer:
    """Writes a plan."""

    def __init__(self, plan: Plan, width: int) -> None:
        if width % LANES:
            msg = f"a tile of {width} futures: it must be a multiple of {LANES}"
            raise ValueError(msg)
        self.plan, self.graph, self.width = plan, plan.graph, width
        inputs = plan.schedule.program.inputs
        self.figures = {name: _offsets(self.graph, yearly) for name, yearly in ((False, False), (True, True))}
        self.keys = {
            yearly: {n: k for k, n in enumerate(name for name, (_, year) in inputs.keys.items() if (year is None) == yearly)}
            for yearly in (False, True)
        }
        self.tables: dict[tuple[str, tuple[int, ...]], str] = {}

    def text(self) -> str:
        """The whole module."""
        bodies = [self._loop(number, loop) for number, loop in enumerate(self.plan.loops)]
        bodies.append(self._carried())
        bodies.append(self._splats())
        bodies.append(self._run())
        tables = [
            f"@{name} = internal constant [{len(values)} x {kind}] [{', '.join(f'{kind} {_literal(kind, x)}' for x in values)}], align 64"
            for (kind, values), name in self.tables.items()
        ]
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
                Figure(node.detail[0], node.kind, self.figures[yearly][node.base][0], node.count)
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
            outcomes=tuple(Outcome(*key, result.rows.shape, result.summed) for key, result, _ in self.plan.outputs),
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

    def _context(self, f: Function, which: int, kind: str = "ptr") -> str:
        place = f.put(f"getelementptr inbounds i64, ptr %c, i64 {which}")
        return f.put(f"load {kind}, ptr {place}, align 8")

    def _loop(self, number: int, loop: Loop) -> str:
        """A function for a loop."""
        f = Function(self.width)
        f.label("entry")
        body = Body(self, f, loop)
        ops = [self.graph.nodes[place].op for place in loop.nodes]
        if ops and ops[0] in ("fold", "which", "put"):
            getattr(body, f"write_{ops[0]}")(self.graph.nodes[loop.nodes[0]])
        else:
            body.write()
        f.do("ret void")
        return "\n".join([f"define internal void @l{number}(ptr %c, ptr %a, i64 %y, i64 %t) noinline {{", *f.lines, "}"])

    def _carried(self) -> str:
        """What the next year starts from, put where inputs lie: out of the start, the first year, later ones."""
        program = self.plan.schedule.program
        state = {node.detail[0]: place for place, node in enumerate(self.graph.nodes) if node.op == "state"}
        texts = []
        for stage, part, name in ((ONCE, program.start, "start"), (FIRST, program.first, "first"), (LATER, program.later, "later")):
            f = Function(self.width)
            f.label("entry")
            moved = [(r.rows.reshape(-1), self.graph.nodes[state[n]].rows) for n, r in part.carried.items() if n in state]
            old, new = (np.concatenate([pair[side] for pair in moved]) for side in (0, 1))
            changed, crossing = old != new, np.isin(old, new) & (old != new)
            source, target = self.slots(old, stage), self.slots(new, stage)
            # rows that another input holds are read before any is written
            kept = [
                (f.put(f"load {f.type('i32')}, ptr {self._at(f, a)}, align 64"), b)
                for a, b in zip(source[crossing].tolist(), target[crossing].tolist(), strict=True)
            ]
            plain = changed & ~crossing
            self._copy(f, list(zip(source[plain].tolist(), target[plain].tolist(), strict=True)))
            for value, b in kept:
                f.do(f"store {f.type('i32')} {value}, ptr {self._at(f, b)}, align 64")
            f.do("ret void")
            texts.append("\n".join([f"define internal void @carry_{name}(ptr %c, ptr %a) noinline {{", *f.lines, "}"]))
        return "\n".join(texts)

    def _at(self, f: Function, slot: int) -> str:
        return f.put(f"getelementptr inbounds float, ptr %a, i64 {slot * self.width}")

    def _copy(self, f: Function, pairs: list[tuple[int, int]]) -> None:
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
            f.do(f"call void @llvm.memcpy.p0.p0.i64(ptr align 64 {b}, ptr align 64 {a}, i64 {count * self.width * 4}, i1 false)")
        singles = [(source + k, target + k) for source, target, count in short for k in range(count)]
        if singles:
            self._copy_by_table(f, singles)

    def _copy_by_table(self, f: Function, pairs: list[tuple[int, int]]) -> None:
        sources, targets = (self.table([pair[side] for pair in pairs]) for side in (0, 1))
        turn = Turn(f, len(pairs))
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
            texts.append("\n".join([f"define internal void @splat_{name}(ptr %c, ptr %a, i64 %y) noinline {{", *f.lines, "}"]))
        return "\n".join(texts)

    def _splat(self, f: Function, node: Node, slot: int) -> None:
        source = self.uniform_at(f, node)
        turn = Turn(f, node.count)
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
        base = self._context(f, YEAR_FIGURES if yearly else ONCE_FIGURES)
        if yearly:
            moved = f.put(f"mul i64 %y, {sum(count for _, count in offsets.values())}")
            base = f.put(f"getelementptr inbounds i32, ptr {base}, i64 {moved}")
        return f.put(f"getelementptr inbounds i32, ptr {base}, i64 {offsets[node.base][0]}")

    def key_at(self, f: Function, name: str) -> str:
        """Key of a stream of luck."""
        yearly = name in self.keys[True]
        base = self._context(f, YEAR_KEYS if yearly else ONCE_KEYS)
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
        arena, padded, years = self._context(f, ARENA), self._context(f, PADDED, "i64"), self._context(f, YEARS, "i64")
        f.do(f"call void @splat_once(ptr %c, ptr {arena}, i64 0)")
        given = self._context(f, PARAMETERS)
        f.do("br label %tiles")
        f.label("tiles")
        f.do("%t = phi i64 [ 0, %entry ], [ %t.next, %tile.end ]")
        for index, name in enumerate(program.inputs.parameters):
            place = next(p for p, node in enumerate(self.graph.nodes) if node.op == "parameter" and node.detail == (name,))
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


@dataclass
class Turn:
    """A loop from 0 to below a count; what is written before `end` is its body."""

    f: Function
    count: int | str
    start: int | str = 0
    index: str = ""

    def __post_init__(self) -> None:
        self.f.count += 1
        self.name = f"b{self.f.count}"
        f = self.f
        f.do(f"br label %{self.name}.before")
        f.label(f"{self.name}.before")
        f.do(f"br label %{self.name}")
        f.label(self.name)
        self.index = f"%{self.name}.i"
        f.do(f"{self.index} = phi i64 [ {self.start}, %{self.name}.before ], [ {self.index}.next, %{self.name}.end ]")

    def end(self) -> None:
        """Go on, or leave."""
        f = self.f
        f.do(f"br label %{self.name}.end")
        f.label(f"{self.name}.end")
        f.do(f"{self.index}.next = add i64 {self.index}, 1")
        more = f.put(f"icmp ult i64 {self.index}.next, {self.count}")
        f.do(f"br i1 {more}, label %{self.name}, label %{self.name}.after")
        f.label(f"{self.name}.after")


def _offsets(graph: Any, yearly: bool) -> dict[int, tuple[int, int]]:
    """Place and count of each input that is the same in all futures among its fellows, by the base of its node."""
    found: dict[int, tuple[int, int]] = {}
    at = 0
    for node in graph.nodes:
        if node.op == "uniform" and node.detail[0].yearly == yearly:
            found[node.base] = (at, node.count)
            at += node.count
    return found


def _literal(kind: str, bits: int) -> str:
    if kind == "float":
        return floating(float(np.uint32(bits).view(np.float32)))
    return str(bits)


class Body:
    """Writes what a loop does to one row."""

    def __init__(self, writer: Writer, f: Function, loop: Loop) -> None:
        self.w, self.f, self.loop, self.graph = writer, f, loop, writer.graph
        self.o = LlvmArithmetic(f)
        self.row: str | None = None
        self.slots = writer.plan.slots[loop.stages]
        self.values: dict[int, str] = {}
        self.read: dict[tuple[bytes, str], str] = {}

    def write(self) -> None:
        """A loop over rows."""
        f, loop = self.f, self.loop
        if loop.flag is not None:
            self._only_when(loop.flag)
        self._before()
        turn = Turn(f, loop.rows) if loop.rows > 1 else None
        self.row = turn.index if turn else None
        if loop.guard is not None:
            self._guarded(loop.guard)
        self._nodes()
        if loop.guard is not None:
            f.do("br label %skipped")
            f.label("skipped")
        if turn:
            turn.end()
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
        given = [self._value(rows, kind) for rows, kind in zip(node.args, argument_kinds(self.graph, node), strict=True)]
        if node.op in ("where", "when"):
            return _choice(TYPES[node.kind])(self.o, f, given)
        return OPERATIONS[node.op](self.o, f, given)

    # Reading and writing rows.

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
                return f.splat(TYPES[kind], _literal(TYPES[kind], bits[0]) if kind != "i" else str(int(np.uint32(bits[0]).view(np.int32))))
            table = self.w.table(bits, "float" if kind == "f" else "i32") if kind != "i" else self.w.table(
                [int(np.uint32(x).view(np.int32)) for x in bits]
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

    # Operations that are more than arithmetic.

    def _float(self, node: Node) -> str:
        f, (kind,) = self.f, argument_kinds(self.graph, node)
        value = self._value(node.args[0], kind)
        return f.put(f"{'uitofp' if kind == 'b' else 'sitofp'} {f.type(TYPES[kind])} {value} to {f.type('float')}")

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

    def _pick(self, node: Node) -> str:
        """The row that is wanted in each future."""
        f, rows = self.f, node.args[1]
        index = self._clamped(self._value(node.args[0], "i"), len(rows))
        slots = self.w.slots(rows, self.loop.stages)
        if len(slots) > 1 and not (np.diff(slots) == 1).all():
            index, first = self._gather(self.w.table(slots), index, "i"), 0
        else:
            first = int(slots[0])
        lanes = f"<{', '.join(f'i32 {first * f.width + k}' for k in range(f.width))}>"
        scaled = f.put(f"mul {f.type('i32')} {index}, {f.splat('i32', str(f.width))}")
        place = f.put(f"add {f.type('i32')} {scaled}, {lanes}")
        return self._truth(self._gather("%a", place, node.kind), node.kind)

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
            at = f.put(f"getelementptr inbounds i32, ptr {self.w.table([int(np.uint32(x).view(np.int32)) for x in actors])}, i64 {self.row}")
            wide = f.put(f"zext i32 {f.put(f'load i32, ptr {at}, align 4')} to i64")
            actor = f.put(f"shl i64 {wide}, 32")
        base = self.w._context(f, LUCK if whose == "luck" else UNKNOWNS)
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

    # Loops of their own kind.

    def write_fold(self, node: Node) -> None:
        """Groups of rows folded in order."""
        op, ends = node.detail
        f, slots = self.f, self.w.slots(node.args[0], self.loop.stages)
        outer, first, last = self._over_groups(ends)
        start = self._load_slot(slots, first)
        after = f.put(f"add i64 {first}, 1")
        inner = self._inner(after, last, [("float", start)])
        value = self._load_slot(slots, inner.index)
        total = OPERATIONS[op](self.o, f, [inner.carried[0], value])
        self._end_inner(inner, [total])
        self._store(inner.results[0], "f", self.slots[self.loop.nodes[0]], outer.index)
        outer.end()

    def write_which(self, node: Node) -> None:
        """The pair of each group in which a value is largest; the first of those that tie."""
        ends, pairs, nobody = node.detail
        f, slots = self.f, self.w.slots(node.args[0], self.loop.stages)
        outer, first, last = self._over_groups(ends)
        inner = self._inner(first, last, [("float", self.o.number(-1.0)), ("i32", self.o.whole(nobody))])
        value = self._load_slot(slots, inner.index)
        at = f.put(f"getelementptr inbounds i32, ptr {self.w.table(pairs)}, i64 {inner.index}")
        pair = f.spread("i32", f.put(f"load i32, ptr {at}, align 4"))
        best, found = inner.carried
        higher = self.o.less(best, value)
        best = f.put(f"select {f.type('i1')} {higher}, {f.type('float')} {value}, {f.type('float')} {best}")
        found = f.put(f"select {f.type('i1')} {higher}, {f.type('i32')} {pair}, {f.type('i32')} {found}")
        self._end_inner(inner, [best, found])
        self._store(inner.results[1], "i", self.slots[self.loop.nodes[0]], outer.index)
        outer.end()

    def _over_groups(self, ends: tuple[int, ...]) -> tuple[Turn, str, str]:
        f = self.f
        outer = Turn(f, len(ends))
        table = self.w.table([0, *ends])
        bounds = []
        for place in (outer.index, f.put(f"add i64 {outer.index}, 1")):
            at = f.put(f"getelementptr inbounds i32, ptr {table}, i64 {place}")
            bounds.append(f.put(f"sext i32 {f.put(f'load i32, ptr {at}, align 4')} to i64"))
        return outer, bounds[0], bounds[1]

    def _load_slot(self, slots: Any, index: str) -> str:
        f = self.f
        lane = self._place(slots, index)
        start = f.put(f"mul i64 {lane}, {f.width}")
        at = f.put(f"getelementptr inbounds float, ptr %a, i64 {start}")
        return f.put(f"load {f.type('float')}, ptr {at}, align 64")

    def _inner(self, first: str, last: str, carried: list[tuple[str, str]]) -> Inner:
        """A loop that carries values; it may run no turn."""
        f = self.f
        f.count += 1
        name = f"n{f.count}"
        f.do(f"br label %{name}.before")
        f.label(f"{name}.before")
        f.do(f"br label %{name}")
        f.label(name)
        index = f"%{name}.i"
        f.do(f"{index} = phi i64 [ {first}, %{name}.before ], [ {index}.next, %{name}.end ]")
        names = []
        for number, (kind, start) in enumerate(carried):
            here = f"%{name}.c{number}"
            f.do(f"{here} = phi {f.type(kind)} [ {start}, %{name}.before ], [ {here}.next, %{name}.end ]")
            names.append(here)
        more = f.put(f"icmp ult i64 {index}, {last}")
        f.do(f"br i1 {more}, label %{name}.body, label %{name}.after")
        f.label(f"{name}.body")
        return Inner(name, index, names, [kind for kind, _ in carried], names)

    def _end_inner(self, inner: Inner, values: list[str]) -> None:
        f = self.f
        f.do(f"br label %{inner.name}.end")
        f.label(f"{inner.name}.end")
        f.do(f"{inner.index}.next = add i64 {inner.index}, 1")
        for here, kind, value in zip(inner.carried, inner.kinds, values, strict=True):
            none = f.splat(kind, "0" if kind == "i32" else floating(-0.0))
            op = "fadd" if kind == "float" else "add"
            f.do(f"{here}.next = {op} {f.type(kind)} {value}, {none}")
        f.do(f"br label %{inner.name}")
        f.label(f"{inner.name}.after")

    def write_put(self, node: Node) -> None:
        """Rows copied, then some entries written over: those of a list, at rows that depend on values."""
        old, index, mask, written = node.args
        f, target = self.f, self.slots[self.loop.nodes[0]]
        self.w._copy(f, [(slot, target + k) for k, slot in enumerate(self.w.slots(old, self.loop.stages).tolist())])
        outer = Turn(f, len(mask))
        places_ = []
        for rows in (mask, index, written):
            lane = self._place(self.w.slots(rows, self.loop.stages), outer.index)
            places_.append(f.put(f"mul i64 {lane}, {f.width}"))
        inner = Turn(f, f.width)
        values = []
        for start in places_:
            lane = f.put(f"add i64 {start}, {inner.index}")
            at = f.put(f"getelementptr inbounds i32, ptr %a, i64 {lane}")
            values.append(f.put(f"load i32, ptr {at}, align 4"))
        some = f.put(f"icmp ne i32 {values[0]}, 0")
        f.do(f"br i1 {some}, label %{inner.name}.some, label %{inner.name}.none")
        f.label(f"{inner.name}.some")
        row = f.put(f"sext i32 {values[1]} to i64")
        moved = f.put(f"add i64 {row}, {target}")
        start = f.put(f"mul i64 {moved}, {f.width}")
        lane = f.put(f"add i64 {start}, {inner.index}")
        at = f.put(f"getelementptr inbounds i32, ptr %a, i64 {lane}")
        f.do(f"store i32 {values[2]}, ptr {at}, align 4")
        f.do(f"br label %{inner.name}.none")
        f.label(f"{inner.name}.none")
        inner.end()
        outer.end()

    # Results.

    def _output_at(self, output: Output) -> str:
        """Where the first row of a result goes in this year: the year's sums, or its rows in this tile."""
        f, rows = self.f, output.result.rows.size
        table = self.w._context(f, RECORD)
        at = f.put(f"getelementptr inbounds ptr, ptr {table}, i64 {output.index}")
        base = f.put(f"load ptr, ptr {at}, align 8")
        first = f.put(f"mul i64 %y, {rows}")
        if output.result.summed:
            return f.put(f"getelementptr inbounds double, ptr {base}, i64 {first}")
        padded = self.w._context(f, PADDED, "i64")
        start = f.put(f"mul i64 {first}, {padded}")
        lane = f.put(f"add i64 {start}, %t")
        return f.put(f"getelementptr inbounds float, ptr {base}, i64 {lane}")

    def _output(self, output: Output, f: Function) -> None:
        result = output.result
        value = self._value(result.rows.reshape(-1), result.kind)
        if result.kind != "f":
            value = f.put(f"{'uitofp' if result.kind == 'b' else 'sitofp'} {f.type(TYPES[result.kind])} {value} to {f.type('float')}")
        row = self.row or "0"
        if result.summed:
            self._sum(value, f.put(f"getelementptr inbounds double, ptr {self.sums[output.index]}, i64 {row}"))
            return
        padded = self.w._context(f, PADDED, "i64")
        start = f.put(f"mul i64 {row}, {padded}")
        at = f.put(f"getelementptr inbounds float, ptr {self.sums[output.index]}, i64 {start}")
        f.do(f"store {f.type('float')} {value}, ptr {at}, align 4")

    def _sum(self, value: str, at: str) -> None:
        """Add a row's futures, in double precision: LANES at a time as a tree, then in order."""
        f = self.f
        futures = self.w._context(f, FUTURES, "i64")
        left = f.spread("i64", f.put(f"sub i64 {futures}, %t"))
        lanes = f"<{', '.join(f'i64 {k}' for k in range(f.width))}>"
        there = f.put(f"icmp slt {f.type('i64')} {lanes}, {left}")
        kept = f.put(f"select {f.type('i1')} {there}, {f.type('float')} {value}, {f.type('float')} zeroinitializer")
        wide = f.put(f"fpext {f.type('float')} {kept} to {f.type('double')}")
        for block in range(f.width // LANES):
            count = LANES
            part = self._shuffled(wide, f.width, range(block * LANES, (block + 1) * LANES))
            while count > 1:
                half = count // 2
                low, high = (self._shuffled(part, count, range(k, k + half)) for k in (0, half))
                part = f.put(f"fadd <{half} x double> {low}, {high}")
                count = half
            one = f.put(f"extractelement <1 x double> {part}, i32 0")
            before = f.put(f"load double, ptr {at}, align 8")
            f.do(f"store double {f.put(f'fadd double {before}, {one}')}, ptr {at}, align 8")

    def _shuffled(self, value: str, count: int, lanes: range) -> str:
        picked = ", ".join(f"i32 {lane}" for lane in lanes)
        return self.f.put(
            f"shufflevector <{count} x double> {value}, <{count} x double> poison, <{len(lanes)} x i32> <{picked}>"
        )


@dataclass(frozen=True)
class Inner:
    """A loop that carries values."""

    name: str
    index: str
    carried: list[str]
    kinds: list[str]
    results: list[str]
