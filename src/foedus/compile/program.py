"""A study's year as a program: the start, the first year and every later one, traced from the model's own text.

What a year hands to the next (`State`, and the first year's figures) are inputs of the later year and results of the
one before. The measures of a record are results too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

import numpy as np

from foedus.compile import picking, sums, ufuncs, writing
from foedus.compile.disguise import tracing
from foedus.compile.given import traced_setting
from foedus.compile.graph import Graph, Rows
from foedus.compile.inputs import GraphInputs
from foedus.compile.operands import Operand
from foedus.compile.places import Lanes
from foedus.compile.policies import TracedPolicy
from foedus.compile.refusal import Untraceable
from foedus.compile.traced import Array, Selection, Summed
from foedus.compile.years import Year
from foedus.engine.fronts import Fronts
from foedus.engine.keeping import EVERYTHING, Kept
from foedus.engine.layout import Layout
from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.engine.moves import Moves
from foedus.engine.observation import Observation
from foedus.engine.setting import Setting
from foedus.engine.situation import Block, Origin, assess
from foedus.engine.state import State, at_start
from foedus.engine.watching import Watched
from foedus.engine.year import BLOCKS

LOADED = (picking, sums, ufuncs, writing)
"""Modules that declare what they do to traced arrays, beside those imported for their own sake."""

WIDTHS = (53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163)
"""Numbers that can stand for the futures: the first that is the length of no other axis does."""


WATCHED = "watched"
"""Stands for a table of the record in the name of a figure beside the measures."""


@dataclass(frozen=True)
class ProgramResult:
    """Rows that a program hands out.

    summed  over the futures of a chunk
    """

    rows: Rows
    kind: str
    summed: bool = False

    @cached_property
    def flat(self) -> Rows:
        """Its rows in one line."""
        return self.rows.reshape(-1)


@dataclass(frozen=True)
class ProgramStage:
    """What one of the three parts of a program hands out: what the next year starts from, and the record's measures."""

    carried: dict[str, ProgramResult]
    record: dict[tuple[str, str], ProgramResult]


@dataclass(frozen=True)
class Program:
    """A graph, its inputs, and its three stages."""

    graph: Graph
    inputs: GraphInputs
    start: ProgramStage
    first: ProgramStage
    later: ProgramStage


def trace(
    setting: Setting,
    blocks: Sequence[Block] = BLOCKS,
    equations: Sequence[Callable[..., Any]] = (),
    kept: Kept = EVERYTHING,
    watched: Sequence[Watched] = (),
) -> Program:
    """Trace a setting's years.

    blocks     of a year, in order
    equations  functions put in the place of published ones
    kept       measures that are recorded
    watched    figures that are recorded beside them

    Raises Untraceable, with the name of who asks, for a question about values; and with the name of a policy's field
    that nothing reads.
    """
    futures = _stand_in(setting.layout)
    graph = Graph()
    inputs = GraphInputs(graph, futures)
    policy = TracedPolicy(inputs, setting.policy)
    recorded = Recorded(kept, tuple(watched))
    with tracing(graph, futures, [*blocks, *equations, *(one.compute for one in watched)]):
        traced = traced_setting(inputs, setting, policy)
        begun = at_start(traced)
        start = ProgramStage(_carried(begun, None, futures, graph), {})
        state = _handed_on(start, graph, futures, begun)
        first, origin = _year(Year(inputs, first=True), state, None, traced, blocks, recorded)
        before = _origin_handed_on(first, graph, futures, origin)
        later, _ = _year(Year(inputs, first=False), state, before, traced, blocks, recorded)
    if missing := policy.unread():
        raise Untraceable(f"a policy whose {', '.join(missing)} nothing reads", "A block must read it.")
    return Program(graph, inputs, start, first, later)


def _stand_in(layout: Layout) -> int:
    """A number of futures that is the length of no other axis."""
    taken: set[int] = set()

    def see(value: Any) -> None:
        if isinstance(value, np.ndarray):
            taken.update(value.shape)
        elif is_dataclass(value) and not isinstance(value, type):
            for one in fields(value):
                see(getattr(value, one.name))
        elif isinstance(value, tuple):
            for held in value:
                see(held)

    see(layout)
    taken |= {len(layout.facing), len(layout.pooled), len(layout.weighing), len(layout.allies), layout.counts.links + 1}
    return next(width for width in WIDTHS if width not in taken)


@dataclass(frozen=True)
class Recorded:
    """What a program records of a year: measures, and figures beside them."""

    kept: Kept
    watched: tuple[Watched, ...] = ()


