"""Injects: what the facilitator puts in from outside, from a list or in lines of its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foedus.errors import InputError, UnknownName
from foedus.posture.scope import KIND, legal_scopes, scope_named

FILE = Path(__file__).with_name("injects.toml")
CHALLENGER, TARGET = "challenger", "target"
"""Blanks that take a state, and no region or group."""

OWN = "own"
"""Name of an inject that is on no list."""


@dataclass(frozen=True)
class Inject:
    """Something that happens to the table.

    name   on the list, or `own`
    words  as it is read out
    lines  what it orders, as teams write them
    lasts  years after which it ends by itself; None for never
    """

    name: str
    words: str
    lines: str
    lasts: int | None = None


@dataclass(frozen=True)
class Listed:
    """An inject as the list has it, with blanks for whom it is about.

    title   in a few words
    words   as it is read out
    asks    blanks, with what is legal there and what stands there unless told
    lines   with the blanks in braces
    lasts   years after which it ends by itself; None for never
    shows   what to look at afterwards
    record  when something like it happened, and how well that is known
    """

    name: str
    title: str
    words: str
    asks: Mapping[str, str]
    lines: str
    lasts: int | None
    shows: str
    record: str

    def filled(self, given: Mapping[str, str], states: Sequence[str], names: Mapping[str, str], year: int) -> Inject:
        """The inject with its blanks filled in.

        given   by blank; what the list has where one is not given
        states  legal iso3 codes
        names   of states, for what is read out
        year    of the turn

        Raises UnknownName for a blank that it does not have or a word that is no scope.
        """
        for key in given:
            if key not in self.asks:
                raise UnknownName(f"blank of {self.name}", key, self.asks)
        scopes = {key: _scope(key, given.get(key, usual), states) for key, usual in self.asks.items()}
        said = {key: names.get(scope, "all allies" if scope == "all" else scope) for key, scope in scopes.items()}
        keys = {key: scope if re.fullmatch(r"\w+", scope) else f'"{scope}"' for key, scope in scopes.items()}
        lines = self.lines.format(**keys, year=year).replace(
            "posture.all.", "posture."
        )  # there, "all" is every channel
        return Inject(self.name, self.words.format(**said), lines, self.lasts)


def _scope(key: str, word: str, states: Sequence[str]) -> str:
    scope = scope_named(word, states)
    if key in (CHALLENGER, TARGET) and (scope is None or scope not in states):
        raise UnknownName("state", word, states, key)
    if scope is None:
        raise UnknownName(KIND, word, legal_scopes(states), key)
    return scope


@cache
def injects() -> Mapping[str, Listed]:
    """The list, by name."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: Listed(
            name, row["title"], row["words"], row["asks"], "\n".join(row["lines"]), row.get("lasts"), row["shows"],
            row["record"],
        )
        for name, row in found.items()
    }  # fmt: skip


def listed(name: str) -> Listed:
    """An inject of the list; raise UnknownName with the nearest spelling."""
    if name not in injects():
        raise UnknownName("inject", name, injects())
    return injects()[name]


def own(words: str, lines: str, lasts: int | None = None) -> Inject:
    """An inject in the facilitator's own words and lines; raise InputError without words."""
    if not words.strip():
        msg = "an inject of your own needs words that are read out"
        raise InputError(msg)
    return Inject(OWN, words.strip(), lines.strip(), lasts)
