"""Which measures of each future a run keeps: all, or those of the headline and whatever else is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.errors import InputError, UnknownName

HEADLINE = (
    "loss_conceded",
    "loss_fought",
    "promise_true",
    "promise_ally",
    "promise_adversary",
    "war",
    "conceded",
)
"""Measures of allies that every run keeps: what its table says of each ally follows from them."""

WORDS = {"headline": HEADLINE, "loss": ("loss_conceded", "loss_fought")}
"""Words that stand for several measures."""

OF_FUTURES = tuple(group for group in Group if not (group.summed or group.counted))
"""Groups whose measures are kept for each future and year; sums over either are small, and always kept."""


@dataclass(frozen=True)
class Kept:
    """Names of the measures kept of each future, by group, in the order of a part's columns."""

    names: tuple[tuple[Group, tuple[str, ...]], ...]

    def of(self, group: Group) -> tuple[str, ...]:
        """Those of a group; all where futures or years are summed."""
        return dict(self.names).get(group, tuple(MEASURES[group]))

    @property
    def whole(self) -> bool:
        """Whether every measure is kept."""
        return self == EVERYTHING

    def told(self) -> dict[str, list[str]]:
        """By table of a part, for a manifest."""
        return {group.value: list(names) for group, names in self.names}


EVERYTHING = Kept(tuple((group, tuple(MEASURES[group])) for group in OF_FUTURES))


def only(names: Mapping[Group, Collection[str]]) -> Kept:
    """Only these measures of each future, by group; of a group that is not named, none."""
    return Kept(tuple((group, tuple(n for n in MEASURES[group] if n in names.get(group, ()))) for group in OF_FUTURES))


def kept_of(words: Sequence[str]) -> Kept:
    """What is kept where these are asked for: measures of allies, guarantors or regions, and `WORDS`; all when empty.

    Raises UnknownName, with the nearest spelling, for a measure nobody declared; InputError for what is no list.
    """
    if isinstance(words, str) or not all(isinstance(word, str) for word in words):
        msg = f'keep: {words!r} is not a list of measures, like ["spending"]'
        raise InputError(msg)
    if not words:
        return EVERYTHING
    legal = {name for group in OF_FUTURES for name in MEASURES[group]} | set(WORDS)
    wanted = set(HEADLINE)
    for word in words:
        if word not in legal:
            raise UnknownName("measure", word, sorted(legal), "keep")
        wanted |= set(WORDS.get(word, (word,)))
    return Kept(tuple((group, tuple(name for name in MEASURES[group] if name in wanted)) for group in OF_FUTURES))
