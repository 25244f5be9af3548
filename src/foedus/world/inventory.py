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
    1995: 57.1, 1996: 58.2, 1997: 59.2, 1998: 59.8, 1999: 60.7, 2000: 62.0, 2001: 63.4, 2002: 64.4, 2003: 65.7,
    2004: 67.4, 2005: 69.6, 2006: 71.7, 2007: 73.6, 2008: 75.0, 2009: 75.5, 2010: 76.4, 2011: 78.0, 2012: 79.4,
    2013: 80.8, 2014: 82.3, 2015: 83.0, 2016: 83.9, 2017: 85.5, 2018: 87.5, 2019: 89.0, 2020: 90.2, 2021: 94.3,
    2022: 101.0, 2023: 104.6, 2024: 107.2,
}  # fmt: skip
"""United States GDP deflator, recalled from the Bureau of Economic Analysis; only ratios matter."""

SEA_SHARES = (0.18, 0.32, 0.32)
LAND_SHARES = (0.42, 0.30, 0.12)
"""Land, air, maritime shares of states reached mainly by sea, and of the rest, before C4ISR takes its part."""

C4ISR_SHARE = {"guarantor": 0.20, "ally": 0.14, "other": 0.11}
"""Share of stock that is C4ISR."""


def perpetual_inventory(
    spending: Mapping[int, float],
    latest: float,
    depreciation: float = DEPRECIATION,
    investment: float = INVESTMENT_SHARE,
) -> float:
    """Stock today, billion USD of 2024, from a history of yearly spending.

    spending  billion current USD by year, one publisher's series
    latest    spending in 2024 or later; years between the history's last and 2024 are filled geometrically

    The stock starts steady in the first year; a gap repeats the year before; no history means always steady.
    """
    if not spending:
        return latest * investment / depreciation
    last = max(spending)
    real = []
    for year in range(min(spending), last + 1):
        known = max(y for y in spending if y <= year)
        real.append(spending[known] / US_DEFLATOR[known] * US_DEFLATOR[2024])
    steps = max(2024 - last, 0)
    real += [real[-1] * (latest / real[-1]) ** (step / steps) for step in range(1, steps + 1)]
    stock = real[0] * investment / depreciation
    for value in real[1:]:
        stock = stock * (1.0 - depreciation) + value * investment
    return stock


def domain_shares(by_sea: Sequence[bool], role: Sequence[str]) -> Floats:
    """Shares of stock by domain, [S, D]; they sum to one. An assumption by geography, graded A."""
    rows = []
    for sea, kind in zip(by_sea, role, strict=True):
        picture = C4ISR_SHARE[kind]
        land, air, maritime = SEA_SHARES if sea else LAND_SHARES
        total = (land + air + maritime) / (1.0 - picture)
        rows.append([land / total, air / total, maritime / total, picture])
    return np.array(rows)
