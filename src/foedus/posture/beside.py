"""What second guarantors give beside the principal one: dated levels of their channels, or all of it scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from foedus import terms
from foedus.posture.place import Place
from foedus.posture.schedule import Schedule, parse_schedule
from foedus.posture.scope import EVERYWHERE, covers, scope_named, width

FACTOR, LEVEL, PERSONS = (0.0, 2.0), (0.0, 1.0), (0.0, 500_000.0)
"""Least and most of what all that a second guarantor gives is multiplied by, of a channel, and of troops."""

_TABLE = "channels, like { all = { 2026 = 1.0, 2030 = 0.0 }, nuclear = 0.5 }"


@dataclass(frozen=True)
class Beside:
    """A second guarantor, or all of them, changes what it gives in a scope.

    guarantor  iso3, or "all"
    scope      everywhere, a region, a group or an ally
    channel    a channel, its level absolute (0 absent, 1 full; persons for troops); "all" multiplies what there is
    where      file, line and key, for complaints; empty where a program made it
    """

    guarantor: str
    scope: str
    channel: str
    schedule: Schedule
    where: str = field(default="", repr=False, compare=False)

    def covers(self, guarantor: str, ally: str, region: str) -> bool:
        """Whether it is about a link."""
        return self.guarantor in (EVERYWHERE, guarantor) and covers(self.scope, ally, region)


Ends = tuple[str, str, str]
"""Guarantor, ally and region of the ally of a link."""


def levels_beside(
    changes: Sequence[Beside], ends: Sequence[Ends], years: Sequence[int]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Of second guarantors over years: factor on all, [Y, H], levels, [Y, H, C], and troops, [Y, H], that are ordered.

    ends   of each link, [H]
    years  calendar years, [Y]

    NaN where no level is ordered and before a first date: what is there at the start, times the factor, then holds.
    One guarantor's line beats that for all; the narrower scope wins, then the later.
    """
    troops = np.full((len(years), len(ends)), np.nan, dtype=np.float32)
    levels = np.full((*troops.shape, len(terms.Channel)), np.nan, dtype=np.float32)
    ordered = sorted(changes, key=lambda c: (c.channel != EVERYWHERE, c.guarantor != EVERYWHERE, width(c.scope)))
    factor = np.ones((len(years), len(ends)), dtype=np.float32)
    for change in (c for c in ordered if c.channel == EVERYWHERE):
        factor[:, _mine(change, ends)] = change.schedule.at(years, 1.0)[:, None]
    for change in (c for c in ordered if c.channel != EVERYWHERE):
        mine, told = _mine(change, ends), change.schedule.at(years, np.nan)[:, None]
        of = troops if change.channel == terms.Channel.TROOPS.key else levels[:, :, terms.Channel.of(change.channel)]
        of[:, mine] = np.where(np.isnan(told), of[:, mine], told)
    return factor, levels, troops


def _mine(change: Beside, ends: Sequence[Ends]) -> NDArray[np.bool_]:
    return np.array([change.covers(*end) for end in ends], dtype=bool)


def parse_beside(place: Place, states: Sequence[str]) -> tuple[Beside, ...]:
    """Read the table `beside` of a posture: guarantor to channels, or to scopes and their channels.

    Raises ScenarioError or UnknownName naming file and line.
    """

    def guarantor(inner: Place) -> str:
        named = EVERYWHERE if inner.key == EVERYWHERE else next((s for s in states if s == inner.key.upper()), None)
        if named is None:
            raise inner.unknown("second guarantor", (EVERYWHERE, *states))
        return named

    def channel_or_scope(inner: Place) -> str:
        if inner.key in (*terms.CHANNELS, EVERYWHERE):
            return inner.key
        if (scope := scope_named(inner.key, states)) is None:
            raise inner.unknown("channel", terms.CHANNELS)
        return scope

    found: list[Beside] = []
    for name, inner in place.members("second guarantors, like [posture.beside.FRA]", guarantor):
        for key, part in inner.members(_TABLE, channel_or_scope):
            if key in (*terms.CHANNELS, EVERYWHERE):
                found.append(_change(part, name, EVERYWHERE))
            else:
                legal = (*terms.CHANNELS, EVERYWHERE)
                found += [_change(level, name, key) for level in part.parts("channel", legal, _TABLE).values()]
    return tuple(found)


def _change(place: Place, guarantor: str, scope: str) -> Beside:
    most = FACTOR if place.key == EVERYWHERE else PERSONS if place.key == terms.Channel.TROOPS.key else LEVEL
    return Beside(guarantor, scope, place.key, parse_schedule(place, *most), place.file.where(place.keys))
