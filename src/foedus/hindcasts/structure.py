"""The model's own equations as a forecaster of disputes: contest, intervention, hostility and the crisis tree.

Each direction of a pair-year is solved by the published functions of `foedus.equations`. What a world of today takes
from its fact tables, the past takes from a few parameters fitted on training years: what a challenge costs (less
where states touch, are large or near: opportunity, in the sense of Most and Starr 1989), what is at stake, and how
hostility is kept (eq. 31). Everything else is the ledger's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.equations import contest, crisis, hostility, intervention
from foedus.hindcasts.dyads import Floats, History, Integers, Pairs
from foedus.ledger import load_ledger


@dataclass(frozen=True)
class Free:
    """A parameter fitted on training years: where the search starts, and its bounds (None: no bound)."""

    name: str
    start: float
    low: float | None = None
    high: float | None = None
    meaning: str = ""


OPPORTUNITY = (
    Free("challenge_cost", 0.6, 0.0, 3.0, "cost of a challenge between states that do not touch"),
    Free("cost_land_border", -0.1, meaning="change in it where they touch by land"),
    Free("cost_water_border", -0.1, meaning="change where they touch across water"),
    Free("cost_one_major", 0.0, meaning="change when one is a major power"),
    Free("cost_two_majors", -0.1, meaning="change when both are"),
    Free("cost_size", 0.0, meaning="change with their mean log power"),
    Free("cost_distance", 0.02, meaning="change with the log of distance"),
    Free("cost_pact", 0.1, meaning="change when the challenger owes the target defence"),
    Free("log_stake", -0.5, meaning="log of the stake"),
    Free("log_stake_land", 0.2, meaning="more of it where they touch by land"),
)
TREE = (
    Free("back_down_cost", 0.05, -0.3, 0.5, "challenger's cost of backing down"),
    Free("yielding_cost", 0.61, 0.0, 2.0, "target's cost of yielding"),
    Free("limited_gain", 0.17, 0.03, 0.5, "gain of limited force"),
    Free("challenger_war_cost", 1.1, 0.3, 2.0, "challenger's cost of war"),
)
HOSTILITY = (
    Free("hostility_weight", 0.3, 0.02, 1.5, "weight of hostility"),
    Free("hostility_decay", 0.12, 0.01, 0.5, "yearly fading of hostility"),
    Free("hostility_from_dispute", 0.5, 0.01, 0.95, "hostility from a dispute"),
    Free("hostility_of_rivals", 0.5, 0.02, 0.95, "hostility below which a strategic rivalry does not fall"),
    Free("hostility_at_birth", 0.15, 0.01, 0.95, "hostility of a pair newly come to be"),
)
COSTS = tuple(f.name for f in OPPORTUNITY[:7])
"""names of what multiplies `Facing.opportunity`, in its order"""
STRUCTURE = (*OPPORTUNITY, *TREE)
WITH_HOSTILITY = (*STRUCTURE, *HOSTILITY)
FROM_DISPUTES = (*STRUCTURE, *(f for f in HOSTILITY if f.name != "hostility_of_rivals"))
"""hostility from disputes alone: rivalries are coded in retrospect, so this is what could have been known"""


def ledger_values() -> dict[str, float]:
    """Return every parameter of the ledger at its default, and no hostility of rivals unless one is fitted."""
    return {p.name: p.default for p in load_ledger()} | {"hostility_of_rivals": 0.0}


def hostilities(history: History, p: Mapping[str, float]) -> Floats:
    """Hostility of every row [n] at the start of its year, from disputes and rivalry before it (eq. 31).

    A pair starts at `hostility_at_birth`; a strategic rivalry keeps hostility from falling below its own level.
    """
    rest = p["hostility_of_rivals"] * history.rival
    level = np.zeros(len(history.alive))
    kept = np.empty_like(history.alive)
    before = np.zeros(len(history.alive))
    for t in range(history.alive.shape[1]):
        born = (history.alive[:, t] == 1) & (before == 0)
        level = np.maximum(np.where(born, p["hostility_at_birth"], level), rest[:, t])
        kept[:, t] = level
        level = hostility.hostility_next(
            level,
            rest[:, t],
            p["hostility_decay"],
            history.dispute[:, t],
            p["hostility_from_dispute"],
            history.war[:, t],
            p["hostility_from_war"],
            0.0,
            0.0,
        )
        before = history.alive[:, t]
    return kept[history.pair, history.column]


@dataclass(frozen=True)
class Facing:
    """What the two sides of some rows face, none of it fitted: [2, m] by direction, [m] by pair.

    win_alone, help_effect, promise    contest and intervention at the ledger's values (eqs 7, 9, 14)
    dread_guarantor, dread_target      extra cost of war with a nuclear guarantor, a nuclear target
    owes                               1 when the challenger owes the target defence
    opportunity                        [7, m] what the cost of a challenge is linear in
    land                               1 where they touch by land
    """

    win_alone: Floats
    help_effect: Floats
    promise: Floats
    dread_guarantor: Floats
    dread_target: Floats
    owes: Floats
    opportunity: Floats
    land: Floats


def face(pairs: Pairs, rows: Integers, p: Mapping[str, float]) -> Facing:
    """Work out what some rows face, given their numbers [m] and the ledger's values."""
    power, fading = pairs.log_power[:, rows], pairs.fading[rows]
    edge, helpers = np.log(p["defender_edge"]), pairs.helpers[:, rows]
    alone = contest.chance_challenger_wins(power - fading, power[::-1], p["decisiveness"], edge)
    helped_power = np.log(np.exp(power[::-1]) + helpers)
    helped = contest.chance_challenger_wins(power - fading, helped_power, p["decisiveness"], edge)
    effect = np.maximum(alone - helped, 0.0)
    fights = (helpers > 0) * intervention.chance_reliable_type_fights(
        p["intervention_baseline"] + p["pledge_weight"],
        effect,
        p["help_weight"],
        pairs.armed[:, rows] * pairs.major_helper[:, rows],
        p["homeland_exposure_weight"],
    )
    columns = (pairs.land, pairs.water, pairs.one_major, pairs.two_majors, pairs.log_size, pairs.log_distance)
    return Facing(
        win_alone=alone,
        help_effect=effect,
        promise=intervention.promise(fights, p["belief_at_start"], p["unreliable_share"]),
        dread_guarantor=p["guarantor_nuclear_cost"] * pairs.nuclear_helper[:, rows],
        dread_target=p["target_nuclear_cost"] * pairs.armed[::-1, rows],
        owes=pairs.owes[:, rows],
        opportunity=np.stack([np.ones(len(rows)), *(c[rows] for c in columns)]),
        land=pairs.land[rows],
    )


