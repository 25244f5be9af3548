"""Events outside the model: what a state's turn for the worse, or for the better, adds to its hostility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.posture.place import Place, one_of
from foedus.posture.schedule import Schedule, parse_schedule
from foedus.posture.scope import covers, scope_at

Pair = tuple[str, str, str]
"""Challenger, target, region of the target."""


@dataclass(frozen=True)
class Event:
    """A challenger's hostility toward a scope (everywhere, a region, a group or a state) moves by a schedule, -1 to 1.

    The schedule says what is added to each pair's resting hostility; what the model itself makes of disputes, wars
    and settlements comes on top.
    """

    challenger: str
    scope: str
    schedule: Schedule


def added_hostility(events: Sequence[Event], pairs: Sequence[Pair], years: Sequence[int]) -> NDArray[np.float32] | None:
    """What events add to each pair's hostility in each year, [Y, P]; None without events. Several add up."""
    if not events:
        return None
    out = np.zeros((len(years), len(pairs)), dtype=np.float32)
    for event in events:
        mine = [
            challenger == event.challenger and covers(event.scope, target, region)
            for challenger, target, region in pairs
        ]
        out[:, np.array(mine, dtype=bool)] += event.schedule.at(years, 0.0)[:, None].astype(np.float32)
    return out


def parse_events(place: Place, states: Sequence[str]) -> tuple[Event, ...]:
    """Read the `[events]` table: challenger, then scope to dated levels (`[events.RUS]`, `Europe = {2030 = 0.2}`)."""
    scope_of = scope_at("region, group or state", states)
    return tuple(
        Event(challenger, scope, parse_schedule(levels, -1.0, 1.0))
        for challenger, inner in place.members("challengers, like [events.RUS]", one_of("state", states))
        for scope, levels in inner.members("regions, groups or states, like { Europe = 0.2 }", scope_of)
    )
