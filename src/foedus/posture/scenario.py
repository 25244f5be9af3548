"""A scenario: a question as twelve lines of TOML. Years, futures, postures to compare, mechanisms off, assumptions."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from foedus.errors import UnknownName
from foedus.posture.doctrine import Doctrine, parse_doctrines
from foedus.posture.event import Event, parse_events
from foedus.posture.posture import Posture, parse_posture, preset, preset_names
from foedus.posture.tomlfile import TomlFile, read_toml

KEYS = (
    "title",
    "question",
    "years",
    "futures",
    "seed",
    "states",
    "posture",
    "against",
    "without",
    "parameters",
    "doctrine",
    "events",
    "world",
    "overlay",
    "guarantor",
)
MOST_YEARS = 60
EARLIEST = 1950


@dataclass(frozen=True)
class Scenario:
    """What is run: `posture` on the same luck as `against`."""

    name: str
    title: str
    question: str
    first: int
    last: int
    futures: int
    seed: int
    posture: Posture
    against: Posture | None
    states: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    fixed: tuple[tuple[str, float], ...] = ()
    ranges: tuple[tuple[str, float, float], ...] = ()
    doctrines: tuple[Doctrine, ...] = ()
    figures: tuple[tuple[str, str, float], ...] = ()
    overlay: Path | None = None
    guarantor: str | None = None
    events: tuple[Event, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """Every year, first and last included."""
        return tuple(range(self.first, self.last + 1))

    def but(self, **changed: Any) -> Scenario:
        """Return the same scenario with some parts changed."""
        return replace(self, **changed)

    @property
    def digest(self) -> str:
        """Hash of everything the futures depend on; not the title, nor how many futures are asked for."""
        body = repr(replace(self, name="", title="", question="", futures=0, overlay=None))
        return hashlib.sha256(json.dumps(body).encode()).hexdigest()[:16]


def read_scenario(path: Path, states: Sequence[str], parameters: Sequence[str], rows: Sequence[str]) -> Scenario:
    """Read a scenario file.

    states, parameters, rows  legal iso3 codes, parameter names, mechanism rows

    Raises ScenarioError or UnknownName naming file and line.
    """
    file = read_toml(path)
    data = file.data
    for key in data:
        if key not in KEYS:
            raise file.unknown("part of a scenario", [key], KEYS)
    first, last = _years(file, data.get("years", "2026-2050"))
    fixed, ranges = _parameters(file, data.get("parameters", {}), parameters)
    overlay = data.get("overlay")
    return Scenario(
        name=path.stem,
        title=str(data.get("title", path.stem)),
        question=str(data.get("question", "")),
        first=first,
        last=last,
        futures=_count(file, "futures", data.get("futures", 1000)),
        seed=_seed(file, data.get("seed", 1)),
        posture=_posture(file, "posture", data.get("posture", "steady"), states),
        against=None
        if data.get("against") == "none"
        else _posture(file, "against", data.get("against", "steady"), states),
        states=tuple(_names(file, "states", data.get("states", []), states, "state")),
        without=tuple(_names(file, "without", data.get("without", []), rows, "mechanism")),
        fixed=fixed,
        ranges=ranges,
        doctrines=parse_doctrines(file, data.get("doctrine", {}), states),
        figures=_figures(file, data.get("world", {}), states),
        overlay=(path.parent / overlay) if overlay else None,
        guarantor=next(iter(_names(file, "guarantor", [data["guarantor"]], states, "state")))
        if "guarantor" in data
        else None,
        events=parse_events(file, data.get("events", {}), states),
    )


def _years(file: TomlFile, value: object) -> tuple[int, int]:
    if isinstance(value, str) and (match := re.fullmatch(r"\s*(\d{4})\s*-\s*(\d{4})\s*", value)):
        first, last = int(match.group(1)), int(match.group(2))
    elif isinstance(value, list) and len(value) == 2 and all(isinstance(x, int) for x in value):
        first, last = value
    else:
        raise file.wrong(["years"], f'{value!r} is not like "2026-2050"')
    if wrong := wrong_years(first, last):
        raise file.wrong(["years"], wrong)
    return first, last


def wrong_years(first: int, last: int) -> str:
    """What is wrong with a span of years; empty when nothing is."""
    if last < first:
        return f"years are reversed: {first} comes after {last}. Write {last}-{first}."
    if first < EARLIEST or last - first + 1 > MOST_YEARS:
        return f"at most {MOST_YEARS} years from {EARLIEST} on; got {first}-{last}"
    return ""


def _count(file: TomlFile, key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise file.wrong([key], f"{value!r} must be a whole number above zero")
    return value


def _seed(file: TomlFile, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise file.wrong(["seed"], f"{value!r} must be a whole number, zero or above")
    return value


def _posture(file: TomlFile, key: str, value: object, states: Sequence[str]) -> Posture:
    if isinstance(value, str):
        try:
            return preset(value, states)
        except UnknownName:
            raise UnknownName("posture", value, preset_names(), f"{file.where([key])} {value}") from None
    if isinstance(value, dict):
        base = value.get("base")
        body = {k: v for k, v in value.items() if k != "base"}
        own = parse_posture(file, [key], body, file.name.removesuffix(".toml"), states)
        return own if base is None else _on_top(preset(str(base), states), own)
    raise file.wrong([key], "must be the name of a posture or a table of channels")


def _on_top(base: Posture, own: Posture) -> Posture:
    return replace(
        base,
        name=own.name,
        title=own.title,
        question=own.question,
        changes=base.changes + own.changes,
        switch_off=base.switch_off + own.switch_off,
        remedies=tuple({**dict(base.remedies), **dict(own.remedies)}.items()),
        conditional=max(base.conditional, own.conditional),
        politics_variance=own.politics_variance if own.politics_variance != 1.0 else base.politics_variance,
        homeland_defence=max(base.homeland_defence, own.homeland_defence),
    )


def _names(file: TomlFile, key: str, values: object, legal: Sequence[str], kind: str) -> list[str]:
    if not isinstance(values, list):
        raise file.wrong([key], f"{values!r} must be a list")
    for value in values:
        if value not in legal:
            raise UnknownName(kind, str(value), legal, f"{file.where([key])} {value}")
    return [str(value) for value in values]


def _parameters(
    file: TomlFile, body: Mapping[str, Any], legal: Sequence[str]
) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float, float], ...]]:
    fixed, ranges = [], []
    for name, value in body.items():
        path = ["parameters", name]
        if name not in legal:
            raise file.unknown("parameter", path, legal)
        if isinstance(value, dict) and {"low", "high"} == set(value):
            if not value["low"] <= value["high"]:
                raise file.wrong(path, f"low {value['low']} lies above high {value['high']}")
            ranges.append((name, float(value["low"]), float(value["high"])))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            fixed.append((name, float(value)))
        else:
            raise file.wrong(path, f"{value!r} must be a number or {{low = …, high = …}}")
    return tuple(fixed), tuple(ranges)


def _figures(file: TomlFile, body: Mapping[str, Any], states: Sequence[str]) -> tuple[tuple[str, str, float], ...]:
    found = []
    for iso, figures in body.items():
        if iso not in states:
            raise file.unknown("state", ["world", iso], states)
        found += [(iso, name, float(value)) for name, value in figures.items()]
    return tuple(found)
