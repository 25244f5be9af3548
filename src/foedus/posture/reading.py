"""Reading a scenario file: every name checked, every complaint with its line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from foedus.errors import UnknownName
from foedus.given import LONGEST, shown, years_of
from foedus.ledger import Ledger
from foedus.ledger.bounds import wrong_range, wrong_value
from foedus.posture.doctrine import parse_doctrines
from foedus.posture.event import parse_events
from foedus.posture.place import Place, one_of, root
from foedus.posture.posture import LIMITS, Posture, parse_posture, part_of, preset, preset_names
from foedus.posture.scenario import MOST_FUTURES, MOST_SEED, Scenario, wrong_years
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
    top = root(file).parts("part of a scenario", KEYS, "a scenario")
    given = Given(file, top, legal)
    base = _base(given, path, above)
    first, last = _years(top["years"]) if "years" in top else (base.first, base.last)
    fixed, ranges = _parameters(given)
    name = _name(Place(file, ("name",), file.data.get("name", path.stem)))
    return replace(
        base,
        name=name,
        title=part_of(file, "title", name.replace("-", " ").capitalize()),
        question=part_of(file, "question", ""),
        first=first,
        last=last,
        futures=top["futures"].whole(1, MOST_FUTURES) if "futures" in top else base.futures,
        seed=top["seed"].whole(0, MOST_SEED) if "seed" in top else base.seed,
        posture=_posture(top["posture"], given, name, base) if "posture" in top else base.posture,
        against=_against(given, base),
        states=top["states"].codes("state", legal.states) if "states" in top else base.states,
        without=tuple(dict.fromkeys((*base.without, *_without(given)))),
        fixed=_merged(base.fixed, fixed, [row[0] for row in ranges]),
        ranges=_merged(base.ranges, ranges, [row[0] for row in fixed]),
        doctrines=(*base.doctrines, *(parse_doctrines(top["doctrine"], legal.states) if "doctrine" in top else ())),
        figures=(*base.figures, *(_figures(top["world"], legal.states) if "world" in top else ())),
        overlay=_folder(top["overlay"], path) if "overlay" in top else base.overlay,
        guarantor=top["guarantor"].code("state", legal.states) if "guarantor" in top else base.guarantor,
        events=parse_events(top["events"], legal.states) if "events" in top else (),
    )


@dataclass(frozen=True)
class Given:
    """A file, the values at its top, and what it may name."""

    file: TomlFile
    top: Mapping[str, Place]
    legal: Legal


def _base(given: Given, path: Path, above: tuple[Path, ...]) -> Scenario:
    """What a file extends; a steady scenario to 2050 when it extends nothing."""
    plain = Scenario.of("steady").but(name="", title="")
    if "extends" not in given.top:
        return plain
    place = given.top["extends"]
    extends = place.word(r"[^\x00]+", "the name of a posture or of a .toml file")
    if extends in preset_names():
        return replace(plain, posture=preset(extends, given.legal.states))
    if not extends.endswith(".toml"):
        raise UnknownName("posture or scenario file", extends, preset_names(), given.file.where(place.keys))
    below = path.parent / _home(place, extends)
    if below.resolve() in [p.resolve() for p in (*above, path)]:
        raise place.wrong(f"{extends} extends this file in turn. Cut the circle.")
    if not below.is_file():
        raise place.wrong(f"{extends}: no such file")
    return _read(below, given.legal, (*above, path))


def _folder(place: Place, path: Path) -> Path:
    """A folder named from where the file stands."""
    return path.parent / _home(place, place.word(r"[^\x00]+", "the path of a folder of fact tables"))


def _home(place: Place, word: str) -> Path:
    """A path with `~` read as the home folder."""
    try:
        return Path(word).expanduser()
    except RuntimeError as error:
        raise place.wrong(f"{word}: {error}") from error


def _name(place: Place) -> str:
    name = place.word(r"[\w.-]+", "a name of letters, digits and hyphens; it names the run folder")
    if len(name) > LONGEST:
        raise place.wrong(f"{len(name)} characters: at most {LONGEST}; it names the run folder")
    return name


def _against(given: Given, base: Scenario) -> Posture | None:
    if "against" not in given.top:
        return base.against
    place = given.top["against"]
    if place.value == "none":
        return None
    return _posture(place, given, given.file.name.removesuffix(".toml"), None)


def _without(given: Given) -> tuple[str, ...]:
    return given.top["without"].codes("mechanism", given.legal.ledger.mechanisms) if "without" in given.top else ()


Row = TypeVar("Row", bound=tuple[Any, ...])


def _merged(below: Sequence[Row], above: Sequence[Row], gone: Sequence[str]) -> tuple[Row, ...]:
    """Rows keyed by their first entry: those of `above` replace those of `below`, and `gone` leave."""
    return tuple({row[0]: row for row in (*(r for r in below if r[0] not in gone), *above)}.values())


def _years(place: Place) -> tuple[int, int]:
    value = place.value
    if isinstance(value, list) and len(value) == 2:
        first, last = (Place(place.file, place.keys, year).whole(0, 9999) for year in value)
    elif isinstance(value, str) and (found := years_of(value)):
        first, last = found
    else:
        raise place.wrong(f'{shown(value)} is not like "2026-2050" or [2026, 2050]')
    place.refused(wrong_years(first, last))
    return first, last


def _posture(place: Place, given: Given, name: str, base: Scenario | None) -> Posture:
    """A posture by name, or a table on top of its `base`, of what the file extends, or of steady support."""
    value = place.value
    if isinstance(value, str):
        if base is not None and "extends" in given.top:
            raise place.wrong(f"both posture = {shown(value)} and extends name a posture. Keep one.")
        return _preset(place, given)
    if not isinstance(value, dict):
        raise place.wrong(f"{shown(value)} where the name of a posture, or a table of channels, is wanted")
    own = {key: level for key, level in value.items() if key != "base"}
    posture = parse_posture(Place(place.file, place.keys, own), name, given.legal.states)
    if "base" in value:
        return _on_top(_preset(Place(place.file, (*place.keys, "base"), value["base"]), given), posture, own)
    return posture if base is None else _on_top(base.posture, posture, own)


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
        remedies=tuple({**dict(base.remedies), **dict(own.remedies)}.items()),
        guarantor=own.guarantor or base.guarantor,
        **{name: getattr(own if name in said else base, name) for name in LIMITS},
    )


def _parameters(given: Given) -> tuple[list[tuple[str, float]], list[tuple[str, float, float]]]:
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


def _figures(place: Place, states: Sequence[str]) -> tuple[tuple[str, str, float], ...]:
    found = []
    for iso, inner in place.members("states, like [world.POL]", one_of("state", states)):
        for name, figure in inner.parts("figure of a state", FIGURES, "figures, like { gdp = 1100.0 }").items():
            figure.refused(wrong_figure(name, figure.value))
            found.append((iso, name, float(figure.value)))  # type: ignore[arg-type]
    return tuple(found)
