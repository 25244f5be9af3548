"""Block 15: what is kept of each year: allies, pairs, guarantors, regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus import terms
from foedus.engine.layout import Floats
from foedus.engine.setting import REVIEW_YEARS, Setting
from foedus.engine.state import State
from foedus.engine.threat import total_faced, total_posed
from foedus.engine.year import Year
from foedus.equations import order
from foedus.equations.hedging import OPTIONS

ALLY_MEASURES = {
    "loss_conceded": "expected yearly loss by conceding, stakes",
    "loss_fought": "expected yearly loss by fighting, stakes",
    "promise_true": "chance the guarantor fights, worst challenger",
    "promise_ally": "the same as the ally believes",
    "promise_adversary": "the same as its challenger believes",
    "win_alone": "chance the worst challenger wins if the guarantor stays out",
    "spending": "military spending, share of GDP",
    "capability": "effective capability, billion USD at purchasing power",
    "completeness": "C4ISR completeness, 0-1",
    "dependence": "share of stock that needs the guarantor's sustainment, 0-1",
    "conceded": "ground conceded to the worst challenger, 0-1",
    "nuclear": "nuclear status, 0 none to 3 armed",
    "lean_rival": "alignment with rival powers, 0-1",
    "tension": "tension with the guarantor, 0-2",
    "support": "support delivered, mean of channels, relative to the start",
    "home_share": "share of stock made at home or in the region, 0-1",
    "loyalty": "stakes bought by loyalty spending, 0-1",
    "pool_resolve": "chance a pool member helps, 0-1",
    "own_force": "expected uses of force by the ally in a year: limited force and attacks",
    "hostility": "hostility of the worst challenger, 0-1",
    "cohesion": "share of its neighbours that would stand together against the worst challenger, 0-1",
}
"""Measures of an ally in a year, with units."""

GUARANTOR_MEASURES = {
    "cost": "yearly cost of its guarantees, billion USD",
    "worth": "worth of its guarantees, index",
    "involvement": "expected wars it is drawn into in a year",
    "reliable": "1 when of the reliable type",
    "politics": "adverse politics",
    "reputation": "reputation, -2 to 2",
    "load": "involvement over capacity",
}
"""Measures of a guarantor in a year."""

REGION_MEASURES = {
    "powers": "effective number of powers",
    "concentration": "concentration of capabilities, 0-1",
    "lead": "largest power over the second",
}
"""Measures of a region in a year (R24)."""

PAIR_COUNTS = ("years", "challenges", "conceded", "limited", "wars", "due", "fought", "won")
"""Counts by pair over the futures and years of a chunk; `due` are wars in which a guarantor's promise fell due."""


ALIGNED = 64
"""Bytes to whose multiples arrays in one room are aligned: a line of the cache."""


@dataclass
class Record:
    """Arrays being filled year by year for one chunk."""

    allies: dict[str, Floats]
    """by measure, [Y, A, F]"""
    guarantors: dict[str, Floats]
    """by measure, [Y, G, F]"""
    regions: dict[str, Floats]
    """by measure, [Y, R, F]"""
    pairs: dict[str, np.ndarray]
    """by count, [P]"""
    options: NDArray[np.float64]
    """[K, A] mean share of flexible money by option over years and futures"""


def empty(setting: Setting, room: memoryview | None = None) -> Record:
    """Record with every year at zero.

    room  memory for it, of `size` bytes; new memory when None
    """
    if room is None:
        return held_in(memoryview(bytearray(size(setting))), setting)
    kept = held_in(room, setting)
    for group in (kept.allies, kept.guarantors, kept.regions, kept.pairs):
        for values in group.values():
            values[...] = 0.0
    kept.options[...] = 0.0
    return kept


def held_in(room: memoryview, setting: Setting) -> Record:
    """The record of this setting that a room holds."""
    layout, years, futures = setting.layout, len(setting.years), setting.futures
    taken = 0

    def array(shape: tuple[int, ...], kind: type[np.floating[Any]]) -> NDArray[Any]:
        nonlocal taken
        values: NDArray[Any] = np.ndarray(shape, dtype=kind, buffer=room, offset=taken)
        taken += values.nbytes + -values.nbytes % ALIGNED
        return values

    def by_year(names: dict[str, str], rows: int) -> dict[str, Floats]:
        return {name: array((years, rows, futures), np.float32) for name in names}

    allies = len(layout.allies)
    return Record(
        allies=by_year(ALLY_MEASURES, allies),
        guarantors=by_year(GUARANTOR_MEASURES, layout.counts[3]),
        regions=by_year(REGION_MEASURES, len(terms.REGIONS)),
        pairs={name: array((layout.counts[1],), np.float64) for name in PAIR_COUNTS},
        options=array((len(OPTIONS), allies), np.float64),
    )


