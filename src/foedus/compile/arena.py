"""Where in memory what loops compute lies, if a later loop reads it.

The arena is memory of one thread in which a row is the futures of a tile, side by side. Places in it are used again
once nobody reads them.
"""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Arena:
    """Places in the arena.

    slots      of the rows of nodes, by stage and by the place of their node: of truths, where they are packed, among
               rows of bits; of all else, among rows of words
    constants  slot of each constant, by row
    words      rows of words
    bits       rows of bits; the first two hold none and all
    packed     whether truths are a bit a future: not where one is picked or put by number
    """

    slots: dict[int, dict[int, int]]
    constants: dict[int, int]
    words: int
    bits: int
    packed: bool


def placed(schedule: NodeSchedule, loops: list[Loop], constants_: set[int], splats: set[int]) -> Arena:
    """Inputs and constants come first and for good, then what loops store, used again when free."""
    graph = schedule.graph
    packed = not any(node.op in ("pick", "put") and node.kind == "b" for node in graph.nodes)
    rooms = ArenaRoom(graph, packed, 0, 2)
    fixed = {
        place: rooms.taken(place)
        for place, node in enumerate(graph.nodes)
        if node.op in ("parameter", "state") or place in splats
    }
    constants = {row: rooms.words.taken(1) for row in sorted(constants_)}
    slots: dict[int, dict[int, int]] = {}
    words = bits = 0
    begun = rooms
    for stage in (ONCE, FIRST, LATER):
        if stage == LATER:
            rooms = begun  # over what the first year has left
        mine = [loop for loop in loops if loop.stages == stage]
        slots[stage] = handed_on(schedule, mine, stage, fixed)
        _fill(mine, _last_reads(schedule, mine, stage), rooms, slots)
        if stage == ONCE:
            begun = ArenaRoom(graph, packed, rooms.words.size, rooms.bits.size)
        words, bits = max(words, rooms.words.size), max(bits, rooms.bits.size)
    merged = {stage: fixed | slots[ONCE] | slots[stage] for stage in slots}
    return Arena(merged, constants, words, bits, packed)


def _fill(loops: list[Loop], last: dict[int, int], rooms: ArenaRoom, slots: dict[int, dict[int, int]]) -> None:
    """Find a place for what the loops of a stage store."""
    ends: dict[int, list[int]] = {}
    for number, loop in enumerate(loops):
        for place in loop.nodes:
            if place in last and place not in slots[loop.stages]:
                slots[loop.stages][place] = rooms.taken(place)
                ends.setdefault(last[place], []).append(place)
        for place in ends.pop(number, []):
            rooms.give(place, slots[loop.stages][place])


class ArenaRoom:
    """Room for rows of words, and for rows of bits."""

    def __init__(self, graph: Graph, packed: bool, words: int, bits: int) -> None:
        self.graph, self.packed, self.words, self.bits = graph, packed, Room(words), Room(bits)

    def taken(self, place: int) -> int:
        """The start of a stretch for a node's rows."""
        return self._room(place).taken(self.graph.nodes[place].count)

    def give(self, place: int, start: int) -> None:
        """Take it back."""
        self._room(place).give(start, self.graph.nodes[place].count)

    def _room(self, place: int) -> Room:
        return self.bits if self.packed and self.graph.nodes[place].kind == "b" else self.words


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
