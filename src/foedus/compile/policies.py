"""A policy whose fields become inputs when they are read. A field that nothing reads is refused when the trace ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.inputs import GraphInputs
from foedus.compile.kinds import kind_of
from foedus.compile.refusal import Untraceable
from foedus.compile.sources import InputSource, Path
from foedus.compile.traced import Array
from foedus.compile.years import Year
from foedus.engine.policy import Policy, Rule


def traced_field(inputs: GraphInputs, path: Path, value: Any) -> Array:
    """A figure or an array of a policy as an input."""
    held = np.asarray(value)
    return inputs.uniform(InputSource("field", path), held.shape, kind_of(held.dtype))


class ByYear:
    """An array of the policy that differs between years."""

    def __init__(self, inputs: GraphInputs, path: Path, values: NDArray[Any], axis: int = 0) -> None:
        self.inputs, self.path, self.axis = inputs, path, axis
        self.kind, self.shape = kind_of(values.dtype), values.shape

    def __getitem__(self, key: Any) -> Any:
        keys = list(key) if isinstance(key, tuple) else [key]
        if len(keys) <= self.axis:
            raise Untraceable(f"`{InputSource('field', self.path).name}` of all years", "Pick a year first.")
        year, rest = keys[self.axis], keys[: self.axis] + keys[self.axis + 1 :]
        if isinstance(year, Year):
            at = self._at(year.ahead, first=False)
        elif isinstance(year, int) and year == 0:
            at = self._at(0, first=True)
        else:
            raise Untraceable(
                f"`{InputSource('field', self.path).name}` of a year other than this one",
                "Pick by the year that is run.",
            )
        return at[tuple(rest)] if rest else at

    def _at(self, ahead: int, *, first: bool) -> Array:
        """The array of a year: so many ahead of the one that is run, never beyond the last; or the first."""
        shape = tuple(n for axis, n in enumerate(self.shape) if axis != self.axis)
        return self.inputs.uniform(InputSource("field", self.path, self.axis, ahead, first), shape, self.kind)


class TracedPolicy:
    """A policy whose fields become inputs as they are read."""

    def __init__(self, inputs: GraphInputs, policy: Policy) -> None:
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
        if (axis := axis_of_years((name,))) is not None:
            return ByYear(self._inputs, (name,), np.asarray(held), axis)
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


BY_YEAR = {
    ("levels",): 0,
    ("switched_off",): 0,
    ("spending",): 0,
    ("hostility",): 0,
    ("planned", "rise"): 1,
    ("planned", "runs"): 0,
    ("wars", "ends"): 0,
    ("wars", "begins"): 0,
    ("second", "factor"): 0,
    ("second", "levels"): 0,
    ("second", "troops"): 0,
    ("rules", "spending"): 0,
}
"""Axis of the years of each array of a policy that has one, by the names of its fields."""


def axis_of_years(path: Path) -> int | None:
    """Axis of the years of an array of a policy; None where it is the same in all years."""
    return BY_YEAR.get(tuple(str(step) for step in path if isinstance(step, str)))


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
        """Fields that nothing read."""
        return sorted(name for name, held in self._held.items() if name not in self._seen and held is not None)


@dataclass
class Remedies:
    """Levels of remedies, read by name."""

    inputs: GraphInputs
    given: Mapping[str, float]
    read: set[str] = field(default_factory=set)

    def get(self, name: str, _default: float = 0.0) -> Array:
        """Level of a remedy, 0 where the policy names none."""
        self.read.add(name)
        return self.inputs.uniform(InputSource("remedy", ("remedies", name)), (), "f")


def traced_rule(inputs: GraphInputs, rule: Rule, place: int) -> dict[str, Any]:
    """A rule: which measures it asks about stays, whom it covers and its figures become inputs."""
    found: dict[str, Any] = {}
    for one in fields(rule):
        held, path = getattr(rule, one.name), ("rules", place, one.name)
        if held is None:
            found[one.name] = held
        elif one.name == "conditions":
            found[one.name] = tuple(
                (measure, sign, traced_field(inputs, (*path, k, 2), threshold))
                for k, (measure, sign, threshold) in enumerate(held)
            )
        elif one.name == "held":
            found[one.name] = tuple(traced_field(inputs, (*path, k), year) for k, year in enumerate(held))
        elif (axis := axis_of_years(path)) is not None:
            found[one.name] = ByYear(inputs, path, held, axis)
        else:
            found[one.name] = traced_field(inputs, path, held)
    return found


def traced_part(inputs: GraphInputs, name: str, part: Any) -> dict[str, Any]:
    """A part of a policy with arrays of its own."""
    found: dict[str, Any] = {}
    for one in fields(part):
        held, path = getattr(part, one.name), (name, one.name)
        axis = axis_of_years(path)
        found[one.name] = (
            traced_field(inputs, path, held) if axis is None else ByYear(inputs, path, np.asarray(held), axis)
        )
    return found
