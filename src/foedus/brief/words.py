"""A brief's numbers in words: never a bare zero, never more digits than the number has."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.brief.reading import Simulated
from foedus.exposure.figure import Figure
from foedus.exposure.words import fraction
from foedus.results.words import significant

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


def money(billions: float) -> str:
    """A sum given in billions of dollars: "$4 million", "$1.2 billion", "under $1 million"."""
    if billions < 0.0005:
        return "under $1 million"
    if billions < 0.9995:
        return f"${significant(1000.0 * billions)} million"
    return f"${significant(billions)} billion"


def chance(number: Simulated) -> str:
    """A chance with its range: "about two in five (30-50 %)"."""
    return share_band(number.value, number.low, number.high)


def share_band(value: float, low: float, high: float) -> str:
    """A share in words with its range in per cent."""
    ends = [f"{100 * end:.0f}" for end in (low, high)]
    return f"{fraction(value)} ({ends[0]} %)" if ends[0] == ends[1] else f"{fraction(value)} ({'-'.join(ends)} %)"


def futures(share: float) -> str:
    """How many futures of a hundred: "in 15 of 100 futures", "in no future", "in every future"."""
    if share <= 0.0:
        return "in no future"
    if share >= 1.0:
        return "in every future"
    return f"in {min(max(round(100 * share), 1), 99)} of 100 futures"


def count(number: float, none: str = "no") -> str:
    """A count of events, with a word for none: "no", "1", "1,214"."""
    return none if round(number) == 0 else f"{number:,.0f}"


def counted(number: float, one: str, many: str) -> str:
    """A count with its noun: "no wars", "1 war", "1,214 wars"."""
    return f"{count(number)} {one if round(number) == 1 else many}"


def times(ratio: float) -> str:
    """How a level compares with another: "about twice", "a fifth more than", "much the same as"."""
    for limit, words in (
        (0.55, "less than half of"),
        (0.87, f"{100 * (1 - ratio):.0f} % below"),
        (1.08, "much the same as"),
        (1.75, f"{100 * (ratio - 1):.0f} % above"),
        (2.35, "about twice"),
        (2.75, "about two and a half times"),
        (3.5, "about three times"),
    ):
        if ratio < limit:
            return words
    return f"about {ratio:.0f} times"


def changed(number: Simulated) -> str:
    """What a what-if does to the loss, from the share it removes: "-33 % (-55 to -2 %)"."""
    middle, best, worst = (_signed(-100.0 * value) for value in (number.value, number.high, number.low))
    return f"{middle} %" if best == worst else f"{middle} % ({best} to {worst} %)"


def _signed(value: float) -> str:
    return "0" if round(value) == 0 else f"{value:+.0f}"


def of_the_time(value: float) -> str:
    """A chance as how often: "about 45 % of the time", to the nearest five in a hundred between 10 and 90."""
    percent = 100.0 * value
    if percent < 1.0:
        return "less than 1 % of the time"
    rounded = 5 * round(percent / 5) if 10.0 <= percent <= 90.0 else round(percent)
    return f"about {rounded} % of the time"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """A list in running text: "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def sentence(text: str) -> str:
    """The same, beginning with a capital letter and ending in a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", ":")) else ".")
