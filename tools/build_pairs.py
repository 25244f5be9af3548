"""Directed pairs: who could challenge whom, why, how far, how hostile, over what. One rule, stated in `pair_rows`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from figures import Row, figure, read
from foedus.geo import great_circle
from foedus.world import rules
from register import members, recalled, states

MAJORS = ("USA", "RUS", "CHN", "GBR", "FRA", "DEU", "JPN")
FARTHEST_WATER = 5
"""Kind of contiguity across at most 400 miles of water, the farthest that counts."""

Pair = tuple[str, str]

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
    every = Covariates.read(iso)
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
            rows += _covariates(a, b, every, rival=rival)
    return rows


@dataclass(frozen=True)
class Covariates:
    """What the equations of a challenge ask of a pair: by pair in either order, what is owed by direction.

    nearest     km between nearest points, 2019
    contiguity  kind 1-5 at the end of 2016
    claims      pairs of which the first claimed territory of the second in 2017
    owed        pairs of which the first owed the second defence in 2018
    """

    nearest: Mapping[Pair, float]
    contiguity: Mapping[Pair, int]
    claims: frozenset[Pair]
    owed: frozenset[Pair]

    @staticmethod
    def read(iso: Mapping[int, str]) -> Covariates:
        """Read them from the research files, the last year of each."""

        def rows(name: str, column: str, *last: pl.Expr) -> list[tuple[str, str, float]]:
            frame = read(name).filter(*last, pl.col("ccode1").is_in(list(iso)), pl.col("ccode2").is_in(list(iso)))
            return [(iso[a], iso[b], x) for a, b, x in frame.select("ccode1", "ccode2", column).iter_rows()]

        newest = pl.col("year") == pl.col("year").max()
        near = rows("cow_min_distance.parquet", "mindist", newest)
        claimed = rows("icow_territorial_claim_dyad_year.parquet", "n_claims_by1", newest)
        owed = rows("atop_dyad_year.parquet", "atop_defense", newest)
        return Covariates(
            {pair: km for a, b, km in near for pair in ((a, b), (b, a))},
            _touching(iso, FARTHEST_WATER),
            frozenset((a, b) for a, b, count in claimed if count > 0),
            frozenset((a, b) for a, b, flag in owed if flag == 1),
        )

    def claim(self, a: str, b: str) -> int:
        """What the first claims of the second: 0 nothing, 1 part, 2 its core or the state; the register goes first."""
        judged = recalled("pairs.csv", "claim").get((a, b))
        return int((a, b) in self.claims) if judged is None else int(judged.fact.value)

    def owes(self, a: str, b: str) -> bool:
        """Whether the first owes the second defence: the register, NATO of 2026, else ATOP."""
        judged = recalled("pairs.csv", "owes").get((a, b))
        if judged is not None:
            return judged.fact.value > 0
        return {a, b} <= members("NATO") or (a, b) in self.owed


def _covariates(a: str, b: str, every: Covariates, *, rival: bool) -> list[Row]:
    """Rows of what the record speaks of by dyad: places, obligation, claim, rivalry, and what would be lost."""
    claim = max(every.claim(a, b), every.claim(b, a)) > 0
    kind = rules.ISSUE_OF_CLAIM[every.claim(a, b)]
    judged = {v: recalled("pairs.csv", v).get((a, b)) for v in ("value", "overlay")}
    rows: list[Row] = [
        (a, b, *figure("nearest", 2019, every.nearest[a, b], "km", "cow_min_distance", "V")),
        (a, b, *figure("contiguity", 2016, every.contiguity.get((a, b), 0), "kind 0-5", "cow_contiguity", "V")),
        (a, b, *figure("owes", 2026, every.owes(a, b), "flag", "atop5;foedus_judgement", "C")),
        (a, b, *figure("claim", 2026, claim, "flag", "icow_claims;foedus_judgement", "C")),
        (a, b, *figure("rival", 2026, rival, "flag", "thompson_rivalries", "C")),
    ]
    if judged["value"] is None:
        middle, low, high = rules.VALUE[kind]
        rows.append((a, b, *figure("value", 2026, middle, "stake", "foedus_judgement", "A", low, high, kind)))
    return rows + [entry.row for entry in judged.values() if entry is not None]


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


def _touching(iso: Mapping[int, str], farthest: int = 4) -> dict[tuple[str, str], int]:
    """Closest kind of contiguity in 2016: 1 land … 4 within 150 miles of water, 5 within 400."""
    frame = read("cow_contiguity.csv").filter(
        (pl.col("enddate") >= "2016-01-01"), pl.col("conttype").is_between(1, farthest)
    )
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
