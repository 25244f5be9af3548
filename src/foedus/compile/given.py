"""What a year reads, as inputs of the graph: parameters, luck, the policy, the year, the layout's tables.

A field of the policy becomes an input when it is read. A field that nothing reads is refused when the trace ends
(`TracedPolicy.unread`), and what is asked of a year, other than whether it is the first, becomes an input too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.functions import kind_of
from foedus.compile.graph import Graph
from foedus.compile.places import Table
from foedus.compile.refusal import Untraceable
from foedus.compile.traced import Array, grouped
from foedus.engine.layout import Adder, Faced, Layout
from foedus.engine.setting import Policy, Rule, Setting

YEARS = 10_007
"""How many years a traced study has: more than any, so that the year traced is never its last."""


Source = Callable[[Setting, int], Any]
"""Reads an input from a setting, for a year by its index."""


@dataclass
class Inputs:
    """Inputs of a graph, made when first read."""

    graph: Graph
    futures: int
    once: dict[str, Source] = field(default_factory=dict)
    """where each is read that is the same in all years and futures, by name"""
    yearly: dict[str, Source] = field(default_factory=dict)
    """where each is read that differs between years"""
    parameters: list[str] = field(default_factory=list)
    keys: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    """key of luck by name: what it decides, and the year, None for the year that is run"""

    def uniform(self, name: str, shape: tuple[int, ...], kind: str, source: Source, *, yearly: bool) -> Array:
        """Figures that are the same in all futures."""
        (self.yearly if yearly else self.once)[name] = source
        count = int(np.prod(shape))
        rows = self.graph.add("uniform", [], count, kind, (name, yearly)).reshape(shape)
        return Array.of(self.graph, rows, kind, self.futures, wide=False)

    def parameter(self, name: str) -> Array:
        """A parameter in each future."""
        if name not in self.parameters:
            self.parameters.append(name)
        rows = self.graph.add("parameter", [], 1, "f", (name,)).reshape(())
        return Array.of(self.graph, rows, "f", self.futures, wide=True)


@dataclass(frozen=True)
class TracedParameters(Mapping[str, Any]):
    """The parameters; each that is read becomes an input."""

    inputs: Inputs
    names: tuple[str, ...]

    def __getitem__(self, name: str) -> Array:
        if name not in self.names:
            raise KeyError(name)
        return self.inputs.parameter(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


class Year:
    """The index of a year that is run. Whether it is the first is known; whatever else is asked is an input."""

    def __init__(self, inputs: Inputs, *, first: bool, ahead: int = 0) -> None:
        self.inputs, self.first, self.ahead = inputs, first, ahead

    def moved(self, by: int) -> Year:
        return Year(self.inputs, first=self.first, ahead=self.ahead + by)

    def __add__(self, other: int) -> Year:
        return self.moved(other)

    def __sub__(self, other: Any) -> Any:
        return self.moved(-other) if isinstance(other, int) else NotImplemented

    def __bool__(self) -> bool:
        if self.ahead == 0:
            return not self.first
        raise Untraceable("a question about a year before or after", "Ask about the year itself.")

    def __eq__(self, other: object) -> Any:
        if other == 0 and self.ahead == 0:
            return self.first
        return self._number() == other

    def __ne__(self, other: object) -> Any:
        found = self == other
        return not found if isinstance(found, bool) else ~found

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, other: int) -> Any:
        return True if other == YEARS - 1 else self._number() < other

    def __le__(self, other: int) -> Any:
        return True if other == YEARS - 1 else self._number() <= other

    def __gt__(self, other: int) -> Any:
        return False if other == YEARS - 1 else self._number() > other

    def __ge__(self, other: int) -> Any:
        return False if other == YEARS - 1 else self._number() >= other

    def __mod__(self, other: int) -> Array:
        ahead = self.ahead
        return self.inputs.uniform(
            f"year {ahead:+d} % {other}", (), "i", lambda _, year: (year + ahead) % other, yearly=True
        )

    def _number(self) -> Array:
        ahead = self.ahead
        return self.inputs.uniform(f"year {ahead:+d}", (), "i", lambda _, year: year + ahead, yearly=True)

    def __index__(self) -> int:
        raise Untraceable("the number of the year", "Ask `year == 0`, or use `engine.among.when` for what not all do.")

    __int__ = __float__ = __index__  # type: ignore[assignment]


class Calendar:
    """The years of a study; the first is 0."""

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, Year):
            return place
        if place == 0:
            return 0
        raise Untraceable("a year of the calendar", "Count years from the first.")

    def __len__(self) -> int:
        return YEARS


Path = tuple[str | int, ...]
"""Where in a policy a value is: names of fields, and places in tuples."""


def followed(policy: Any, path: Path) -> Any:
    """The value at a place in a policy."""
    for step in path:
        policy = policy[step] if isinstance(step, int) else getattr(policy, step)
    return policy


def told(path: Path) -> str:
    """A place in words: policy.rules[0].spending."""
    return "policy" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def traced_field(inputs: Inputs, path: Path, value: Any) -> Array:
    """A figure or an array of a policy as an input."""
    held = np.asarray(value)
    return inputs.uniform(
        told(path), held.shape, kind_of(held.dtype), lambda setting, _: followed(setting.policy, path), yearly=False
    )


class ByYear:
    """An array of the policy that differs between years."""

    def __init__(self, inputs: Inputs, path: Path, values: NDArray[Any], axis: int = 0) -> None:
        self.inputs, self.path, self.axis = inputs, path, axis
        self.kind, self.shape = kind_of(values.dtype), values.shape

    def __getitem__(self, key: Any) -> Any:
        keys = list(key) if isinstance(key, tuple) else [key]
        if len(keys) <= self.axis:
            raise Untraceable(f"`{told(self.path)}` of all years", "Pick a year first.")
        year, rest = keys[self.axis], keys[: self.axis] + keys[self.axis + 1 :]
        if isinstance(year, Year):
            at = self._at(year.ahead, first=False)
        elif isinstance(year, int) and year == 0:
            at = self._at(0, first=True)
        else:
            raise Untraceable(f"`{told(self.path)}` of a year other than this one", "Pick by the year that is run.")
        return at[tuple(rest)] if rest else at

    def _at(self, ahead: int, *, first: bool) -> Array:
        """The array of a year: so many ahead of the one that is run, never beyond the last; or the first."""
        shape = tuple(n for axis, n in enumerate(self.shape) if axis != self.axis)
        path, axis = self.path, self.axis

        def read(setting: Setting, year: int) -> Any:
            values = np.asarray(followed(setting.policy, path))
            return values.take(0 if first else max(min(year + ahead, values.shape[axis] - 1), 0), axis=axis)

        name = f"{told(path)} {'first' if first else f'{ahead:+d}'}"
        return self.inputs.uniform(name, shape, self.kind, read, yearly=not first)


class TracedPolicy:
    """A policy whose fields become inputs as they are read."""

    def __init__(self, inputs: Inputs, policy: Policy) -> None:
        self._inputs, self._policy = inputs, policy
        self._read: set[str] = set()
        self._remedies = Remedies(inputs, policy.remedies)
        self._rules: list[Reads] | None = None
        self._parts: dict[str, Reads] = {}

    def __getattr__(self, name: str) -> Any:
        held = getattr(self._policy, name)
        self._read.add(name)
        if held is None or name == "name":
            return held
        if name == "remedies":
            return self._remedies
        if name == "rules":
            if self._rules is None:
                self._rules = [Reads(traced_rule(self._inputs, rule, place)) for place, rule in enumerate(held)]
            return tuple(self._rules)
        if is_dataclass(held):
            if name not in self._parts:
                self._parts[name] = Reads(traced_part(self._inputs, name, held))
            return self._parts[name]
        if name in BY_YEAR:
            return ByYear(self._inputs, (name,), np.asarray(held))
        return traced_field(self._inputs, (name,), held)

    def unread(self) -> list[str]:
        """Fields that nothing read, told as a scenario's file would."""
        plain = {f.name for f in fields(self._policy)} - {"name"}
        missing = sorted(plain - self._read)
        missing += [f"remedies.{name}" for name in sorted(set(self._policy.remedies) - self._remedies.read)]
        for place, rule in enumerate(self._rules or []):
            missing += [f"rules[{place}].{name}" for name in rule.unread()]
        for part, held in self._parts.items():
            missing += [f"{part}.{name}" for name in held.unread()]
        return missing


