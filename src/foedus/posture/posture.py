"""A posture: what the guarantor provides over the years, as dated changes by channel, region or ally."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foedus import terms
from foedus.errors import UnknownName
from foedus.posture.beside import Beside, Ends, levels_beside, parse_beside
from foedus.posture.place import Place, root
from foedus.posture.schedule import Schedule, parse_schedule
from foedus.posture.scope import EVERYWHERE, KIND, covers, legal_scopes, scope_named, width
from foedus.posture.tomlfile import TomlFile, read_toml

REMEDIES = ("exercises", "intelligence", "exchange", "channels", "budgets")
"""Recommended remedies that a posture can switch on, 0-1 (R30)."""

AS_TODAY = 1.0
PRESETS = Path(__file__).parent / "presets"
SWITCH_OFF = "switch_off"
SUPPORT = (0.0, 2.0)
"""Lowest and highest level of a channel, today 1."""

LEVELS = {SWITCH_OFF: (0.0, 1.0)}
"""Lowest and highest level of what is dated like a channel and is none."""

LIMITS = {"conditional": (0.0, 1.0), "politics_variance": (0.0, 4.0), "homeland_defence": (0.0, 1.0)}
"""Lowest and highest value of the plain numbers of a posture."""

_CHANGED = (*terms.CHANNELS, EVERYWHERE, SWITCH_OFF)
_TABLE = "channels, like { troops = 0.5, arms = { 2026 = 1.0, 2030 = 0.5 } }"


@dataclass(frozen=True)
class Change:
    """One channel follows a schedule in one scope: everywhere, a region, a group or an ally."""

    scope: str
    channel: str
    schedule: Schedule


@dataclass(frozen=True)
class Posture:
    """What the guarantor does. Levels are relative to the start: 1 as today, 0 nothing, 2 twice."""

    name: str
    title: str
    question: str
    changes: tuple[Change, ...] = ()
    switch_off: tuple[Change, ...] = ()
    remedies: tuple[tuple[str, float], ...] = ()
    conditional: float = 0.0
    politics_variance: float = 1.0
    homeland_defence: float = 0.0
    guarantor: str | None = None
    """whose support changes; None is the guarantor with most allies, and others' support stays as it is"""
    beside: tuple[Beside, ...] = ()
    """what second guarantors give (R35)"""

    def levels(
        self, allies: Sequence[str], regions: Sequence[str], guarantors: Sequence[str], years: Sequence[int]
    ) -> NDArray[np.float32]:
        """Support relative to the start, [Y, L, C], 0-2, over years, links and `foedus.terms.Channel`.

        allies      iso3 of each link's ally, [L]
        regions     region of each link's ally, [L]
        guarantors  iso3 of each link's guarantor, [L]
        years       calendar years, [Y]

        An ally's own schedule beats its group's, which beats its region's, which beats everywhere; later lines beat
        earlier ones.
        """
        out = np.ones((len(years), len(allies), len(terms.Channel)), dtype=np.float32)
        for change in sorted(self.changes, key=lambda c: (width(c.scope), c.channel != EVERYWHERE)):
            mine = self._covered(change.scope, allies, regions, guarantors)
            channels = tuple(terms.Channel) if change.channel == EVERYWHERE else (terms.Channel.of(change.channel),)
            for channel in channels:
                out[:, mine, channel] = change.schedule.at(years, AS_TODAY)[:, None]
        return out

    def switched_off(
        self, allies: Sequence[str], regions: Sequence[str], guarantors: Sequence[str], years: Sequence[int]
    ) -> NDArray[np.float32]:
        """Remote denial of dependent equipment, 0-1, [Y, L].

        `allies`, `regions`, `guarantors` and `years` are as in `levels`.
        """
        out = np.zeros((len(years), len(allies)), dtype=np.float32)
        for change in sorted(self.switch_off, key=lambda c: width(c.scope)):
            mine = self._covered(change.scope, allies, regions, guarantors)
            out[:, mine] = change.schedule.at(years, 0.0)[:, None]
        return out

    def second(
        self, ends: Sequence[Ends], years: Sequence[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]] | None:
        """What second guarantors give (`levels_beside`); None where the posture says nothing of them.

        ends   guarantor, ally and its region of each link, [H]
        years  calendar years, [Y]
        """
        return levels_beside(self.beside, ends, years) if self.beside else None

    def _covered(
        self, scope: str, allies: Sequence[str], regions: Sequence[str], guarantors: Sequence[str]
    ) -> NDArray[np.bool_]:
        mine = self.guarantor or main_guarantor(guarantors)
        return np.array(
            [
                guarantor == mine and covers(scope, ally, region)
                for ally, region, guarantor in zip(allies, regions, guarantors, strict=True)
            ],
            dtype=bool,
        )


