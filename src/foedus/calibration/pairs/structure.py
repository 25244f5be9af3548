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

from foedus.calibration.pairs.dyads import DyadYears, Floats, History, Integers
from foedus.equations import contest, crisis, hostility, intervention, opportunity
from foedus.ledger import load_ledger


@dataclass(frozen=True)
class Free:
    """A parameter that the record speaks of: its prior, a normal cut off at what it can be.

    mean, spread   of the normal before it is cut
    low, high      what the parameter can be
    """

    name: str
    mean: float
    spread: float
    low: float
    high: float
    meaning: str


OPPORTUNITY = (
    Free("challenge_cost", 0.6, 0.4, -0.4, 1.8, "cost of a challenge between states that do not touch"),
    Free("cost_land_border", -0.1, 0.2, -0.7, 0.5, "change in it where they touch by land"),
    Free("cost_water_border", -0.1, 0.2, -0.7, 0.5, "change where they touch across water"),
    Free("cost_one_major", 0.0, 0.2, -0.6, 0.6, "change when one is a major power"),
    Free("cost_two_majors", -0.1, 0.2, -0.7, 0.5, "change when both are"),
    Free("cost_size", 0.0, 0.1, -0.3, 0.3, "change with their mean log power"),
    Free("cost_distance", 0.02, 0.1, -0.3, 0.3, "change with the log of distance between capitals"),
    Free("cost_nearest", 0.0, 0.1, -0.3, 0.3, "change with the log of distance between nearest points"),
    Free("cost_pact", 0.1, 0.2, -0.5, 0.7, "change when the challenger owes the target defence"),
    Free("cost_democracy", 0.0, 0.2, -0.6, 0.6, "change when both are full democracies"),
    Free("cost_claim", 0.0, 0.2, -0.6, 0.6, "change when either claims territory of the other"),
    Free("log_stake", -0.3, 0.5, -2.0, 1.0, "log of the stake"),
    Free("log_stake_land", 0.2, 0.4, -1.0, 1.4, "more of it where they touch by land"),
)
TREE = (
    Free("back_down_cost", 0.0, 0.15, -0.5, 0.5, "challenger's cost of backing down"),
    Free("yielding_cost", 0.7, 0.25, 0.0, 1.6, "target's cost of yielding"),
    Free("limited_gain", 0.35, 0.12, 0.02, 0.8, "gain of limited force"),
    Free("challenger_war_cost", 1.1, 0.25, 0.3, 2.0, "challenger's cost of war"),
    Free("war_cost_relief", 0.3, 0.3, 0.0, 1.5, "how much full hostility takes off it"),
    Free("target_nuclear_cost", 0.7, 0.3, 0.0, 2.0, "extra cost of war when the target is nuclear"),
    Free("decisiveness", 0.8, 0.3, 0.05, 2.0, "how surely the stronger side wins"),
)
HOSTILITY = (
    Free("hostility_weight", 0.3, 0.2, 0.0, 1.0, "weight of hostility"),
    Free("hostility_decay", 0.12, 0.06, 0.01, 0.4, "yearly fading of hostility"),
    Free("hostility_from_dispute", 0.4, 0.25, 0.01, 0.99, "hostility from a dispute"),
    Free("hostility_of_rivals", 0.5, 0.25, 0.01, 0.99, "hostility below which a strategic rivalry does not fall"),
    Free("hostility_at_birth", 0.15, 0.15, 0.0, 0.9, "hostility of a pair newly come to be"),
)
STRUCTURE = (*OPPORTUNITY, *(f for f in TREE if f.name != "war_cost_relief"))
WITH_HOSTILITY = (*OPPORTUNITY, *TREE, *HOSTILITY)
FROM_DISPUTES = (*OPPORTUNITY, *TREE, *(f for f in HOSTILITY if f.name != "hostility_of_rivals"))
"""hostility from disputes alone: rivalries are coded in retrospect, so this is what could have been known"""


