"""What the record and the register say of every pair of covered states: the ground on which pairs are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

import polars as pl

from build_disputes import SYSTEM_ENDS, changes_of_membership, dispute_rows
from figures import latest, read
from foedus.world.bases import BaseArea, bases_of
from foedus.world.tables import RECORD, START
from register import Incident, entries, guarantees, incidents, members, recalled, states

Pair = tuple[str, str]
Value = TypeVar("Value")

FARTHEST_WATER = 5
"""Kind of contiguity across at most 400 miles of water, the farthest that counts."""

RIVALRIES_END = 2020
"""Last year of the list of rivalries; one that runs to it is taken to go on."""

DISPLAY = 3
"""Hostility level from which an incident counts towards a rivalry."""

WITHIN_YEARS, LASTING_YEARS = 5, 10
"""Two incidents begun within five years of one another, in the ten years before the start, make rivals."""

DAYS = 365.25

NEWEST = pl.col("year") == pl.col("year").max()
"""Rows of the last year of a file."""


@dataclass(frozen=True)
class Record:
    """Pairs in both orders unless a direction is said.

    nearest     km between nearest points, 2019
    contiguity  kind 1-5 at the end of 2016; pairs that do not touch are left out
    claimed     what the first claims of the second: 1 part, 2 its core or the state
    owed        pairs of which the first owes the second defence
    rivals      strategic rivals, and why
    seats       capitals, latitude and longitude
    bases       main base areas
    disputes    years since 1976 in which a dispute went on
    since       year since which both have been states
    wards       guarantors of each state
    majors      major powers
    power       share of the world's capabilities
    """

    nearest: Mapping[Pair, float]
    contiguity: Mapping[Pair, int]
    claimed: Mapping[Pair, int]
    owed: frozenset[Pair]
    rivals: Mapping[Pair, str]
    seats: Mapping[str, tuple[float, float]]
    bases: tuple[BaseArea, ...]
    disputes: Mapping[Pair, tuple[int, ...]]
    since: Mapping[Pair, int]
    wards: Mapping[str, frozenset[str]]
    majors: frozenset[str]
    power: Mapping[str, float]


def read_record(ccode: Mapping[str, int]) -> Record:
    """Read the record, the last year of each file. `ccode` gives the COW code of each state covered."""
    iso = {code: name for name, code in ccode.items()}
    entered = {name: [year for year, level in changes_of_membership(code) if level][-1] for name, code in ccode.items()}
    every = [(a, b) for a in ccode for b in ccode if a != b]
    seats = {r["iso3"]: (r["lat"], r["lng"]) for r in read("cow_capitals.csv").sort("enddate").iter_rows(named=True)}
    majors = read("cow_major_powers.csv").filter(pl.col("endyear") >= SYSTEM_ENDS)["ccode"].to_list()
    return Record(
        nearest=_both({(a, b): km for a, b, km in _of(iso, "cow_min_distance.parquet", "mindist", NEWEST)}),
        contiguity=_touching(iso),
        claimed=_claimed(iso, every),
        owed=_owed(iso, every),
        rivals=_rivals(iso),
        seats=seats,
        bases=bases_of(entry.fact for entry in entries("bases.csv")),
        disputes=_disputes(ccode),
        since={(a, b): max(entered[a], entered[b]) for a, b in every},
        wards=_wards(),
        majors=frozenset(iso[code] for code in majors if code in iso),
        power={name: share for name, (_, share) in latest(read("cow_nmc.parquet"), "cinc", sorted(ccode)).items()},
    )


def _of(iso: Mapping[int, str], name: str, column: str, *keep: pl.Expr) -> list[tuple[str, str, float]]:
    """Rows of a file of pairs that are both covered: codes and one column."""
    frame = read(name).filter(*keep, pl.col("ccode1").is_in(list(iso)), pl.col("ccode2").is_in(list(iso)))
    return [(iso[a], iso[b], value) for a, b, value in frame.select("ccode1", "ccode2", column).iter_rows()]


def _both(held: Mapping[Pair, Value]) -> dict[Pair, Value]:
    return {**held, **{(b, a): value for (a, b), value in held.items()}}


def _touching(iso: Mapping[int, str]) -> dict[Pair, int]:
    until = pl.col("enddate") >= f"{SYSTEM_ENDS}-01-01"
    found: dict[Pair, int] = {}
    for a, b, kind in _of(
        iso, "cow_contiguity.csv", "conttype", until, pl.col("conttype").is_between(1, FARTHEST_WATER)
    ):
        found[a, b] = min(found.get((a, b), FARTHEST_WATER), int(kind))
    return found


def _claimed(iso: Mapping[int, str], every: list[Pair]) -> dict[Pair, int]:
    """Claims of 2017 (ICOW); a row of the register goes before."""
    claims = _of(iso, "icow_territorial_claim_dyad_year.parquet", "n_claims_by1", NEWEST)
    found = {(a, b): 1 for a, b, count in claims if count}
    judged = recalled("pairs.csv", "claim")
    return found | {(a, b): int(judged[a, b].fact.value) for a, b in every if (a, b) in judged}


def _owed(iso: Mapping[int, str], every: list[Pair]) -> frozenset[Pair]:
    """Obligations of 2018 (ATOP) and of NATO in 2026; a row of the register goes before."""
    found = {(a, b) for a, b, flag in _of(iso, "atop_dyad_year.parquet", "atop_defense", NEWEST) if flag == 1}
    nato, judged = members("NATO"), recalled("pairs.csv", "owes")
    return frozenset(
        (a, b)
        for a, b in every
        if (judged[a, b].fact.value > 0 if (a, b) in judged else (a, b) in found or {a, b} <= nato)
    )


def _rivals(iso: Mapping[int, str]) -> dict[Pair, str]:
    """Rivals by one rule.

    A rivalry of the list that runs to its end stays, unless a row `normalised` of the register dates its end and no
    force has been used since: what stays below that, a peace treaty is there to settle. A new one begins with a war
    of the last ten years, or with two incidents, displays of force or more, begun within five years of one another in
    the last ten. A row `rival` of the register says what that misses, or with 0 what it should not have found.
    """
    listed = _of(iso, "thompson_strategic_rivalries.csv", "rivalry", pl.col("end") >= RIVALRIES_END)
    met: dict[Pair, list[Incident]] = {}
    for held in incidents():
        met.setdefault(_ordered(held.challenger, held.target), []).append(held)
    ended = {_ordered(*key): entry.fact.year for key, entry in recalled("pairs.csv", "normalised").items()}
    found: dict[Pair, str] = {}
    for a, b, name in listed:
        pair = _ordered(a, b)
        if pair not in ended or any(
            held.began.year > ended[pair] and held.level > DISPLAY for held in met.get(pair, [])
        ):
            found[pair] = f"rivals on the list to {RIVALRIES_END}: {name}"
    for pair, several in met.items():
        if pair not in found and (why := _begun(several)):
            found[pair] = why
    for key, entry in recalled("pairs.csv", "rival").items():
        if entry.fact.value > 0:
            found[_ordered(*key)] = entry.fact.note
        else:
            found.pop(_ordered(*key), None)
    return _both(found)


def _begun(several: list[Incident]) -> str:
    """Why incidents make two states rivals; empty when they do not."""
    eve = date(START - LASTING_YEARS, 7, 1)
    if any(held.level == 5 and held.ended >= eve for held in several):
        return "war in the last ten years"
    days = sorted(held.began for held in several if held.level >= DISPLAY and held.began >= eve)
    if any((later - earlier).days <= WITHIN_YEARS * DAYS for earlier, later in pairwise(days)):
        return "two incidents within five years"
    return ""


def _disputes(ccode: Mapping[str, int]) -> dict[Pair, tuple[int, ...]]:
    found: dict[Pair, list[int]] = {}
    for first, second, variable, year, *_ in dispute_rows(ccode):
        if variable != "level":
            continue
        found.setdefault((str(first), str(second)), []).append(int(str(year)))
    return _both({pair: tuple(sorted(years)) for pair, years in found.items()})


def _wards() -> dict[str, frozenset[str]]:
    given = {key for key, _ in recalled("links.csv", "channel_pledge").items()}
    links = {(held.guarantor, held.ally) for held in guarantees()} | {(a, b) for a, b in given}
    return {iso: frozenset(a for a, b in links if b == iso) for iso in states()}


def _ordered(one: str, two: str) -> Pair:
    return (one, two) if one < two else (two, one)


def years_since(years: tuple[int, ...]) -> int:
    """Years since the last dispute; all years on record without one."""
    return START - years[-1] if years else START - RECORD + 1
