"""What a word on the command line means where an ally can be named: a state, or the states of a region or a group."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.errors import InputError
from foedus.given import code_of
from foedus.names import state_named
from foedus.terms import REGIONS
from foedus.world import World
from foedus.world.groups import group_named


def several(world: World, word: str) -> str | None:
    """The region or group that a word means, as the tables spell it; None where it means a state, or nothing."""
    if state_named(word, world.states.iso3, world.states.name):
        return None
    return code_of(word, REGIONS) or group_named(word)


def one_state(world: World, word: str, command: str) -> str:
    """The iso3 of a state by code or name.

    Raises UnknownName, with the nearest spelling among states, regions and groups, and InputError for a region or a
    group, naming its states: the command takes one.
    """
    found = world.named(word)
    if (name := several(world, word)) is not None:
        msg = f"{name}: foedus {command} takes one state. It has {', '.join(found)}"
        raise InputError(msg)
    return found[0]


def allies_named(world: World, words: Sequence[str], allies: Sequence[str]) -> tuple[str, ...]:
    """Codes of the allies that the words of `--ally` mean, each once, in the order of `allies`; all without words.

    Raises UnknownName, with the nearest spelling, for a word that means no state, region or group, and InputError for
    one that means no ally.
    """
    if not words:
        return tuple(allies)
    wanted: set[str] = set()
    for word in words:
        found = set(world.named(word)) & set(allies)
        if not found:
            msg = f"--ally {word}: no ally here. Allies: {', '.join(allies)}"
            raise InputError(msg)
        wanted |= found
    return tuple(iso for iso in allies if iso in wanted)