def _year(
    year: Year, state: State, origin: Origin | None, setting: Setting, blocks: Sequence[Block], recorded: Recorded
) -> tuple[ProgramStage, Origin]:
    """One year of the model: as `engine.year.step`, then the measures of `engine.record.keep`."""
    number: Any = year
    situation = assess(number, state, origin, setting)
    after = situation.state
    for block in blocks:
        after = block(situation, after, setting)
    futures, graph = setting.futures, year.inputs.graph
    seen = Observation(situation, after, setting)
    record = {
        (group.value, name): _result(MEASURES[group][name].compute(seen), futures, graph)
        for group in Group
        for name in recorded.kept.of(group)
    }
    record |= {(WATCHED, one.name): _result(one.seen(seen), futures, graph) for one in recorded.watched}
    portfolio: Any = after.portfolio
    record["options", "portfolio"] = _result(portfolio.sum(axis=2)[:, setting.layout.allies], futures, graph)
    carried = _carried(after, situation.origin if origin is None else None, futures, graph)
    return ProgramStage(carried, record), situation.origin


def _result(value: Any, futures: int, graph: Graph) -> ProgramResult:
    if isinstance(value, Summed):
        return ProgramResult(value.rows, "f", summed=True)
    operand = Operand(value, graph, futures)
    rows = operand.rows if operand.wide or not operand.rows.ndim else operand.rows[..., 0]
    if not operand.wide and np.shape(value)[-1:] not in ((1,), (futures,)):
        raise Untraceable("a measure without futures", "Give it an axis of futures, or sum over them.")
    return ProgramResult(rows, operand.kind)


def _carried(state: State, origin: Origin | None, futures: int, graph: Graph) -> dict[str, ProgramResult]:
    """What the next year starts from, by name."""
    found = {}
    for name, value in leaves(state, "state"):
        found[name] = _result(value, futures, graph)
    found |= _fronts(state.fronts, graph, state)
    if origin is not None:
        found |= {name: _result(value, futures, graph) for name, value in leaves(origin, "origin")}
    return found


def leaves(value: Any, name: str) -> list[tuple[str, Any]]:
    """Arrays of a value and of the values it holds, by name; wars and moves apart."""
    if isinstance(value, Fronts | Moves):
        return []
    if is_dataclass(value) and not isinstance(value, type):
        return [leaf for one in fields(value) for leaf in leaves(getattr(value, one.name), f"{name}.{one.name}")]
    return [(name, value)]


def _fronts(fronts: Fronts, graph: Graph, state: State) -> dict[str, ProgramResult]:
    """Wars that are on as arrays over pairs: whether one is, and its figures there."""
    pairs = len(np.shape(state.hostility)) and state.hostility.shape[0]
    lanes: Any = fronts.future
    found: dict[str, ProgramResult] = {}

    def blank(kind: str) -> Array:
        rows = graph.constant(np.zeros(pairs), kind)
        return Array.of(graph, rows, kind, lanes.futures, wide=True)

    on = blank("b")
    on[fronts.pair, fronts.future] = True
    found["fronts.on"] = ProgramResult(on.rows, "b")
    for one in fields(Fronts):
        if one.name in ("pair", "future"):
            continue
        value = getattr(fronts, one.name)
        columns = [value] if len(value.shape) == 1 else [value[:, k] for k in range(value.shape[1])]
        rows = []
        for column in columns:
            figures = blank("f")
            figures[fronts.pair, fronts.future] = column
            rows.append(figures.rows)
        found[f"fronts.{one.name}"] = ProgramResult(
            rows[0] if len(value.shape) == 1 else _side_by_side(rows, pairs), "f"
        )
    return found


def _side_by_side(rows: list[Rows], count: int) -> Rows:
    return np.stack(rows, axis=1) if rows else np.zeros((count, 0), dtype=np.int64)


def _handed_on(stage: ProgramStage, graph: Graph, futures: int, like: State) -> State:
    """A state of inputs, shaped as a stage hands it out."""
    given = {name: _input(name, result, graph, futures) for name, result in stage.carried.items()}
    selection = Selection(graph, given["fronts.on"].rows)
    pairs = graph.constant(np.arange(len(given["fronts.on"].rows)), "i")

    def entries(rows: Rows, of: str) -> Any:
        return Array.of(graph, rows, of, futures, wide=False, selection=selection)

    lanes: Any = Lanes(selection, futures)
    figures: dict[str, Any] = {
        one.name: entries(given[f"fronts.{one.name}"].rows, "f")
        for one in fields(Fronts)
        if one.name not in ("pair", "future")
    }
    pair: Any = entries(pairs, "i")
    fronts = Fronts(pair=pair, future=lanes, **figures)
    named: dict[str, Any] = {one.name: given.get(f"state.{one.name}") for one in fields(State)}
    return State(**named | {"fronts": fronts, "moves": like.moves})


def _origin_handed_on(stage: ProgramStage, graph: Graph, futures: int, like: Origin) -> Origin:
    """The first year's figures as inputs."""

    def rebuilt(value: Any, name: str) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            kind: Any = type(value)
            return kind(**{one.name: rebuilt(getattr(value, one.name), f"{name}.{one.name}") for one in fields(value)})
        return _input(name, stage.carried[name], graph, futures)

    found: Origin = rebuilt(like, "origin")
    return found


def _input(name: str, result: ProgramResult, graph: Graph, futures: int) -> Array:
    rows = graph.add("state", [], result.rows.size, result.kind, (name,)).reshape(result.rows.shape)
    return Array.of(graph, rows, result.kind, futures, wide=True)
