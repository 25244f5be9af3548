"""Numbers as people read them: significant digits, ranges, shares and chances in words, lists in running text.

What a row of results, a figure of the account or a number of a brief says is composed of these in its own room.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, isnan, log10

NONE = "–"
"""Stands where there is nothing to tell."""

LEAST = 0.5e-5
"""Size below which a number is shown as zero."""

VISIBLE = 5e-5
"""Size of a difference below which it is shown as zero, and has no direction."""

SHARES = (
    (0.08, "hardly any"),
    (0.14, "about a tenth"),
    (0.225, "about a fifth"),
    (0.29, "about a quarter"),
    (0.37, "about a third"),
    (0.45, "about two fifths"),
    (0.55, "about half"),
    (0.63, "about three fifths"),
    (0.71, "about two thirds"),
    (0.83, "about three quarters"),
    (0.92, "most"),
)
"""A part of something in words, each up to its limit."""

CHANCES = (
    (0.0, "next to nothing"),
    (0.05, "about one in twenty"),
    (0.1, "about one in ten"),
    (0.2, "about one in five"),
    (0.25, "about a quarter"),
    (0.333, "about a third"),
    (0.4, "about two in five"),
    (0.5, "about half"),
    (0.6, "about three in five"),
    (0.667, "about two thirds"),
    (0.75, "about three quarters"),
    (0.8, "about four in five"),
    (0.9, "about nine in ten"),
    (1.0, "nearly all"),
)
"""A chance, or a share counted in cases, in words; the nearest is said."""

RATIOS = (
    (0.55, "less than half of"),
    (0.87, "{less:.0f} % below"),
    (1.08, "much the same as"),
    (1.75, "{more:.0f} % above"),
    (2.35, "about twice"),
    (2.75, "about two and a half times"),
    (3.5, "about three times"),
)
"""A level beside another in words, each up to its limit."""

TIMES = ((1.0, "days"), (30.44, "months"), (365.25, "years"))
"""Units of time by their length in days."""


def decimals(value: float, digits: int = 2, most: int = 5) -> int:
    """How many decimals show a value with so many significant digits; at most `most`."""
    if value == 0.0 or isnan(value):
        return 0
    rounded = abs(float(f"{value:.{digits - 1}e}"))  # 0.0998 has the digits of 0.10
    return min(max(digits - 1 - floor(log10(rounded)), 0), most)


def significant(value: float, digits: int = 2) -> str:
    """A number with two significant digits, never in powers of ten: 0.012, 1.5, 24; a dash where it is none."""
    if isnan(value):
        return NONE
    if abs(value) < LEAST:
        return "0"
    return f"{value:.{decimals(value, digits)}f}"


def signed(value: float, digits: int = 2) -> str:
    """The same with its sign, to four decimals at most."""
    if isnan(value):
        return NONE
    return "0" if abs(value) < VISIBLE else f"{value:+.{decimals(value, digits, most=4)}f}"


def plus_minus(error: float, value: float) -> str:
    """A standard error behind its sign, to one digit and four decimals at most, `±.05`; empty where it is none.

    value  what it is the error of; to the last decimal of its two digits, and one more where that leaves nothing
    """
    if isnan(error) or isnan(value):
        return ""
    places = min(decimals(error, 1), decimals(value), 4)
    if not f"{error:.{places}f}".strip(".0"):
        places = min(places + 1, 4)
    shown = f"{error:.{places}f}".removeprefix("0")
    return f"±{shown}" if shown.strip(".0") else "±0"


def bracketed(low: float, high: float) -> str:
    """A range of a difference: "[-0.02 0.31]", to three decimals at most."""
    places = decimals(max(abs(low), abs(high)), most=3)
    return f"[{_no_minus_zero(f'{low:.{places}f}')} {_no_minus_zero(f'{high:.{places}f}')}]"


def percent(chance: float) -> str:
    """A chance in whole per cent, one decimal below one; a dash where it is none."""
    value = 100.0 * chance
    if isnan(value):
        return NONE
    return f"{value:.1f}" if 0.05 <= value < 0.95 else f"{value:.0f}"


def rare(chance: float) -> str:
    """A chance in per cent with two significant digits, as rare events need: 0.12, 1.4, 15; below 0.001, 0."""
    value = 100.0 * chance
    if isnan(value):
        return NONE
    return f"{value:.0f}" if value >= 9.95 else significant(value) if value >= 0.001 else "0"


def percent_range(value: float, low: float, high: float) -> str:
    """A share with its range: "33 % (24-48 %)"; without one where it has no width."""
    middle, first, last = (round(100 * x) for x in (value, low, high))
    return f"{middle} %" if first == last else f"{middle} % ({first}-{last} %)"


def times(ratio: float | None) -> str:
    """How many times larger, `x2.0`; empty where it cannot be said."""
    if ratio is None:
        return ""
    return f"x{ratio:.0f}" if ratio >= 10 else f"x{ratio:.1f}" if ratio >= 1.95 else f"x{ratio:.2f}"


def compared(ratio: float) -> str:
    """How a level compares with another: "about twice", "20 % below", "much the same as"."""
    for limit, text in RATIOS:
        if ratio < limit:
            return text.format(less=100 * (1 - ratio), more=100 * (ratio - 1))
    return f"about {ratio:.0f} times"


def share(ratio: float) -> str:
    """A part of something in words: 0.38 is "about two fifths"."""
    return next((text for limit, text in SHARES if ratio < limit), "nearly all")


def fraction(value: float) -> str:
    """A chance as the nearest common fraction: 0.38 is "about two in five"."""
    if value <= 0.0:
        return "nothing"
    return min(CHANCES, key=lambda pair: abs(pair[0] - value))[1]


def fraction_range(value: float, low: float, high: float) -> str:
    """A chance in words with its range in per cent: "about two in five (30-50 %)"."""
    ends = [f"{100 * end:.0f}" for end in (low, high)]
    return f"{fraction(value)} ({ends[0]} %)" if ends[0] == ends[1] else f"{fraction(value)} ({'-'.join(ends)} %)"


def of_the_time(chance: float) -> str:
    """A chance as how often: "about 45 % of the time", to the nearest five in a hundred between 10 and 90."""
    value = 100.0 * chance
    if value < 1.0:
        return "less than 1 % of the time"
    rounded = 5 * round(value / 5) if 10.0 <= value <= 90.0 else round(value)
    return f"about {rounded} % of the time"


def money(billions: float) -> str:
    """A sum given in billions of dollars: "$4 million", "$1.2 billion", "under $1 million"."""
    if billions < 0.0005:
        return "under $1 million"
    if billions < 0.9995:
        return f"${significant(1000.0 * billions)} million"
    return f"${significant(billions)} billion"


def duration(days: float, low: float, high: float) -> str:
    """A time given in days, in the unit a person would use: "3 days (1-7)", "8 months (4-20)", "4 years"."""
    length, unit = max(pair for pair in TIMES if days >= 2.0 * pair[0] or pair[0] == 1.0)
    value, first, last = (max(round(x / length), 0) for x in (days, low, high))
    word = unit if value != 1 else unit.removesuffix("s")
    return f"{value} {word}" if first == last else f"{value} {word} ({first}-{last})"


def count(number: float, none: str = "no") -> str:
    """A count of events, with a word for none: "no", "1", "1,214"."""
    return none if round(number) == 0 else f"{number:,.0f}"


def counted(number: float, one: str, many: str) -> str:
    """A count with its noun: "no wars", "1 war", "1,214 wars"."""
    return f"{count(number)} {one if round(number) == 1 else many}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """A list in running text: "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def sentence(text: str) -> str:
    """The same, beginning with a capital letter and ending in a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", ":")) else ".")


def _no_minus_zero(text: str) -> str:
    return text.lstrip("-") if float(text) == 0.0 else text
