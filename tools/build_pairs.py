"""Directed pairs: who could challenge whom, why, how far, how hostile, over what. One rule, stated in `pair_rows`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import polars as pl

from figures import Row, read
from foedus.geo import great_circle
from foedus.world import rules
from register import members, recalled, states

MAJORS = ("USA", "RUS", "CHN", "GBR", "FRA", "DEU", "JPN")
ENCLOSED = "CHE"
"""Lies among members of NATO, and neither it nor they would attack the other."""


def pair_rows(ccode: Mapping[str, int]) -> list[Row]:
    """Rows of pairs.csv. `ccode` gives the Correlates of War code of each state covered.

    A directed pair of covered states enters when they are not bound to defend one another and
    (a) one is the other's strategic rival (Thompson), or
    (b) they touch by land or across at most 150 miles of water, or
    (c) one is a major power, the two met in a dispute since 2000, or
    (d) one claims the other's territory, or
    (e) events since the data end have made one hostile to the other (`added_hostility` of the register).
    Class: rival, contiguous, major, rest, the first that fits.
    """
    iso = {code: name for name, code in ccode.items()}
    rivals = dict(_rivals(iso))
    touching = _touching(iso)
    disputes = _disputes(iso)
    capitals = {r["iso3"]: (r["lat"], r["lng"]) for r in read("cow_capitals.csv").sort("enddate").iter_rows(named=True)}
    claims, added, at_war = (
        recalled(table, variable)
        for table, variable in (("pairs.csv", "claim"), ("pairs.csv", "added_hostility"), ("forces.csv", "at_war"))
    )
    rows: list[Row] = []
    for a in sorted(ccode):
        for b in sorted(ccode):
            if a == b or (_bound(a, b) and (a, b) not in recalled("pairs.csv", "within_pact")):
                continue
            rival, near = (a, b) in rivals, touching.get((a, b))
            major = a in MAJORS or b in MAJORS
            met = disputes.get((a, b), 0) + disputes.get((b, a), 0)
            claim = int(claims[a, b].fact.value) if (a, b) in claims else 0
            tension = added[a, b].fact.value if (a, b) in added else 0.0
            if not (rival or near or (major and met) or claim or tension):
                continue
            started = disputes.get((a, b), 0)
            war = (b,) in at_war and (a, b) == ("RUS", "UKR")
            facts = rules.PairFacts(rival, near, claim, started, met, war, tension)
            kind = rules.pair_class(facts) if rival or near or major else "rest"
            rows += _figures(a, b, kind, facts, capitals)
    return rows


def _figures(
    a: str, b: str, kind: str, facts: rules.PairFacts, capitals: Mapping[str, tuple[float, float]]
) -> list[Row]:
    distance = float(great_circle(*capitals[a], *capitals[b]))
    by_land = facts.contiguity == 1
    travelled = rules.travelled(distance, facts.contiguity)
    island = bool({a, b} & rules.ISLANDS)
    overland = rules.over_land(
        distance, facts.contiguity, island=island, same_region=states()[a].region == states()[b].region
    )
    hostility, stakes = rules.hostility(facts), rules.stake(kind, facts.claim)
    reasons = [kind]
    if facts.claim:
        core = facts.claim == 2
        reasons.append("claims core territory or the state itself" if core else "claims part of the territory")
    if facts.met:
        reasons.append(f"{facts.met} disputes 2000-2014, {facts.started} of them started by {a}")
    if facts.added:
        reasons.append("hostile since the data end")
    if facts.contiguity:
        reasons.append("common land border" if by_land else "across at most 150 miles of water")
    sources = "thompson_rivalries;cow_contiguity;gml_mid;cow_mid;foedus_judgement"
    out: list[Row] = []
    for variable, value, low, high, unit, source, grade, note in (
        (
            "distance",
            travelled,
            "",
            "",
            "km",
            "cow_capitals;cow_contiguity",
            "C",
            "half the way between capitals when they touch by land" if by_land else "between capitals",
        ),
        (
            "hostility",
            hostility,
            max(hostility - 0.2, 0.0),
            min(hostility + 0.2, 1.0),
            "0-1",
            sources,
            "C",
            "; ".join(reasons),
        ),
        ("stakes", stakes, stakes * 0.6, stakes * 1.5, "stake", sources, "A" if facts.claim else "C", ""),
        ("class", ("rival", "contiguous", "major", "rest").index(kind), "", "", "index of class", sources, "C", kind),
        ("maritime", 0.0 if overland else 1.0, "", "", "flag", "cow_contiguity;foedus_judgement", "C", ""),
    ):
        short = [f"{x:.4g}" if isinstance(x, float) else x for x in (value, low, high)]
        out.append((a, b, variable, 2025, *short, unit, source, grade, note))
    return out


def _bound(a: str, b: str) -> bool:
    """Whether a pact keeps two states from fighting one another."""
    return any({a, b} <= group for group in _bound_groups())


@cache
def _bound_groups() -> tuple[frozenset[str], ...]:
    """Groups of states none of which would attack another: NATO, Europe's own pacts, and those of the register."""
    pacts: dict[str, set[str]] = {}
    for pact, state in recalled("pacts.csv", "bound"):
        pacts.setdefault(pact, set()).add(state)
    europe = members("NATO", "EU") - {"USA", "CAN", "TUR"}
    return (members("NATO") | {ENCLOSED}, europe, *map(frozenset, pacts.values()))


def _rivals(iso: Mapping[int, str]) -> list[tuple[tuple[str, str], str]]:
    frame = read("thompson_strategic_rivalries.csv").filter(pl.col("end") >= 2020)
    found = []
    for r in frame.iter_rows(named=True):
        if r["ccode1"] in iso and r["ccode2"] in iso:
            one, two = iso[r["ccode1"]], iso[r["ccode2"]]
            found += [((one, two), r["rivalry"]), ((two, one), r["rivalry"])]
    return found


def _touching(iso: Mapping[int, str]) -> dict[tuple[str, str], int]:
    """Closest kind of contiguity in 2016: 1 land … 4 within 150 miles of water."""
    frame = read("cow_contiguity.csv").filter((pl.col("enddate") >= "2016-01-01") & (pl.col("conttype") <= 4))
    found: dict[tuple[str, str], int] = {}
    for r in frame.iter_rows(named=True):
        if r["ccode1"] in iso and r["ccode2"] in iso:
            pair = (iso[r["ccode1"]], iso[r["ccode2"]])
            found[pair] = min(found.get(pair, 9), r["conttype"])
    return found


def _disputes(iso: Mapping[int, str]) -> dict[tuple[str, str], int]:
    """Disputes 2000-2014 that a state started against another, as originators (GML to 2010, COW after)."""
    gml = read("gml_mid_directed_dyad_year.parquet").filter(
        pl.col("year").is_between(2000, 2010) & (pl.col("gmlmidonset") == 1)
    )
    cow = read("cow_mid_directed_dyad_dispute_year.parquet").filter(
        (pl.col("year") > 2010) & (pl.col("disponset") == 1)
    )
    columns = ["ccode1", "ccode2", "sidea1", "orig1", "orig2"]
    both = pl.concat([gml.select(columns), cow.select(columns)], how="vertical_relaxed").filter(
        (pl.col("sidea1") == 1) & (pl.col("orig1") == 1) & (pl.col("orig2") == 1)
    )
    found: dict[tuple[str, str], int] = {}
    for r in both.iter_rows(named=True):
        if r["ccode1"] in iso and r["ccode2"] in iso:
            pair = (iso[r["ccode1"]], iso[r["ccode2"]])
            found[pair] = found.get(pair, 0) + 1
    return found
