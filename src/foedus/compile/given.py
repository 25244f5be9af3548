"""A setting that is traced: its layout as tables that traced rows are looked up in, its luck as nodes."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.folds import grouped
from foedus.compile.inputs import GraphInputs, TracedParameters
from foedus.compile.operands import applied
from foedus.compile.policies import TracedPolicy
from foedus.compile.refusal import Untraceable
from foedus.compile.tables import LookupTable
from foedus.compile.traced import Array
from foedus.compile.years import Calendar, Year
from foedus.engine.adder import Adder
from foedus.engine.layout import Faced, Layout
from foedus.engine.setting import Setting


@dataclass(frozen=True)
class TracedDraws:
    """Luck by key, as nodes.

    whose  `luck`, or `unknowns` that twins share
    """

    inputs: GraphInputs
    whose: str
    futures: range

    def uniform(self, year: Any, use: str, actors: NDArray[Any]) -> Array:
        graph, inputs = self.inputs.graph, self.inputs
        ids = graph.constant(np.asarray(actors), "i")
        rows = graph.add("draw", [ids], len(ids), "f", (self._key(year, use), self.whose))
        return Array.of(graph, rows, "f", inputs.futures, wide=True)

    def sparse(self, year: Any, use: str, actors: Any, columns: Any) -> Array:
        graph, selection = self.inputs.graph, columns.selection
        ids = np.broadcast_to(actors.rows, len(selection))
        rows = graph.add("draw", [ids], len(ids), "f", (self._key(year, use), self.whose), guard=selection.mask)
        return Array.of(graph, rows, "f", self.inputs.futures, wide=False, selection=selection)

    def normal(self, year: Any, use: str, actors: NDArray[Any]) -> Array:
        return _normal(self.uniform(year, use, actors))

    def sparse_normal(self, year: Any, use: str, actors: Any, columns: Any) -> Array:
        return _normal(self.sparse(year, use, actors, columns))

    def _key(self, year: Any, use: str) -> str:
        name = f"{use} {'' if isinstance(year, Year) else year}".strip()
        if isinstance(year, Year) and year.ahead:
            raise Untraceable("luck of another year", "Draw for the year that is run.")
        self.inputs.keys[name] = (use, None if isinstance(year, Year) else int(year))
        return name


def _normal(chance: Array) -> Array:
    return applied((chance,), "normal", "f", "f")


@dataclass(frozen=True)
class TracedAdder:
    """Sums rows by group, in order."""

    groups: tuple[NDArray[Any], ...]

    @staticmethod
    def of(adder: Adder) -> TracedAdder:
        own = dict(zip(adder.groups.tolist(), adder.rows, strict=True))
        return TracedAdder(tuple(own.get(group, np.zeros(0, dtype=np.intp)) for group in range(adder.count)))

    def __call__(self, values: Any) -> Array:
        held = values if isinstance(values, Array) else None
        if held is None:
            raise Untraceable("a sum of rows that are no array of futures", "Give it an array [N, F].")
        rows = held.astype(np.float32).rows
        return held.like(grouped(held.graph, "add", [rows[group] for group in self.groups]), "f")


@dataclass(frozen=True)
class TracedFaced:
    """Largest of a pair quantity over the challengers each state faces."""

    groups: tuple[NDArray[Any], ...]
    pairs: int

    @staticmethod
    def of(faced: Faced) -> TracedFaced:
        return TracedFaced(
            tuple(np.flatnonzero(faced.target == state) for state in range(faced.count)), len(faced.target)
        )

    def most(self, values: Array) -> Array:
        zero = values.graph.constant(np.zeros(1, dtype=np.float32), "f")
        rows = values.rows
        groups = [np.concatenate([zero, rows[group]]) if len(group) else zero for group in self.groups]
        return values.like(grouped(values.graph, "maximum", groups))

    def which(self, values: Array) -> Array:
        graph = values.graph
        found = graph.constant(np.full(len(self.groups), self.pairs), "i")
        some = [place for place, group in enumerate(self.groups) if len(group)]
        ends = np.cumsum([len(self.groups[place]) for place in some])
        pairs = np.concatenate([self.groups[place] for place in some])
        detail = (tuple(ends.tolist()), tuple(pairs.tolist()), self.pairs)
        found[some] = graph.add("which", [values.rows[pairs]], len(some), "i", detail)
        return values.like(found, "i")


def tables(value: Any) -> Any:
    """The same value with its arrays as tables that traced rows can be looked up in, adders and finders traced."""
    if isinstance(value, np.ndarray) and value.dtype != object:
        return value.view(LookupTable)
    if isinstance(value, Adder):
        return TracedAdder.of(value)
    if isinstance(value, Faced):
        return TracedFaced.of(value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: tables(getattr(value, f.name)) for f in fields(value) if f.init})
    if type(value) is tuple:
        return tuple(tables(one) for one in value)
    return value


def traced_setting(inputs: GraphInputs, setting: Setting, policy: TracedPolicy) -> Setting:
    """A setting like another, whose figures are inputs."""
    layout: Layout = tables(setting.layout)
    traced: Any = {
        "layout": layout,
        "years": Calendar(),
        "policy": policy,
        "p": TracedParameters(inputs, tuple(setting.p)),
        "draws": TracedDraws(inputs, "luck", range(inputs.futures)),
        "unknowns": TracedDraws(inputs, "unknowns", range(inputs.futures)),
        "model": setting.model,
        "helpers": tables(setting.helpers),
    }
    return Setting(**traced)
