"""Numbers as people read them: significant digits, bands, shares in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor, isnan, log10

from foedus.results.headline import VISIBLE, Headline, Range
from foedus.world.names import country

WORSE, BETTER, UNCLEAR = "▲", "▼", "·"
NONE = "–"
"""Stands where there is nothing to tell."""


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
    if abs(value) < 0.5e-5:
        return "0"
    return f"{value:.{decimals(value, digits)}f}"


def signed(value: float, digits: int = 2) -> str:
    """The same with its sign, to four decimals at most."""
    if isnan(value):
        return NONE
    return "0" if abs(value) < VISIBLE else f"{value:+.{decimals(value, digits, most=4)}f}"


def change(gap: Range) -> tuple[str, str]:
    """A difference and its 90 per cent band, each with its own two digits; the band to three decimals at most."""
    return signed(gap.mean), band(gap)


def band(gap: Range) -> str:
    """The 90 per cent band of a difference, to three decimals at most; a dash where futures are too few for one."""
    if not gap.told or isnan(gap.mean):
        return NONE
    places = decimals(max(abs(gap.low90), abs(gap.high90)), most=3)
    low, high = (_no_minus_zero(f"{x:.{places}f}") for x in (gap.low90, gap.high90))
    return f"[{low} {high}]"


def span(value: Range) -> str:
    """A 90 per cent band, to two digits of its mean; a dash where there are too few futures for one."""
    if not value.told or isnan(value.mean):
        return NONE
    places = decimals(value.mean or value.high90)
    return f"[{value.low90:.{places}f} {value.high90:.{places}f}]"


def conceded(row: Headline) -> str:
    """Per cent of the expected loss that comes of giving ground, under the other posture too where there is one."""
    return both(row, lambda r: NONE if r.conceded_share is None else percent(r.conceded_share))


def exposed(row: Headline) -> str:
    """Years exposed, under the other posture too where there is one."""
    return both(row, lambda r: str(r.years_exposed))


def both(row: Headline, said: Callable[[Headline], str], arrow: str = "→") -> str:
    """What is said of a row under the other posture and under its own: `18→24`; one where nothing is compared."""
    return said(row) if row.against is None else f"{said(row.against)}{arrow}{said(row)}"


def times(ratio: float | None) -> str:
    """How many times larger, `x2.0`; empty where it cannot be said."""
    if ratio is None:
        return ""
    return f"x{ratio:.0f}" if ratio >= 10 else f"x{ratio:.1f}" if ratio >= 1.95 else f"x{ratio:.2f}"


def percent(chance: float) -> str:
    """A chance in whole per cent, one decimal below one."""
    value = 100.0 * chance
    if isnan(value):
        return NONE
    return f"{value:.1f}" if 0.05 <= value < 0.95 else f"{value:.0f}"


def arrow(row: Headline) -> str:
    """Which way the loss goes, where nine futures in ten agree."""
    return {1: WORSE, -1: BETTER, 0: UNCLEAR}[row.direction]


def share(ratio: float) -> str:
    """A share in words."""
    for limit, words in (
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
    ):
        if ratio < limit:
            return words
    return "nearly all"


def _no_minus_zero(text: str) -> str:
    return text.lstrip("-") if float(text) == 0.0 else text


def listed(names: Sequence[str]) -> str:
    """Names of states in running text: Japan, Latvia and the Philippines."""
    told = [country(name) for name in names]
    return told[-1] if len(told) < 2 else f"{', '.join(told[:-1])} and {told[-1]}"