def solve(facing: Facing, p: Mapping[str, float], hostile: Floats | float = 0.0) -> crisis.Crisis:
    """Solve the crisis tree in both directions.

    p        ledger values with the free parameters put over them
    hostile  hostility of the rows, [m], or none
    Returns chances, each [2, m].
    """
    stake = np.exp(p["log_stake"] + p["log_stake_land"] * facing.land)
    return crisis.solve(
        stake=stake,
        win_alone=facing.win_alone,
        help_effect=facing.help_effect,
        promise_seen_by_challenger=facing.promise,
        promise_seen_by_target=facing.promise,
        hostility=hostile,
        challenger_war_cost=crisis.cost_of_war(p["challenger_war_cost"], stake, p["war_cost_scaling"]),
        target_war_cost=crisis.cost_of_war(p["target_war_cost"], stake, p["war_cost_scaling"]),
        guarantor_nuclear_cost=facing.dread_guarantor,
        target_nuclear_cost=facing.dread_target,
        recognition_gain=0.0,
        limited_gain=p["limited_gain"],
        limited_cost=p["limited_cost"],
        limited_damage=p["limited_damage"],
        demand_share=p["demand_share"],
        challenge_cost=np.array([p[name] for name in COSTS]) @ facing.opportunity + p["cost_pact"] * facing.owes,
        back_down_cost=p["back_down_cost"],
        audience_cost=p["yielding_cost"] * stake,
        hostility_weight=p["hostility_weight"],
        precision=p["precision"],
    )


def chance_of_onset(solved: crisis.Crisis) -> Floats:
    """Chance that either side opens a crisis, [m]."""
    chance: Floats = 1.0 - (1.0 - solved.challenge[0]) * (1.0 - solved.challenge[1])
    return chance


def chances_of_endings(solved: crisis.Crisis, rows: Integers, challenger: Integers) -> Floats:
    """Chance of each ending once the challenger opened the crisis, [4, k], in the order of ENDINGS.

    rows, challenger   [k] place in the solved rows, and which side challenged
    """
    yields, attack, limited = (x[challenger, rows] for x in (solved.concession, solved.attack, solved.limited_force))
    resists = 1.0 - yields
    return np.stack([yields, resists * (1.0 - attack - limited), resists * limited, resists * attack])
