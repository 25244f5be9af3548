"""Scenario and posture files with something wrong in them: values of other types, other keys, other bytes."""

from __future__ import annotations

import datetime as dt
import json
import math
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
EVERY_KEY = """
years = [2026, 2030]
futures = 8
seed = 3
states = ["USA", "RUS", "POL"]
without = ["R17"]
guarantor = "FRA"
overlay = "facts"
extends = "limited-support"
[posture]
conditional = 0.2
guarantor = "USA"
[posture.remedies]
exercises = 1.0
[posture.EST]
troops = 0.5
[against]
base = "surge"
arms = { 2026 = 1.0, 2030 = 0.4 }
[doctrine]
Europe = { rule = ["if tension > 0.5 then pool + 0.2", "spending = 0.03"] }
[[doctrine.POL]]
when = "threat > 0.2"
shares = { pool = 0.5, air = 0.5 }
[events.RUS]
Europe = { 2029 = 0.1 }
[parameters]
precision = 8.0
[uncertain]
friction = [0.1, 0.2]
[world.POL]
gdp = 900.0
nuclear_pursuit = 1
"""

FOLDERS = (ROOT / "scenarios", ROOT / "src" / "foedus" / "posture" / "presets")
DOCUMENTS = (
    EVERY_KEY,
    EVERY_KEY,
    *(path.read_text(encoding="utf-8") for folder in FOLDERS for path in sorted(folder.glob("*.toml"))),
)
"""Files that can be read, from which the broken ones are made."""

WORDS = (
    "", "all", "none", "POL", "pol", "Europe", "troops", "R17", "2026", "26", "steady", "precision",
    "a\x1b[31m", "\x00", "~", "~nobody/x.toml", "../../x.toml", "2026-2050", "spending = 0.9", "é" * 90,
    "if threat > 0.2 then pool + 0.2",
)  # fmt: skip

numbers = st.one_of(
    st.integers(-3, 3000),
    st.floats(width=32),
    st.sampled_from([math.nan, math.inf, -math.inf, 1e308, 10**300, -(10**300), 10**400, 0, -1, 2**63, 2**64, 0.1]),
)
plain = st.one_of(
    numbers,
    st.booleans(),
    st.sampled_from(WORDS),
    st.text(max_size=12),
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.sampled_from([None, dt.UTC])),
)
keys = st.one_of(st.sampled_from(WORDS), st.text(max_size=8))
values = st.recursive(
    plain, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)), max_leaves=6
)


def written(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return "nan" if math.isnan(value) else ("-inf" if value < 0 else "inf") if math.isinf(value) else repr(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list):
        return "[" + ", ".join(written(inner) for inner in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(str(key))} = {written(inner)}" for key, inner in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f") if isinstance(value, str) else str(value)


def document(body: dict[str, Any]) -> str:
    """A file as TOML, a line for each key at its top."""
    return "".join(f"{written(key)} = {written(value)}\n" for key, value in body.items())


def places(body: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a document, as the keys and positions that lead there."""
    inner = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    return [place for key, value in inner for place in ((*above, key), *places(value, (*above, key)))]


@st.composite
def broken_values(draw: Callable[..., Any]) -> bytes:
    """A document with one to three of its values, or keys, made others."""
    body = tomllib.loads(draw(st.sampled_from(DOCUMENTS)))
    for _ in range(draw(st.integers(1, 3))):
        *above, last = draw(st.sampled_from(places(body) or [("title",)]))
        holder = body
        for key in above:
            holder = holder[key]
        change = draw(st.sampled_from(["value", "value", "value", "value", "key", "beside", "gone"]))
        if change == "value" or (change != "gone" and isinstance(holder, list)):
            holder[last] = draw(values)
        elif change == "key":
            holder[draw(keys)] = holder.pop(last, draw(values))
        elif change == "beside":
            holder[draw(keys)] = draw(values)
        else:
            del holder[last]
    return document(body).encode()


@st.composite
def broken_text(draw: Callable[..., Any]) -> bytes:
    """The bytes of a document with a piece cut out, doubled, or put in."""
    held = draw(st.sampled_from(DOCUMENTS)).encode()
    start = draw(st.integers(0, len(held)))
    end = draw(st.integers(start, min(len(held), start + 40)))
    put = draw(
        st.one_of(st.binary(max_size=6), st.sampled_from([held[start:end] * 2, b"[", b"]]", b"\xef\xbb\xbf", b'"""']))
    )
    return held[:start] + put + held[end:]


broken = st.one_of(broken_values(), broken_values(), broken_text())
"""Bytes of a file."""
