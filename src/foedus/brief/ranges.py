"""A brief's numbers with their ranges in words: never a bare zero, never more digits than the number has."""

from __future__ import annotations

from foedus.brief.reading import Simulated
from foedus.exposure.figure import Figure
from foedus.words import fraction_range, rare, significant

LEAST_PERCENT = 0.01
"""Per cent of GDP below which only that it is less is said."""


def percent_of_gdp(value: float) -> str:
    """A loss or cost given in per cent of GDP: "0.25 %", "1.8 %", "under 0.01 %"."""
    if abs(value) < LEAST_PERCENT:
        return f"under {LEAST_PERCENT:g} %"
    return f"{significant(value)} %"


def gdp_band(number: Simulated) -> str:
    """The same with its range: "0.25 % (0.03-2.1 %)"."""
    if number.high < LEAST_PERCENT:
        return percent_of_gdp(number.value)
    low = f"<{LEAST_PERCENT:g}" if number.low < LEAST_PERCENT else significant(number.low)
    return f"{percent_of_gdp(number.value)} ({low}-{significant(number.high)} %)"


def figure_band(figure: Figure) -> str:
    """A share of GDP from the account, in per cent with its range."""
    low, high = (100.0 * end for end in figure.band)
    return gdp_band(Simulated(figure.name, figure.label, 100.0 * figure.value, low, high, "% of GDP", (), "", ()))


def band(number: Simulated) -> str:
    """A per cent to one decimal, with its range when there is one: "3.8 % (3.7-4.3)"."""
    low, middle, high = (f"{end:.1f}" for end in (number.low, number.value, number.high))
    return f"{middle} %" if low == high else f"{middle} % ({low}-{high})"


def chance(number: Simulated) -> str:
    """A chance with its range: "about two in five (30-50 %)"."""
    return fraction_range(number.value, number.low, number.high)


def small(chance: float) -> str:
    """A chance in per cent to two digits; below the least, that it is less."""
    return "<0.01" if 0.0 < chance < LEAST_PERCENT / 100.0 else rare(chance)


def futures(share: float) -> str:
    """How many futures of a hundred: "in 15 of 100 futures", "in no future", "in every future"."""
    if share <= 0.0:
        return "in no future"
    if share >= 1.0:
        return "in every future"
    return f"in {min(max(round(100 * share), 1), 99)} of 100 futures"


def changed(number: Simulated) -> str:
    """What a what-if does to the loss, from the share it removes: "-33 % (-55 to -2 %)"."""
    middle, best, worst = (_signed(-100.0 * value) for value in (number.value, number.high, number.low))
    return f"{middle} %" if best == worst else f"{middle} % ({best} to {worst} %)"


def _signed(value: float) -> str:
    return "0" if round(value) == 0 else f"{value:+.0f}"
