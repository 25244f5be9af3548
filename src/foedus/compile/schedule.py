"""In which order nodes are computed: once for a chunk, in its first year, in later years; and which are left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from foedus.compile.graph import Graph, Node, Rows
from foedus.compile.program import Program
from foedus.compile.stages import ProgramStage


@dataclass(frozen=True)
class NodeSchedule:
    """Nodes of a program, by place in the graph, in order.

    once   what does not change from year to year, and the start
    first  of the first year
    later  of every later year
    """

    program: Program
    once: tuple[int, ...]
    first: tuple[int, ...]
    later: tuple[int, ...]
    reached: dict[int, Any] = field(default_factory=dict)
    """how rows are reached, once they have been (execute.py)"""

    @property
    def graph(self) -> Graph:
        """The graph."""
        return self.program.graph

    @cached_property
    def only_when(self) -> dict[bool, dict[int, int]]:
        """The row of the truth without which a node need not be computed, by its place; by whether it is the first."""
        stages = {True: self.program.first, False: self.program.later}
        return {first: conditions(self.program.graph, results(stage)) for first, stage in stages.items()}


def scheduled(program: Program) -> NodeSchedule:
    """Order what a program's results need; the rest is left out."""
    changing = _changing(program.graph)
    stages = program.start, program.first, program.later
    start, first, later = (needed(program.graph, results(stage)) for stage in stages)
    once = start | {place for place in first | later if not changing[place]}
    if strange := [place for place in start if changing[place]]:
        msg = f"the start depends on the year, through {program.graph.nodes[strange[0]].op}"
        raise AssertionError(msg)
    first, later = first - once, later - once
    return NodeSchedule(program, tuple(sorted(once)), tuple(sorted(first)), tuple(sorted(later)))


def results(stage: ProgramStage) -> list[Rows]:
    """Rows that a stage hands out."""
    return [result.flat for result in (*stage.carried.values(), *stage.record.values())]


def parents(graph: Graph, node: Node) -> set[int]:
    """Places of the nodes that a node is computed from."""
    place = id(node)
    if place not in graph.parents:
        graph.parents[place] = places(graph, [*node.args, *([] if node.guard is None else [node.guard])])
    return graph.parents[place]


def places(graph: Graph, rows: Iterable[Rows]) -> set[int]:
    """Places of the nodes of rows; constants have none."""
    found: set[int] = set()
    for some in rows:
        held = some[some >= 0]
        if held.size:
            found.update(np.unique(graph.places_of(held)).tolist())
    return found


def needed(graph: Graph, rows: Iterable[Rows]) -> set[int]:
    """Places of all nodes that rows depend on."""
    open_, found = list(places(graph, rows)), set[int]()
    while open_:
        place = open_.pop()
        if place not in found:
            found.add(place)
            open_ += parents(graph, graph.nodes[place]) - found
    return found


def _changing(graph: Graph) -> list[bool]:
    """Whether each node changes from year to year."""
    found: list[bool] = []
    for node in graph.nodes:
        own = (
            node.op == "state"
            or (node.op == "uniform" and node.detail[0].yearly)
            or (node.op == "draw" and node.detail[0][-1:] not in "0123456789")
        )
        found.append(own or any(found[parent] for parent in parents(graph, node)))
    return found


def conditions(graph: Graph, rows: Iterable[Rows]) -> dict[int, int]:
    """The truth under which alone a node is needed for `rows`, by the node's place: what only a `when` asks for."""
    always, open_ = set[int](), list(places(graph, rows))
    whens: list[Node] = []
    while open_:
        place = open_.pop()
        if place in always:
            continue
        always.add(place)
        node = graph.nodes[place]
        if node.op == "when":
            whens.append(node)
            open_ += places(graph, [node.args[0], node.args[2]])
        else:
            open_ += parents(graph, node)
    found: dict[int, int] = {}
    for node in whens:
        for place in needed(graph, [node.args[1]]) - always:
            flag = int(node.args[0][0])
            found[place] = flag if found.get(place, flag) == flag else -1
    # what was first asked for elsewhere may come before the truth, and is then always computed
    before = {flag: max(places(graph, [np.array([flag])]), default=-1) for flag in set(found.values()) if flag >= 0}
    return {place: flag for place, flag in found.items() if flag >= 0 and before[flag] < place}
