"""Nodes moved to the loop that reads them, so that what they compute stays in a register instead of in memory.

A node is first put into the earliest loop in which it can run. Where a single later loop reads it, in place, it can as
well run there; it moves if that stores no more than before.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.compile.graph import Graph
from foedus.compile.grouping import ALONE, Loop, in_order, operands
from foedus.compile.schedule import places


@dataclass
class Readers:
    """Who reads a node: nodes that read all its rows in place, and loops that read it otherwise."""

    in_place: set[int] = field(default_factory=set)
    otherwise: bool = False


def sunk(graph: Graph, loops: list[Loop], where: dict[int, int], kept: set[int]) -> tuple[list[Loop], dict[int, int]]:
    """Loops, and in which each node is, after nodes have moved.

    kept  nodes that are stored in any case
    """
    where, readers = dict(where), _readers(graph, loops, where)
    for place in sorted(where, reverse=True):
        seen = readers.get(place)
        if place in kept or graph.nodes[place].op in ALONE or seen is None or seen.otherwise:
            continue
        targets = {where[reader] for reader in seen.in_place}
        if len(targets) != 1 or targets == {where[place]}:
            continue
        (target,) = targets
        if _alike(loops[where[place]], loops[target]) and not _leaves_behind(graph, place, where, readers, kept):
            where[place] = target
    for number, loop in enumerate(loops):
        loop.nodes = sorted(place for place, there in where.items() if there == number)
    return _without_empty(loops, where)


def _readers(graph: Graph, loops: list[Loop], where: dict[int, int]) -> dict[int, Readers]:
    found: dict[int, Readers] = {}
    for loop in loops:
        for reader, rows in operands(graph, loop):
            plain = reader is not None and graph.nodes[reader].op not in (*ALONE, "pick")
            whole = bool(len(rows)) and plain and in_order(graph, rows)
            for place in places(graph, [rows]):
                if place in where:
                    seen = found.setdefault(place, Readers())
                    if whole and reader is not None:
                        seen.in_place.add(reader)
                    else:
                        seen.otherwise = True
    return found


def _alike(one: Loop, other: Loop) -> bool:
    """Whether nodes of one loop can run in another."""
    guards = [None if loop.guard is None else loop.guard.tobytes() for loop in (one, other)]
    return one.rows == other.rows and one.flag == other.flag and guards[0] == guards[1]


def _leaves_behind(
    graph: Graph, place: int, where: dict[int, int], readers: dict[int, Readers], kept: set[int]
) -> bool:
    """Whether moving a node would store what it reads, for another node of its loop still needs that there."""
    for rows in graph.nodes[place].args:
        if not len(rows) or not in_order(graph, rows):
            continue
        (read,) = places(graph, [rows])
        if where.get(read) != where[place] or read in kept:
            continue
        seen = readers[read]
        elsewhere = seen.otherwise or any(where[one] != where[place] for one in seen.in_place)
        here = any(where[one] == where[place] for one in seen.in_place - {place})
        if here and not elsewhere:
            return True
    return False


def _without_empty(loops: list[Loop], where: dict[int, int]) -> tuple[list[Loop], dict[int, int]]:
    full = [number for number, loop in enumerate(loops) if loop.nodes]
    renamed = {number: count for count, number in enumerate(full)}
    return [loops[number] for number in full], {place: renamed[number] for place, number in where.items()}