HELD = (
    "belief_at_start",
    "defender_edge",
    "demand_share",
    "guarantor_nuclear_cost",
    "help_weight",
    "homeland_exposure_weight",
    "hostility_from_war",
    "intervention_baseline",
    "limited_cost",
    "limited_damage",
    "pledge_weight",
    "precision",
    "target_war_cost",
    "unreliable_share",
    "war_cost_scaling",
)
"""What the equations take as the ledger has it: disputes do not identify these separately from what is estimated, or
say nothing of them (docs/model.md)."""


def ledger_values() -> dict[str, float]:
    """Return every parameter of the ledger at its default, and no hostility of rivals unless one is fitted."""
    return {p.name: p.default for p in load_ledger()} | {"hostility_of_rivals": 0.0}


def held_values() -> dict[str, float]:
    """Return what is held while the rest is estimated, by name."""
    return {name: load_ledger()[name].default for name in HELD}


def hostilities(history: History, p: Mapping[str, float]) -> Floats:
    """Hostility of every row [n] at the start of its year, from disputes and rivalry before it (eq. 31).

    A pair starts at `hostility_at_birth`; a strategic rivalry keeps hostility from falling below its own level.
    """
    rest = p["hostility_of_rivals"] * history.rival
    level = np.zeros(history.alive.shape[1])
    entered = np.empty_like(history.alive)
    before = np.zeros(history.alive.shape[1])
    for t, alive in enumerate(history.alive):
        born = (alive == 1) & (before == 0)
        level = np.asarray(hostility.hostility_met(level, born, p["hostility_at_birth"], rest[t]))
        entered[t] = level
        level = np.asarray(
            hostility.hostility_next(
                level,
                rest[t],
                p["hostility_decay"],
                history.dispute[t],
                p["hostility_from_dispute"],
                history.war[t],
                p["hostility_from_war"],
                0.0,
                0.0,
            )
        )
        before = alive
    return entered[history.column, history.pair]


@dataclass(frozen=True)
class Facing:
    """What the two sides of some rows face, none of it estimated: [2, m] by direction, [m] by pair.

    power, helped   log power of the challenger where it would fight over the target's: alone, and with its defenders
    aided           1 when the target has a defender
    exposed         1 when the challenger is armed and a major power would help the target
    nuclear_helper, armed_target    1 when a nuclear power would help the target, when the target itself is armed
    owes            1 when the challenger owes the target defence
    land, water, one_major, two_majors, log_size, log_distance, log_nearest, democracy, claim    as in `Pairs`
    """

    power: Floats
    helped: Floats
    aided: Floats
    exposed: Floats
    nuclear_helper: Floats
    armed_target: Floats
    owes: Floats
    land: Floats
    water: Floats
    one_major: Floats
    two_majors: Floats
    log_size: Floats
    log_distance: Floats
    log_nearest: Floats
    democracy: Floats
    claim: Floats


def face(pairs: DyadYears, rows: Integers) -> Facing:
    """Gather what some rows face, given their numbers [m]."""
    power, helpers = pairs.log_power[:, rows], pairs.helpers[:, rows]
    arriving = power - pairs.fading[rows]
    by_pair = ("land", "water", "one_major", "two_majors", "log_size", "log_distance", "log_nearest", "democracy")
    return Facing(
        power=arriving - power[::-1],
        helped=arriving - np.log(np.exp(power[::-1]) + helpers),
        aided=(helpers > 0).astype(np.float64),
        exposed=pairs.armed[:, rows] * pairs.major_helper[:, rows],
        nuclear_helper=pairs.nuclear_helper[:, rows],
        armed_target=pairs.armed[::-1, rows],
        owes=pairs.owes[:, rows],
        claim=pairs.claim[rows],
        **{name: getattr(pairs, name)[rows] for name in by_pair},
    )


