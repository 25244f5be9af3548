"""What a year hands to the next, as rows of the graph: results of one stage that are inputs of another."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from foedus.compile.graph import Graph, Rows
from foedus.compile.places import Lanes
from foedus.compile.selection import Selection
from foedus.compile.stages import ProgramResult, ProgramStage, result_of
from foedus.compile.traced import Array
from foedus.engine.fronts import Fronts
from foedus.engine.moves import Moves
from foedus.engine.situation import Origin
from foedus.engine.state import State


def carried(state: State, origin: Origin | None, futures: int, graph: Graph) -> dict[str, ProgramResult]:
    """What the next year starts from, by name."""
    found = {}
    for name, value in leaves(state, "state"):
        found[name] = result_of(value, futures, graph)
    found |= _fronts(state.fronts, graph, state)
    if origin is not None:
        found |= {name: result_of(value, futures, graph) for name, value in leaves(origin, "origin")}
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


def handed_on(stage: ProgramStage, graph: Graph, futures: int, like: State) -> State:
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


def origin_handed_on(stage: ProgramStage, graph: Graph, futures: int, like: Origin) -> Origin:
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