BY_YEAR = ("levels", "switched_off", "spending", "hostility")
"""Fields of a policy whose first axis is the years."""


class Reads:
    """A value that remembers which of its fields were read."""

    def __init__(self, held: dict[str, Any]) -> None:
        self._held, self._seen = held, set[str]()

    def __getattr__(self, name: str) -> Any:
        if name not in self._held:
            raise AttributeError(name)
        self._seen.add(name)
        return self._held[name]

    def unread(self) -> list[str]:
        return sorted(name for name, held in self._held.items() if name not in self._seen and held is not None)


@dataclass
class Remedies:
    """Levels of remedies, read by name."""

    inputs: Inputs
    given: Mapping[str, float]
    read: set[str] = field(default_factory=set)

    def get(self, name: str, _default: float = 0.0) -> Array:
        self.read.add(name)
        return self.inputs.uniform(
            f"policy.remedies.{name}", (), "f", lambda setting, _: setting.policy.remedies.get(name, 0.0), yearly=False
        )


def traced_rule(inputs: Inputs, rule: Rule, place: int) -> dict[str, Any]:
    """A rule: whom it covers and what it asks stays, its figures become inputs."""
    found: dict[str, Any] = {}
    for one in fields(rule):
        held, path = getattr(rule, one.name), ("rules", place, one.name)
        if held is None or one.name == "states":
            found[one.name] = held
        elif one.name == "conditions":
            found[one.name] = tuple(
                (measure, sign, traced_field(inputs, (*path, k, 2), threshold))
                for k, (measure, sign, threshold) in enumerate(held)
            )
        elif one.name == "held":
            found[one.name] = tuple(traced_field(inputs, (*path, k), year) for k, year in enumerate(held))
        elif one.name == "spending":
            found[one.name] = ByYear(inputs, path, held)
        else:
            found[one.name] = traced_field(inputs, path, held)
    return found


