"""What dyad-year research knows of the pairs of a past year: the covariates of a challenge, disputes, standing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from foedus.panels import dyad_years
from foedus.past.archive import Archive
from foedus.past.figures import Facts
from foedus.world.pairing import FIRST_BEGAN, SECOND_BEGAN
from foedus.world.tables import Register

GML_ENDS = 2010
"""Last year of the disputes of Gibler, Miller and Little; those of the Correlates of War after it."""

WAR_LEVEL = 5
"""Hostility level of the dispute files that is war."""

Pair = tuple[int, int]


def first_of_record(archive: Archive) -> int:
    """First year of the disputes."""
    return archive.folder.coverage("gml_mid_directed_dyad_dispute_year")[0]


def covariates(archive: Archive) -> dict[Pair, dict[str, float | None]]:
    """Nearest points, contiguity and claims of every pair of states of the year, lower code first, by variable.

    Nearest points are None where the file has no figure for 1 January, as of a state that came to be in the year.

    The codes are those of the files: a state is a new one where they say so, as in the pairs that the equations are
    fitted on.
    """
    year = archive.year
    panel = dyad_years(year, year, directed=False, data=archive.folder).contiguity().claims().minimum_distance()
    frame = panel.collect().select(
        "ccode1",
        "ccode2",
        nearest=pl.col("mindist").cast(pl.Float64),
        contiguity=pl.col("conttype").fill_null(0).cast(pl.Float64),
        claim=(pl.col("n_claims") > 0).fill_null(value=False).cast(pl.Float64),
    )
    return {(row.pop("ccode1"), row.pop("ccode2")): row for row in frame.iter_rows(named=True)}


def last_disputes(facts: Facts) -> dict[tuple[str, str], int]:
    """Last year with a dispute of each pair that has one, both orders."""
    found: dict[tuple[str, str], int] = {}
    for fact in facts.rows["disputes.csv"]:
        first, second = fact.key
        found[first, second] = found[second, first] = max(fact.year, found.get((first, second), fact.year))
    return found


def entered(facts: Facts) -> dict[str, int]:
    """Year in which each state last entered the system of states."""
    members = [fact for fact in facts.rows["standing.csv"] if fact.variable == "member" and fact.value > 0]
    found: dict[str, int] = {}
    for fact in members:
        found[fact.key[0]] = max(fact.year, found.get(fact.key[0], fact.year))
    return found


def add_standing(archive: Archive, states: Sequence[Register], facts: Facts) -> None:
    """Write each state's share of the world's capabilities, whether it was a major power, and since when a state."""
    shares = dict(archive.years("cow_nmc", 1).select("ccode", "cinc").drop_nulls().iter_rows())
    majors = set(archive.spells("cow_major_powers", "styear", "endyear")["ccode"].to_list())
    spells = archive.state_spells
    for state in states:
        key, table = (state.iso3,), "standing.csv"
        facts.add(table, key, "capability_share", shares.get(state.ccode, 0.0), source="cow_nmc", grade="V")
        facts.add(table, key, "major", float(state.ccode in majors), source="cow_states2016", grade="V")
        for entered, left in spells[state.ccode]:
            facts.add(table, key, "member", 1.0, source="cow_states2016", grade="V", year=entered)
            if left < archive.year:
                facts.add(table, key, "member", 0.0, source="cow_states2016", grade="V", year=left + 1)


def add_disputes(archive: Archive, states: Sequence[Register], facts: Facts) -> None:
    """Write every year since 1816 in which a dispute went on between two of the states, whether it was a war, who was
    on the side that began it, and when they became or ceased to be strategic rivals.
    """
    iso = {state.ccode: state.iso3 for state in states}
    for one, two, year, rival in _rivalries(archive):
        if one in iso and two in iso:
            pair = min(iso[one], iso[two]), max(iso[one], iso[two])
            facts.add("disputes.csv", pair, "rival", rival, source="thompson_rivalries", grade="C", year=year)
    for one, two, year, level, began in _ongoing(archive):
        if one in iso and two in iso:
            first, second = sorted((iso[one], iso[two]))
            source = "gml_mid" if year <= GML_ENDS else "cow_mid"
            value = 1.0 + (level == WAR_LEVEL)
            facts.add("disputes.csv", (first, second), "level", value, source=source, grade="C", year=year)
            side = FIRST_BEGAN if (iso[one] == first) == began else SECOND_BEGAN
            facts.add("disputes.csv", (first, second), "began", side, source=source, grade="C", year=year)


def _ongoing(archive: Archive) -> Iterator[tuple[int, int, int, int, bool]]:
    """Codes, year, hostility level and whether the first code began it, of the dispute that speaks for a pair-year."""
    gml = dyad_years(first_of_record(archive), min(archive.year, GML_ENDS), directed=False, data=archive.folder)
    frames = [gml.gml_mids().collect().rename({"gmlmidongoing": "ongoing"})]
    if archive.year > GML_ENDS:
        cow = dyad_years(GML_ENDS + 1, archive.year, directed=False, data=archive.folder)
        frames.append(cow.cow_mids().collect().rename({"cowmidongoing": "ongoing"}))
    for frame in frames:
        going = frame.filter(pl.col("ongoing") == 1)
        yield from going.select(
            "ccode1", "ccode2", "year", pl.col("hostlev").fill_null(0), pl.col("sidea1") == 1
        ).iter_rows()


def _rivalries(archive: Archive) -> Iterator[tuple[int, int, int, float]]:
    """Codes and year in which a strategic rivalry began (1) or was over (0)."""
    panel = dyad_years(first_of_record(archive), archive.year, directed=False, data=archive.folder).rivalries()
    status = pl.col("ongoingrivalry").fill_null(0)
    changes = panel.collect().sort("ccode1", "ccode2", "year").select(
        "ccode1", "ccode2", "year", status, before=status.shift(1, fill_value=0).over("ccode1", "ccode2")
    )  # fmt: skip
    for one, two, year, now, _ in changes.filter(pl.col("ongoingrivalry") != pl.col("before")).iter_rows():
        yield one, two, year, float(now)
