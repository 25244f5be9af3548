"""The values of a scenario file: every name checked, every complaint with its line; `scenario` puts them together."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from foedus import files
from foedus.given import LONGEST, repeated, shown, years_of
from foedus.ledger import Ledger
from foedus.ledger.bounds import wrong_range, wrong_value
from foedus.posture.bounds import wrong_years
from foedus.posture.doctrine import parse_doctrines
from foedus.posture.event import parse_events
from foedus.posture.place import Place, one_of
from foedus.posture.posture import LIMITS, Posture, parse_posture, preset, preset_names
from foedus.posture.side import PARTS, SHARED, Side
from foedus.posture.tomlfile import TomlFile
from foedus.posture.war_order import parse_wars
from foedus.world.figures import FIGURES, wrong_figure
from foedus.world.groups import expanded, groups

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
    "plans",
    "events",
    "wars",
    "world",
    "overlay",
    "guarantor",
    "ensemble",
    "keep",
)


@dataclass(frozen=True)
class Legal:
    """What a scenario may name: iso3 codes, parameters and mechanism rows."""

    states: Sequence[str]
    ledger: Ledger


@dataclass(frozen=True)
class Given:
    """A file, the values at its top, and what it may name."""

    file: TomlFile
    top: Mapping[str, Place]
    legal: Legal


def folder(place: Place, path: Path) -> Path:
    """A folder named from where the file stands."""
    named = place.word(r"[^\x00]+", "the path of a folder of fact tables")
    if not named.isprintable():
        raise place.wrong(f"{shown(named)}: has characters that cannot be shown; name the folder without them")
    return path.parent / files.place(named)


def name_of(place: Place) -> str:
    """The name of a scenario, fit for a folder."""
    name = place.word(r"[\w.-]+", "a name of letters, digits and hyphens; it names the run folder")
    if len(name) > LONGEST:
        raise place.wrong(f"{len(name)} characters: at most {LONGEST}; it names the run folder")
    return name


def against(
    given: Given, below: tuple[Posture | None, Side], posture: Posture, years: tuple[int, int]
) -> tuple[Posture | None, Side]:
    """The posture to compare with, and what else differs on that side.

    below    those of the file that this one extends, which stay where this one says nothing
    posture  that of the other side, which stands on both where `[against]` says nothing of support
    years    first and last year of the scenario

    No posture stands for a comparison with nothing, "none".
    """
    if "against" not in given.top:
        return below
    place = given.top["against"]
    if place.value == "none":
        return None, Side()
    name = given.file.name.removesuffix(".toml")
    if not isinstance(place.value, dict):
        return posture_at(place, given, name, None), Side()
    parts = {key: Place(place.file, (*place.keys, key), value) for key, value in place.value.items() if key in PARTS}
    side = _side(parts, given.legal, years)
    support = {key: value for key, value in place.value.items() if key not in PARTS}
    if parts and not support:
        return posture, side
    return posture_at(Place(place.file, place.keys, support), given, name, None), side


def _side(parts: Mapping[str, Place], legal: Legal, years: tuple[int, int]) -> Side:
    """The parts of `[against]` that are no posture; an empty table or list takes a part out on that side."""
    states = legal.states
    return Side(
        doctrines=parse_doctrines(parts["doctrine"], states, years) if "doctrine" in parts else None,
        events=parse_events(parts["events"], states) if "events" in parts else None,
        wars=parse_wars(parts["wars"], states, years) if "wars" in parts else None,
        fixed=_fixed(parts["parameters"], legal.ledger) if "parameters" in parts else None,
        without=_rows(parts["without"], legal.ledger) if "without" in parts else None,
        plans=parts["plans"].flag() if "plans" in parts else None,
        figures=figures(parts["world"], states) if "world" in parts else None,
    )


def _fixed(place: Place, ledger: Ledger) -> tuple[tuple[str, float], ...]:
    """Parameters fixed on one side; ranges hold for both, since both sides share what is sampled."""
    found = []
    for name, inner in place.parts("parameter", ledger.parameters, "parameters, like { precision = 8.0 }").items():
        if name in SHARED:
            raise inner.wrong("is the unit of both sides' losses. Put it in [parameters] of the file")
        if isinstance(inner.value, list | dict):
            raise inner.wrong("is a range; both sides share what is sampled. Put it in [uncertain] of the file")
        inner.refused(wrong_value(ledger[name], inner.value))
        found.append((name, inner.number(-math.inf, math.inf)))
    return tuple(found)


def _rows(place: Place, ledger: Ledger) -> tuple[str, ...]:
    """Rows of mechanisms off on one side; an empty list for none."""
    return () if place.value == [] else place.codes("mechanism", ledger.mechanisms)


def without(given: Given) -> tuple[str, ...]:
    """Rows of the mechanisms that the file switches off."""
    return given.top["without"].codes("mechanism", given.legal.ledger.mechanisms) if "without" in given.top else ()


def words(place: Place, said: str) -> tuple[str, ...]:
    """A list of words, one or more, each once; `said` is what it must be, in words."""
    if not isinstance(place.value, list) or not place.value or not all(isinstance(x, str) for x in place.value):
        raise place.wrong(f"{shown(place.value)} is not {said}")
    if twice := repeated(place.value):
        raise place.wrong(f"names {twice} twice. Name it once")
    return tuple(place.value)


Row = TypeVar("Row", bound=tuple[Any, ...])


def merged(below: Sequence[Row], above: Sequence[Row], gone: Sequence[str]) -> tuple[Row, ...]:
    """Rows keyed by their first entry: those of `above` replace those of `below`, and `gone` leave."""
    return tuple({row[0]: row for row in (*(r for r in below if r[0] not in gone), *above)}.values())


def span(place: Place) -> tuple[int, int]:
    """First and last year."""
    value = place.value
    if isinstance(value, list) and len(value) == 2:
        first, last = (Place(place.file, place.keys, year).whole(0, 9999) for year in value)
    elif isinstance(value, str) and (found := years_of(value)):
        first, last = found
    else:
        raise place.wrong(f'{shown(value)} is not like "2026-2050" or [2026, 2050]')
    place.refused(wrong_years(first, last))
    return first, last


def states(place: Place, legal: Sequence[str]) -> tuple[str, ...]:
    """Codes of the states that a list of codes and groups names; each word stands once, members of groups add up."""
    return expanded(place.codes("state or group", (*legal, *groups())), legal)


def posture_at(place: Place, given: Given, name: str, below: Posture | None) -> Posture:
    """A posture by name, or a table on top of its `base`; without one, of `below`, which the file extends.

    A table that says no more than its base is that preset, and bears its name.
    """
    value = place.value
    if isinstance(value, str):
        if below is not None and "extends" in given.top:
            raise place.wrong(f"both posture = {shown(value)} and extends name a posture. Keep one.")
        return _preset(place, given)
    if not isinstance(value, dict):
        raise place.wrong(f"{shown(value)} where the name of a posture, or a table of channels, is wanted")
    own = {key: level for key, level in value.items() if key != "base"}
    posture = parse_posture(Place(place.file, place.keys, own), name, given.legal.states)
    if "base" in value:
        base = _preset(Place(place.file, (*place.keys, "base"), value["base"]), given)
        return _on_top(base, posture, own) if own else base
    return posture if below is None else _on_top(below, posture, own)


def _preset(place: Place, given: Given) -> Posture:
    name = place.word(r".*", f"the name of a posture: {', '.join(preset_names())}")
    if name not in preset_names():
        raise place.unknown_word("posture", name, preset_names())
    return preset(name, given.legal.states)


def _on_top(base: Posture, own: Posture, said: Collection[str]) -> Posture:
    """A posture over another: its changes come after, and of plain numbers those that it has `said` count."""
    return replace(
        own,
        changes=base.changes + own.changes,
        switch_off=base.switch_off + own.switch_off,
        beside=base.beside + own.beside,
        remedies=tuple({**dict(base.remedies), **dict(own.remedies)}.items()),
        guarantor=own.guarantor or base.guarantor,
        **{name: getattr(own if name in said else base, name) for name in LIMITS},
    )


def parameters(given: Given) -> tuple[list[tuple[str, float]], list[tuple[str, float, float]]]:
    """Values fixed, `[parameters] x = 1.0`, and ranges swept, `[uncertain] x = [0.0, 3.0]` or `{ low, high }`."""
    fixed: list[tuple[str, float]] = []
    ranges: list[tuple[str, float, float]] = []
    ledger = given.legal.ledger
    for table in [given.top[name] for name in ("parameters", "uncertain") if name in given.top]:
        for name, place in table.parts("parameter", ledger.parameters, "parameters, like { precision = 8.0 }").items():
            if name in [row[0] for row in (*fixed, *ranges)]:
                raise place.wrong("stands in [parameters] and in [uncertain]. Keep one.")
            value = place.value
            if isinstance(value, dict) and set(value) == {"low", "high"}:
                value = [value["low"], value["high"]]
            if isinstance(value, list) and len(value) == 2:
                place.refused(wrong_range(ledger[name], *value))
                ranges.append((name, float(value[0]), float(value[1])))
            elif table.key == "uncertain" or isinstance(value, list | dict | str | bool):
                either = "" if table.key == "uncertain" else "a number or "
                raise place.wrong(f"{shown(value)} is not {either}[low, high]")
            else:
                place.refused(wrong_value(ledger[name], value))
                fixed.append((name, float(value)))  # type: ignore[arg-type]
    return fixed, ranges


def figures(place: Place, states: Sequence[str]) -> tuple[tuple[str, str, float], ...]:
    """Figures of the world that the file changes, (iso3, figure, value)."""
    found = []
    for iso, inner in place.members("states, like [world.POL]", one_of("state", states)):
        for name, figure in inner.parts("figure of a state", FIGURES, "figures, like { gdp = 1100.0 }").items():
            figure.refused(wrong_figure(name, figure.value))
            found.append((iso, name, float(figure.value)))  # type: ignore[arg-type]
    return tuple(found)
