"""What a year hands to the next, computed where the next year looks for it, so that it need not be copied there.

An input of a year lies at a place of its own in the arena. What the next year finds there may be written while the year
still runs, once nothing reads the old rows any more.
"""

from __future__ import annotations

from foedus.compile.graph import Graph
from foedus.compile.grouping import ALONE, FIRST, LATER, ONCE, Loop, in_order, operands
from foedus.compile.schedule import NodeSchedule, places


def handed_on(schedule: NodeSchedule, loops: list[Loop], stage: int, fixed: dict[int, int]) -> dict[int, int]:
    """Places in the arena of nodes of a stage that are computed where the next year reads them.

    fixed  where inputs lie, by the place of their node
    """
    graph, program = schedule.graph, schedule.program
    carried = {ONCE: program.start, FIRST: program.first, LATER: program.later}[stage].carried
    inputs = {node.detail[0]: place for place, node in enumerate(graph.nodes) if node.op == "state"}
    where = {place: number for number, loop in enumerate(loops) for place in loop.nodes}
    read, copied = _reads(graph, loops), places(graph, [result.flat for result in carried.values()])
    found: dict[int, int] = {}
    for name, result in carried.items():
        rows, target = result.flat, inputs.get(name)
        if target is None or not len(rows) or target in copied or not in_order(graph, rows):
            continue
        (place,) = places(graph, [rows])
        if place in found or place not in where or graph.nodes[place].op in ALONE:
            continue
        number = where[place]
        before = all(
            loop < number or (loop == number and in_place and reader <= place)
            for loop, reader, in_place in read.get(target, [])
        )
        if before:
            found[place] = fixed[target]
    return found


def _reads(graph: Graph, loops: list[Loop]) -> dict[int, list[tuple[int, int, bool]]]:
    """For each input: loops that read it, the place of the node that does, and whether it reads its own rows alone."""
    found: dict[int, list[tuple[int, int, bool]]] = {}
    for number, loop in enumerate(loops):
        for reader, rows in operands(graph, loop):
            plain = reader is not None and graph.nodes[reader].op not in (*ALONE, "pick")
            for place in places(graph, [rows]):
                if graph.nodes[place].op == "state":
                    mine = plain and in_order(graph, rows)
                    found.setdefault(place, []).append((number, -1 if reader is None else reader, mine))
    return found
