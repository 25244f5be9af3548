"""What a user gives, read in the same way at every door: numbers, whole numbers, codes in either case, spans of years.

Each function says what is wrong in words, without a place: the door that calls it names the file or the option.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from numbers import Integral, Real

LONGEST = 60
"""Characters of a value shown in a complaint."""

FEW = 4
"""Members of a list shown in a complaint."""

DIGITS = 20
"""Digits of a whole number shown in a complaint."""

_YEARS = re.compile(r"\s*([0-9]{4})\s*[:–-]\s*([0-9]{4})\s*")


def shown(value: object) -> str:
    """A value as its writer would know it, in one short line: `'much'`, `0.5`, `[1, 2]`, `a table`."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**DIGITS:
        return f"a whole number of about {math.floor(value.bit_length() * math.log10(2)) + 1} digits"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        members = ["a list" if isinstance(member, list | tuple) else shown(member) for member in value[:FEW]]
        return f"[{', '.join(members)}{', …' if len(value) > FEW else ''}]"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    text = repr(value[: LONGEST + 1] if isinstance(value, str) else value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def wrong_number(value: object, low: float = -math.inf, high: float = math.inf, unit: str = "") -> str:
    """What is wrong with a value as a finite number from `low` to `high`; empty when nothing is."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return f"{shown(value)} is not a number"
    try:
        number = float(value)
    except OverflowError:
        return f"{shown(value)} is beyond every range"
    if not math.isfinite(number):
        return f"{number:g} is not a finite number"
    if not low <= number <= high:
        return f"{number:g} lies outside {low:g} to {high:g}" + (f" ({unit})" if unit else "")
    return ""


def wrong_whole(value: object, low: int, high: int) -> str:
    """What is wrong with a value as a whole number from `low` to `high`; empty when nothing is."""
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < low:
        least = {0: "zero or above", 1: "above zero"}.get(low, f"{low:,} or above")
        return f"{shown(value)} must be a whole number, {least}"
    if int(value) > high:
        return f"{shown(value)} lies above {high:,}"
    return ""


def code_of(word: str, legal: Iterable[str]) -> str | None:
    """The legal code or name that a word spells in capitals or small letters; None when there is none."""
    codes = list(legal)
    if word in codes:
        return word
    return {code.casefold(): code for code in codes}.get(word.casefold())


def repeated(names: Sequence[str]) -> str | None:
    """The first name that stands twice; None when each stands once."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def years_of(text: str) -> tuple[int, int] | None:
    """First and last year of a span, `2026:2050` or `2026-2050`; None for another form."""
    found = _YEARS.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None
