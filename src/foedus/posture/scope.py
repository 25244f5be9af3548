"""Scopes: whom a line of a posture, a doctrine or an event is about. Everywhere, a region, a group by name, or a state.

The narrower scope wins: a state before a group, a group before a region, a region before everywhere; of two lines of
one width the later. What a name means is one rule for every door (`foedus.world.groups`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from foedus import terms
from foedus.given import code_of
from foedus.posture.place import Place
from foedus.world.groups import group_named, groups

EVERYWHERE = "all"

STATE = 3
"""Width of a scope that is one state."""

KIND = "region, group or ally"
"""What a scope is called in a complaint."""


def legal_scopes(states: Sequence[str]) -> tuple[str, ...]:
    """Every name that a scope can have, for complaints: everywhere, regions, groups, and the codes in `states`."""
    return (EVERYWHERE, *terms.REGIONS, *groups(), *states)


def scope_named(word: str, states: Sequence[str]) -> str | None:
    """The scope that a word means, in capitals or small letters, as files and messages spell it; None for none."""
    return code_of(word, (EVERYWHERE, *states, *terms.REGIONS)) or group_named(word)


def scope_at(kind: str, states: Sequence[str]) -> Callable[[Place], str]:
    """What reads a key as a scope, for `Place.members`; `kind` is what a scope is called in a complaint."""

    def named(place: Place) -> str:
        if (scope := scope_named(place.key, states)) is None:
            raise place.unknown(kind, legal_scopes(states))
        return scope

    return named


def covers(scope: str, state: str, region: str) -> bool:
    """Whether a scope covers a state (iso3) of a region."""
    return scope in (EVERYWHERE, state, region) or state in groups().get(scope, ())


def width(scope: str) -> int:
    """How narrow a scope is: 0 everywhere, 1 a region, 2 a group, 3 a state."""
    if scope == EVERYWHERE:
        return 0
    return 1 if scope in terms.REGIONS else 2 if scope in groups() else STATE