def size(setting: Setting) -> int:
    """Bytes of room that a record of this setting takes."""
    layout, allies = setting.layout, len(setting.layout.allies)
    rows = {"allies": allies, "guarantors": layout.counts[3], "regions": len(terms.REGIONS)}
    names = {"allies": ALLY_MEASURES, "guarantors": GUARANTOR_MEASURES, "regions": REGION_MEASURES}
    wide = sum(
        len(names[key]) * (4 * len(setting.years) * count * setting.futures + ALIGNED) for key, count in rows.items()
    )
    return wide + len(PAIR_COUNTS) * (8 * layout.counts[1] + ALIGNED) + 8 * len(OPTIONS) * allies + ALIGNED


def keep(record: Record, index: int, year: Year, after: State, setting: Setting) -> None:
    """Write one year into the record."""
    layout = setting.layout
    mine = layout.allies
    link = layout.link_of[mine]
    worst, nearest, foreseen = year.worst, year.nearest, year.foreseen
    crisis = year.outlook.crisis
    own_force = crisis.challenge * (1.0 - crisis.concession) * (crisis.limited_force + crisis.attack)
    posed = total_posed(own_force, setting)[mine]
    pool = np.minimum(layout.pool_of[mine], max(len(layout.pools.name) - 1, 0))
    in_pool = (layout.pool_of[mine] < len(layout.pools.name))[:, None]
    resolve = after.resolve[pool] * in_pool if len(layout.pools.name) else np.zeros_like(posed)
    values = {
        "loss_conceded": (total_faced(year.outlook.loss_conceded, setting) + year.given)[mine],
        "loss_fought": total_faced(year.outlook.loss_fought, setting)[mine],
        "promise_true": foreseen.promise[mine],
        "promise_ally": foreseen.promise_ally[mine],
        "promise_adversary": foreseen.promise_adversary[mine],
        "win_alone": foreseen.win_alone[mine],
        "spending": year.before.share[mine],
        "capability": year.forces.total[mine],
        "completeness": year.forces.completeness[mine],
        "dependence": year.before.dependent[mine],
        "conceded": worst.from_(year.before.conceded)[mine],
        "nuclear": year.before.nuclear[mine],
        "lean_rival": year.before.alignment[1][link],
        "tension": year.before.tension[link],
        "support": year.support.overall[link],
        "home_share": year.before.home_share[mine],
        "loyalty": year.before.loyalty[link],
        "pool_resolve": resolve,
        "own_force": posed,
        "hostility": nearest.hostility[mine],
        "cohesion": worst.from_(year.before.cohesion[layout.challenger])[mine],
    }
    for name, value in values.items():
        record.allies[name][index] = value
    _keep_guarantors(record, index, year, setting)
    _keep_regions(record, index, year, setting)
    _count_events(record, year, setting)
    if index % REVIEW_YEARS == 0:
        held = min(REVIEW_YEARS, len(setting.years) - index) / len(setting.years)
        record.options += held * after.portfolio.mean(axis=2)[:, mine]


def _keep_guarantors(record: Record, index: int, year: Year, setting: Setting) -> None:
    from foedus.engine.support import per_guarantor

    before = year.before
    values = {
        "cost": per_guarantor(year.account.cost, setting),
        "worth": per_guarantor(year.account.worth, setting),
        "involvement": year.account.involvement,
        "reliable": before.reliable,
        "politics": before.politics,
        "reputation": before.reputation,
        "load": before.load,
    }
    for name, value in values.items():
        record.guarantors[name][index] = value


def _keep_regions(record: Record, index: int, year: Year, setting: Setting) -> None:
    """Powers of each region: its states at home, and each guarantor with what it would bring there (R24)."""
    at_home, delivered = year.forces.total, setting.p["order_on_delivered"]
    brought = year.forces.guarantor_help.sum(axis=1)
    for number, (here, guests) in enumerate(setting.layout.powers):
        if len(here) == 0:
            continue
        powers = [at_home[here]]
        for guarantor, helped in guests:
            most = brought[helped].max(axis=0, initial=0.0)
            powers.append((delivered * most + (1.0 - delivered) * at_home[guarantor])[None])
        share = order.power_shares(np.concatenate(powers))
        record.regions["powers"][index, number] = order.effective_powers(share)
        record.regions["concentration"][index, number] = order.concentration(share)
        if len(share) > 1:
            record.regions["lead"][index, number] = np.minimum(order.lead_of_first(share), 1e3)


def _count_events(record: Record, year: Year, setting: Setting) -> None:
    events, count = year.events, setting.layout.counts[1]
    flags = {
        "challenges": np.ones_like(events.war),
        "conceded": events.conceded,
        "limited": events.limited,
        "wars": events.war,
        "due": events.due,
        "fought": events.fought,
        "won": events.won,
    }
    record.pairs["years"] += setting.futures
    for name, flag in flags.items():
        record.pairs[name] += np.bincount(events.pair, weights=flag, minlength=count)
