"""Democracy and United Nations votes of a past year."""

from __future__ import annotations

from collections.abc import Collection

from foedus.past.archive import Archive
from foedus.past.figures import Facts

VOTES_KEEP = 10
"""Years for which the last ideal point of a state outside the Assembly still speaks for it."""


UNKNOWN_DEMOCRACY = 0.3
"""Electoral democracy of a state that neither V-Dem nor Polity rates: the mean of all state-years since 1950, as in the
pair-years of the hindcasts (A)."""


def add_politics(archive: Archive, isos: Collection[str], facts: Facts) -> None:
    """Write electoral democracy, by V-Dem, else by Polity, else the mean; and ideal points, where there are any."""
    rated = archive.by_state("regime_democracy", "v2x_polyarchy", 1)
    polity = archive.by_state("regime_democracy", "polity2", 1)
    for iso in sorted(isos):
        if iso in rated:
            value, source, grade = rated[iso][1], "vdem2024", "V"
        elif iso in polity:
            value, source, grade = (polity[iso][1] + 10.0) / 20.0, "polity5", "C"
        else:
            value, source, grade = UNKNOWN_DEMOCRACY, "foedus_judgement", "A"
        facts.add("politics.csv", (iso,), "democracy", value, source=source, grade=grade)
    for iso, (year, value) in sorted(archive.by_state("un_ideal_points", "idealpointall", VOTES_KEEP).items()):
        if iso in isos:
            facts.add("politics.csv", (iso,), "ideal_point", value, source="voeten_ideal", grade="V", year=year)