def traced_part(inputs: Inputs, name: str, part: Any) -> dict[str, Any]:
    """A part of a policy with arrays of its own: all by year, but for those that say otherwise."""
    found: dict[str, Any] = {}
    for one in fields(part):
        held = getattr(part, one.name)
        if (name, one.name) in SAME_IN_ALL_YEARS:
            found[one.name] = traced_field(inputs, (name, one.name), held)
        else:
            axis = 1 if (name, one.name) == ("planned", "rise") else 0
            found[one.name] = ByYear(inputs, (name, one.name), np.asarray(held), axis)
    return found


SAME_IN_ALL_YEARS = (("planned", "states"),)
"""Arrays of a policy's parts that have no axis of years; `planned.rise` has it second."""


@dataclass(frozen=True)
class TracedDraws:
    """Luck by key, as nodes.

    whose  `luck`, or `unknowns` that twins share
    """

    inputs: Inputs
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
    from foedus.compile.functions import applied

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
        return value.view(Table)
    if isinstance(value, Adder):
        return TracedAdder.of(value)
    if isinstance(value, Faced):
        return TracedFaced.of(value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: tables(getattr(value, f.name)) for f in fields(value) if f.init})
    if type(value) is tuple:
        return tuple(tables(one) for one in value)
    return value


def traced_setting(inputs: Inputs, setting: Setting, policy: TracedPolicy) -> Setting:
    """A setting like another, whose figures are inputs."""
    layout: Layout = tables(setting.layout)
    traced: Any = {
        "layout": layout,
        "years": Calendar(),
        "policy": policy,
        "p": TracedParameters(inputs, tuple(setting.p)),
        "draws": TracedDraws(inputs, "luck", range(inputs.futures)),
        "unknowns": TracedDraws(inputs, "unknowns", range(inputs.futures)),
    }
    return Setting(**traced)
