"""How fast the year's graph could run on this machine at best: a roofline (Williams, Waterman and Patterson 2009).

What the graph asks for is counted in the loops that are compiled (`compile/grouping.py`), for a tile of futures and all
years, and held against what one core does here, measured by small kernels of vectors as wide as a tile:

- arithmetic: each operation once, functions by the operations they consist of; additions, products, comparisons and
  choices at the rate of dependent chains side by side in registers, divisions, roots and the products of the random
  numbers each at a rate of their own, values looked up at that of a gather;
- memory near: each row that a loop reads or leaves for another once, over a buffer as large as the arena;
- memory far: the record written once.

The limit is the slowest of the three, the other two and all else taken for free. Rows of rare entries (crises, wars,
programmes), which a tile may skip, are not counted, nor is what is done in some years in the years in which it is not.
So nothing that runs these loops over a tile of 16 futures can pass it. Other loops over the same graph could: they may
move less, down to its arithmetic, which is told beside it.
"""

from __future__ import annotations

import ctypes
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.compile.candidates import Candidates
from foedus.compile.execute import Machine
from foedus.compile.grouping import FIRST, LATER, Loop, in_order, operands
from foedus.compile.loops import LoopPlan, planned
from foedus.compile.native import WIDTH, Processor, aligned, compiler
from foedus.compile.operations import FUNCTIONS
from foedus.compile.program import trace
from foedus.compile.schedule import NodeSchedule, needed, scheduled
from foedus.engine.setting import Setting
from foedus.study import Study

CHAINS, TURNS, TRIALS = 12, 4096, 30
"""Chains side by side in a kernel, turns of its loop, and trials of which the best counts."""

DRAW = Counter({"product": 5, "plain": 36})
"""A random number by Squares: products of 64 bits; the rest of its steps are of 64 bits too and count twice."""

OTHER = {"divide": "divide", "sqrt": "root", "pick": "gather", "lookup": "gather"}
"""Operations that cost otherwise than an addition."""

FREE = ("number", "whole", "bits", "from_bits")
"""What an arithmetic has that is no work: constants, and other names for the same bits."""


class Tally:
    """An arithmetic of `compile.mathematics` that counts its operations; in double precision each counts twice."""

    def __init__(self, counts: Counter[str], each: int = 1) -> None:
        self.counts, self.each = counts, each

    @property
    def wide(self) -> Tally:
        """The same in double precision."""
        return Tally(self.counts, 2)

    def __getattr__(self, name: str) -> Callable[..., None]:
        kind = {"div": "divide", "root": "root"}.get(name, "plain")

        def count(*_: object) -> None:
            if name not in FREE:
                self.counts[kind] += self.each

        return count


@dataclass(frozen=True)
class Work:
    """What a tile of futures asks for over all years.

    operations  vectors by kind
    moved       vectors read or stored by loops: "load", "store"
    recorded    vectors of the record
    rows        of the arena
    """

    operations: Counter[str]
    moved: Counter[str]
    recorded: int
    rows: int


def work_of(study: Study) -> Work:
    """Count it."""
    setting = study.setting(0, "posture")
    plan = planned(scheduled(trace(setting, study.blocks, kept=study.kept)))
    years = len(setting.years)
    on = truths(plan.schedule, setting)
    operations, moved, recorded = Counter[str](), Counter[str](), 0
    for loop in plan.loops:
        runs = {FIRST: range(1), LATER: range(1, years)}.get(loop.stages, range(1))
        times = sum(loop.flag is None or on[loop.flag][year] for year in runs)
        for output in loop.outputs:
            recorded += 0 if output.result.summed else times * output.result.rows.size
        if loop.guard is None:
            for name, count in operations_of(plan, loop).items():
                operations[name] += times * count
            for name, count in moved_by(plan, loop).items():
                moved[name] += times * count
    return Work(operations, moved, recorded, plan.size)


