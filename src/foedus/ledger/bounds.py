"""Which values a parameter of a unit can have at all, sourced or not: beyond its range in the ledger a scholar may go,
beyond these bounds the model means nothing.
"""

from __future__ import annotations

from foedus.errors import LedgerError, UnknownName
from foedus.given import wrong_number
from foedus.ledger.parameter import Parameter

_SHARE = (0.0, 1.0)
_LOG = (-50.0, 50.0)
_WEIGHT = (-100.0, 100.0)
_AMOUNT = (0.0, 1e4)
_DIVISOR = (0.01, 1e5)

LEGAL = {
    "share": _SHARE,
    "share a year": _SHARE,
    "chance": _SHARE,
    "chance a year": _SHARE,
    "share of GDP": (0.0, 10.0),
    "log": _LOG,
    "log points": (0.0, 2.0),
    "log-odds": _LOG,
    "log/chance": _LOG,
    "log/log": (-10.0, 10.0),
    "index": _WEIGHT,
    "index/pp": _WEIGHT,
    "stake": _WEIGHT,
    "1": (0.0, 100.0),
    "1/chance": _AMOUNT,
    "1/share": _AMOUNT,
    "1/stake": _AMOUNT,
    "1/year": _AMOUNT,
    "ratio": (0.0, 100.0),
    "sd": (0.0, 10.0),
    "USD bn/year": _AMOUNT,
    "billion USD": _AMOUNT,
    "day": _DIVISOR,
    "km": _DIVISOR,
    "km/day": _DIVISOR,
    "warheads": _DIVISOR,
    "wars": _DIVISOR,
    "year": _DIVISOR,
}
"""Lowest and highest value by unit. A weight whose sign theory disputes may take either; a log beyond 50 decides alone;
what divides stays above zero."""

NARROWER = {
    "absorption": (0.001, 1.0),
    "defender_edge": (0.01, 100.0),
    "depreciation": (0.001, 1.0),
    "loyalty_scale": (1e-5, 1.0),
    "most_committed": (0.0, 0.99),
    "offer_size": (0.001, 1.0),
    "politics_persistence": (0.0, 0.999),
    "programme_cost": (0.01, 1e4),
    "stake_share_of_gdp": (0.001, 10.0),
    "war_ends_later": (0.001, 1.0),
}
"""Parameters that the model divides by, takes a log of, or of which it divides by the rest."""


def legal_values(name: str, unit: str, where: str) -> tuple[float, float]:
    """Lowest and highest value of a parameter; raise UnknownName, naming `where`, for a unit nobody declared."""
    if unit not in LEGAL:
        raise UnknownName("unit", unit, LEGAL, where)
    return NARROWER.get(name, LEGAL[unit])


def wrong_value(parameter: Parameter, value: object) -> str:
    """What is wrong with a value of a parameter; empty when nothing is."""
    if wrong := wrong_number(value):
        return wrong
    number = float(value)  # type: ignore[arg-type]
    low, high = legal_values(parameter.name, parameter.unit, parameter.where)
    if not low <= number <= high:
        sourced = f"; the ledger's own range is {_span(parameter.low, parameter.high)}"
        return f"{number:g} lies outside what it can be, {_span(low, high)} ({parameter.unit}){sourced}"
    return ""


def wrong_range(parameter: Parameter, low: object, high: object) -> str:
    """What is wrong with a range given to a parameter; empty when nothing is."""
    if wrong := wrong_value(parameter, low) or wrong_value(parameter, high):
        return wrong
    lowest, highest = float(low), float(high)  # type: ignore[arg-type]
    if lowest > highest:
        return f"low {lowest:g} lies above high {highest:g}. Write [{highest:g}, {lowest:g}]."
    if parameter.distribution == "loguniform" and lowest <= 0.0:
        return f"low {lowest:g}: it is drawn by its logarithm, so its range must begin above zero"
    return ""


def check_declared(name: str, unit: str, low: float, high: float, where: str) -> None:
    """Raise LedgerError when a declared range leaves what its unit allows, UnknownName for a unit nobody declared."""
    least, most = legal_values(name, unit, f"{where}.unit")
    if not least <= low <= high <= most:
        msg = f"{where}: {_span(low, high)} lies outside what a {unit} can be, {_span(least, most)}"
        raise LedgerError(msg)


def _span(low: float, high: float) -> str:
    return f"{low:g} to {high:g}"
