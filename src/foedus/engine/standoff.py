"""What a crisis of every pair would turn on this year: power, stakes, beliefs, costs (eqs 4-14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.engine.calls import call_principal
from foedus.engine.forces import Forces
from foedus.engine.fronts import absent
from foedus.engine.layout import Floats, Indices, Layout, floats
from foedus.engine.models import Call, HelperFacts
from foedus.engine.setting import Setting, rows
from foedus.engine.shapes import RowFuture, RowOnce, StateFuture, StateFutureIndex, StateIndex
from foedus.engine.state import RECOGNITION_AT_START, State
from foedus.engine.support import Support
from foedus.engine.toll import without_tied
from foedus.equations import accommodation, crisis, intervention
from foedus.equations.choice import Number
from foedus.terms import Channel, NuclearStatus, PairClass

OF_TARGET = (
    "belief_ally",
    "belief_adversary",
    "reliable",
    "target_nuclear_cost",
    "guarantor_nuclear_cost",
)
"""What is the same in a standoff whoever challenges."""


@dataclass(frozen=True)
class Others:
    """What second guarantors add to a standoff (R35); rows as there."""

    ally: RowFuture
    """chance that any of them fights, as the ally believes"""
    adversary: RowFuture
    """as the challenger believes"""
    true: RowFuture
    """the true one"""
    spared: RowFuture
    """share of the challenger's chance of winning that those take away who come"""
    umbrella: RowFuture
    """nuclear channel of those who come, 0-1"""


@dataclass(frozen=True)
class Standoff:
    """What a crisis between challenger and target would turn on; rows are pairs, states once gathered, or wider."""

    stake: RowFuture
    """what they quarrel about, as both weigh it when they choose"""
    value: RowFuture
    """what the target loses if it loses all of it"""
    log_challenger: RowFuture
    """log of the challenger's power where it would be used"""
    log_alone: RowFuture
    """log of the target's power without the guarantor"""
    log_helped: RowFuture
    """log of the target's power with the guarantor"""
    at_start: RowFuture
    """log of the challenger's power over the target's own, without pool and guarantor, when the run began"""
    inclination: RowFuture
    """log-odds that the reliable guarantor fights, before what its help changes and its exposure count"""
    vulnerability: RowFuture
    """how exposed the guarantor's homeland is to the challenger, 0-1"""
    aided: RowOnce
    """1 when a guarantor could fight"""
    belief_ally: RowFuture
    belief_adversary: RowFuture
    reliable: RowFuture
    """1 when the guarantor truly is of the reliable type"""
    hostility: RowFuture
    challenge_cost: RowFuture
    war_cost: RowFuture
    """challenger's, less what a sure patron underwrites (R23)"""
    limited_cost: RowFuture
    """the same for limited force"""
    target_nuclear_cost: RowFuture
    guarantor_nuclear_cost: RowFuture
    recognition_gain: RowFuture
    land: RowOnce
    """1 where the two touch by land"""
    others: Others | None = None
    """what second guarantors add; None where nobody has any"""
    call: Call | None = None
    """what another model reads of the guarantor, where one is plugged in; as of no challenger yet"""

    def gathered(self, chosen: Chosen) -> Standoff:
        """Pick, for each state and future, one pair: arrays [S, F]."""
        return self._each(lambda name, values: chosen.of_target(values) if name in OF_TARGET else chosen.from_(values))

    def of(self, states: Indices) -> Standoff:
        """The standoffs of `states` [N] alone, [N, F], out of [S, F]."""
        return self._each(lambda _, values: values.take(states, axis=0))

    def at(self, row: np.ndarray, column: np.ndarray) -> Standoff:
        """Pick entries, [n], of arrays [S, F]: rows and futures, [n] each."""
        place = row * self.log_alone.shape[1] + column
        return self._each(lambda _, values: values.reshape(-1).take(place))

    def but(self, **changed: Floats) -> Standoff:
        """Return the same standoff with some arrays changed."""
        return Standoff(**(vars(self) | changed))

    def valued(self, more: Floats, weight: Floats) -> Standoff:
        """The same standoff once the guarantor has more stakes in the target.

        more    stakes added, [R, F]
        weight  log-odds per unit of stakes, [F]
        """
        call = replace(self.call, stakes=self.call.stakes + more) if self.call else None
        return replace(self, inclination=floats(self.inclination + weight * more), call=call)

    def _each(self, pick: Callable[[str, Floats], Floats]) -> Standoff:
        """Return the standoff whose arrays `pick` makes of the names and values of these."""
        others, call = self.others, self.call
        own = {name: values for name, values in vars(self).items() if name not in ("others", "call")}
        picked = {name: pick(name, values) for name, values in own.items()}
        theirs = Others(**{name: pick("others", values) for name, values in vars(others).items()}) if others else None
        return Standoff(**picked, others=theirs, call=call.each(pick) if call else None)


