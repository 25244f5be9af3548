"""How many years and futures a scenario may ask for, and what its seed can be."""

from __future__ import annotations

from foedus.given import wrong_whole

MOST_YEARS = 60
EARLIEST = 1950
MOST_FUTURES = 10_000_000
"""Futures of a run: what its headline is made of still fits into the memory of a large machine (docs/scale.md)."""

MOST_SEED = 2**63 - 1


def wrong_years(first: object, last: object) -> str:
    """What is wrong with a span of years; empty when nothing is."""
    if wrong := wrong_whole(first, 0, 9999) or wrong_whole(last, 0, 9999):
        return wrong
    begin, end = int(first), int(last)  # type: ignore[call-overload]
    if end < begin:
        return f"years are reversed: {begin} comes after {end}. Write {end}-{begin}."
    if begin < EARLIEST or end - begin + 1 > MOST_YEARS:
        return f"at most {MOST_YEARS} years from {EARLIEST} on; got {begin}-{end}"
    return ""
