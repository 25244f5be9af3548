"""Directed pairs of a past year, by the rule of the world of 2026 read with that year's record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import polars as pl

from foedus import terms
from foedus.geo import great_circle
from foedus.past.archive import Archive
from foedus.past.assumed import WHOLE_CLAIMS
from foedus.past.dyads import covariates, entered, last_disputes
from foedus.past.figures import Facts
from foedus.world import rules
from foedus.world.bases import BaseArea, bases_of, nearest_base
from foedus.world.pairing import LAND
from foedus.world.relevance import WITHIN_REACH_KM, Seen, reasons
from foedus.world.tables import Register, shipped_facts

NEVER = 1000
"""Years of quiet given to a pair that never had a dispute."""

CONTIGUOUS = 4
"""Farthest kind of contiguity of the class: 150 miles of water, as in the base rates by class."""

SOURCE = {
    "nearest": "cow_min_distance", "contiguity": "cow_contiguity", "owes": "atop5", "claim": "icow_claims",
    "rival": "thompson_rivalries",
}  # fmt: skip
"""Where each covariate of a challenge comes from."""

SOURCES = "thompson_rivalries;cow_contiguity;gml_mid;cow_mid;atop5"

Pair = tuple[int, int]


def add_bases(year: int, isos: frozenset[str], facts: Facts) -> None:
    """Write the main base areas in use, of the states there are: those of the world of 2026, by the year they began."""
    for fact in shipped_facts("bases.csv"):
        holder, _, host = fact.key
        if fact.year <= year and {holder, host} <= isos:
            facts.add(
                "bases.csv", fact.key, fact.variable, fact.value, source=fact.source, grade=fact.grade, year=fact.year
            )


def add_pairs(archive: Archive, states: Sequence[Register], facts: Facts) -> None:
    """Write every directed pair that matters by the rule of the world of 2026 (`world/relevance.py`).

    Disputes, standing and bases stand in `facts` already.
    """
    ground = _ground(archive, states, facts)
    for a, b in permutations(ground.place, 2):
        why = reasons(_seen((a, b), ground, archive.year))
        if why:
            _add((a, b), ground, why, facts)


@dataclass(frozen=True)
class _Ground:
    """What the archive says of every pair of states, by COW codes; disputes and entry by ISO codes."""

    place: Mapping[int, Register]
    rivals: set[Pair]
    spatial: set[Pair]
    known: Mapping[Pair, Mapping[str, float | None]]
    owed: set[Pair]
    wars: set[Pair]
    majors: set[int]
    power: Mapping[str, float]
    whole: set[tuple[str, str]]
    last: Mapping[tuple[str, str], int]
    entered: Mapping[str, int]
    capitals: Mapping[Pair, float]
    seats: Mapping[str, tuple[float, float]]
    bases: tuple[BaseArea, ...]
    wards: Mapping[int, set[int]]
    on_land: set[int]

    def covariate(self, pair: Pair, variable: str) -> float | None:
        """A covariate of a pair in either order."""
        return self.known[min(pair), max(pair)][variable]

    def nearest(self, pair: Pair) -> float:
        """Km between nearest points; 0 where they touch, else km of capitals, of states too new for the file."""
        held = self.covariate(pair, "nearest")
        if held is not None:
            return held
        return 0.0 if self.covariate(pair, "contiguity") == LAND else self.capitals[pair]

    def claims(self, pair: Pair) -> int:
        """What the first claims of the second, for its value: 0 nothing, 1 part, 2 its core or the state."""
        iso = (self.place[pair[0]].iso3, self.place[pair[1]].iso3)
        return 2 if iso in self.whole else int(pair in self.spatial)


def _ground(archive: Archive, states: Sequence[Register], facts: Facts) -> _Ground:
    known = covariates(archive)
    rivals, spatial = _rivals(archive)
    seats = _seats(facts)
    return _Ground(
        place={state.ccode: state for state in states},
        rivals=rivals,
        spatial=spatial,
        known=known,
        owed=_owed(archive),
        wars=_wars(archive),
        majors=set(archive.spells("cow_major_powers", "styear", "endyear")["ccode"].to_list()),
        power={f.key[0]: f.value for f in facts.rows["standing.csv"] if f.variable == "capability_share"},
        whole={(a, b) for a, b, first, last in WHOLE_CLAIMS if first <= archive.year <= last},
        last=last_disputes(facts),
        entered=entered(facts),
        capitals=_distances(states, seats),
        seats=seats,
        bases=bases_of(facts.rows["bases.csv"]),
        wards=_wards(states, facts),
        on_land={code for pair, held in known.items() if held["contiguity"] == LAND for code in pair},
    )


def _seen(pair: Pair, ground: _Ground, year: int) -> Seen:
    a, b = (ground.place[code] for code in pair)
    together = year - max(ground.entered[a.iso3], ground.entered[b.iso3])
    last = ground.last.get((a.iso3, b.iso3))
    guarded = any((pair[0], guarantor) in ground.rivals for guarantor in ground.wards.get(pair[1], ()))
    strong = ground.nearest(pair) <= WITHIN_REACH_KM and ground.power[a.iso3] > ground.power[b.iso3]
    return Seen(
        near=bool(ground.covariate(pair, "contiguity")),
        rival=pair in ground.rivals,
        claim=bool(ground.covariate(pair, "claim") or ground.claims(pair) or ground.claims(pair[::-1])),
        quiet=NEVER if last is None else year - last,
        together=together,
        guarded=guarded and strong and a.region == b.region,
        bound=bool({pair, pair[::-1]} & ground.owed),
    )


def _add(pair: Pair, ground: _Ground, why: tuple[str, ...], facts: Facts) -> None:
    a, b = (ground.place[code] for code in pair)
    key = (a.iso3, b.iso3)
    kind_of_border = int(ground.covariate(pair, "contiguity") or 0)
    rival, touching = pair in ground.rivals, 1 <= kind_of_border <= CONTIGUOUS
    listed = rival or touching or set(pair) & ground.majors
    kind = rules.pair_class(rival=rival, touching=touching) if listed else "rest"
    island = bool({a.iso3, b.iso3} & rules.ISLANDS) or not set(pair) <= ground.on_land
    overland = rules.over_land(ground.nearest(pair), kind_of_border, island=island, same_region=a.region == b.region)
    table, note = "pairs.csv", "; ".join(why)
    km, origin = _travelled(pair, ground)
    facts.add(table, key, "distance", km, source="cow_min_distance;cow_capitals", grade="C", note=origin)
    facts.add(table, key, "class", terms.PAIR_CLASSES.index(kind), source=SOURCES, grade="C", note=note)
    facts.add(table, key, "maritime", 0.0 if overland else 1.0, source="cow_contiguity", grade="C")
    tied = {"owes": float(pair in ground.owed), "rival": float(rival)}
    known = {**ground.known[min(pair), max(pair)], **tied}
    _add_covariates(key, known, ground.claims(pair), ground.capitals[pair], facts)


def _travelled(pair: Pair, ground: _Ground) -> tuple[float, str]:
    """Km that force travels, and from where: nearest points, or a base area of the challenger that is nearer."""
    a, b = (ground.place[code].iso3 for code in pair)
    nearest = ground.nearest(pair)
    friends = {ground.place[one].iso3 for one, two in ground.owed if two == pair[1] and one in ground.place}
    base = nearest_base(ground.bases, a, ground.seats[b], friends)
    if base is not None and (km := base.km_to(*ground.seats[b])) < nearest:
        return rules.travelled(km), f"from {base.name} to the capital"
    return rules.travelled(nearest), "between nearest points, at least 50"


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


def _seats(facts: Facts) -> dict[str, tuple[float, float]]:
    seats: dict[str, dict[str, float]] = {}
    for fact in facts.rows["geography.csv"]:
        seats.setdefault(fact.key[0], {})[fact.variable] = fact.value
    return {iso: (held["latitude"], held["longitude"]) for iso, held in seats.items()}


def _distances(states: Sequence[Register], seats: Mapping[str, tuple[float, float]]) -> dict[Pair, float]:
    lat, lng = np.array([seats[state.iso3] for state in states]).T
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


def _owed(archive: Archive) -> set[Pair]:
    """Pairs of which the first owes the second defence."""
    owed = archive.years("atop_dyad_year", 1).filter(pl.col("atop_defense") == 1).select("ccode1", "ccode2").rows()
    return {(archive.successor(a), archive.successor(b)) for a, b in owed}


def _wars(archive: Archive) -> set[Pair]:
    frame = archive.years("cow_interstate_war_directed_dyad_year", 1)
    return {(archive.successor(a), archive.successor(b)) for a, b in frame.select("ccode1", "ccode2").iter_rows()}
