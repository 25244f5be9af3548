"""Where in memory what loops compute lies, if a later loop reads it.

The arena is memory of one thread in which a row is the futures of a tile, side by side. Places in it are used again
once nobody reads them.
"""

from __future__ import annotations

from foedus.compile.graph import Graph
from foedus.compile.grouping import ALONE, FIRST, LATER, ONCE, Loop, in_order, operands
from foedus.compile.handing import handed_on
from foedus.compile.program import Program
from foedus.compile.schedule import NodeSchedule, parents, places
from foedus.compile.schedule import results as results_of


def mixed(graph: Graph, loops: list[Loop], program: Program) -> tuple[set[int], set[int]]:
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


def placed(
    schedule: NodeSchedule, loops: list[Loop], constants_: set[int], splats: set[int]
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
    for row in sorted(constants_):
        constants[row] = size
        size += 1
    room = Room(size)
    size = begin = 0
    for stage in (ONCE, FIRST, LATER):
        if stage == LATER:
            room = Room(begin)  # over what the first year has left
        mine = [loop for loop in loops if loop.stages == stage]
        slots[stage] = handed_on(schedule, mine, stage, fixed)
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
            if place in last and place not in slots[loop.stages]:
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
        kept |= asked_later(schedule)
    return last | {place: len(loops) for place in kept if place in where}


def asked_later(schedule: NodeSchedule) -> set[int]:
    """Nodes that later stages than the start read."""
    graph, program = schedule.graph, schedule.program
    found = places(graph, [*results_of(program.first), *results_of(program.later)])
    for order in (schedule.first, schedule.later):
        for place in order:
            found |= parents(graph, graph.nodes[place])
    return found
