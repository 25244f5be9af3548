"""How fast the year's graph could run on this machine at best: a roofline (Williams, Waterman and Patterson 2009).

What the graph asks for is counted in the loops that are compiled (`compile/grouping.py`), for a tile of futures and all
years, and held against what one core does here (`machine.py`):

- arithmetic: each operation once, functions by the operations they consist of; additions, products, comparisons and
  choices at the rate of dependent chains side by side in registers, divisions, roots and the products of the random
  numbers each at a rate of their own, values looked up at that of a gather;
- memory near: each row that a loop reads or leaves for another once, truths a bit a future, over a buffer as large as
  the arena;
- memory far: the record written once.

The limit is the slowest of the three, the other two and all else taken for free. Rows of rare entries (crises, wars,
programmes), which a tile may skip, are not counted, nor is what is done in some years in the years in which it is not.
So nothing that runs these loops over a tile of 16 futures can pass it. Other loops over the same graph could: they may
move less, down to its arithmetic, which is told beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.compile.candidates import Candidates
from foedus.compile.execute import Machine
from foedus.compile.grouping import FIRST, LATER, Loop, in_order, operands
from foedus.compile.loops import LoopPlan, planned
from foedus.compile.native import WIDTH
from foedus.compile.operations import FUNCTIONS
from foedus.compile.program import trace
from foedus.compile.schedule import NodeSchedule, needed, scheduled
from foedus.engine.setting import Setting
from foedus.study import Study
from machine import far, rates

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
    moved       bytes read or stored by loops: "load", "store"
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
    """Bytes that a loop reads, each row once, but for those it has computed itself; and that it leaves for others."""
    graph, own = plan.graph, set(loop.nodes)
    read: set[int] = set()

    def size(kind: str) -> int:
        return WIDTH // 8 if kind == "b" and plan.arena.packed else 4 * WIDTH

    for _, rows in operands(graph, loop):
        held = rows[rows >= 0]
        if held.size and not (in_order(graph, rows) and int(graph.places_of(rows[:1])[0]) in own):
            read.update(held.tolist())
    kept = [graph.nodes[place] for place in loop.nodes if place in plan.slots[loop.stages]]
    owners = graph.places_of(np.array(sorted(read), dtype=np.int64))
    loaded = sum(size(graph.nodes[place].kind) for place in owners.tolist())
    return Counter({"load": loaded, "store": sum(node.count * size(node.kind) for node in kept)})


def limit(study: Study, cores: int) -> dict[str, Any]:
    """Futures a second at the limit, and what it follows from; operations and bytes are those of a future."""
    work = work_of(study)
    held = rates(work.rows)
    spent = {
        "arithmetic": sum(count * held[kind] for kind, count in work.operations.items()),
        "memory_near": sum(size / (4 * WIDTH) * held[kind] for kind, size in work.moved.items()),
        "memory_far": work.recorded * far(),
    }
    return {
        "futures_per_second": cores * 1e9 * WIDTH / max(spent.values()),
        "microseconds_of_a_core": {name: round(time_ / WIDTH / 1e3, 1) for name, time_ in spent.items()},
        "operations": dict(work.operations),
        "bytes_near": {name: size // WIDTH for name, size in work.moved.items()},
        "bytes_recorded": 4 * work.recorded,
        "arena_bytes": 4 * WIDTH * work.rows,
        "nanoseconds_of_a_vector": {name: round(value, 3) for name, value in held.items()},
    }
