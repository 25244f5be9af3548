"""Which nodes run in one loop over rows, in which order, and where in memory what they compute lies.

A loop takes nodes of as many rows that read one another's rows in place: what one computes stays in a register for the
next. What a later loop reads is stored in the arena: memory of one thread in which a row is the futures of a tile, side
by side. Places in it are used again once nobody reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from foedus.compile.graph import Graph, Node, Rows
from foedus.compile.operations import OPERATIONS
from foedus.compile.program import Program, ProgramResult
from foedus.compile.schedule import NodeSchedule, parents, places
from foedus.compile.schedule import results as results_of

ONCE, FIRST, LATER = 1, 2, 4
"""Stages in which a loop runs, as bits."""

ALONE = ("fold", "which", "put")
"""Operations that are no loop over rows that stand by themselves."""

GIVEN = ("parameter", "uniform", "state")
"""What is not computed."""

IN_LOOPS = (*OPERATIONS, "draw", "lookup", "pick")


@dataclass(frozen=True)
class Output:
    """A row of a record as the last operation of a loop.

    index   which of the program's outputs
    result  its rows
    stage   in which it is written, as bits
    """

    index: int
    result: ProgramResult
    stage: int


@dataclass
class Loop:
    """Nodes that run together.

    stages  in which they run, as bits
    rows    how many rows
    guard   rows of truths, or None
    flag    row of a truth for the whole year, or None
    """

    stages: int
    rows: int
    guard: Rows | None
    flag: int | None
    nodes: list[int] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)


@dataclass
class LoopPlan:
    """Loops in order, and where in the arena rows lie, by the place of their node."""

    schedule: NodeSchedule
    loops: list[Loop]
    outputs: list[tuple[tuple[str, str], ProgramResult, ProgramResult]]
    """key, and result in the first year and later"""
    slots: dict[int, dict[int, int]]
    """by stage"""
    constants: dict[int, int]
    """slot of each constant that lies in the arena, by row"""
    size: int
    """rows of the arena"""
    splats: set[int]
    """places of inputs, the same in all futures, that lie in the arena too"""

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
        mine, where = _grouped(schedule, stage)
        _write_outputs(schedule.graph, mine, where, results, stage)
        loops += _in_turn(schedule.graph, mine, where)
    mixed, splats = _mixed(schedule.graph, loops, program)
    slots, constants, size = _placed(schedule, loops, mixed, splats)
    return LoopPlan(schedule, loops, outputs, slots, constants, size, splats)


def _grouped(schedule: NodeSchedule, stage: int) -> tuple[list[Loop], dict[int, int]]:
    """Put every node of a stage into the first loop in which it can run; and in which each is."""
    graph = schedule.graph
    order = {ONCE: schedule.once, FIRST: schedule.first, LATER: schedule.later}[stage]
    flags = {} if stage == ONCE else schedule.only_when[stage == FIRST]
    loops: list[Loop] = []
    where: dict[int, int] = {}
    open_: dict[tuple[Any, ...], list[int]] = {}
    for place in order:
        node = graph.nodes[place]
        if node.op in GIVEN:
            continue
        guard = None if node.guard is None else node.guard.tobytes()
        key = (node.count, guard, flags.get(place), node.op in ALONE and place)
        least = _least(graph, node, where, joins=node.op not in ALONE)
        if (flag := flags.get(place)) is not None:
            least = max([least, *(where[known] + 1 for known in places(graph, [np.array([flag])]) if known in where)])
        found = next((k for k in open_.get(key, []) if k >= least), None)
        if found is None:
            found = len(loops)
            loops.append(Loop(stage, node.count, node.guard, flags.get(place)))
            open_.setdefault(key, []).append(found)
        loops[found].nodes.append(place)
        where[place] = found
    return loops, where


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


def _least(graph: Graph, node: Node, where: dict[int, int], *, joins: bool) -> int:
    """The first loop in which a node may run: that of what it reads, where it reads it in place; else the next."""
    least = 0
    in_place = {id(rows): joins and in_order(graph, rows) for rows in node.args}
    for place in parents(graph, node):
        if place not in where:
            continue
        parent = graph.nodes[place]
        reads = [
            rows for rows in (*node.args, *([node.guard] if node.guard is not None else [])) if reads_from(rows, parent)
        ]
        same = joins and parent.count == node.count and all(in_place.get(id(rows), False) for rows in reads)
        least = max(least, where[place] + (0 if same else 1))
    return least


def reads_from(rows: Rows, node: Node) -> bool:
    """Whether some of the rows are a node's."""
    return bool(((rows >= node.base) & (rows < node.base + node.count)).any())


def in_order(graph: Graph, rows: Rows) -> bool:
    """Whether rows are all rows of one node, in order."""
    first = int(rows[0])
    if first < 0 or int(rows[-1]) != first + len(rows) - 1:
        return False
    node = graph.node_of(first)
    return node.base == first and node.count == len(rows) and bool((np.diff(rows) == 1).all())


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


