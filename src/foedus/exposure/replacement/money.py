"""Money of one kind: every price is brought to euros of 2025 by its own currency's price level, then the exchange rate.

Purchasing power plays no part: weapons are bought across borders, and pay is quoted by country. The first step keeps
the currency and changes the year; the second changes the currency at the rate of 2025.
"""

from __future__ import annotations

from functools import cache

from foedus.exposure.figure import Figure, Leaf, defined
from foedus.exposure.replacement.tables import facts, leaf
from foedus.exposure.units import Unit

BASE = 2025
"""Year whose prices everything is stated in."""

EURO = f"million EUR {BASE}"
BILLION = f"billion EUR {BASE}"


def in_euros(figure: Figure) -> Figure:
    """Return money, or money per something, in euros of BASE. Raises UnitError when it is not money."""
    held = figure.unit.currency
    if held is None:
        msg = f'{figure.name} is in "{figure.unit}", not in money'
        raise TypeError(msg)
    currency, year = held.split()
    result = figure if int(year) == BASE else figure * _deflator(currency.lower(), int(year))
    if currency != "EUR":
        result = result * _exchange(currency.lower())
    return figure if result is figure else result.called(f"{figure.name} in EUR {BASE}", figure.label)


def to_currency(figure: Figure, currency: str) -> Figure:
    """Return euros of BASE in another currency of BASE."""
    if currency.upper() == "EUR":
        return figure
    rate = leaf("rates.csv", (currency.lower(),), "per_euro", f"{currency.upper()} for a euro in {BASE}")
    return figure * _as_rate(rate, currency.upper())


@cache
def _exchange(currency: str) -> Figure:
    rate = leaf("rates.csv", (currency,), "per_euro", f"{currency.upper()} for a euro in {BASE}")
    turned = _as_rate(rate, currency.upper())
    one = defined("one", "one", Unit(), 1.0)
    return (one / turned).called(f"euros for a {currency.upper()}", f"euros for a {currency.upper()} in {BASE}")


def _as_rate(rate: Leaf, currency: str) -> Leaf:
    return Leaf(
        rate.name,
        rate.label,
        Unit.parse(f"{currency} {BASE}/EUR {BASE}"),
        rate.value,
        rate.range_low,
        rate.range_high,
        source=rate.source,
        grade=rate.grade,
        note=rate.note,
    )


@cache
def _deflator(currency: str, year: int) -> Figure:
    levels = {
        fact.year: fact for fact in facts("rates.csv") if fact.key == (currency,) and fact.variable == "price_level"
    }
    then, now = (_level(levels[y].value, currency, y, levels[y].source, levels[y].grade) for y in (year, BASE))
    name = currency.upper()
    return (now / then).called(f"{name} {year} to {BASE}", f"{name}: prices of {BASE} over those of {year}")


def _level(value: float, currency: str, year: int, source: str, grade: str) -> Leaf:
    name = currency.upper()
    return Leaf(
        f"price level {name} {year}",
        f"{name} price level {year}",
        Unit.parse(f"{name} {year}"),
        value,
        source=source,
        grade=grade,
    )
