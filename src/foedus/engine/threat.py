"""How every pair looks this year: who would win, who would help, what each would do (eqs 7-18)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from foedus.engine.fronts import ends_in_first
from foedus.engine.layout import Floats, floats
from foedus.engine.models import InterventionModel, fights
from foedus.engine.setting import Setting
from foedus.engine.shapes import RowFuture, StateFuture
from foedus.engine.standoff import Chosen, Standoff
from foedus.engine.state import State
from foedus.equations import contest, crisis, guarantor, hostility, intervention, war


@dataclass(frozen=True)
class Outlook:
    """What follows from a standoff; rows as there."""

    win_alone: RowFuture
    """challenger's chance of winning if the guarantor stays out"""
    help_effect: RowFuture
    """fall in that chance if it fights"""
    reliable_fights: RowFuture
    """chance that a reliable guarantor fights"""
    promise: RowFuture
    """true chance that it fights"""
    promise_ally: RowFuture
    """as the ally believes"""
    promise_adversary: RowFuture
    """as the challenger believes"""
    helped: RowFuture
    """true chance that anybody fights: the guarantor, or a second one"""
    crisis: Annotated[crisis.Crisis[Floats], "R F"]
    """chances at each move, as beliefs have them"""
    loss_conceded: RowFuture
    """yearly loss to be expected by conceding"""
    loss_fought: RowFuture
    """by fighting, with the true promise"""
    loss_limited: RowFuture
    """the part of it that is from force short of war"""
    loss_own: RowFuture
    """yearly loss of the challenger by the wars and strikes that it starts"""

    def gathered(self, chosen: Chosen) -> Foreseen:
        """Pick what each state foresees of its chosen pair."""
        picked = (
            self.win_alone,
            self.promise,
            self.promise_ally,
            self.promise_adversary,
            self.crisis.challenge,
            self.crisis.attack,
            self.crisis.perceived_loss,
        )
        return Foreseen(*(chosen.from_(values) for values in picked))


def chance_of_war(outlook: Outlook) -> Floats:
    """Chance of each pair, [P, F], in a year, of a crisis that becomes war."""
    crisis = outlook.crisis
    return np.asarray(crisis.challenge * (1.0 - crisis.concession) * crisis.attack, dtype=np.float32)


@dataclass(frozen=True)
class Foreseen:
    """What follows for each state from its worst challenger: 0 where it faces nobody."""

    win_alone: StateFuture
    """chance that the challenger wins if the guarantor stays out"""
    promise: StateFuture
    """true chance that the guarantor fights"""
    promise_ally: StateFuture
    """as the ally believes"""
    promise_adversary: StateFuture
    """as the challenger believes"""
    challenge: StateFuture
    """chance in a year that a crisis opens"""
    attack: StateFuture
    """chance of an attack once resisted"""
    perceived_loss: StateFuture
    """yearly loss as the target expects it"""


def judge(standoff: Standoff, p: Mapping[str, Floats], model: InterventionModel | None = None) -> Outlook:
    """Solve a standoff: contest, intervention, belief, crisis tree, losses (eqs 7, 9, 14-18). All arrays broadcast.

    model  of who fights, in the place of eq. (14); None for that equation
    """
    alone, effect = _contest(standoff, p)
    reliable = _reliable_fights(standoff, effect, p, model)
    solved, ally, adversary = _solved(standoff, alone, effect, reliable, p)
    true = intervention.promise(reliable, standoff.reliable, p["unreliable_share"])
    limited = _loss_by_limited_force(standoff, p)
    in_war = _loss_in_first_year(standoff, _wins(standoff, alone, floats(true * effect)), p)
    conceded, fought = crisis.losses(solved, p["demand_share"] * standoff.value, in_war, limited)
    resisted = solved.challenge * (1.0 - solved.concession)
    return Outlook(
        alone,
        effect,
        reliable,
        floats(true),
        ally,
        adversary,
        _somebody(standoff, floats(true)),
        solved,
        floats(conceded),
        floats(fought),
        loss_limited=floats(resisted * solved.limited_force * limited),
        loss_own=floats(resisted * _loss_of_attacker(standoff, solved, p)),
    )