def truths(schedule: NodeSchedule, setting: Setting) -> dict[int, list[bool]]:
    """What is done in some years only: in which, by the row of its truth."""
    flags = {flag for stage in schedule.only_when.values() for flag in stage.values()}
    machine, order = Machine(schedule, setting), sorted(needed(schedule.graph, [np.array([flag]) for flag in flags]))
    found: dict[int, list[bool]] = {flag: [] for flag in flags}
    for year in range(len(setting.years)):
        machine.compute(order, year)
        for flag, held in found.items():
            held.append(machine.truth(flag))
    return found


def operations_of(plan: LoopPlan, loop: Loop) -> Counter[str]:
    """Operations of a loop over a tile, by kind; of a pick by one of few numbers, a choice for each."""
    found, numbers = Counter[str](), Candidates(plan.graph)
    for place in loop.nodes:
        node = plan.graph.nodes[place]
        if node.op in FUNCTIONS:
            own = Counter[str]()
            FUNCTIONS[node.op](Tally(own), *(None for _ in node.args))
        elif node.op == "draw":
            own = DRAW
        elif node.op in ("fold", "which"):
            found["plain"] += max(len(node.args[0]) - node.count, 0)
            continue
        elif node.op == "pick" and node.count > 1 and (few := numbers.of(node.args[0])) is not None:
            found["plain"] += sum(map(len, few))
            continue
        else:
            own = Counter({OTHER.get(node.op, "plain"): 1})
        for name, count in own.items():
            found[name] += count * node.count
    return found


def moved_by(plan: LoopPlan, loop: Loop) -> Counter[str]:
    """Rows that a loop reads, each once, but for those it has computed itself; and rows that it leaves for others."""
    graph, own = plan.graph, set(loop.nodes)
    read: set[int] = set()
    for _, rows in operands(graph, loop):
        held = rows[rows >= 0]
        if held.size and not (in_order(graph, rows) and int(graph.places_of(rows[:1])[0]) in own):
            read.update(held.tolist())
    left = sum(graph.nodes[place].count for place in loop.nodes if place in plan.slots[loop.stages])
    return Counter({"load": len(read), "store": left})


def rates(rows: int) -> dict[str, float]:
    """Nanoseconds of one core for a vector: by kind of operation, and loaded from or stored in so many rows."""
    real, whole = f"<{WIDTH} x float>", f"<{WIDTH} x i64>"
    a, b = "splat (float 0x3FEFF7CEE0000000)", "splat (float 0x3F50624DE0000000)"
    odd = "splat (i64 6364136223846793005)"
    found = {
        "plain": chains(real, "splat (float 1.0)", f"%x = fmul {real} %in, {a}\n%out = fadd {real} %x, {b}") / 2,
        "divide": chains(real, "splat (float 1.5)", f"%out = fdiv {real} {a}, %in"),
        "root": chains(real, "splat (float 1.5)", f"%out = call {real} @llvm.sqrt.v{WIDTH}f32({real} %in)"),
        "product": chains(whole, "splat (i64 3)", f"%out = mul {whole} %in, {odd}"),
    }
    return found | near(rows)


def chains(kind: str, start: str, step: str) -> float:
    """Nanoseconds of a step, `CHAINS` of which run side by side, each on what it gave before."""
    lines = []
    for one in range(CHAINS):
        own = step.replace("%in", f"%in{one}").replace("%out", f"%out{one}").replace("%x", f"%x{one}")
        lines.append(own)
    before = "\n".join(f"%in{one} = phi {kind} [ {start}, %begin ], [ %out{one}, %turn ]" for one in range(CHAINS))
    after = "\n".join(
        f"%to{one} = getelementptr {kind}, ptr %room, i64 {one}\nstore {kind} %out{one}, ptr %to{one}, align 64"
        for one in range(CHAINS)
    )
    text = loop_of(before, "\n".join(lines), after)
    room = aligned(CHAINS * WIDTH * 2)
    return best(compiled(text), room.ctypes.data, TURNS) / (TURNS * CHAINS)


