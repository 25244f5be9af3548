"""Directed pairs of a past year, by the rule of the world of 2026 read with that year's record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
import polars as pl

from foedus import terms
from foedus.geo import great_circle
from foedus.past.archive import Archive
from foedus.past.assumed import WHOLE_CLAIMS
from foedus.past.dyads import GML_ENDS, covariates
from foedus.past.figures import Facts
from foedus.world import rules
from foedus.world.pairing import LAND
from foedus.world.tables import Register

MEMORY_YEARS = 15
"""Years of disputes looked back on, this one included; the world of 2026 counts 2000-2014."""

SOURCE = {
    "nearest": "cow_min_distance", "contiguity": "cow_contiguity", "owes": "atop5", "claim": "icow_claims",
    "rival": "thompson_rivalries",
}  # fmt: skip
"""Where each covariate of a challenge comes from."""

SOURCES = "thompson_rivalries;cow_contiguity;gml_mid;cow_mid;atop5"

Pair = tuple[int, int]


def add_pairs(archive: Archive, states: Sequence[Register], facts: Facts) -> None:
    """Write every directed pair that is relevant.

    A pair enters when its states are strategic rivals, or touch by land or across at most 150 miles of water, or one
    is a COW major power and they met in a dispute of the last fifteen years, or one claims the other whole, or the
    challenger is a rival of the target's guarantor in the target's region (so that Belgium faces the Soviet Union as
    the Federal Republic does, where the world of 2026 names such pairs one by one); and, when not rivals, neither
    owes the other defence.
    """
    codes = [state.ccode for state in states]
    place = {state.ccode: state for state in states}
    rivals, spatial = _rivals(archive)
    touching = _touching(archive)
    started = _disputes(archive)
    owed, wars = _owed(archive), _wars(archive)
    majors = set(archive.spells("cow_major_powers", "styear", "endyear")["ccode"].to_list())
    whole = {(a, b) for a, b, first, last in WHOLE_CLAIMS if first <= archive.year <= last}
    distance = _distances(states, facts)
    wards = _wards(states, facts)
    known = covariates(archive)
    landlocked_in = {a for (a, _), kind in touching.items() if kind == 1}
    for a, b in permutations(codes, 2):
        met = started[a, b] + started[b, a]
        rival, near = (a, b) in rivals, touching.get((a, b))
        claim = 2 if (place[a].iso3, place[b].iso3) in whole else int((a, b) in spatial)
        by_major = (a in majors or b in majors) and met > 0
        guarded = any((a, g) in rivals for g in wards.get(b, ())) and place[a].region == place[b].region
        if not (rival or near or by_major or claim or guarded) or (not rival and {(a, b), (b, a)} & owed):
            continue
        found = rules.PairFacts(rival, near, claim, started[a, b], met, (a, b) in wars)
        island = bool({place[a].iso3, place[b].iso3} & rules.ISLANDS) or not {a, b} <= landlocked_in
        _add(archive, place[a], place[b], found, distance[a, b], island=island, facts=facts)
        one = known[min(a, b), max(a, b)] | {"owes": float((a, b) in owed), "rival": float(rival)}
        _add_covariates((place[a].iso3, place[b].iso3), one, claim, distance[a, b], facts)


def _add(
    archive: Archive, a: Register, b: Register, found: rules.PairFacts, km: float, *, island: bool, facts: Facts
) -> None:
    key, kind = (a.iso3, b.iso3), rules.pair_class(found)
    level, value = rules.hostility(found), rules.stake(kind, found.claim)
    overland = rules.over_land(km, found.contiguity, island=island, same_region=a.region == b.region)
    reasons = [kind]
    if found.claim:
        reasons.append("claims core territory or the state itself" if found.claim == 2 else "rivals over territory")
    if found.met:
        reasons.append(
            f"{found.met} disputes since {archive.year - MEMORY_YEARS + 1}, {found.started} begun by {a.iso3}"
        )
    if found.war:
        reasons.append("at war")
    table, note = "pairs.csv", "; ".join(reasons)
    facts.add(
        table, key, "distance", rules.travelled(km, found.contiguity), source="cow_capitals;cow_contiguity", grade="C"
    )
    facts.add(
        table, key, "hostility", level, source=SOURCES, grade="C",
        low=max(level - 0.2, 0.0), high=min(level + 0.2, 1.0), note=note,
    )  # fmt: skip
    facts.add(table, key, "stakes", value, source=SOURCES, grade="C", low=value * 0.6, high=value * 1.5)
    facts.add(table, key, "class", terms.PAIR_CLASSES.index(kind), source=SOURCES, grade="C")
    facts.add(table, key, "maritime", 0.0 if overland else 1.0, source="cow_contiguity", grade="C")


def _add_covariates(
    key: tuple[str, str], known: Mapping[str, float | None], claim: int, km: float, facts: Facts
) -> None:
    """Write what the equations of a challenge ask of a pair.

    claim  of the challenger: 1 to part of the target, 2 to the whole
    km     between capitals, which stands in where a state is too new for the file of nearest points and does not touch
    """
    table = "pairs.csv"
    for variable, source in SOURCE.items():
        value = known[variable]
        if value is None and known["contiguity"] == LAND:
            facts.add(table, key, variable, 0.0, source="cow_contiguity", grade="C", note="they touch")
        elif value is None:
            facts.add(table, key, variable, km, source="cow_capitals", grade="A", note="between capitals")
        else:
            facts.add(table, key, variable, value, source=source, grade="C")
    kind = rules.ISSUE_OF_CLAIM[claim]
    middle, low, high = rules.VALUE[kind]
    facts.add(table, key, "value", middle, source="foedus_judgement", grade="A", low=low, high=high, note=kind)


def _wards(states: Sequence[Register], facts: Facts) -> dict[int, set[int]]:
    """Guarantors of each ally, by COW code."""
    code = {state.iso3: state.ccode for state in states}
    found: dict[int, set[int]] = {}
    for guarantor, ally in {fact.key for fact in facts.rows["links.csv"]}:
        found.setdefault(code[ally], set()).add(code[guarantor])
    return found


def _distances(states: Sequence[Register], facts: Facts) -> dict[Pair, float]:
    seats: dict[str, dict[str, float]] = {}
    for fact in facts.rows["geography.csv"]:
        seats.setdefault(fact.key[0], {})[fact.variable] = fact.value
    lat, lng = (np.array([seats[s.iso3][name] for s in states]) for name in ("latitude", "longitude"))
    km = great_circle(lat[:, None], lng[:, None], lat, lng)
    return {(a.ccode, b.ccode): float(km[i, j]) for i, a in enumerate(states) for j, b in enumerate(states)}


def _rivals(archive: Archive) -> tuple[set[Pair], set[Pair]]:
    """Rivals, and those over territory, both orders."""
    frame = archive.spells("thompson_strategic_rivalries", "start", "end").drop_nulls(["ccode1", "ccode2"])
    every: set[Pair] = set()
    spatial: set[Pair] = set()
    for one, two, over in frame.select("ccode1", "ccode2", pl.col("spatial").fill_null(0)).iter_rows():
        pair = (archive.successor(one), archive.successor(two))
        both = {pair, pair[::-1]}
        every |= both
        spatial |= both if over else set()
    return every, spatial


def _touching(archive: Archive) -> dict[Pair, int]:
    """Closest kind of contiguity, 1 land … 4 within 150 miles of water."""
    frame = archive.spells("cow_contiguity", "stdate", "enddate").filter(pl.col("conttype").is_between(1, 4))
    found: dict[Pair, int] = {}
    for one, two, kind in frame.select("ccode1", "ccode2", "conttype").iter_rows():
        found[one, two] = min(found.get((one, two), 9), kind)
    return found


def _disputes(archive: Archive) -> Counter[Pair]:
    """Disputes begun by the first against the second, both originators: GML to 2010, COW after."""
    columns = ["ccode1", "ccode2", "sidea1", "orig1", "orig2"]
    gml = archive.years("gml_mid_directed_dyad_year", MEMORY_YEARS).filter(pl.col("gmlmidonset") == 1)
    cow = archive.years("cow_mid_directed_dyad_dispute_year", MEMORY_YEARS).filter(
        pl.col("disponset") == 1, pl.col("year") > GML_ENDS
    )
    both = pl.concat([gml.select(columns), cow.select(columns)], how="vertical_relaxed")
    both = both.filter(pl.col("sidea1") == 1, pl.col("orig1") == 1, pl.col("orig2") == 1)
    pairs = both.select("ccode1", "ccode2").iter_rows()
    return Counter((archive.successor(a), archive.successor(b)) for a, b in pairs)


def _owed(archive: Archive) -> set[Pair]:
    """Pairs of which the first owes the second defence."""
    owed = archive.years("atop_dyad_year", 1).filter(pl.col("atop_defense") == 1).select("ccode1", "ccode2").rows()
    return {(archive.successor(a), archive.successor(b)) for a, b in owed}


def _wars(archive: Archive) -> set[Pair]:
    frame = archive.years("cow_interstate_war_directed_dyad_year", 1)
    return {(archive.successor(a), archive.successor(b)) for a, b in frame.select("ccode1", "ccode2").iter_rows()}