def attacked(outlook: Outlook, standoffs: Standoff, ordered: NDArray[np.bool_], p: Mapping[str, Floats]) -> Outlook:
    """The same outlook where challengers go to war because a scenario says so.

    ordered  [P] pairs in which they do
    """
    alone, fall = outlook.win_alone, floats(outlook.promise * outlook.help_effect)
    lost = _loss_in_first_year(standoffs, _wins(standoffs, alone, fall), p)
    nothing, sure = np.zeros_like(alone), np.ones_like(alone)
    solved = crisis.Crisis(sure, nothing, sure, nothing, lost)
    kept = (np.where(ordered[:, None], now, before) for before, now in zip(outlook.crisis, solved, strict=True))
    figures = {
        "loss_conceded": nothing,
        "loss_fought": lost,
        "loss_limited": nothing,
        "loss_own": _loss_of_attacker(standoffs, solved, p),
    }
    changed = {name: np.where(ordered[:, None], now, getattr(outlook, name)) for name, now in figures.items()}
    return replace(outlook, crisis=crisis.Crisis(*kept), **changed)


def _wins(standoff: Standoff, alone: Floats, fall: Floats) -> Floats:
    """Chance that the challenger wins, less the `fall` that its guarantor's help brings, and what others take."""
    others = standoff.others
    return floats(alone - fall) if others is None else floats((alone - fall) * (1.0 - others.true * others.spared))


def _somebody(standoff: Standoff, true: Floats) -> Floats:
    others = standoff.others
    return true if others is None else floats(intervention.chance_of_somebody(true, others.true))


def _years_of_war(p: Mapping[str, Floats]) -> Floats:
    years: Floats = floats(war.mean_years(ends_in_first(p), p["war_ends_second"], p["war_ends_later"]))
    return years


def _loss_in_first_year(standoff: Standoff, win: Floats, p: Mapping[str, Floats]) -> Floats:
    """What the target loses in the year in which a war breaks out, in stakes: ground, and that year of its cost."""
    cost = crisis.cost_of_war(p["target_war_cost"], standoff.value, p["war_cost_scaling"])
    ground = war.ground_in_first_year(win, ends_in_first(p), p["front_pace"])
    return floats(standoff.value * ground + cost / _years_of_war(p))


def _loss_by_limited_force(standoff: Standoff, p: Mapping[str, Floats]) -> Floats:
    return floats(
        war.loss_by_limited_force(
            p["limited_damage"],
            standoff.land,
            p["grab_share"],
            p["grab_ground"],
            standoff.value,
            p["blockade_share"],
            p["blockade_product"],
            p["stake_share_of_gdp"],
        )
    )


def _loss_of_attacker(standoff: Standoff, solved: crisis.Crisis[Floats], p: Mapping[str, Floats]) -> Floats:
    cost = crisis.cost_of_war(p["challenger_war_cost"], standoff.stake, p["war_cost_scaling"])
    loss = war.loss_of_attacker(
        solved.attack, cost / _years_of_war(p), solved.limited_force, p["force_answered"], p["limited_damage"]
    )
    return floats(p["own_war_counts"] * loss)


def first_front(win: Floats, p: Mapping[str, Floats]) -> Floats:
    """Share of the issue that the attacker holds after the year in which a war breaks out, if it goes on."""
    return floats(war.ground_in_first_year(win, 0.0, p["front_pace"]))


def foresee(
    standoff: Standoff, p: Mapping[str, Floats], model: InterventionModel | None = None
) -> crisis.Crisis[Floats]:
    """What both sides would do in a standoff that may never come: as `judge`, without what is truly lost."""
    alone, effect = _contest(standoff, p)
    return _solved(standoff, alone, effect, _reliable_fights(standoff, effect, p, model), p)[0]


def _contest(standoff: Standoff, p: Mapping[str, Floats]) -> tuple[Floats, Floats]:
    """Chance that the challenger wins alone, and how far the guarantor's help lowers it."""
    alone, effect = contest.contest_with_help(
        standoff.log_challenger,
        standoff.log_alone,
        standoff.log_helped,
        standoff.at_start,
        p["balance_reliability"],
        p["decisiveness"],
        np.log(p["defender_edge"]),
    )
    return floats(alone), floats(effect)


def _reliable_fights(
    standoff: Standoff, effect: Floats, p: Mapping[str, Floats], model: InterventionModel | None
) -> Floats:
    if model is not None and standoff.call is not None:
        other: Floats = standoff.aided * fights(model, standoff.call.against(effect, standoff.vulnerability), p)
        return other
    ours: Floats = standoff.aided * intervention.chance_reliable_type_fights(
        standoff.inclination, effect, p["help_weight"], standoff.vulnerability, p["homeland_exposure_weight"]
    )
    return ours