def near(rows: int) -> dict[str, float]:
    """Nanoseconds of a load, a store and a gather over so many rows."""
    real, each = f"<{WIDTH} x float>", f"%row = getelementptr {f'<{WIDTH} x float>'}, ptr %room, i64 %i"
    zero = f"%in = phi {real} [ zeroinitializer, %begin ], [ %out, %turn ]"
    last = f"store {real} %out, ptr %room, align 64"
    lanes = ", ".join(f"i64 {WIDTH * 7 * lane + lane}" for lane in range(WIDTH))
    spread = f"<{WIDTH} x i64>"
    gather = (
        f"{each}\n%at = getelementptr float, ptr %row, {spread} <{lanes}>\n"
        f"%held = call {real} @llvm.masked.gather.v{WIDTH}f32.v{WIDTH}p0(<{WIDTH} x ptr> %at, i32 4, "
        f"<{WIDTH} x i1> splat (i1 true), {real} poison)\n%out = fadd {real} %in, %held"
    )
    load = f"{each}\n%held = load {real}, ptr %row, align 64\n%out = fadd {real} %in, %held"
    store = f"{each}\nstore {real} splat (float 1.0), ptr %row, align 64\n%out = fadd {real} %in, %in"
    room = aligned((rows + 8 * WIDTH) * WIDTH)
    return {
        name: best(compiled(loop_of(zero, body, last)), room.ctypes.data, rows) / rows
        for name, body in (("load", load), ("store", store), ("gather", gather))
    }


def loop_of(before: str, body: str, after: str) -> str:
    """A function of a room and a number of turns."""
    return f"""
declare <{WIDTH} x float> @llvm.sqrt.v{WIDTH}f32(<{WIDTH} x float>)
declare <{WIDTH} x float> @llvm.masked.gather.v{WIDTH}f32.v{WIDTH}p0(
  <{WIDTH} x ptr>, i32, <{WIDTH} x i1>, <{WIDTH} x float>)
define void @run(ptr %room, i64 %turns) {{
begin:
br label %turn
turn:
%i = phi i64 [ 0, %begin ], [ %next, %turn ]
{before}
{body}
%next = add i64 %i, 1
%more = icmp ult i64 %next, %turns
br i1 %more, label %turn, label %end
end:
{after}
ret void
}}
"""


def compiled(text: str) -> tuple[Any, Callable[[int, int], None]]:
    """Machine code of a function of a room and a number of turns, and what keeps it alive."""
    llvm = compiler()
    processor = Processor.here()
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu=processor.name, features=processor.features, opt=3, jit=True
    )
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(text), machine)
    engine.finalize_object()
    return engine, ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64)(engine.get_function_address("run"))


def best(code: tuple[Any, Callable[[int, int], None]], room: int, turns: int) -> float:
    """Least nanoseconds of a call."""
    trials = []
    for _ in range(TRIALS):
        start = time.perf_counter_ns()
        code[1](room, turns)
        trials.append(time.perf_counter_ns() - start)
    return float(min(trials))


def far() -> float:
    """Nanoseconds of a vector written to memory, in a buffer that no cache holds."""
    room = np.zeros(1 << 24, dtype=np.float32)
    trials = []
    for _ in range(TRIALS // 3):
        start = time.perf_counter_ns()
        room.fill(1.0)
        trials.append(time.perf_counter_ns() - start)
    return min(trials) / (room.size / WIDTH)


def limit(study: Study, cores: int) -> dict[str, Any]:
    """Futures a second at the limit, and what it follows from; operations and bytes are those of a future."""
    work = work_of(study)
    held = rates(work.rows)
    spent = {
        "arithmetic": sum(count * held[kind] for kind, count in work.operations.items()),
        "memory_near": sum(count * held[kind] for kind, count in work.moved.items()),
        "memory_far": work.recorded * far(),
    }
    return {
        "futures_per_second": cores * 1e9 * WIDTH / max(spent.values()),
        "microseconds_of_a_core": {name: round(time_ / WIDTH / 1e3, 1) for name, time_ in spent.items()},
        "operations": dict(work.operations),
        "bytes_near": {name: 4 * count for name, count in work.moved.items()},
        "bytes_recorded": 4 * work.recorded,
        "arena_bytes": 4 * WIDTH * work.rows,
        "nanoseconds_of_a_vector": {name: round(value, 3) for name, value in held.items()},
    }
