"""Warheads, reach, latency and nuclear status of a past year."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from foedus.past.archive import Archive
from foedus.past.assumed import WARHEADS_ABROAD
from foedus.past.figures import Facts
from foedus.world import rules

VINTAGE = "OWID/FAS 2023"
SPREAD = 0.15
"""Half the range of latency, as in the world of 2026."""


def add_nuclear(archive: Archive, isos: Collection[str], facts: Facts) -> None:
    """Write warheads, intercontinental reach, latency and status.

    Latency is proficiency between the lowest value of the world of 2026 and this year's highest, so no later
    reactor counts; the proficiency estimates themselves are of one fit over 1938-2001 and end there.
    """
    own = {code: iso for code, iso in archive.members.select("ccode", "iso3").iter_rows() if iso in isos}
    heads = archive.years("nuclear_warheads", 2).filter(pl.col("vintage") == VINTAGE)
    stock = {
        own[c]: (y, w) for c, y, w in heads.sort("year").select("ccode", "year", "warheads").iter_rows() if c in own
    }
    for iso, (year, warheads) in sorted(stock.items()):
        if warheads > 0:
            facts.add("nuclear.csv", (iso,), "warheads", warheads, source="fas_warheads2026", grade="V", year=year)
        share = _from(WARHEADS_ABROAD.get(iso, ()), archive.year)
        if warheads * share >= 1.0:
            reach = warheads * share
            facts.add(
                "nuclear.csv", (iso,), "homeland_reach", reach, source="fas_notebook2025", grade="R",
                low=reach / 2, high=min(reach * 2, float(warheads)), note=f"{share:g} of the stockpile",
            )  # fmt: skip
    for iso, (year, status) in sorted(
        archive.by_state("nuclear_proliferation_status", "nuclear_weapons_status", 1).items()
    ):
        if iso in isos:
            facts.add("nuclear.csv", (iso,), "nuclear_pursuit", status, source="owid_nuclear2023", grade="V", year=year)
    skill = archive.by_state("nu_clear_nuclear_proficiency", "nu_means")
    highest = max((value for iso, (_, value) in skill.items() if iso in isos), default=1.0)
    for iso, (year, value) in sorted(skill.items()):
        if iso in isos:
            level = rules.latency(value, highest)
            facts.add(
                "nuclear.csv", (iso,), "latency", level, source="smith_spaniel2020", grade="C", year=year,
                low=max(level - SPREAD, 0.0), high=min(level + SPREAD, 1.0),
            )  # fmt: skip


def _from(dated: tuple[tuple[int, float], ...], year: int) -> float:
    """Latest of dated values that had begun by a year; 0 before the first."""
    return max(((first, value) for first, value in dated if first <= year), default=(0, 0.0))[1]
