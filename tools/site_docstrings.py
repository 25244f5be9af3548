"""Docstrings as this project writes them, made reStructuredText for the reference of the site.

A docstring has prose, lines `name  meaning` for arguments or fields, and indented code. Prose may name `code` in single
backticks and contain signs that reStructuredText would read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ENTRY = re.compile(r"^([A-Za-z_]\w*(?:, ?[A-Za-z_]\w*)*)\s{2,}(\S.*)$")
"""`name   meaning`, or `name, name   meaning`."""


def rewritten(_app: object, _what: str, _name: str, _held: object, _options: object, lines: list[str]) -> None:
    """Rewrite the lines of a docstring in place; called by Sphinx's autodoc."""
    lines[:] = restructured(lines)


def restructured(lines: list[str]) -> list[str]:
    """Lines of a docstring as reStructuredText: entries as a definition list, indented text as code."""
    found: list[str] = []
    state = "prose"
    for line in lines:
        entry = ENTRY.match(line)
        if entry:
            found += [*_break(found, state, "entries"), f"``{entry[1]}``", f"    {_plain(entry[2])}"]
            state = "entries"
        elif not line.strip():
            found.append("")
            state = "prose" if state == "entries" else state
        elif line.startswith("    ") and state == "entries":
            found.append(f"    {_plain(line.strip())}")
        elif line.startswith("    "):
            found += [*([] if state == "code" else ["", "::", ""]), line]
            state = "code"
        else:
            found += [*_break(found, state, "prose"), _plain(line)]
            state = "prose"
    return [*found, ""]


def _break(found: list[str], before: str, now: str) -> Iterator[str]:
    """An empty line where one kind of block follows another."""
    if found and found[-1] and before != now:
        yield ""


def _plain(text: str) -> str:
    """Text in which only `code` is markup."""
    parts = re.split(r"(`+[^`]+`+)", text)
    return "".join(_code(part) if part.startswith("`") else _escaped(part) for part in parts)


def _code(part: str) -> str:
    return f"``{part.strip('`')}``\\ "


def _escaped(part: str) -> str:
    return re.sub(r"([\\*|_`])", r"\\\1", part)
