"""Pairs of a world from its fact tables: covariates of a challenge, and the disputes that went before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from foedus import terms
from foedus.equations.hostility import remembered
from foedus.errors import FactError
from foedus.geo import great_circle
from foedus.ledger import load_ledger
from foedus.world import rules
from foedus.world.model import Disputes, Floats, Indices, Pairs, States
from foedus.world.tables import Tables

Key = tuple[str, ...]

LAND, FARTHEST_WATER = 1, 5
"""Kinds of contiguity: by land, and the farthest across water that counts (400 miles)."""

FIRST_BEGAN, SECOND_BEGAN, BOTH_BEGAN = 1.0, 2.0, 3.0
"""Who began a dispute, as disputes.csv codes it; both where no row says."""


def read_pairs(tables: Tables, order: Mapping[str, int]) -> Pairs:
    """Pairs of the tables, by the place of each state; `with_states` adds what follows from the states themselves.

    Raises FactError for a pair of a state whose standing no row gives.
    """
    found = tables.latest("pairs.csv")
    keys = sorted({key for key, _ in found})
    challenger, target = (np.array([order[key[end]] for key in keys], dtype=np.intp) for end in (0, 1))
    share, major = (_standing(tables, order, keys, name) for name in ("capability_share", "major"))

    def column(variable: str, bound: str = "value", missing: float | None = None) -> Floats:
        facts = [found[key, variable] if missing is None else found.get((key, variable)) for key in keys]
        return np.array([missing if f is None else f.at(bound) for f in facts])

    majors = major[challenger] + major[target]
    touching, rival, overlay = column("contiguity"), column("rival"), column("overlay", missing=0.0)
    past = _disputes(tables, keys, order, challenger, target)
    return Pairs(
        challenger=challenger,
        target=target,
        distance=column("distance"),
        capitals=np.zeros(len(keys)),
        nearest=column("nearest"),
        land=(touching == LAND).astype(float),
        water=((touching > LAND) & (touching <= FARTHEST_WATER)).astype(float),
        one_major=(majors == 1.0).astype(float),
        two_majors=(majors == 2.0).astype(float),
        size=rules.pair_size(share[challenger], share[target]),
        owes=column("owes"),
        democracy=np.zeros(len(keys)),
        claim=column("claim"),
        rival=rival,
        value=column("value"),
        value_low=column("value", "low"),
        value_high=column("value", "high"),
        overlay=overlay,
        overlay_low=column("overlay", "low", 0.0),
        overlay_high=column("overlay", "high", 0.0),
        **_wars(tables, keys),
        past=past,
        hostility=_hostility(past, rival, overlay),
        pair_class=tuple(terms.PAIR_CLASSES[int(x)] for x in column("class")),
        theatre=tuple("maritime" if x else "land" for x in column("maritime")),
        reason=tuple(found[key, "class"].note for key in keys),
    )


def _wars(tables: Tables, keys: Sequence[Key]) -> dict[str, Floats]:
    """Wars that are on at the start, by the names of `Pairs`: zeros where there is none."""
    found = tables.latest("wars.csv")
    for key in {key for key, _ in found} - set(keys):
        msg = f"wars.csv: {', '.join(key)} is no pair of pairs.csv. Give the pair its rows there first."
        raise FactError(msg)
    on = [found.get((key, "at_war")) for key in keys]
    fronts = [found.get((key, "front")) if war and war.value else None for key, war in zip(keys, on, strict=True)]
    begun = [found.get((key, "since")) for key in keys]

    def front(bound: str) -> Floats:
        facts = [0.0 if f is None else f.at(bound) for f in fronts]
        return np.array(facts, dtype=float)

    return {
        "at_war": np.array([war.value if war else 0.0 for war in on]),
        "war_years": np.array([max(tables.start - fact.value, 0.0) if fact else 0.0 for fact in begun]),
        "front": front("value"),
        "front_low": front("low"),
        "front_high": front("high"),
    }


def with_states(pairs: Pairs, states: States) -> Pairs:
    """The same pairs with distance of capitals and the weaker link in democracy read from the states."""
    a, b = pairs.challenger, pairs.target
    lat, lon = states.latitude, states.longitude
    return replace(
        pairs,
        capitals=np.asarray(great_circle(lat[a], lon[a], lat[b], lon[b]), dtype=float),
        democracy=np.minimum(states.democracy[a], states.democracy[b]),
    )


def _standing(tables: Tables, order: Mapping[str, int], keys: Sequence[Key], variable: str) -> Floats:
    """A figure of standing.csv by the place of the state; NaN for a state without pairs that has none."""
    found = tables.latest("standing.csv")
    values = np.full(len(order), np.nan)
    for iso in order:
        if ((iso,), variable) in found:
            values[order[iso]] = found[(iso,), variable].value
    for key in keys:
        for iso in key:
            if np.isnan(values[order[iso]]):
                msg = f"standing.csv: {iso} lacks {variable}, and pairs.csv has it in {', '.join(key)}. Give it a row."
                raise FactError(msg)
    return values


def _disputes(
    tables: Tables, keys: Sequence[Key], order: Mapping[str, int], challenger: Indices, target: Indices
) -> Disputes:
    """Disputes, wars and rivalries of every pair, from the first year on record to the start."""
    years = tables.start - tables.record + 1
    member = np.zeros((years, len(order)))
    for fact in sorted(tables.facts["standing.csv"], key=lambda fact: fact.year):
        if fact.variable == "member":
            member[max(fact.year - tables.record, 0) :, order[fact.key[0]]] = fact.value
    column: dict[Key, list[int]] = {}
    for place, (a, b) in enumerate(keys):
        column.setdefault((min(a, b), max(a, b)), []).append(place)
    second = np.array([a > b for a, b in keys], dtype=bool)
    dispute, war, rival = (np.zeros((years, len(keys))) for _ in range(3))
    side = np.full((years, len(keys)), BOTH_BEGAN)
    for fact in sorted(tables.facts["disputes.csv"], key=lambda fact: fact.year):
        places, row = column.get(fact.key), fact.year - tables.record
        if places is None:
            continue
        if fact.variable == "rival":
            rival[row:, places] = fact.value
        elif fact.variable == "began":
            side[row, places] = fact.value
        else:
            dispute[row, places], war[row, places] = float(fact.value > 0.0), float(fact.value > 1.0)
    alive = member[:, challenger] * member[:, target]
    began = dispute * ((side == BOTH_BEGAN) | (side == np.where(second, SECOND_BEGAN, FIRST_BEGAN)))
    return Disputes(tables.record, alive, dispute, began, war, rival * alive)


def _hostility(past: Disputes, rival: Floats, overlay: Floats) -> Floats:
    """Hostility at the start, [P], at the ledger's middle values (eqs 31-31b): no future draws it."""
    ledger = load_ledger()
    alive, dispute, began, war, rivals = past.until_now(rival)
    *_, level = remembered(
        alive,
        dispute,
        began,
        war,
        rivals,
        of_rivals=ledger["hostility_of_rivals"].default,
        at_birth=ledger["hostility_at_birth"].default,
        decay=ledger["hostility_decay"].default,
        dispute_weight=ledger["hostility_from_dispute"].default,
        from_target=ledger["hostility_from_target"].default,
        war_weight=ledger["hostility_from_war"].default,
    )
    return np.asarray(np.clip(level + overlay, 0.0, 1.0))