def _solved(
    standoff: Standoff, alone: Floats, effect: Floats, fights: Floats, p: Mapping[str, Floats]
) -> tuple[crisis.Crisis[Floats], Floats, Floats]:
    """The solved tree, and the promise as ally and adversary see it."""
    ally, adversary = (
        floats(intervention.promise(fights, belief, p["unreliable_share"]))
        for belief in (standoff.belief_ally, standoff.belief_adversary)
    )
    effect, seen_by_adversary, seen_by_ally, nuclear_cost = _with_others(standoff, (alone, effect), ally, adversary, p)
    solved = crisis.solve(
        stake=standoff.stake,
        win_alone=alone,
        help_effect=effect,
        promise_seen_by_challenger=seen_by_adversary,
        promise_seen_by_target=seen_by_ally,
        hostility=standoff.hostility,
        challenger_war_cost=standoff.war_cost,
        target_war_cost=crisis.cost_of_war(p["target_war_cost"], standoff.stake, p["war_cost_scaling"]),
        guarantor_nuclear_cost=nuclear_cost,
        target_nuclear_cost=standoff.target_nuclear_cost,
        recognition_gain=standoff.recognition_gain,
        limited_gain=p["limited_gain"],
        limited_cost=standoff.limited_cost,
        limited_damage=p["limited_damage"],
        demand_share=p["demand_share"],
        challenge_cost=standoff.challenge_cost,
        back_down_cost=p["back_down_cost"],
        audience_cost=p["yielding_cost"] * standoff.stake,
        hostility_weight=p["hostility_weight"],
        precision=p["precision"],
    )
    return crisis.Crisis(*(floats(entry) for entry in solved)), ally, adversary


def _with_others(
    standoff: Standoff, outcome: tuple[Floats, Floats], ally: Floats, adversary: Floats, p: Mapping[str, Floats]
) -> tuple[Floats, Floats, Floats, Floats]:
    """What the tree turns on when others may come too: help's effect, both promises, nuclear cost (eqs 49-51).

    outcome          chance that the challenger wins alone, and the principal guarantor's effect on it
    ally, adversary  chance that this one fights, as each believes
    """
    alone, effect = outcome
    others, cost = standoff.others, standoff.guarantor_nuclear_cost
    if others is None:
        return effect, adversary, ally, cost
    umbrella = floats(p["guarantor_nuclear_cost"] * others.umbrella)
    return (
        floats(intervention.help_of_somebody(alone, effect, ally, others.ally, others.spared)),
        floats(intervention.chance_of_somebody(adversary, others.adversary)),
        floats(intervention.chance_of_somebody(ally, others.ally)),
        floats(intervention.umbrella_of_somebody(cost, adversary, umbrella, others.adversary)),
    )


def worst_pair(loss: Floats, setting: Setting) -> Chosen:
    """The challenger that threatens each state most."""
    return Chosen.of(setting.layout.faced.which(loss), setting.layout)


def total_faced(values: Floats, setting: Setting) -> Floats:
    """Sum of a pair quantity over the challengers each state faces, [S, F]; 0 when none."""
    return setting.layout.by_target(values)


def most_faced(values: Floats, setting: Setting) -> Floats:
    """Largest of a pair quantity, never below zero, over the challengers each state faces, [S, F]; 0 when none."""
    return setting.layout.faced.most(values)


def total_posed(values: Floats, setting: Setting) -> Floats:
    """Sum of a pair quantity over the targets each state could challenge, [S, F]; 0 when none."""
    return setting.layout.by_challenger(values)


def cohesion(outlook: Outlook, state: State, setting: Setting) -> Floats:
    """Share of its neighbours that would stand together against each state, [S, F] (eq. 33, R20)."""
    p, layout = setting.p, setting.layout
    joins = hostility.chance_of_balancing(
        state.hostility + outlook.win_alone,
        outlook.win_alone,
        p["balancing_risk"],
        setting.balancing_distance,
        p["balancing_precision"],
    )
    targets = np.bincount(layout.challenger, minlength=layout.counts.states).astype(np.float32)
    return np.asarray(total_posed(floats(joins), setting) / np.maximum(targets, 1.0)[:, None], dtype=np.float32)


def chance_involved(outlook: Outlook, setting: Setting) -> Floats:
    """Chance in a year that a guarantor is drawn into a war of each state, attacked or attacking, [S, F] (eq. 38)."""
    crisis, layout = outlook.crisis, setting.layout
    defending, entrapped = (
        floats(guarantor.involvement(crisis.challenge, crisis.concession, crisis.attack, chance))
        for chance in (outlook.promise, layout.sponsored * setting.p["entrapment_share"])
    )
    return np.asarray(layout.by_target(defending) + layout.by_challenger(entrapped))
