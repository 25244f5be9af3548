"""Disputes by pair and year, and the standing of states: what the memory of hostility and opportunity run on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import polars as pl

from figures import Row, figure, latest, read
from foedus.panels import dyad_years
from foedus.world.pairing import FIRST_BEGAN, SECOND_BEGAN
from foedus.world.tables import RECORD, START
from places import data_folder
from register import incidents, recalled

GML_ENDS, COW_ENDS, SYSTEM_ENDS = 2010, 2014, 2016
"""Last years of the two dispute files, and of the list of states; what is in it then still stands."""

RIVALS_END = 2020
"""Last year of the list of rivalries."""

BETWEEN_STATES, AT_WAR = 2, 2
"""Codes of UCDP: a conflict between states; a thousand battle deaths or more in the year."""

WAR_LEVEL = 5
"""Hostility level of the dispute files that is war."""

UNIT, SIDE = "dispute 1, war 2", "first 1, second 2, both 3"

Pair = tuple[str, str]


@dataclass(frozen=True)
class Found:
    """A dispute in a year, by one source.

    began  who was on the side that began it; empty where the source does not say
    """

    pair: Pair
    year: int
    war: bool
    began: str
    source: str
    grade: str
    note: str


def dispute_rows(ccode: Mapping[str, int]) -> list[Row]:
    """Rows of disputes.csv: one for each pair and year since 1976 in which a dispute went on.

    To 2010 by Gibler, Miller and Little; 2011-2014 by the Correlates of War file they revise, whose rules they share
    (MIC keeps only pairs that acted and counts a quarter fewer, so the two are not joined); from 2011 the conflicts
    between states of UCDP, and from 2015 the dated incidents of the register. Of two sources the higher level stands,
    of two of one level the better graded, and all are named. A row says who began it, where one of them does
    (UCDP does not).
    """
    iso = {code: name for name, code in ccode.items()}
    held: dict[tuple[Pair, int], list[Found]] = {}
    for found in (*_files(iso), *_ucdp(iso), *_incidents()):
        if found.year >= RECORD:
            held.setdefault((found.pair, found.year), []).append(found)
    rows: list[Row] = []
    for (pair, year), several in sorted(held.items()):
        best = min(several, key=lambda f: (not f.war, "VCRA".index(f.grade)))
        sources = ";".join(dict.fromkeys([best.source, *sorted(f.source for f in several)]))
        rows.append((*pair, *figure("level", year, 1.0 + best.war, UNIT, sources, best.grade, note=best.note)))
        told = [f for f in several if f.began]
        if told:
            side = sum({FIRST_BEGAN if f.began == pair[0] else SECOND_BEGAN for f in told})
            named = ";".join(sorted({f.source for f in told}))
            grade = max((f.grade for f in told), key="VCRA".index)
            rows.append((*pair, *figure("began", year, side, SIDE, named, grade)))
    for pair, year, rival in _rivalries(iso):
        rows.append((*pair, *figure("rival", year, rival, "flag", "thompson_rivalries", "C")))
    return rows


def _rivalries(iso: Mapping[int, str]) -> Iterator[tuple[Pair, int, float]]:
    """First years with a strategic rivalry on record (1), and first years without it (0).

    The list ends in 2020: what it has then goes on until the register dates a normalisation.
    """
    ended = {_ordered(*key): entry.fact.year for key, entry in recalled("pairs.csv", "normalised").items()}
    frame = read("thompson_strategic_rivalries.csv").drop_nulls(["ccode1", "ccode2"])
    spells: dict[Pair, list[tuple[int, int]]] = {}
    for one, two, start, end in frame.select("ccode1", "ccode2", "start", "end").iter_rows():
        if one in iso and two in iso and end >= RECORD:
            spells.setdefault(_ordered(iso[one], iso[two]), []).append((start, end))
    for pair, held in sorted(spells.items()):
        for start, end in sorted(held):
            yield pair, max(start, RECORD), 1.0
            last = ended.get(pair, START) if end >= RIVALS_END else end
            if last < START:
                yield pair, last + 1, 0.0


def standing_rows(ccode: Mapping[str, int]) -> list[Row]:
    """Rows of standing.csv: share of the world's capabilities, major power or not, years in the system of states."""
    share = latest(read("cow_nmc.parquet"), "cinc", sorted(ccode))
    spells = read("cow_major_powers.csv").filter(pl.col("endyear") >= SYSTEM_ENDS)
    majors = set(spells["ccode"].to_list())
    rows: list[Row] = [
        (iso, *figure("capability_share", *held, "share of world", "cow_nmc", "V")) for iso, held in share.items()
    ]
    for iso, code in ccode.items():
        rows.append((iso, *figure("major", SYSTEM_ENDS, float(code in majors), "flag", "cow_states2016", "V")))
        for year, level in changes_of_membership(code):
            rows.append((iso, *figure("member", year, level, "flag", "cow_states2016", "V")))
    return rows


def changes_of_membership(code: int) -> list[tuple[int, float]]:
    """Years in which a state entered the system (1), and first years out of it (0)."""
    spells = read("cow_state_system.csv").filter(pl.col("ccode") == code).sort("styear")
    found: list[tuple[int, float]] = []
    for entered, left in spells.select("styear", "endyear").iter_rows():
        found.append((entered, 1.0))
        if left < SYSTEM_ENDS:
            found.append((left + 1, 0.0))
    return found


def _files(iso: Mapping[int, str]) -> Iterator[Found]:
    folder = data_folder()
    gml = dyad_years(RECORD, GML_ENDS, directed=False, data=folder).gml_mids().collect()
    cow = dyad_years(GML_ENDS + 1, COW_ENDS, directed=False, data=folder).cow_mids().collect()
    for frame, ongoing, source in ((gml, "gmlmidongoing", "gml_mid"), (cow, "cowmidongoing", "cow_mid")):
        going = frame.filter(pl.col(ongoing) == 1).select("ccode1", "ccode2", "year", "hostlev", "sidea1")
        for one, two, year, level, side in going.iter_rows():
            if one in iso and two in iso:
                yield Found(
                    _ordered(iso[one], iso[two]),
                    year,
                    level == WAR_LEVEL,
                    iso[one if side == 1 else two],
                    source,
                    "C",
                    "",
                )


def _ucdp(iso: Mapping[int, str]) -> Iterator[Found]:
    """Conflicts between states since 2011, of the states that lead each side; who only supports one is left out."""
    frame = read("ucdp_interstate_battle_deaths.csv").filter(
        pl.col("type_of_conflict") == BETWEEN_STATES, pl.col("year") > GML_ENDS
    )
    for year, level, *sides in frame.select("year", "intensity_level", "ccode_a", "ccode_b").iter_rows():
        first, second = ([iso[int(x)] for x in str(side).split() if int(x) in iso] for side in sides)
        for one, two in product(first, second):
            yield Found(_ordered(one, two), year, level == AT_WAR, "", "ucdp2025", "C", "")


def _incidents() -> Iterator[Found]:
    for held in incidents():
        for year in range(max(held.began.year, COW_ENDS + 1), held.ended.year + 1):
            pair = _ordered(held.challenger, held.target)
            yield Found(pair, year, held.level == WAR_LEVEL, held.challenger, held.source, held.grade, held.note)


def _ordered(one: str, two: str) -> Pair:
    return (one, two) if one < two else (two, one)