@dataclass(frozen=True)
class Chosen:
    """One pair for each state and future."""

    pair: StateFutureIndex
    """index over pairs, any where there is none"""
    place: StateFutureIndex
    """where that pair and future lie in an array [P, F] laid flat"""
    some: StateFuture
    """1, or 0 where there is none"""
    any: StateIndex
    """some pair of each state, the same in all futures; any where it faces nobody"""

    @staticmethod
    def of(index: Indices, layout: Layout) -> Chosen:
        """Choose pairs `index` [S, F]; the number of pairs stands for none."""
        count, width = layout.counts.pairs, index.shape[1]
        pair, some = np.minimum(index, count - 1), (index < count).astype(np.float32)
        return Chosen(pair, pair * width + np.arange(width), some, layout.first_faced)

    def of_target(self, values: Floats) -> Floats:
        """The same for `values` [P, F] that do not differ between the pairs of one target."""
        picked: Floats = values.take(self.any, axis=0)
        picked *= self.some
        return picked

    def from_(self, values: Floats) -> Floats:
        """Entries of `values`, [P, F] or [P, 1], for the chosen pairs, [S, F]; 0 where there is none."""
        place = self.place if values.shape[1] == self.place.shape[1] else self.pair
        picked: Floats = values.reshape(-1).take(place)
        picked *= self.some
        return picked


@dataclass(frozen=True)
class Since:
    """How things stood in the first year, from which changes are counted."""

    balance: RowFuture
    """log of each challenger's power over its target's own"""
    cohesion: StateFuture
    """share of its neighbours that would stand together against each state"""


def describe(support: Support, forces: Forces, state: State, since: Since | None, setting: Setting) -> Standoff:
    """Describe every directed pair, [P, F].

    since  how things stood in the first year; None in that year

    The record of disputes speaks of states as they were, patrons, neighbours and all. What it did not measure
    therefore enters as a change from the start.
    """
    p, layout = setting.p, setting.layout
    own, pooled, helped = (
        log.reshape(-1, setting.futures) for log in (forces.log_own, forces.log_pooled, forces.log_helped)
    )
    alone = _where(layout.same_pool, own, pooled, layout.target_power)
    gain_of_power = np.log(accommodation.challenger_gain(state.conceded, p["power_shift"]))
    patron = _patron(support, state, setting)
    armed = (state.nuclear >= NuclearStatus.ARMED) | (layout.states.warheads > 0.0)[:, None]
    borne = 1.0 - p["moral_hazard"] * layout.emboldened * patron.sure
    left = 1.0 - state.conceded
    challenger = own.take(layout.challenger_power, axis=0) - setting.pair_fading + gain_of_power
    challenger = absent(challenger, state.fronts, forces.total, setting)
    challenger = without_tied(challenger, state, setting)
    united = state.cohesion - since.cohesion if since else np.zeros_like(state.cohesion)
    stake = _single(setting.stakes * left)
    fighting = crisis.cost_of_war(p["challenger_war_cost"], stake, p["war_cost_scaling"])
    umbrella = rows(support.channel(Channel.NUCLEAR), layout.target_link)
    guarantor_of_link = np.append(layout.link_guarantor, 0)
    reliable = state.reliable[guarantor_of_link][layout.target_link]
    own_enemy = rows(state.hostility, layout.own_enemy)
    return Standoff(
        stake=stake,
        value=_single(setting.values * left),
        log_challenger=challenger,
        log_alone=alone,
        log_helped=_where(layout.aided > 0.0, helped, pooled, layout.target_power),
        at_start=since.balance if since else challenger - own.take(layout.target_power, axis=0),
        inclination=floats(
            rows(inclination(support, state, setting), layout.target_link)
            + intervention.enmity(own_enemy, p["enmity_weight"])
        ),
        vulnerability=setting.vulnerability,
        aided=layout.aided,
        belief_ally=rows(state.belief_ally, layout.target_link),
        belief_adversary=rows(state.belief_adversary, layout.target_link),
        reliable=reliable,
        hostility=state.hostility,
        challenge_cost=_challenge_cost(patron.protects, united, setting),
        war_cost=floats(crisis.cost_to_challenger(fighting * borne, p["war_cost_relief"], state.hostility)),
        limited_cost=p["limited_cost"] * borne,
        target_nuclear_cost=p["target_nuclear_cost"] * armed.take(layout.target, axis=0),
        guarantor_nuclear_cost=p["guarantor_nuclear_cost"] * np.minimum(umbrella, 1.0),
        recognition_gain=_recognition_gain(state, setting),
        land=setting.known.land,
        call=_call(support, own_enemy, state, setting),
    )


