"""Loops over rows: which nodes share one.

A loop takes nodes of as many rows that read one another's rows in place: what one computes stays in a register for the
next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from foedus.compile.graph import Graph, Node, Rows
from foedus.compile.operations import OPERATIONS
from foedus.compile.schedule import NodeSchedule, parents, places
from foedus.compile.stages import ProgramResult

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


def grouped(schedule: NodeSchedule, stage: int) -> tuple[list[Loop], dict[int, int]]:
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
        alone = place if node.op in ("which", "put") else node.detail[1] if node.op == "fold" else None
        key = (node.count, guard, flags.get(place), alone)
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
