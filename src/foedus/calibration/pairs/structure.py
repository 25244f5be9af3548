"""The model's own equations as a forecaster of disputes: contest, intervention, hostility and the crisis tree.

Each direction of a pair-year is solved by the published functions of `foedus.equations`. What a world of today takes
from its fact tables, the past takes from a few parameters fitted on training years: what a challenge costs (less
where states touch, are large or near: opportunity, in the sense of Most and Starr 1989), what is at stake, and how
hostility is kept (eq. 31). Everything else is the ledger's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.calibration.pairs.dyads import DyadYears, Floats, Integers
from foedus.calibration.pairs.history import History
from foedus.engine import quarrel
from foedus.engine.standoff import Standoff
from foedus.engine.threat import foresee
from foedus.equations import crisis
from foedus.errors import LedgerError
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

    @staticmethod
    def of(name: str) -> Free:
        """Take a parameter's prior from the ledger. Raises LedgerError for one that declares none."""
        declared = load_ledger()[name]
        if declared.prior is None:
            msg = f"{declared.where}: {name} has no prior, so no record can be read on it"
            raise LedgerError(msg)
        prior = declared.prior
        return Free(name, prior.mean, prior.spread, declared.low, declared.high, declared.meaning)


OPPORTUNITY = (
    "challenge_cost",
    "cost_land_border",
    "cost_water_border",
    "cost_one_major",
    "cost_two_majors",
    "cost_size",
    "cost_distance",
    "cost_nearest",
    "cost_pact",
    "cost_democracy",
    "cost_claim",
    "log_stake",
    "log_stake_land",
)
TREE = (
    "back_down_cost",
    "yielding_cost",
    "limited_gain",
    "challenger_war_cost",
    "war_cost_relief",
    "target_nuclear_cost",
    "decisiveness",
    "balance_reliability",
)
MEMORY = (
    "hostility_decay",
    "hostility_from_dispute",
    "hostility_from_target",
    "hostility_of_rivals",
    "hostility_at_birth",
)
"""What hostility at the start of a year is computed with."""
HOSTILITY = ("hostility_weight", *MEMORY)


def free(names: Sequence[str]) -> tuple[Free, ...]:
    """Priors of some parameters."""
    return tuple(Free.of(name) for name in names)


STRUCTURE = free([*OPPORTUNITY, *(name for name in TREE if name != "war_cost_relief")])
WITH_HOSTILITY = free([*OPPORTUNITY, *TREE, *HOSTILITY])
FROM_DISPUTES = free([*OPPORTUNITY, *TREE, *(name for name in HOSTILITY if name != "hostility_of_rivals")])
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
    """Hostility of every row in both directions [2, n] at the start of its year, from what was before it (eq. 31).

    A pair starts at `hostility_at_birth`; a strategic rivalry keeps hostility from falling below its own level. Who
    began a dispute remembers it in full, the other side by a share (31b).
    """
    passed = quarrel.PairRecord(history.alive, history.dispute, history.began, history.war, history.rival)
    entered = np.stack(list(quarrel.remembered(passed, p)))
    return np.ascontiguousarray(entered[history.column, :, history.pair].T)


@dataclass(frozen=True)
class Facing:
    """What the two sides of some rows face, none of it estimated: [2, m] by direction, [m] by pair.

    power           log power of the challenger where it would fight
    alone, helped   log power of the target: alone, and with its defenders
    aided           1 when the target has a defender
    exposed         1 when the challenger is armed and a major power would help the target
    nuclear_helper, armed_target    1 when a nuclear power would help the target, when the target itself is armed
    known           covariates of opportunity and stake
    """

    power: Floats
    alone: Floats
    helped: Floats
    aided: Floats
    exposed: Floats
    nuclear_helper: Floats
    armed_target: Floats
    known: quarrel.Covariates


def face(pairs: DyadYears, rows: Integers) -> Facing:
    """Gather what some rows face, given their numbers [m]."""
    power, helpers = pairs.log_power[:, rows], pairs.helpers[:, rows]
    by_pair = ("land", "water", "one_major", "two_majors", "log_size", "log_distance", "log_nearest", "democracy")
    return Facing(
        power=power - pairs.fading[rows],
        alone=power[::-1],
        helped=np.log(np.exp(power[::-1]) + helpers),
        aided=(helpers > 0).astype(np.float64),
        exposed=pairs.armed[:, rows] * pairs.major_helper[:, rows],
        nuclear_helper=pairs.nuclear_helper[:, rows],
        armed_target=pairs.armed[::-1, rows],
        known=quarrel.Covariates(
            owes=pairs.owes[:, rows],
            claim=pairs.claim[rows],
            **{name: getattr(pairs, name)[rows] for name in by_pair},
        ),
    )


def solve(facing: Facing, p: Mapping[str, float], hostile: Floats | float = 0.0) -> crisis.Crisis[Floats]:
    """Solve the crisis tree in both directions, on the engine's own path.

    p        value of every parameter
    hostile  hostility of the rows by direction, [2, m], or none
    Returns chances, each [2, m].
    """
    wide: Any = p
    """the record is weighed in double precision, the engine's futures in single"""
    solved: crisis.Crisis[Any] = foresee(standoff(facing, p, hostile), wide)
    return solved


def standoff(facing: Facing, p: Mapping[str, float], hostile: Floats | float = 0.0) -> Standoff:
    """What a crisis turns on in both directions: what the engine's `describe` says of a pair, for a dyad-year."""
    stake = quarrel.stake(facing.known, p)
    fighting = crisis.cost_of_war(p["challenger_war_cost"], stake, p["war_cost_scaling"])
    described: dict[str, Any] = {
        "stake": stake,
        "value": stake,
        "log_challenger": facing.power,
        "log_alone": facing.alone,
        "log_helped": facing.helped,
        "at_start": facing.power - facing.alone,
        "inclination": p["intervention_baseline"] + p["pledge_weight"],
        "vulnerability": facing.exposed,
        "aided": facing.aided,
        "belief_ally": p["belief_at_start"],
        "belief_adversary": p["belief_at_start"],
        "reliable": p["belief_at_start"],
        "hostility": hostile,
        "challenge_cost": quarrel.cost_of_challenge(facing.known, p),
        "war_cost": crisis.cost_to_challenger(fighting, p["war_cost_relief"], hostile),
        "limited_cost": p["limited_cost"],
        "target_nuclear_cost": p["target_nuclear_cost"] * facing.armed_target,
        "guarantor_nuclear_cost": p["guarantor_nuclear_cost"] * facing.nuclear_helper,
        "recognition_gain": 0.0,
        "land": facing.known.land,
    }
    return Standoff(**described)


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
