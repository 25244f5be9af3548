"""Figures of a state that a study may change, each within what the fact tables allow."""

from __future__ import annotations

from dataclasses import fields

from foedus.given import wrong_number
from foedus.world.facttable import FactVariable
from foedus.world.model import States
from foedus.world.variables import ECONOMY, FORCES, GEOGRAPHY, NUCLEAR, POLITICS

_READ_FROM = {
    "defence_share": "burden",
    "habit": "burden",
    "price_level_low": "price_level",
    "price_level_high": "price_level",
}
"""Figures made of a variable of another name."""

ENDS = ("warheads_low", "warheads_high", "reach_low", "reach_high", "usable_low", "usable_high")
"""Ends of ranges that follow their middle."""

_VARIABLES = {**ECONOMY, **FORCES, **NUCLEAR, **POLITICS, **GEOGRAPHY}

FIGURES: dict[str, FactVariable] = {
    field.name: _VARIABLES[_READ_FROM.get(field.name, field.name)]
    for field in fields(States)
    if field.name not in ("iso3", "name", "region", "stocks", *ENDS)
}
"""What each figure is, with its unit and legal range."""


def wrong_figure(name: str, value: object) -> str:
    """What is wrong with a value of a figure; empty when nothing is."""
    variable = FIGURES[name]
    if wrong := wrong_number(value):
        return wrong
    number = float(value)  # type: ignore[arg-type]
    if not variable.low <= number <= variable.high:
        return f"{number:g} lies outside what it can be, {variable.low:g} to {variable.high:g} ({variable.unit})"
    return variable.wrong(number)


def wrong_range_of_prices(low: float, level: float, high: float) -> str:
    """What is wrong with a price level and its range; empty when nothing is."""
    if low > high:
        return f"price_level_low {low:g} lies above price_level_high {high:g}"
    if not low <= level <= high:
        return (
            f"price_level {level:g} lies outside its range, price_level_low {low:g} to price_level_high {high:g}. "
            "Give all three"
        )
    return ""
