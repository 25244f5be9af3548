"""Figures in words that a person uses."""

from __future__ import annotations

from foedus.exposure.figure import Figure

FRACTIONS = (
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


def fraction(value: float) -> str:
    """A share as the nearest common fraction: 0.38 is "about two in five"."""
    if value <= 0.0:
        return "nothing"
    return min(FRACTIONS, key=lambda pair: abs(pair[0] - value))[1]


def percent(figure: Figure) -> str:
    """A share with its band: "33 % (24-48 %)"."""
    low, high = (round(100 * x) for x in figure.band)
    value = round(100 * figure.value)
    return f"{value} %" if low == high else f"{value} % ({low}-{high} %)"


def share_words(figure: Figure) -> str:
    """A share in words with its band: "about two in five, 30-50 %"."""
    low, high = (round(100 * x) for x in figure.band)
    words = fraction(figure.value)
    return f"{words}, {high} %" if low == high else f"{words}, {low}-{high} %"


UNITS = ((1.0, "days"), (30.44, "months"), (365.25, "years"))


def days(figure: Figure) -> str:
    """A time given in days, in the unit a person would use: "3 days (1-7)", "8 months (4-20)", "4 years"."""
    length, unit = max(pair for pair in UNITS if figure.value >= 2.0 * pair[0] or pair[0] == 1.0)
    value, low, high = (max(round(x / length), 0) for x in (figure.value, *figure.band))
    word = unit if value != 1 else unit.removesuffix("s")
    return f"{value} {word}" if low == high else f"{value} {word} ({low}-{high})"
