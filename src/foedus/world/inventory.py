"""Capability stocks from spending: the perpetual inventory (Goldsmith 1951, as in capital accounting)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from foedus.world.model import Floats

INVESTMENT_SHARE = 0.35
"""Share of military spending that buys capability; the ledger's `investment_share`."""

DEPRECIATION = 0.07
"""Share of stock worn out in a year; the ledger's `depreciation`."""

US_DEFLATOR = {
    1946: 8.81, 1947: 9.77, 1948: 10.31, 1949: 10.29, 1950: 10.42, 1951: 11.15, 1952: 11.35, 1953: 11.49,
    1954: 11.60, 1955: 11.79, 1956: 12.20, 1957: 12.60, 1958: 12.89, 1959: 13.07, 1960: 13.25, 1961: 13.39,
    1962: 13.56, 1963: 13.71, 1964: 13.92, 1965: 14.18, 1966: 14.57, 1967: 15.00, 1968: 15.64, 1969: 16.40,
    1970: 17.27, 1971: 18.15, 1972: 18.93, 1973: 19.96, 1974: 21.76, 1975: 23.77, 1976: 25.08, 1977: 26.63,
    1978: 28.50, 1979: 30.86, 1980: 33.64, 1981: 36.78, 1982: 39.06, 1983: 40.60, 1984: 42.04, 1985: 43.39,
    1986: 44.26, 1987: 45.39, 1988: 46.98, 1989: 48.81, 1990: 50.61, 1991: 52.30, 1992: 53.49, 1993: 54.76,
    1994: 55.93, 1995: 57.1, 1996: 58.2, 1997: 59.2, 1998: 59.8, 1999: 60.7, 2000: 62.0, 2001: 63.4,
    2002: 64.4, 2003: 65.7, 2004: 67.4, 2005: 69.6, 2006: 71.7, 2007: 73.6, 2008: 75.0, 2009: 75.5,
    2010: 76.4, 2011: 78.0, 2012: 79.4, 2013: 80.8, 2014: 82.3, 2015: 83.0, 2016: 83.9, 2017: 85.5,
    2018: 87.5, 2019: 89.0, 2020: 90.2, 2021: 94.3, 2022: 101.0, 2023: 104.6, 2024: 107.2,
}  # fmt: skip
"""United States GDP deflator, recalled from the Bureau of Economic Analysis; only ratios matter."""

PRICES = 2024
"""Year whose dollars every world is in."""

SEA_SHARES = (0.18, 0.32, 0.32)
LAND_SHARES = (0.42, 0.30, 0.12)
"""Land, air, maritime shares of states reached mainly by sea, and of the rest, before C4ISR takes its part."""

C4ISR_SHARE = {"guarantor": 0.20, "ally": 0.14, "other": 0.11}
"""Share of stock that is C4ISR."""


def at_prices(current: float, year: int) -> float:
    """US dollars of a year as dollars of 2024."""
    return current / US_DEFLATOR[year] * US_DEFLATOR[PRICES]


def perpetual_inventory(
    spending: Mapping[int, float],
    latest: float,
    depreciation: float = DEPRECIATION,
    investment: float = INVESTMENT_SHARE,
    until: int = PRICES,
) -> float:
    """Stock at the end of a year, billion USD of 2024, from a history of yearly spending.

    spending  billion current USD by year, one publisher's series
    latest    spending in `until` or later, billion USD of 2024; years between the history's last and `until` are
              filled geometrically
    until     the year of the stock

    The stock starts steady in the first year; a gap repeats the year before; no history means always steady.
    """
    if not spending:
        return latest * investment / depreciation
    last = max(spending)
    real = []
    for year in range(min(spending), last + 1):
        known = max(y for y in spending if y <= year)
        real.append(at_prices(spending[known], known))
    steps = max(until - last, 0)
    real += [real[-1] * (latest / real[-1]) ** (step / steps) for step in range(1, steps + 1)]
    stock = real[0] * investment / depreciation
    for value in real[1:]:
        stock = stock * (1.0 - depreciation) + value * investment
    return stock


COUNTED = ("brigades", "combat_aircraft", "missiles", "air_defence", "warships")
"""What is counted to split a stock by domain, as fact variables."""

UNIT_VALUE = (5.0, 0.16, 0.01, 0.5, 0.25)
"""Billion USD to replace one of each: a heavy brigade (about 7.5 with its infrastructure, less without), a combat
aircraft (0.16 in the shopping list of the IISS), a missile, a battery of air defence, a thousand tons of warship (a
destroyer of 9,500 tons at 2.5). Only ratios matter; an assumption (A)."""


LEAST_SHARE = 0.02
"""Share of the counted value that every domain has: drones, helicopters and boats are not counted (A)."""


def domain_shares(by_sea: Sequence[bool], role: Sequence[str], counts: Floats) -> Floats:
    """Shares of stock by domain, [S, D]; they sum to one.

    by_sea  [S] whether a state is reached mainly by sea
    role    [S] guarantor, ally or other: how much of its stock is C4ISR
    counts  [S, COUNTED] units held, NaN where nobody counted

    Land, air and maritime shares follow the value of what is counted; where a count is missing, geography (A).
    """
    rows = []
    for sea, kind, held in zip(by_sea, role, counts, strict=True):
        picture = C4ISR_SHARE[kind]
        land, air, maritime = _value(held) if counted(held) else SEA_SHARES if sea else LAND_SHARES
        total = (land + air + maritime) / (1.0 - picture)
        rows.append([land / total, air / total, maritime / total, picture])
    return np.array(rows)


def _value(held: Floats) -> tuple[float, float, float]:
    """Value of the units counted by domain, land, air and maritime, each at least `LEAST_SHARE` of all."""
    brigades, aircraft, missiles, batteries, warships = map(float, held * UNIT_VALUE)
    least = LEAST_SHARE * (brigades + aircraft + missiles + batteries + warships)
    return max(brigades, least), max(aircraft + missiles + batteries, least), max(warships, least)


def counted(held: Floats) -> bool:
    """Whether the units of a state are counted, and it has any."""
    return bool(np.nansum(held) > 0.0 and not np.isnan(held).any())
