"""Product, growth, population, prices and spending of a past year, in billion dollars of 2024."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import polars as pl

from foedus.past.archive import Archive
from foedus.past.assumed import DOLLAR_COST, MOST_BURDEN
from foedus.past.figures import Facts
from foedus.world import rules
from foedus.world.inventory import US_DEFLATOR, at_prices

PARITY_BASE = 2017
"""Year of the international dollars of Fariss and others' product."""

LOOK_BACK = 3
"""Years a figure may be old."""

GROWTH_YEARS = 10
HISTORY_YEARS = 28
"""Years of spending that stocks are made of, as in the world of 2026 (1995-2022)."""

DEMOBILISED = 1946
"""Spending before this bought what was scrapped after the war."""

CHEAPEST, DEAREST = 1.0 / 1.5, 8.0
"""Bounds of product at parity over product at market rates; estimates outside are errors of measurement."""


def add_economy(archive: Archive, isos: Collection[str], facts: Facts) -> None:
    """Write product, growth, population and price level.

    Product is the World Bank's at market rates; where there is none (everywhere before 1960), and where spending is
    priced in dollars, it is Fariss and others' at purchasing parity, and the price level is 1. Elsewhere the price
    level follows from the two products by the rule of the world of 2026, relative to the United States, for whom
    the estimates of product at parity run above the World Bank's. Growth is the mean of the last ten years.
    Debt is recorded for no state and is assumed when the world is assembled.
    """
    year = archive.year
    market = archive.by_state("world_bank_gdp_pop", "gdp_current_usd", LOOK_BACK)
    parity = archive.by_state("fariss_gdp_pop", "pwtrgdp", LOOK_BACK)
    people = archive.by_state("cow_nmc", "tpop", 5)
    growth = _growth(archive)
    home = _parity_prices(parity["USA"])
    above = home / at_prices(market["USA"][1] / 1e9, market["USA"][0]) if "USA" in market else 1.0
    for iso in sorted(isos):
        at_parity = _parity_prices(parity[iso]) if iso in parity else None
        planned = priced_in_dollars(iso, year)
        if iso in market and not planned:
            seen, value = market[iso]
            at_market = at_prices(value / 1e9, seen)
            facts.add("economy.csv", (iso,), "gdp", at_market, source="world_bank2025", grade="V", year=seen)
            if at_parity is not None:
                _add_price(iso, at_parity / at_market / above, facts)
        elif at_parity is not None:
            why = "spending is priced in dollars" if planned else "no product at market rates"
            facts.add(
                "economy.csv",
                (iso,),
                "gdp",
                at_parity / above,
                source="fariss2022",
                grade="C",
                note=f"at parity: {why}",
            )
            note = f"{why}; product is at parity"
            facts.add(
                "economy.csv", (iso,), "price_level", 1.0, source="foedus_judgement", grade="A",
                low=0.7, high=1.5, note=note,
            )  # fmt: skip
        if iso in growth:
            facts.add(
                "economy.csv", (iso,), "growth", growth[iso], source="fariss2022", grade="C", note="last ten years"
            )
        if iso in people:
            seen, heads = people[iso]
            facts.add(
                "economy.csv", (iso,), "population", max(heads / 1000.0, 0.01), source="cow_nmc", grade="V", year=seen
            )


def priced_in_dollars(iso: str, year: int) -> bool:
    """Whether NMC prices a state's forces as if bought in the United States that year."""
    return any(first <= year <= last for first, last in DOLLAR_COST.get(iso, ()))


def _parity_prices(found: tuple[int, float]) -> float:
    return found[1] / 1000.0 / US_DEFLATOR[PARITY_BASE] * US_DEFLATOR[2024]


def _add_price(iso: str, ratio: float, facts: Facts) -> None:
    ratio = float(np.clip(ratio, CHEAPEST, DEAREST))
    low, mid, high = sorted(ratio**power for power in rules.PRICE_EXPONENT)
    source = "fariss2022;world_bank2025;robertson2025"
    note = "product at parity over product at market rates, to the power 0.86"
    facts.add("economy.csv", (iso,), "price_level", mid, source=source, grade="C", low=low, high=high, note=note)


def _growth(archive: Archive) -> dict[str, float]:
    """Mean yearly growth of real product over the last ten years, bounded to -1 … 8 per cent."""
    frame = archive.years("fariss_gdp_pop", GROWTH_YEARS + 1).drop_nulls("pwtrgdp").sort("year")
    ends = frame.group_by("ccode").agg(
        pl.col("year").first().alias("from"),
        pl.col("year").last().alias("to"),
        (pl.col("pwtrgdp").last() / pl.col("pwtrgdp").first()).log().alias("rise"),
    )
    found = {}
    for code, start, end, rise in ends.filter(pl.col("to") - pl.col("from") >= GROWTH_YEARS // 2).iter_rows():
        iso = archive.iso.get(int(code))
        if iso is not None and end > archive.year - LOOK_BACK:
            found[iso] = float(np.clip(rise / (end - start), -0.01, 0.08))
    return found


def add_forces(archive: Archive, isos: Collection[str], facts: Facts) -> None:
    """Write spending, its history and personnel from NMC.

    A spending of zero counts as unknown, as in the world of 2026. Spending of years priced in dollars, in a world
    whose own year is not, is divided by the price level, which stocks are multiplied by when assembled.
    """
    economy = {(fact.key[0], fact.variable): fact.value for fact in facts.rows["economy.csv"]}
    spent = archive.years("cow_nmc", HISTORY_YEARS).filter(pl.col("milex") > 0, pl.col("year") >= DEMOBILISED)
    own = set(archive.members["ccode"].to_list())
    series: dict[str, dict[int, float]] = {}
    for code, year, value in spent.select("ccode", "year", "milex").sort("year").iter_rows():
        iso = archive.iso.get(int(code))
        if iso in isos and (int(code) in own or int(year) not in series.get(str(iso), {})):
            series.setdefault(str(iso), {})[int(year)] = value / 1e6
    for iso, found in sorted(series.items()):
        last = max(found)
        if last > archive.year - LOOK_BACK:
            _add_spending(iso, last, at_prices(found[last], last), economy.get((iso, "gdp")), facts)
        price = economy.get((iso, "price_level"), 1.0)
        for year, spending in found.items():
            unlike = priced_in_dollars(iso, year) and not priced_in_dollars(iso, archive.year)
            value = spending / price if unlike else spending
            facts.add(
                "spending_history.csv", (iso,), "material_spending", value, source="cow_nmc", grade="V", year=year
            )
    for iso, (year, thousand) in sorted(archive.by_state("cow_nmc", "milper", LOOK_BACK).items()):
        if iso in isos:
            facts.add("forces.csv", (iso,), "personnel", thousand, source="cow_nmc", grade="V", year=year)


def _add_spending(iso: str, year: int, value: float, product: float | None, facts: Facts) -> None:
    note = "in dollars of 2024"
    facts.add("forces.csv", (iso,), "spending", value, source="cow_nmc", grade="V", year=year, note=note)
    if product is not None and value > MOST_BURDEN * product:
        note = f"{value / product:.2f} on paper: in unlike prices, or in ruin"
        facts.add("forces.csv", (iso,), "burden", MOST_BURDEN, source="foedus_judgement", grade="A", note=note)