def solve(facing: Facing, p: Mapping[str, float], hostile: Floats | float = 0.0) -> crisis.Crisis[Floats]:
    """Solve the crisis tree in both directions, by the equations the engine calls.

    p        value of every parameter
    hostile  hostility of the rows, [m], or none
    Returns chances, each [2, m].
    """
    edge = np.log(p["defender_edge"])
    alone = contest.chance_challenger_wins(facing.power, 0.0, p["decisiveness"], edge)
    helped = contest.chance_challenger_wins(facing.helped, 0.0, p["decisiveness"], edge)
    effect = np.maximum(alone - helped, 0.0)
    fights = facing.aided * intervention.chance_reliable_type_fights(
        p["intervention_baseline"] + p["pledge_weight"],
        effect,
        p["help_weight"],
        facing.exposed,
        p["homeland_exposure_weight"],
    )
    promise = intervention.promise(fights, p["belief_at_start"], p["unreliable_share"])
    stake = np.exp(opportunity.log_stake(p["log_stake"], facing.land, p["log_stake_land"]))
    fighting = crisis.cost_of_war(p["challenger_war_cost"], stake, p["war_cost_scaling"])
    solved = crisis.solve(
        stake=stake,
        win_alone=alone,
        help_effect=effect,
        promise_seen_by_challenger=promise,
        promise_seen_by_target=promise,
        hostility=hostile,
        challenger_war_cost=crisis.cost_to_challenger(fighting, p["war_cost_relief"], hostile),
        target_war_cost=crisis.cost_of_war(p["target_war_cost"], stake, p["war_cost_scaling"]),
        guarantor_nuclear_cost=p["guarantor_nuclear_cost"] * facing.nuclear_helper,
        target_nuclear_cost=p["target_nuclear_cost"] * facing.armed_target,
        recognition_gain=0.0,
        limited_gain=p["limited_gain"],
        limited_cost=p["limited_cost"],
        limited_damage=p["limited_damage"],
        demand_share=p["demand_share"],
        challenge_cost=challenge_cost(facing, p),
        back_down_cost=p["back_down_cost"],
        audience_cost=p["yielding_cost"] * stake,
        hostility_weight=p["hostility_weight"],
        precision=p["precision"],
    )
    return crisis.Crisis(*(np.asarray(entry) for entry in solved))


def challenge_cost(facing: Facing, p: Mapping[str, float]) -> Floats:
    """Cost of a challenge in both directions, [2, m], in stakes (eq. 18a)."""
    cost: Floats = np.asarray(
        opportunity.cost_of_challenge(
            base=p["challenge_cost"],
            land=facing.land,
            land_effect=p["cost_land_border"],
            water=facing.water,
            water_effect=p["cost_water_border"],
            one_major=facing.one_major,
            one_major_effect=p["cost_one_major"],
            two_majors=facing.two_majors,
            two_majors_effect=p["cost_two_majors"],
            size=facing.log_size,
            size_effect=p["cost_size"],
            distance=facing.log_distance,
            distance_effect=p["cost_distance"],
            nearest=facing.log_nearest,
            nearest_effect=p["cost_nearest"],
            pact=facing.owes,
            pact_effect=p["cost_pact"],
            democracy=facing.democracy,
            democracy_effect=p["cost_democracy"],
            claim=facing.claim,
            claim_effect=p["cost_claim"],
        )
    )
    return cost


def chance_of_onset(solved: crisis.Crisis[Floats]) -> Floats:
    """Chance that either side opens a crisis, [m]."""
    chance: Floats = 1.0 - (1.0 - solved.challenge[0]) * (1.0 - solved.challenge[1])
    return chance


def chances_of_endings(solved: crisis.Crisis[Floats], rows: Integers, challenger: Integers) -> Floats:
    """Chance of each ending once the challenger opened the crisis, [4, k], in the order of ENDINGS.

    rows, challenger   [k] place in the solved rows, and which side challenged
    """
    yields, attack, limited = (x[challenger, rows] for x in (solved.concession, solved.attack, solved.limited_force))
    resists = 1.0 - yields
    return np.stack([yields, resists * (1.0 - attack - limited), resists * limited, resists * attack])
