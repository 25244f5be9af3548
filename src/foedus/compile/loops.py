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
from foedus.compile.program import Program, Result
from foedus.compile.schedule import Schedule, parents, places

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
    result: Result
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
class Plan:
    """Loops in order, and where in the arena rows lie, by the place of their node."""

    schedule: Schedule
    loops: list[Loop]
    outputs: list[tuple[tuple[str, str], Result, Result]]
    """key, and result in the first year and later"""
    slots: dict[int, int]
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


def planned(schedule: Schedule) -> Plan:
    """Lay out a program's loops and memory."""
    program = schedule.program
    outputs = [(key, program.first.record[key], program.later.record[key]) for key in program.first.record]
    loops = _grouped(schedule, outputs)
    mixed, splats = _mixed(schedule.graph, loops, program)
    slots, constants, size = _placed(schedule, loops, mixed, splats)
    return Plan(schedule, loops, outputs, slots, constants, size, splats)


def _stages(schedule: Schedule) -> dict[int, int]:
    found: dict[int, int] = {}
    for stage, order in ((ONCE, schedule.once), (FIRST, schedule.first), (LATER, schedule.later)):
        for place in order:
            found[place] = found.get(place, 0) | stage
    return found


def _flags(schedule: Schedule, stages: dict[int, int]) -> dict[int, int | None]:
    """The truth under which a node is asked for in all its stages."""
    found: dict[int, int | None] = {}
    for place, stage in stages.items():
        asked = {
            schedule.only_when[first].get(place) for bit, first in ((FIRST, True), (LATER, False)) if stage & bit
        }
        found[place] = asked.pop() if len(asked) == 1 and stage != ONCE else None
    return found


def _grouped(schedule: Schedule, outputs: list[tuple[tuple[str, str], Result, Result]]) -> list[Loop]:
    """Put every node into the first loop in which it can run."""
    graph, stages = schedule.graph, _stages(schedule)
    flags = _flags(schedule, stages)
    loops: list[Loop] = []
    where: dict[int, int] = {}
    open_: dict[tuple[Any, ...], list[int]] = {}
    # loops of ONCE come first: they are appended before any other
    order = [p for p in sorted(stages) if stages[p] == ONCE] + [p for p in sorted(stages) if stages[p] != ONCE]
    for place in order:
        node = graph.nodes[place]
        if node.op in GIVEN:
            continue
        guard = None if node.guard is None else node.guard.tobytes()
        key = (stages[place], node.count, guard, flags[place], node.op in ALONE and place)
        least = _least(graph, node, where, loops, joins=node.op not in ALONE)
        found = next((k for k in open_.get(key, []) if k >= least), None)
        if found is None:
            found = len(loops)
            loops.append(Loop(stages[place], node.count, node.guard, flags[place]))
            open_.setdefault(key, []).append(found)
        loops[found].nodes.append(place)
        where[place] = found
    _write_outputs(graph, loops, where, outputs)
    return loops


def _least(graph: Graph, node: Node, where: dict[int, int], loops: list[Loop], *, joins: bool) -> int:
    """The first loop in which a node may run: that of what it reads, where it reads it in place; else the next."""
    least = 0
    in_place = {id(rows): joins and in_order(graph, rows) for rows in node.args}
    for place in parents(graph, node):
        if place not in where:
            continue
        parent = graph.nodes[place]
        reads = [rows for rows in (*node.args, *([node.guard] if node.guard is not None else [])) if reads_from(rows, parent)]
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
    graph: Graph, loops: list[Loop], where: dict[int, int], outputs: list[tuple[tuple[str, str], Result, Result]]
) -> None:
    """Write each result in the loop that computes it, where one does, in order; else in a loop of its own."""
    for index, (_, first, later) in enumerate(outputs):
        same = np.array_equal(first.rows, later.rows)
        for result, stage in ((first, FIRST | LATER),) if same else ((first, FIRST), (later, LATER)):
            rows = result.rows.reshape(-1)
            output = Output(index, result, stage)
            if len(rows) and in_order(graph, rows):
                place = int(graph.places_of(rows[:1])[0])
                loop = loops[where[place]] if place in where else None
                if loop is not None and loop.guard is None and loop.flag is None and loop.stages == stage:
                    if graph.nodes[place].op not in ALONE:
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
    for output in loop.outputs:
        yield None, output.result.rows.reshape(-1)


def _mixed(graph: Graph, loops: list[Loop], program: Program) -> tuple[set[int], set[int]]:
    """Constants, and inputs that are the same in all futures, that must lie in the arena: they stand beside rows there."""
    constants, splats = set[int](), set[int]()
    read = [(graph.nodes[p].op if p is not None else "", rows) for loop in loops for p, rows in operands(graph, loop)]
    read += [("put", r.rows.reshape(-1)) for stage in (program.start, program.first, program.later) for r in stage.carried.values()]
    for op, rows in read:
        fixed = rows[rows < 0]
        some = [place for place in places(graph, [rows])]
        uniform = [place for place in some if graph.nodes[place].op == "uniform"]
        memory = op in (*ALONE, "pick")
        if memory or (some and len(fixed)) or len(uniform) > 1 or (uniform and len(some) > 1):
            if memory or some:
                constants.update(fixed.tolist())
            splats.update(uniform)
    return constants, splats


def _placed(
    schedule: Schedule, loops: list[Loop], mixed: set[int], splats: set[int]
) -> tuple[dict[int, int], dict[int, int], int]:
    """Places in the arena: inputs and constants first and for good, then what loops store, used again when free."""
    graph, program = schedule.graph, schedule.program
    slots: dict[int, int] = {}
    size = 0
    for place, node in enumerate(graph.nodes):
        if node.op in ("parameter", "state") or place in splats:
            slots[place] = size
            size += node.count
    constants = {}
    for row in sorted(mixed):
        constants[row] = size
        size += 1
    last = _last_reads(schedule, loops)
    room = Room(size)
    ends: dict[int, list[int]] = {}
    for number, loop in enumerate(loops):
        for place in loop.nodes:
            if place in last:
                slots[place] = room.taken(graph.nodes[place].count)
                ends.setdefault(last[place], []).append(place)
        for place in ends.pop(number, []):
            room.give(slots[place], graph.nodes[place].count)
    return slots, constants, room.size


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


def _last_reads(schedule: Schedule, loops: list[Loop]) -> dict[int, int]:
    """The last loop that reads a node from memory, by the node's place; the end of all for what years share."""
    graph, program = schedule.graph, schedule.program
    where = {place: number for number, loop in enumerate(loops) for place in loop.nodes}
    last: dict[int, int] = {}
    never = len(loops) + 1
    for number, loop in enumerate(loops):
        for reader, rows in operands(graph, loop):
            in_place = (reader is None or graph.nodes[reader].op not in (*ALONE, "pick")) and len(rows) and in_order(graph, rows)
            for place in places(graph, [rows]):
                if place not in where or (where[place] == number and in_place):
                    continue
                keeps = loops[where[place]].stages == ONCE and loop.stages != ONCE
                last[place] = never if keeps else max(last.get(place, 0), number)
    for stage in (program.start, program.first, program.later):
        for result in stage.carried.values():
            for place in places(graph, [result.rows.reshape(-1)]):
                if place in where:
                    last[place] = never
    return last
