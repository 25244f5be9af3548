"""Who is in a world of the past: its states, their regions and capitals."""

from __future__ import annotations

import csv
from functools import cache

from foedus.past.archive import Archive
from foedus.past.figures import Facts
from foedus.world.tables import FACTS, Register

LEAST_PEOPLE = 0.5
"""Millions; smaller states are left out unless someone owes them defence."""


@cache
def _regions() -> dict[str, str]:
    with (FACTS / "states.csv").open(newline="", encoding="utf-8") as handle:
        return {row["iso3"]: row["region"] for row in csv.DictReader(handle)}


def region_of(iso3: str, ccode: int) -> str:
    """Region of a state: that of the world of 2026, else by its COW code. North Africa counts as the Middle East."""
    known = _regions().get(iso3)
    if known:
        return known
    if ccode < 200:
        return "Americas"
    if ccode < 400:
        return "Europe"
    if ccode < 600:
        return "Africa"
    return "Middle East" if ccode < 700 else "Indo-Pacific"


def register(archive: Archive, pledged: set[str], facts: Facts) -> tuple[Register, ...]:
    """States of the year with at least half a million people or a pledge, and a capital on record.

    Writes their places into `facts`.
    """
    people = archive.by_state("cow_nmc", "tpop", 5)
    seats = {
        int(code): (name, lat, lng)
        for code, name, lat, lng in archive.spells("cow_capitals", "stdate", "enddate")
        .sort("stdate")
        .select("ccode", "capital", "lat", "lng")
        .iter_rows()
    }
    rows = []
    for code, iso, name in archive.members.iter_rows():
        big = people.get(iso, (0, 0.0))[1] / 1000.0 >= LEAST_PEOPLE
        if code not in seats or not (big or iso in pledged):
            continue
        capital, lat, lng = seats[code]
        rows.append(Register(iso, name, region_of(iso, code), int(code), capital))
        for variable, value in (("latitude", lat), ("longitude", lng)):
            facts.add("geography.csv", (iso,), variable, value, source="cow_capitals", grade="V")
    return tuple(sorted(rows, key=lambda row: row.iso3))
