"""Reading a TOML file so that every complaint can name its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import ScenarioError, UnknownName


@dataclass(frozen=True)
class TomlFile:
    """A parsed file with its text, for lines in messages."""

    name: str
    text: str
    data: Mapping[str, Any]

    def where(self, path: Iterable[str]) -> str:
        """`file.toml:9  posture.Europe.troops`: the line of the deepest key of `path` that can be found."""
        keys = list(path)
        return f"{self.name}:{self._line(keys)}  {'.'.join(keys)}"

    def wrong(self, path: Iterable[str], message: str) -> ScenarioError:
        """Return the error that a value at `path` is wrong."""
        return ScenarioError(f"{self.where(path)}: {message}")

    def unknown(self, kind: str, path: Iterable[str], legal: Iterable[str]) -> UnknownName:
        """Return the error that the last key of `path` is a name nobody declared."""
        keys = list(path)
        return UnknownName(kind, keys[-1], legal, self.where(keys))

    def unknown_word(self, kind: str, path: Iterable[str], word: str, legal: Iterable[str]) -> UnknownName:
        """Return the error that a word in the value at `path` is a name nobody declared."""
        return UnknownName(kind, word, legal, f'{self.where(path)}: "{word}"')

    def _line(self, keys: list[str]) -> int:
        lines = self.text.splitlines()
        table: list[str] = []
        best = 1
        for number, line in enumerate(lines, 1):
            stripped = line.strip()
            header = re.match(r"\[+\s*([^\]]+?)\s*\]+", stripped)
            if header and not stripped.startswith("[["):
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


def read_toml(path: Path) -> TomlFile:
    """Read and parse a file; raise ScenarioError with file and line when it is missing or malformed."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        msg = f"{path}: no such file"
        raise ScenarioError(msg) from None
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read ({error})"
        raise ScenarioError(msg) from error
    try:
        return TomlFile(path.name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path.name}:{line.group(1)}" if line else path.name
        msg = f"{place}  not valid TOML: {error}"
        raise ScenarioError(msg) from error
