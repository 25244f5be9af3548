"""Reading a TOML file so that every complaint can name its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus import files
from foedus.errors import ScenarioError, UnknownName
from foedus.given import shown

LONGEST_KEY = 60
"""Characters of a key shown in a complaint."""

LARGEST = 1 << 20
"""Bytes of a file: a scenario is a paragraph, so a larger one is another kind of file."""

_KEY = r"(?:[\w-]+|\"[^\"]*\"|'[^']*')"
_HEADER = re.compile(rf"\[{{1,2}}\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*\]{{1,2}}\s*(?:#.*)?")
"""A line that begins a table, or one of a list of tables; its name."""


@dataclass(frozen=True)
class TomlFile:
    """A parsed file with its text, for lines in messages."""

    name: str
    text: str
    data: Mapping[str, Any]

    def where(self, path: Iterable[str]) -> str:
        """`file.toml:9  posture.Europe.troops`: the line of the deepest key of `path` that can be found."""
        keys = list(path)
        return f"{self.name}:{self._line(keys)}  {'.'.join(map(_plain, keys))}"

    def wrong(self, path: Iterable[str], message: str) -> ScenarioError:
        """Return the error that a value at `path` is wrong."""
        return ScenarioError(f"{self.where(path)}: {message}")

    def unknown(self, kind: str, path: Iterable[str], legal: Iterable[str]) -> UnknownName:
        """Return the error that the last key of `path` is a name nobody declared."""
        keys = list(path)
        return UnknownName(kind, _plain(keys[-1]), legal, self.where(keys))

    def unknown_word(self, kind: str, path: Iterable[str], word: str, legal: Iterable[str]) -> UnknownName:
        """Return the error that a word in the value at `path` is a name nobody declared."""
        return UnknownName(kind, _plain(word), legal, f'{self.where(path)}: "{_plain(word)}"')

    def _line(self, keys: list[str]) -> int:
        if not keys:
            return 1
        lines = self.text.splitlines()
        table: list[str] = []
        best = 1
        for number, line in enumerate(lines, 1):
            stripped = line.strip()
            if header := _HEADER.fullmatch(stripped):
                table = [part.strip().strip("\"'") for part in header.group(1).split(".")]
                if keys[: len(table)] == table:
                    best = number
                continue
            if keys[: len(table)] != table:
                continue
            for key in keys[len(table) :]:
                if re.match(rf"[\"']?{re.escape(key)}[\"']?\s*=", stripped):
                    return number
        for number, line in enumerate(lines, 1):
            if best == 1 and re.search(rf"(^|[\s{{,.\"'])({re.escape(keys[-1])})[\"']?\s*=", line):
                return number
        return best


def _plain(word: str) -> str:
    """A key or a word as it stands, where it can be printed in a line; else with its marks escaped, and cut."""
    return word if word.isprintable() and len(word) <= LONGEST_KEY else shown(word)


def read_toml(path: Path) -> TomlFile:
    """Read and parse a file, with or without a byte-order mark; `~` is the home folder.

    Raises ScenarioError with file and line when it is missing or malformed.
    """
    try:
        with files.place(path).open("rb") as handle:
            held = handle.read(LARGEST + 1)
        if len(held) > LARGEST:
            msg = f"{path}: larger than {LARGEST:,} bytes, so it is no scenario or posture file"
            raise ScenarioError(msg)
        text = held.decode("utf-8-sig")
    except FileNotFoundError:
        msg = f"{path}: no such file"
        raise ScenarioError(msg) from None
    except UnicodeDecodeError as error:
        line = held[: error.start].count(b"\n") + 1
        msg = f"{path.name}:{line}  not UTF-8 text (byte {error.start + 1}). Save the file as UTF-8"
        raise ScenarioError(msg) from error
    except (OSError, ValueError) as error:
        msg = f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})"
        raise ScenarioError(msg) from error
    return parse_toml(text, files.readable(path.name))


def parse_toml(text: str, name: str) -> TomlFile:
    """Parse the text of a file; `name` is what complaints call it. Raises ScenarioError with the line."""
    try:
        return TomlFile(name, text, tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        why = _why(error)
        msg = f"{name}{f':{found[1]}' if found else ''}  not valid TOML: {why}"
        raise ScenarioError(msg) from error


def _why(error: Exception) -> str:
    """What is wrong with a file that cannot be parsed, in words."""
    if isinstance(error, RecursionError):
        return "too many lists or tables within each other"
    if not isinstance(error, tomllib.TOMLDecodeError):
        return "a whole number of thousands of digits"
    hint = ". Text stands in quotation marks" if "Invalid value" in str(error) else ""
    return f"{error}{hint}"
