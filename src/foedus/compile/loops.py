"""A program's loops, in order, and its memory: all that is needed to write it for a compiler."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.compile.arena import Arena, asked_later, mixed, placed
from foedus.compile.graph import Graph
from foedus.compile.grouping import ALONE, FIRST, LATER, ONCE, Loop, Output, grouped, in_order, operands
from foedus.compile.schedule import NodeSchedule, places
from foedus.compile.schedule import results as results_of
from foedus.compile.sinking import sunk
from foedus.compile.stages import ProgramResult


@dataclass
class LoopPlan:
    """Loops in order, and where in the arena rows lie, by the place of their node."""

    schedule: NodeSchedule
    loops: list[Loop]
    outputs: list[tuple[tuple[str, str], ProgramResult, ProgramResult]]
    """key, and result in the first year and later"""
    arena: Arena
    splats: set[int]
    """places of inputs, the same in all futures, that lie in the arena too"""

    @property
    def slots(self) -> dict[int, dict[int, int]]:
        """Slots of the rows of nodes, by stage."""
        return self.arena.slots

    @property
    def size(self) -> int:
        """Rows of the arena, rows of bits among them."""
        return self.arena.words + -(-self.arena.bits // 32)

    @property
    def graph(self) -> Graph:
        """The graph."""
        return self.schedule.graph


def planned(schedule: NodeSchedule) -> LoopPlan:
    """Lay out a program's loops and memory."""
    program = schedule.program
    outputs = [(key, program.first.record[key], program.later.record[key]) for key in program.first.record]
    loops: list[Loop] = []
    for stage, results in ((ONCE, []), (FIRST, [first for _, first, _ in outputs]), (LATER, [x for *_, x in outputs])):
        mine, where = grouped(schedule, stage)
        handed_out = {ONCE: program.start, FIRST: program.first, LATER: program.later}[stage]
        kept = places(schedule.graph, results_of(handed_out))
        if stage == ONCE:
            kept |= asked_later(schedule)
        mine, where = sunk(schedule.graph, mine, where, kept)
        _write_outputs(schedule.graph, mine, where, results, stage)
        loops += _in_turn(schedule.graph, mine, where)
    fixed, splats = mixed(schedule.graph, loops, program)
    return LoopPlan(schedule, loops, outputs, placed(schedule, loops, fixed, splats), splats)


def _in_turn(graph: Graph, loops: list[Loop], where: dict[int, int]) -> list[Loop]:
    """Loops in an order that keeps little in memory: of those that can run, the one that frees most, next."""
    reads = [
        {where[place] for _, rows in operands(graph, loop) for place in places(graph, [rows]) if place in where}
        - {number}
        for number, loop in enumerate(loops)
    ]
    readers: list[set[int]] = [set() for _ in loops]
    for number, before in enumerate(reads):
        for one in before:
            readers[one].add(number)
    rows = [sum(graph.nodes[place].count for place in loop.nodes) for loop in loops]
    waiting, left = [len(before) for before in reads], [set(after) for after in readers]
    ready, found = [number for number, count in enumerate(waiting) if count == 0], []
    while ready:
        freed = {n: sum(rows[one] for one in reads[n] if left[one] == {n}) - rows[n] * bool(readers[n]) for n in ready}
        best = max(ready, key=lambda n: (freed[n], -n))
        ready.remove(best)
        found.append(loops[best])
        for one in reads[best]:
            left[one].discard(best)
        for after in readers[best]:
            waiting[after] -= 1
            if waiting[after] == 0:
                ready.append(after)
    return found


def _write_outputs(
    graph: Graph, loops: list[Loop], where: dict[int, int], outputs: list[ProgramResult], stage: int
) -> None:
    """Write each result in the loop that computes it, where one does, in order; else in a loop of its own."""
    for index, result in enumerate(outputs):
        rows = result.rows.reshape(-1)
        output = Output(index, result, stage)
        if len(rows) and in_order(graph, rows):
            place = int(graph.places_of(rows[:1])[0])
            loop = loops[where[place]] if place in where else None
            if loop is not None and loop.guard is None and loop.flag is None and graph.nodes[place].op not in ALONE:
                loop.outputs.append(output)
                continue
        loops.append(Loop(stage, len(rows), None, None, outputs=[output]))
