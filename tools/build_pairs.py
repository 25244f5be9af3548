"""Directed pairs of pairs.csv: who could challenge whom, why, how far, over what. The rule is `world/relevance.py`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

from figures import Row, figure
from foedus.world import rules
from foedus.world.bases import nearest_base
from foedus.world.relevance import WITHIN_REACH_KM, Seen, reasons
from foedus.world.tables import START
from pair_record import Pair, Record, read_record, years_since
from register import recalled, states

SOURCES = "thompson_rivalries;cow_contiguity;gml_mid;cow_mid;foedus_judgement"
CLASSES = ("rival", "contiguous", "major", "rest")
CONTIGUOUS = 4
"""Farthest kind of contiguity of the class: 150 miles of water, as in the base rates by class."""


def pair_rows(ccode: Mapping[str, int]) -> list[Row]:
    """Rows of pairs.csv. `ccode` gives the Correlates of War code of each state covered."""
    record = read_record(ccode)
    rows: list[Row] = []
    for pair in permutations(sorted(ccode), 2):
        why = reasons(_seen(pair, record))
        if why:
            rows += [
                (*pair, *row) for row in (*_places(pair, record), *_ties(pair, record), *_level(pair, record, why))
            ]
            judged = (recalled("pairs.csv", variable).get(pair) for variable in ("value", "overlay", "distance"))
            rows += [entry.row for entry in judged if entry is not None]
    return rows


def _seen(pair: Pair, record: Record) -> Seen:
    a, b = pair
    told = recalled("pairs.csv", "named").get(pair)
    strong = record.nearest[pair] <= WITHIN_REACH_KM and record.power[a] > record.power[b]
    guarded = any((a, guarantor) in record.rivals for guarantor in record.wards[b])
    return Seen(
        near=pair in record.contiguity,
        rival=pair in record.rivals,
        claim=_claim(pair, record),
        quiet=years_since(record.disputes.get(pair, ())),
        together=START - record.since[pair],
        guarded=guarded and strong and states()[a].region == states()[b].region,
        bound=bool({pair, (b, a)} & record.owed),
        named=told.fact.note if told else "",
    )


def _claim(pair: Pair, record: Record) -> bool:
    return record.claimed.get(pair, 0) + record.claimed.get(pair[::-1], 0) > 0


def _places(pair: Pair, record: Record) -> list[Row]:
    """Where the two lie, how far force travels, and in which theatre it fights."""
    nearest, kind = record.nearest[pair], record.contiguity.get(pair, 0)
    friends = {host for host, target in record.owed if target == pair[1]}
    base = nearest_base(record.bases, pair[0], record.seats[pair[1]], friends)
    km, note = nearest, "between nearest points, at least 50"
    if base is not None and (from_base := base.km_to(*record.seats[pair[1]])) < nearest:
        km, note = from_base, f"from {base.name} to the capital"
    island = bool(set(pair) & rules.ISLANDS)
    same = states()[pair[0]].region == states()[pair[1]].region
    overland = rules.over_land(nearest, kind, island=island, same_region=same)
    travelled = figure("distance", START, rules.travelled(km), "km", "cow_min_distance;cow_capitals", "C", note=note)
    return [
        *([] if pair in recalled("pairs.csv", "distance") else [travelled]),
        figure("maritime", START, 0.0 if overland else 1.0, "flag", "cow_contiguity;cow_min_distance", "C"),
        figure("nearest", 2019, nearest, "km", "cow_min_distance", "V"),
        figure("contiguity", 2016, kind, "kind 0-5", "cow_contiguity", "V"),
    ]


def _ties(pair: Pair, record: Record) -> list[Row]:
    """What binds and divides the two, and what the target would lose."""
    rows = [
        figure("owes", START, float(pair in record.owed), "flag", "atop5;foedus_judgement", "C"),
        figure("claim", START, float(_claim(pair, record)), "flag", "icow_claims;foedus_judgement", "C"),
        figure(
            "rival", START, float(pair in record.rivals), "flag", "thompson_rivalries;foedus_incidents2026", "C",
            note=record.rivals.get(pair, ""),
        ),
    ]  # fmt: skip
    if pair not in recalled("pairs.csv", "value"):
        kind = rules.ISSUE_OF_CLAIM[record.claimed.get(pair, 0)]
        middle, low, high = rules.VALUE[kind]
        rows.append(figure("value", START, middle, "stake", "foedus_judgement", "A", low, high, kind))
    return rows


def _level(pair: Pair, record: Record, why: tuple[str, ...]) -> list[Row]:
    """Class of the pair, and why it is here."""
    rival, touching = pair in record.rivals, 1 <= record.contiguity.get(pair, 0) <= CONTIGUOUS
    listed = rival or touching or set(pair) & record.majors
    kind = rules.pair_class(rival=rival, touching=touching) if listed else "rest"
    return [figure("class", START, CLASSES.index(kind), "index of class", SOURCES, "C", note="; ".join(why))]