def _call(support: Support, own_enemy: Floats, state: State, setting: Setting) -> Call | None:
    """What another model reads of each pair's guarantor, where one is plugged in."""
    call = call_principal(support, state, setting)
    if call is None:
        return None
    return call.each(lambda _, values: rows(values, setting.layout.target_link)).facing(own_enemy)


@dataclass(frozen=True)
class _Patron:
    """What the challenger's own patron does, less what it did at the start, [P, F] each."""

    protects: Floats
    """level of the pledge"""
    sure: Floats
    """that, times how far the challenger believes in it"""


def _patron(support: Support, state: State, setting: Setting) -> _Patron:
    layout = setting.layout
    pledged = np.minimum(rows(support.channel(Channel.PLEDGE), layout.challenger_link), 1.0)
    at_start = np.minimum(rows(layout.links.channels[:, Channel.PLEDGE], layout.challenger_link), 1.0)[:, None]
    believed = rows(state.belief_ally, layout.challenger_link) * pledged
    return _Patron(pledged - at_start, _single(believed - setting.p["belief_at_start"] * at_start))


def inclination(support: Support, state: State, setting: Setting) -> Floats:
    """Log-odds that each link's guarantor fights when of the reliable type, before the challenger counts, [L, F]."""
    p, layout = setting.p, setting.layout
    of_link = layout.link_guarantor
    pull = intervention.audience(
        support.channel(Channel.PLEDGE),
        support.troops,
        support.channel(Channel.NUCLEAR),
        p["pledge_weight"],
        p["troops_weight"],
        p["umbrella_weight"],
    )
    return np.asarray(
        intervention.inclination(
            p["intervention_baseline"],
            support.stakes,
            p["stakes_weight"],
            pull,
            state.load[of_link],
            p["load_weight"],
            state.politics[of_link],
            p["politics_weight"],
            state.reputation[of_link],
            p["reputation_weight"],
            standing(setting.helpers.principal, p),
        ),
        dtype=np.float32,
    )


def standing(facts: HelperFacts, p: Mapping[str, Floats]) -> Floats:
    """Log-odds of what each helper is and where, [R, F], of facts on helpers by link [R, 1] (eq. 13a)."""
    return floats(
        intervention.standing(facts.capability, p["capability_weight"], facts.contiguous, p["contiguity_weight"])
    )


def _where(first: NDArray[np.bool_], log: Floats, other: Floats, row: Indices) -> Floats:
    """Rows `row` of `log` for the pairs of `first` [P, 1], of `other` for the rest, [P, F]."""
    chosen: Floats = other.take(row, axis=0)
    pairs = np.flatnonzero(first)
    chosen[pairs] = log.take(row[pairs], axis=0)
    return chosen


def _challenge_cost(protected: Floats, united: Floats, setting: Setting) -> Floats:
    p = setting.p
    restraint = p["patron_restraint"] * protected
    balance = p["balancing_effect"] * united.take(setting.layout.challenger, axis=0)
    return _single(setting.challenge_cost + restraint + balance + setting.remedy("channels"))


def _recognition_gain(state: State, setting: Setting) -> Floats:
    """What a rival that is recognised less than at the start hopes to add by force, [P, F] (R19)."""
    rival = (setting.layout.pair_class == PairClass.RIVAL)[:, None]
    return _single(setting.p["recognition_weight"] * (RECOGNITION_AT_START - state.recognition) * rival)


def _single(values: Number) -> Floats:
    return np.asarray(values, dtype=np.float32)