def main_guarantor(guarantors: Sequence[str]) -> str:
    """The guarantor of most links; the first by name when several have as many."""
    return min(set(guarantors), key=lambda name: (-list(guarantors).count(name), name), default="")


def preset_names() -> tuple[str, ...]:
    """Names of the postures that ship with Foedus."""
    return tuple(sorted(path.stem for path in PRESETS.glob("*.toml")))


def preset(name: str, states: Sequence[str]) -> Posture:
    """Read a posture that ships with Foedus; raise UnknownName with the nearest spelling."""
    if name not in preset_names():
        raise UnknownName("posture", name, preset_names())
    return read_posture(PRESETS / f"{name}.toml", states)


def read_posture(path: Path, states: Sequence[str]) -> Posture:
    """Read a posture file; `states` are the legal iso3 codes.

    Raises ScenarioError or UnknownName naming file and line.
    """
    file = read_toml(path)
    root(file).parts("part of a posture file", ("title", "question", "posture"), "a posture file")
    return parse_posture(Place(file, ("posture",), file.data.get("posture", {})), path.stem, states)


def parse_posture(place: Place, name: str, states: Sequence[str]) -> Posture:
    """Read a table of channels and scopes into a Posture; title and question are those of its file."""
    plain: dict[str, float] = {}
    remedies: tuple[tuple[str, float], ...] = ()
    changes: list[Change] = []
    guarantor, beside = None, tuple[Beside, ...]()
    for key, inner in place.members(_TABLE, lambda here: _key(here, states)):
        if key in LIMITS:
            plain[key] = inner.number(*LIMITS[key])
        elif key == "guarantor":
            guarantor = inner.code("state", states)
        elif key == "beside":
            beside = parse_beside(inner, states)
        elif key == "remedies":
            parts = inner.parts("remedy", REMEDIES, "remedies, like { exercises = 1.0 }")
            remedies = tuple((remedy, level.number(0.0, 1.0)) for remedy, level in parts.items())
        elif key in _CHANGED:
            changes.append(Change(EVERYWHERE, key, parse_schedule(inner, *LEVELS.get(key, SUPPORT))))
        else:
            for channel, levels in inner.parts("channel", _CHANGED, _TABLE).items():
                changes.append(Change(key, channel, parse_schedule(levels, *LEVELS.get(channel, SUPPORT))))
    return Posture(
        name,
        part_of(place.file, "title", name),
        part_of(place.file, "question", ""),
        tuple(change for change in changes if change.channel != SWITCH_OFF),
        tuple(change for change in changes if change.channel == SWITCH_OFF),
        remedies,
        guarantor=guarantor,
        beside=beside,
        **plain,
    )


def part_of(file: TomlFile, key: str, without: str) -> str:
    """Text that a file gives at its top, or `without`."""
    return Place(file, (key,), file.data[key]).text() if key in file.data else without


def _key(place: Place, states: Sequence[str]) -> str:
    """What a key of a posture means: a channel, a plain number, or a scope in capitals or small letters."""
    if place.key in (*_CHANGED, *LIMITS, "guarantor", "remedies", "beside"):
        return place.key
    scope = scope_named(place.key, states)
    dated = isinstance(place.value, dict) and all(key.isdecimal() for key in place.value)
    if scope is None and isinstance(place.value, dict) and not dated:
        raise place.unknown(KIND, legal_scopes(states)[1:])
    if scope is None:
        raise place.unknown("channel", terms.CHANNELS)
    return scope
