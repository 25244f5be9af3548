"""Figures of the account in words that a person uses."""

from __future__ import annotations

from foedus.exposure.figure import Figure
from foedus.words import duration, fraction, percent_range


def percent(figure: Figure) -> str:
    """A share with its band: "33 % (24-48 %)"."""
    return percent_range(figure.value, *figure.band)


def share_words(figure: Figure) -> str:
    """A share in words with its band: "about two in five, 30-50 %"."""
    low, high = (round(100 * x) for x in figure.band)
    words = fraction(figure.value)
    return f"{words}, {high} %" if low == high else f"{words}, {low}-{high} %"


def days(figure: Figure) -> str:
    """A time given in days, in the unit a person would use: "3 days (1-7)", "8 months (4-20)", "4 years"."""
    return duration(figure.value, *figure.band)
