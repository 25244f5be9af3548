"""A study's year as a program: the start, the first year and every later one, traced from the model's own text.

What a year hands to the next (`State`, and the first year's figures) are inputs of the later year and results of the
one before. The measures of a record are results too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from foedus.compile import picking, sums, ufuncs, writing
from foedus.compile.carrying import carried, handed_on, origin_handed_on
from foedus.compile.disguise import tracing
from foedus.compile.given import traced_setting
from foedus.compile.graph import Graph
from foedus.compile.inputs import GraphInputs
from foedus.compile.policies import TracedPolicy
from foedus.compile.refusal import Untraceable
from foedus.compile.stages import ProgramStage, result_of
from foedus.compile.years import Year
from foedus.engine.keeping import EVERYTHING, Kept
from foedus.engine.layout import Layout
from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
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
        start = ProgramStage(carried(begun, None, futures, graph), {})
        state = handed_on(start, graph, futures, begun)
        first, origin = _year(Year(inputs, first=True), state, None, traced, blocks, recorded)
        before = origin_handed_on(first, graph, futures, origin)
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
        (group.value, name): result_of(MEASURES[group][name].compute(seen), futures, graph)
        for group in Group
        for name in recorded.kept.of(group)
    }
    record |= {(WATCHED, one.name): result_of(one.seen(seen), futures, graph) for one in recorded.watched}
    portfolio: Any = after.portfolio
    record["options", "portfolio"] = result_of(portfolio.sum(axis=2)[:, setting.layout.allies], futures, graph)
    handed = carried(after, situation.origin if origin is None else None, futures, graph)
    return ProgramStage(handed, record), situation.origin
