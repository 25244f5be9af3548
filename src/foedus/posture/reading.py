"""Reading a scenario file: every name checked, every complaint with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from foedus.errors import UnknownName
from foedus.ledger import Ledger
from foedus.ledger.bounds import wrong_range, wrong_value
from foedus.posture.doctrine import parse_doctrines
from foedus.posture.event import parse_events
from foedus.posture.posture import Posture, parse_posture, preset, preset_names
from foedus.posture.scenario import Scenario, wrong_years
from foedus.posture.tomlfile import TomlFile, read_toml
from foedus.world.figures import FIGURES, wrong_figure

KEYS = (
    "name",
    "extends",
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
    "uncertain",
    "doctrine",
    "events",
    "world",
    "overlay",
    "guarantor",
)


def read_scenario(path: Path, states: Sequence[str], ledger: Ledger) -> Scenario:
    """Read a scenario file.

    states  legal iso3 codes
    ledger  parameters and mechanisms it may name

    `extends` names a posture that ships with Foedus, or a scenario or posture file beside this one: what the file
    does not say stays as there, and its `[posture]`, `[doctrine]` and parameters come on top.

    Raises ScenarioError or UnknownName naming file and line.
    """
    return _read(path, Legal(states, ledger), ())


@dataclass(frozen=True)
class Legal:
    """What a scenario may name: iso3 codes, parameters and mechanism rows."""

    states: Sequence[str]
    ledger: Ledger


def _read(path: Path, legal: Legal, above: tuple[Path, ...]) -> Scenario:
    """Read a file; `above` are the files that extend it."""
    file = read_toml(path)
    data = file.data
    for key in data:
        if key not in KEYS:
            raise file.unknown("part of a scenario", [key], KEYS)
    base = _base(file, path, data.get("extends"), legal, above)
    first, last = _years(file, data["years"]) if "years" in data else (base.first, base.last)
    fixed, ranges = _parameters(file, data, legal.ledger)
    name = _name(file, data.get("name", path.stem))
    states = legal.states
    overlay, guarantor = data.get("overlay"), data.get("guarantor")
    return replace(
        base,
        name=name,
        title=str(data.get("title", name.replace("-", " ").capitalize())),
        question=str(data.get("question", "")),
        first=first,
        last=last,
        futures=_count(file, "futures", data.get("futures", base.futures)),
        seed=_seed(file, data.get("seed", base.seed)),
        posture=_posture(file, "posture", data["posture"], states, name, base) if "posture" in data else base.posture,
        against=_against(file, data, states, base),
        states=_names(file, "states", data["states"], states, "state") if "states" in data else base.states,
        without=(
            *base.without,
            *_names(file, "without", data.get("without", []), list(legal.ledger.mechanisms), "mechanism"),
        ),
        fixed=_merged(base.fixed, fixed, [row[0] for row in ranges]),
        ranges=_merged(base.ranges, ranges, [row[0] for row in fixed]),
        doctrines=(*base.doctrines, *parse_doctrines(file, data.get("doctrine", {}), states)),
        figures=(*base.figures, *_figures(file, data.get("world", {}), states)),
        overlay=(path.parent / overlay) if overlay else base.overlay,
        guarantor=_names(file, "guarantor", [guarantor], states, "state")[0] if guarantor else base.guarantor,
        events=parse_events(file, data.get("events", {}), states),
    )


def _base(file: TomlFile, path: Path, extends: object, legal: Legal, above: tuple[Path, ...]) -> Scenario:
    """What a file extends; a steady scenario when it extends nothing."""
    steady = preset("steady", legal.states)
    plain = Scenario.of(steady, steady, name="", title="")
    if extends is None:
        return plain
    if extends in preset_names():
        return replace(plain, posture=preset(str(extends), legal.states))
    if not isinstance(extends, str) or not extends.endswith(".toml"):
        raise UnknownName("posture or scenario file", str(extends), preset_names(), file.where(["extends"]))
    below = path.parent / extends
    if below.resolve() in [p.resolve() for p in (*above, path)]:
        raise file.wrong(["extends"], f"{extends} extends this file in turn. Cut the circle.")
    if not below.exists():
        raise file.wrong(["extends"], f"{extends}: no such file")
    return _read(below, legal, (*above, path))


def _name(file: TomlFile, value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[\w.-]+", value):
        raise file.wrong(["name"], f"{value!r} is not a name of letters, digits and hyphens; it names the run folder")
    return value


def _against(file: TomlFile, data: Mapping[str, Any], states: Sequence[str], base: Scenario) -> Posture | None:
    if "against" not in data:
        return base.against
    if data["against"] == "none":
        return None
    return _posture(file, "against", data["against"], states, file.name.removesuffix(".toml"), None)


Row = TypeVar("Row", bound=tuple[Any, ...])


def _merged(below: Sequence[Row], above: Sequence[Row], gone: Sequence[str]) -> tuple[Row, ...]:
    """Rows keyed by their first entry: those of `above` replace those of `below`, and `gone` leave."""
    return tuple({row[0]: row for row in (*(r for r in below if r[0] not in gone), *above)}.values())


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


def _count(file: TomlFile, key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise file.wrong([key], f"{value!r} must be a whole number above zero")
    return value


def _seed(file: TomlFile, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise file.wrong(["seed"], f"{value!r} must be a whole number, zero or above")
    return value


def _posture(
    file: TomlFile, key: str, value: object, states: Sequence[str], name: str, base: Scenario | None
) -> Posture:
    """A posture by name, or a table on top of its `base`, of what the file extends, or of steady support."""
    if isinstance(value, str):
        if base is not None and "extends" in file.data:
            raise file.wrong([key], f'both posture = "{value}" and extends name a posture. Keep one.')
        return _preset(file, [key], value, states)
    if isinstance(value, dict):
        body = {k: v for k, v in value.items() if k != "base"}
        own = parse_posture(file, [key], body, name, states)
        if "base" in value:
            return _on_top(_preset(file, [key, "base"], str(value["base"]), states), own)
        return own if base is None else _on_top(base.posture, own)
    raise file.wrong([key], "must be the name of a posture or a table of channels")


def _preset(file: TomlFile, path: list[str], name: str, states: Sequence[str]) -> Posture:
    if name not in preset_names():
        raise file.unknown_word("posture", path, name, preset_names())
    return preset(name, states)


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
        guarantor=own.guarantor or base.guarantor,
    )


def _names(file: TomlFile, key: str, values: object, legal: Sequence[str], kind: str) -> tuple[str, ...]:
    """Codes of a list, in capitals: EST or est, R17 or r17."""
    if not isinstance(values, list):
        raise file.wrong([key], f"{values!r} must be a list")
    codes = tuple(str(value).upper() for value in values)
    for value, code in zip(values, codes, strict=True):
        if code not in legal:
            raise UnknownName(kind, str(value), legal, f"{file.where([key])} {value}")
    return codes


def _parameters(
    file: TomlFile, data: Mapping[str, Any], ledger: Ledger
) -> tuple[list[tuple[str, float]], list[tuple[str, float, float]]]:
    """Values fixed, `[parameters] x = 1.0`, and ranges swept, `[uncertain] x = [0.0, 3.0]` or `{ low, high }`."""
    fixed: list[tuple[str, float]] = []
    ranges: list[tuple[str, float, float]] = []
    for table in ("parameters", "uncertain"):
        for name, value in data.get(table, {}).items():
            path = [table, name]
            if name not in ledger.parameters:
                raise file.unknown("parameter", path, ledger.parameters)
            if isinstance(value, dict) and {"low", "high"} == set(value):
                value = [value["low"], value["high"]]
            if isinstance(value, list) and len(value) == 2:
                if wrong := wrong_range(ledger[name], *value):
                    raise file.wrong(path, wrong)
                ranges.append((name, float(value[0]), float(value[1])))
            elif table == "uncertain" or isinstance(value, bool) or not isinstance(value, int | float):
                raise file.wrong(path, f"{value!r} is not {'' if table == 'uncertain' else 'a number or '}[low, high]")
            elif wrong := wrong_value(ledger[name], value):
                raise file.wrong(path, wrong)
            else:
                fixed.append((name, float(value)))
    return fixed, ranges


def _figures(file: TomlFile, body: Mapping[str, Any], states: Sequence[str]) -> tuple[tuple[str, str, float], ...]:
    found = []
    for iso, figures in body.items():
        if iso not in states:
            raise file.unknown("state", ["world", iso], states)
        for name, value in figures.items():
            if name not in FIGURES:
                raise file.unknown("figure of a state", ["world", iso, name], FIGURES)
            if wrong := wrong_figure(name, value):
                raise file.wrong(["world", iso, name], wrong)
            found.append((iso, name, float(value)))
    return tuple(found)
