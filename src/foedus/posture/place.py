"""A value in a TOML file with the keys that lead to it: the one door through which it gets its type, range or code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from foedus.errors import ScenarioError, UnknownName
from foedus.given import code_of, repeated, shown, wrong_number, wrong_whole
from foedus.posture.tomlfile import TomlFile

LONGEST_TEXT = 2000
"""Characters of a title or a question."""

Read = TypeVar("Read")


@dataclass(frozen=True)
class Place:
    """A value that a file gives, and where.

    file   the file
    keys   those that lead to the value, outermost first; none for the whole file
    value  what is written there

    Every reader below returns a value of the type it names, or raises ScenarioError or UnknownName with file, line,
    key, what was got and what is legal.
    """

    file: TomlFile
    keys: tuple[str, ...]
    value: object

    def wrong(self, message: str) -> ScenarioError:
        """Return the error that the value is wrong."""
        return self.file.wrong(self.keys, message)

    def refused(self, wrong: str) -> None:
        """Raise unless `wrong`, what is wrong with the value, is empty."""
        if wrong:
            raise self.wrong(wrong)

    def unknown(self, kind: str, legal: Iterable[str]) -> UnknownName:
        """Return the error that the last key is a name nobody declared."""
        return self.file.unknown(kind, self.keys, legal)

    def unknown_word(self, kind: str, word: str, legal: Iterable[str]) -> UnknownName:
        """Return the error that a word in the value is a name nobody declared."""
        return self.file.unknown_word(kind, self.keys, word, legal)

    @property
    def key(self) -> str:
        """The last key."""
        return self.keys[-1]

    def holds(self, *types: type) -> bool:
        """Whether the value is of one of these types."""
        return isinstance(self.value, types)

    def table(self, said: str) -> Mapping[str, object]:
        """A table, as it is; `said` is what it must be, in words."""
        if not isinstance(self.value, dict):
            raise self.wrong(f"{shown(self.value)} where a table is wanted: {said}")
        return self.value

    def members(self, said: str, named: Callable[[Place], str] | None = None) -> Iterator[tuple[str, Place]]:
        """Each value of a table with the name that its key means; one that is given twice is refused.

        named  makes the name of a key, and raises for one that is not legal; without it a key is its own name
        """
        seen: dict[str, str] = {}
        for key, value in self.table(said).items():
            inner = Place(self.file, (*self.keys, key), value)
            name = key if named is None else named(inner)
            if name in seen:
                raise inner.wrong(f"means {name}, as {seen[name]} does. Keep one.")
            seen[name] = key
            yield name, inner

    def parts(self, kind: str, legal: Iterable[str], said: str) -> dict[str, Place]:
        """The values of a table by key; a key that is not `legal` is refused as no such `kind`."""
        names = list(legal)
        found = {}
        for key, inner in self.members(said):
            if key not in names:
                raise inner.unknown(kind, names)
            found[key] = inner
        return found

    def text(self) -> str:
        """Text that can be printed, in one paragraph or more."""
        if not isinstance(self.value, str):
            raise self.wrong(f'{shown(self.value)} is not text. Write it in quotes: "…"')
        if any(not (char.isprintable() or char in "\n\t") for char in self.value):
            raise self.wrong(f"{shown(self.value)} holds characters that cannot be printed")
        if len(self.value) > LONGEST_TEXT:
            raise self.wrong(f"{len(self.value):,} characters: at most {LONGEST_TEXT:,}")
        return self.value

    def word(self, pattern: str, said: str) -> str:
        """Text of one form; `said` is what it must be, in words."""
        if not isinstance(self.value, str) or not re.fullmatch(pattern, self.value):
            raise self.wrong(f"{shown(self.value)} is not {said}")
        return self.value

    def number(self, low: float, high: float, unit: str = "") -> float:
        """A finite number from `low` to `high`."""
        self.refused(wrong_number(self.value, low, high, unit))
        return float(self.value)  # type: ignore[arg-type]

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong(f"{shown(self.value)} is neither true nor false")
        return self.value

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        self.refused(wrong_whole(self.value, low, high))
        return int(self.value)  # type: ignore[call-overload, no-any-return]

    def code(self, kind: str, legal: Iterable[str]) -> str:
        """One of the codes that are legal, written in capitals or small letters."""
        names = list(legal)
        if not isinstance(self.value, str):
            raise self.wrong(f"{shown(self.value)} is no {kind}. Write its code in quotes, like {names[0]}")
        if (code := code_of(self.value, names)) is None:
            raise self.unknown_word(kind, self.value, names)
        return code

    def codes(self, kind: str, legal: Iterable[str]) -> tuple[str, ...]:
        """A list of codes, one or more, each once."""
        names = list(legal)
        if not isinstance(self.value, list):
            raise self.wrong(f'{shown(self.value)} is not a list of codes. Write ["{names[0]}", "{names[-1]}"]')
        if not self.value:
            raise self.wrong("is an empty list. Leave the key out, or name one or more")
        codes = tuple(Place(self.file, self.keys, value).code(kind, names) for value in self.value)
        if twice := repeated(codes):
            raise self.wrong(f"names {twice} twice. Name it once")
        return codes


def root(file: TomlFile) -> Place:
    """The whole of a file as one table."""
    return Place(file, (), dict(file.data))


def one_of(kind: str, legal: Iterable[str]) -> Callable[[Place], str]:
    """What reads a key as one of the names that are legal, in capitals or small letters, for `Place.members`."""
    names = list(legal)

    def named(place: Place) -> str:
        if (name := code_of(place.key, names)) is None:
            raise place.unknown(kind, names)
        return name

    return named
