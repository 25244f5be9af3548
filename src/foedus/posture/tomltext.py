"""Writing a scenario as TOML: the text of the table that a scenario file holds, in the order of docs/scenarios.md."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from foedus.posture.reading import KEYS

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(document: Mapping[str, Any]) -> str:
    """The text of a scenario file.

    document  what the file holds, as `tomllib` reads it: text, numbers, flags, lists and tables

    Tables whose keys are all years are written in one line, `{ 2026 = 1.0, 2030 = 0.5 }`. Reading the text gives the
    document back. Raises TypeError for a value that TOML has no word for.
    """
    order = {key: place for place, key in enumerate(KEYS)}
    ordered = dict(sorted(document.items(), key=lambda item: order.get(item[0], len(order))))
    return "\n".join(_table((), ordered)).strip() + "\n"


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> list[str]:
    """Lines of a table: its plain values first, then the tables within it."""
    plain = {key: value for key, value in table.items() if not _is_table(value)}
    inner = {key: value for key, value in table.items() if _is_table(value)}
    lines = []
    if path and (plain or not inner):
        lines += ["", f"[{_name(path)}]"]
    lines += [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in inner.items():
        if isinstance(value, Mapping):
            lines += _table((*path, key), value)
        else:
            for member in value:
                lines += ["", f"[[{_name((*path, key))}]]", *(f"{_key(k)} = {_value(v)}" for k, v in member.items())]
    return lines


def _is_table(value: object) -> bool:
    """Whether a value is written under a heading of its own: no dated levels, no list of plain values."""
    if isinstance(value, Mapping):
        return not value or not all(str(key).isdecimal() for key in value)
    return isinstance(value, list) and bool(value) and all(isinstance(member, Mapping) for member in value)


def _value(value: object) -> str:
    """A value within a line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(float(value))  # a NumPy number writes its own type
    if isinstance(value, int):
        return repr(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping) and all(isinstance(inner, int | float) for inner in value.values()):
        value = {key: float(inner) for key, inner in value.items()}  # a browser writes 1.0 as 1
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    msg = f"{value!r}: TOML has no word for it"
    raise TypeError(msg)


def _name(path: Sequence[str]) -> str:
    return ".".join(map(_key, path))


def _key(key: object) -> str:
    text = str(key)
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)