def operands(graph: Graph, loop: Loop) -> Iterable[tuple[int | None, Rows]]:
    """Rows that a loop reads, with the place of the node that reads them."""
    for place in loop.nodes:
        for position, rows in enumerate(graph.nodes[place].args):
            if graph.nodes[place].op != "draw" or position:
                yield place, rows
    if loop.guard is not None:
        yield None, loop.guard
    if loop.flag is not None:
        yield None, np.array([loop.flag])
    for output in loop.outputs:
        yield None, output.result.rows.reshape(-1)


def _mixed(graph: Graph, loops: list[Loop], program: Program) -> tuple[set[int], set[int]]:
    """Constants, and inputs that are the same in all futures, that must lie in the arena, beside rows that do."""
    constants, splats = set[int](), set[int]()
    read = [(graph.nodes[p].op if p is not None else "", rows) for loop in loops for p, rows in operands(graph, loop)]
    read += [
        ("put", r.rows.reshape(-1))
        for stage in (program.start, program.first, program.later)
        for r in stage.carried.values()
    ]
    for op, rows in read:
        fixed = rows[rows < 0]
        some = list(places(graph, [rows]))
        uniform = [place for place in some if graph.nodes[place].op == "uniform"]
        memory = op in (*ALONE, "pick")
        if memory or (some and len(fixed)) or len(uniform) > 1 or (uniform and len(some) > 1):
            if memory or some:
                constants.update(fixed.tolist())
            splats.update(uniform)
    return constants, splats


def _placed(
    schedule: NodeSchedule, loops: list[Loop], mixed: set[int], splats: set[int]
) -> tuple[dict[int, dict[int, int]], dict[int, int], int]:
    """Places in the arena: inputs and constants first and for good, then what loops store, used again when free."""
    graph = schedule.graph
    fixed: dict[int, int] = {}
    slots: dict[int, dict[int, int]] = {ONCE: {}, FIRST: {}, LATER: {}}
    size = 0
    for place, node in enumerate(graph.nodes):
        if node.op in ("parameter", "state") or place in splats:
            fixed[place] = size
            size += node.count
    constants = {}
    for row in sorted(mixed):
        constants[row] = size
        size += 1
    room = Room(size)
    size = begin = 0
    for stage in (ONCE, FIRST, LATER):
        if stage == LATER:
            room = Room(begin)  # over what the first year has left
        mine = [loop for loop in loops if loop.stages == stage]
        _fill(schedule, mine, _last_reads(schedule, mine, stage), room, slots)
        if stage == ONCE:
            begin = room.size
        size = max(size, room.size)
    merged = {stage: fixed | slots[ONCE] | slots[stage] for stage in slots}
    return merged, constants, size


def _fill(
    schedule: NodeSchedule, loops: list[Loop], last: dict[int, int], room: Room, slots: dict[int, dict[int, int]]
) -> None:
    """Find a place for what the loops of a stage store."""
    ends: dict[int, list[int]] = {}
    graph = schedule.graph
    for number, loop in enumerate(loops):
        for place in loop.nodes:
            if place in last:
                slots[loop.stages][place] = room.taken(graph.nodes[place].count)
                ends.setdefault(last[place], []).append(place)
        for place in ends.pop(number, []):
            room.give(slots[loop.stages][place], graph.nodes[place].count)


class Room:
    """Stretches of the arena that are free, and how far it reaches."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.free: list[tuple[int, int]] = []

    def taken(self, count: int) -> int:
        """The start of a stretch: the shortest that is long enough."""
        fits = [(length, start) for start, length in self.free if length >= count]
        if not fits:
            self.size += count
            return self.size - count
        length, start = min(fits)
        self.free.remove((start, length))
        if length > count:
            self.free.append((start + count, length - count))
        return start

    def give(self, start: int, count: int) -> None:
        """Take a stretch back, and join it with its neighbours."""
        for other, length in list(self.free):
            if other + length == start:
                self.free.remove((other, length))
                start, count = other, count + length
            elif start + count == other:
                self.free.remove((other, length))
                count += length
        self.free.append((start, count))


def _last_reads(schedule: NodeSchedule, loops: list[Loop], stage: int) -> dict[int, int]:
    """The last loop of a stage that reads a node from memory, by its place; after all for what later stages read."""
    graph, program = schedule.graph, schedule.program
    where = {place: number for number, loop in enumerate(loops) for place in loop.nodes}
    last: dict[int, int] = {}
    for number, loop in enumerate(loops):
        for reader, rows in operands(graph, loop):
            in_place = (
                (reader is None or graph.nodes[reader].op not in (*ALONE, "pick"))
                and len(rows)
                and in_order(graph, rows)
            )
            for place in places(graph, [rows]):
                if place in where and not (where[place] == number and in_place):
                    last[place] = max(last.get(place, 0), number)
    results = {ONCE: program.start, FIRST: program.first, LATER: program.later}[stage].carried.values()
    kept = places(graph, [result.rows.reshape(-1) for result in results])
    if stage == ONCE:
        for order in (schedule.first, schedule.later):
            for place in order:
                kept |= parents(graph, graph.nodes[place])
        for part in (program.first, program.later):
            kept |= places(graph, results_of(part))
    return last | {place: len(loops) for place in kept if place in where}
