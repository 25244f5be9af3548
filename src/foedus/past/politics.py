"""Democracy and United Nations votes of a past year."""

from __future__ import annotations

from collections.abc import Collection

from foedus.past.archive import Archive
from foedus.past.figures import Facts

VOTES_KEEP = 10
"""Years for which the last ideal point of a state outside the Assembly still speaks for it."""


def add_politics(archive: Archive, isos: Collection[str], facts: Facts) -> None:
    """Write electoral democracy and ideal points; a state without a recent one is assumed like its region."""
    for iso, (year, value) in sorted(archive.by_state("regime_democracy", "v2x_polyarchy", 3).items()):
        if iso in isos:
            facts.add("politics.csv", (iso,), "democracy", value, source="vdem2024", grade="V", year=year)
    for iso, (year, value) in sorted(archive.by_state("un_ideal_points", "idealpointall", VOTES_KEEP).items()):
        if iso in isos:
            facts.add("politics.csv", (iso,), "ideal_point", value, source="voeten_ideal", grade="V", year=year)
