"""A posture: what the guarantor provides over the years, as dated changes by channel, region or ally."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus import terms
from foedus.errors import UnknownName
from foedus.posture.tomlfile import TomlFile, read_toml

REMEDIES = ("exercises", "intelligence", "exchange", "channels", "budgets")
"""Recommended remedies that a posture can switch on, 0-1 (R30)."""

EVERYWHERE = "all"
AS_TODAY = 1.0
PRESETS = Path(__file__).parent / "presets"
_PLAIN = ("conditional", "politics_variance", "homeland_defence")
_LIMITS = {"conditional": (0.0, 1.0), "politics_variance": (0.0, 4.0), "homeland_defence": (0.0, 1.0)}


@dataclass(frozen=True)
class Schedule:
    """A level over time: as it was until the first dated level, straight between dates, constant after the last."""

    years: tuple[int, ...]
    levels: tuple[float, ...]

    def at(self, years: Sequence[int], before: float) -> NDArray[np.float64]:
        """Level in each year; `before` in those before the first dated one."""
        return np.where(np.asarray(years) < self.years[0], before, np.interp(years, self.years, self.levels))


@dataclass(frozen=True)
class Change:
    """One channel follows a schedule in one scope: everywhere, a region or an ally."""

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

    def levels(
        self, allies: Sequence[str], regions: Sequence[str], guarantors: Sequence[str], years: Sequence[int]
    ) -> NDArray[np.float32]:
        """Support relative to the start, [Y, L, C], 0-2, over years, links and `foedus.terms.CHANNELS`.

        allies      iso3 of each link's ally, [L]
        regions     region of each link's ally, [L]
        guarantors  iso3 of each link's guarantor, [L]
        years       calendar years, [Y]

        An ally's own schedule beats its region's, which beats everywhere; later lines beat earlier ones.
        """
        out = np.ones((len(years), len(allies), len(terms.CHANNELS)), dtype=np.float32)
        for change in sorted(self.changes, key=lambda c: (_rank(c.scope), c.channel != EVERYWHERE)):
            mine = self._covered(change.scope, allies, regions, guarantors)
            channels = (
                range(len(terms.CHANNELS)) if change.channel == EVERYWHERE else [terms.CHANNELS.index(change.channel)]
            )
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
        for change in sorted(self.switch_off, key=lambda c: _rank(c.scope)):
            mine = self._covered(change.scope, allies, regions, guarantors)
            out[:, mine] = change.schedule.at(years, 0.0)[:, None]
        return out

    def _covered(
        self, scope: str, allies: Sequence[str], regions: Sequence[str], guarantors: Sequence[str]
    ) -> NDArray[np.bool_]:
        mine = self.guarantor or main_guarantor(guarantors)
        return np.array(
            [
                guarantor == mine and scope in (EVERYWHERE, region, ally)
                for ally, region, guarantor in zip(allies, regions, guarantors, strict=True)
            ],
            dtype=bool,
        )


def main_guarantor(guarantors: Sequence[str]) -> str:
    """The guarantor of most links; the first by name when several have as many."""
    return min(set(guarantors), key=lambda name: (-list(guarantors).count(name), name), default="")


def _rank(scope: str) -> int:
    return 0 if scope == EVERYWHERE else 1 if scope in terms.REGIONS else 2


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
    for key in file.data:
        if key not in ("title", "question", "posture"):
            raise file.unknown("part of a posture file", [key], ("title", "question", "posture"))
    return parse_posture(file, ["posture"], file.data.get("posture", {}), path.stem, states)


def parse_posture(
    file: TomlFile, path: list[str], body: Mapping[str, Any], name: str, states: Sequence[str]
) -> Posture:
    """Read the table at `path` of a file into a Posture."""
    plain: dict[str, float] = {}
    remedies: tuple[tuple[str, float], ...] = ()
    changes: list[Change] = []
    switches: list[Change] = []
    guarantor = None
    for key, value in body.items():
        here = [*path, key]
        if key in _PLAIN:
            plain[key] = _number(file, here, value, *_LIMITS[key])
        elif key == "guarantor":
            if value not in states:
                raise UnknownName("state", str(value), states, file.where(here))
            guarantor = str(value)
        elif key == "remedies":
            remedies = _remedies(file, here, value)
        elif key in terms.CHANNELS or key in (EVERYWHERE, "switch_off"):
            _one(file, here, EVERYWHERE, key, value, changes, switches)
        elif isinstance(value, dict) and (key in terms.REGIONS or key in states):
            for channel, levels in value.items():
                if channel not in terms.CHANNELS and channel not in (EVERYWHERE, "switch_off"):
                    raise file.unknown("channel", [*here, channel], terms.CHANNELS)
                _one(file, [*here, channel], key, channel, levels, changes, switches)
        elif isinstance(value, dict) and not all(k.isdigit() for k in value):
            raise file.unknown("region or ally", here, (*terms.REGIONS, *states))
        else:
            raise file.unknown("channel", here, terms.CHANNELS)
    title = str(file.data.get("title", name))
    return Posture(
        name,
        title,
        str(file.data.get("question", "")),
        tuple(changes),
        tuple(switches),
        remedies,
        guarantor=guarantor,
        **plain,
    )


def _remedies(file: TomlFile, here: list[str], value: Mapping[str, object]) -> tuple[tuple[str, float], ...]:
    for remedy in value:
        if remedy not in REMEDIES:
            raise file.unknown("remedy", [*here, remedy], REMEDIES)
    return tuple((remedy, _number(file, [*here, remedy], level, 0.0, 1.0)) for remedy, level in value.items())


def _one(
    file: TomlFile,
    here: list[str],
    scope: str,
    channel: str,
    value: object,
    changes: list[Change],
    switches: list[Change],
) -> None:
    if channel == "switch_off":
        switches.append(Change(scope, channel, parse_schedule(file, here, value, 0.0, 1.0)))
    else:
        changes.append(Change(scope, channel, parse_schedule(file, here, value, 0.0, 2.0)))


def parse_schedule(file: TomlFile, here: list[str], value: object, low: float, high: float) -> Schedule:
    """Read one number, or a table of dated levels between `low` and `high`."""
    if not isinstance(value, dict):
        return Schedule((0,), (_number(file, here, value, low, high),))
    years: list[int] = []
    levels: list[float] = []
    for year, level in value.items():
        if not year.isdigit():
            raise file.wrong(here, f'"{year}" is not a year. Write {{2026 = 1.0, 2030 = 0.5}}')
        if years and int(year) <= years[-1]:
            raise file.wrong(here, f"years must increase; {year} follows {years[-1]}")
        years.append(int(year))
        levels.append(_number(file, here, level, low, high))
    if not years:
        raise file.wrong(here, "says no level. Write {2026 = 1.0, 2030 = 0.5}")
    return Schedule(tuple(years), tuple(levels))


def _number(file: TomlFile, here: list[str], value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise file.wrong(here, f"{value!r} is not a number")
    if not low <= value <= high:
        raise file.wrong(here, f"{value:g} lies outside {low:g} to {high:g}")
    return float(value)
