"""Product and military spending of 2025 in dollars of 2024, at the exchange rates of 2024.

SIPRI gives spending in these dollars and over product, so product follows. NATO's share of product goes before SIPRI's
for its members, since their plans are announced in it; spending is then that share of the same product.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from figures import Row, figure, latest, read
from register import recalled

SIPRI = "sipri_milex2026"


def product(isos: Sequence[str]) -> Mapping[str, Row]:
    """Columns of the product of every state of which SIPRI publishes spending and burden."""
    note = "SIPRI's spending over its share of product; dollars of 2024"
    return {
        iso: figure("gdp", year, billion / share, "billion USD", SIPRI, "C", note=note)
        for iso, (year, billion, share) in _published(isos).items()
    }


def spent(isos: Sequence[str]) -> list[Row]:
    """Rows of spending and burden that the register does not give."""
    rows: list[Row] = []
    given, shares = recalled("forces.csv", "spending"), recalled("forces.csv", "burden")
    for iso, (year, billion, share) in _published(isos).items():
        if (iso,) in given:
            continue
        if (iso,) in shares:
            other = shares[iso,].fact
            note = "burden times product; dollars of 2024"
            spending = billion / share * other.value
            rows.append((iso, *figure("spending", other.year, spending, "billion USD", other.source, "C", note=note)))
        else:
            rows.append((iso, *figure("burden", year, share, "share of GDP", SIPRI, "V")))
            rows.append((iso, *figure("spending", year, billion, "billion USD", SIPRI, "V", note="dollars of 2024")))
    return rows


def _published(isos: Sequence[str]) -> dict[str, tuple[int, float, float]]:
    """Year, spending in billions of dollars of 2024 and share of product by state, as SIPRI publishes them."""
    file = read("sipri_milex_excerpt.csv")
    million, percent = latest(file, "milex_constant_2024_usd_m", isos), latest(file, "milex_pct_gdp", isos)
    found = {
        iso: (year, spending / 1000, percent[iso][1] / 100)
        for iso, (year, spending) in million.items()
        if percent[iso][1] > 0
    }
    spending, burden = recalled("forces.csv", "spending"), recalled("forces.csv", "burden")
    for key, entry in spending.items():
        if entry.fact.source == SIPRI and key in burden:
            found[key[0]] = (entry.fact.year, entry.fact.value, burden[key].fact.value)
    return found
