"""What second guarantors would do and bring this year, and what pairs see of it (eqs 14, 49-51; R35)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.backing import Backing, gathered
from foedus.engine.calls import call_second
from foedus.engine.forces import Forces, joined, log_power
from foedus.engine.layout import Floats, Indices, entries, floats
from foedus.engine.models import fights
from foedus.engine.setting import Setting, rows
from foedus.engine.shapes import CaseFuture, HelperFuture, RowOnce
from foedus.engine.standoff import Others, Standoff, standing
from foedus.engine.state import State
from foedus.engine.support import Support
from foedus.equations import coalition, contest, intervention
from foedus.terms import Channel


@dataclass(frozen=True)
class Second:
    """What second guarantors would do this year; no cases where there are none."""

    fights: CaseFuture
    """chance that each fights in its case when of the reliable type"""
    chance: CaseFuture
    """chance that it does, given its true type"""
    share: HelperFuture
    """its share in what all second guarantors of its ally would bring"""
    spared: RowOnce
    """share of the challenger's chance of winning that all of them would take away, by pair"""
    seen: Others | None
    """what that comes to for each pair"""

    @staticmethod
    def none(setting: Setting) -> Second:
        """Nobody."""
        nothing = np.zeros((0, setting.futures), dtype=np.float32)
        return Second(nothing, nothing, nothing, np.zeros((setting.layout.counts.pairs, 1), dtype=np.float32), None)

    def left(self, pair: Indices, future: Indices, came: Floats, setting: Setting) -> Floats:
        """Share of the challenger's chance that is left once those that `came` fight, [n].

        came  [n, V] 1 where the second guarantor of that place fights
        """
        left, backing = np.ones_like(pair, dtype=np.float32), setting.layout.backing
        if self.seen is not None:
            event, place = entries(came > 0.0)
            link = backing.link[backing.case_at[pair[event], place]]
            fallen = self.spared[pair[event], future[event]] * self.share[link, future[event]]
            np.subtract.at(left, event, fallen)
        return left


def look(support: Support, standoffs: Standoff, forces: Forces, state: State, setting: Setting) -> Second:
    """Work out who else would come this year, and with what.

    standoffs  every pair, [P, F], as it is without second guarantors
    """
    p, backing = setting.p, setting.layout.backing
    if not len(backing):
        return Second.none(setting)
    brought = _brought(support, forces, state, setting)
    effect, spared = _effect(brought, standoffs, forces, setting)
    strength = brought.sum(axis=1)
    whole = gathered(strength, backing.by_ally, np.add)[backing.ally]
    share = np.asarray(strength / np.maximum(whole, 1e-9), dtype=np.float32)
    sends = np.asarray(p["second_open"] * (strength > 0.0), dtype=np.float32)
    reliable = floats(sends[backing.link] * _reliable_fights(floats(effect[backing.row]), support, state, setting))
    ally, adversary, true = (
        floats(intervention.promise(reliable, of_links[backing.link], p["unreliable_share"]))
        for of_links in (state.second_ally, state.second_adversary, state.reliable[backing.owner])
    )
    umbrella = np.minimum(support.second[:, Channel.NUCLEAR], 1.0)[backing.link]
    come = _any(ally, backing)
    expected = gathered(ally * share[backing.link], backing.by_pair, np.add)
    found = (
        come,
        _any(adversary, backing),
        _any(true, backing),
        spared * expected / np.maximum(come, 1e-6),
        _any(floats(ally * umbrella), backing) / np.maximum(come, 1e-6),
    )
    everywhere = np.zeros((6, setting.layout.counts.pairs, setting.futures), dtype=np.float32)
    everywhere[:, backing.pairs] = (*found, spared)
    return Second(reliable, true, share, everywhere[5], Others(*everywhere[:5]))


def _reliable_fights(effect: Floats, support: Support, state: State, setting: Setting) -> Floats:
    """Chance that each fights in its case when of the reliable type, [N, F]; by another model where one is plugged in.

    effect  [N, F] fall in the challenger's chance of winning if all second guarantors fight
    """
    p, backing = setting.p, setting.layout.backing
    of_case, own_enemy = backing.link, rows(state.hostility, backing.own_enemy)
    if setting.model is not None and (call := call_second(support, state, setting)) is not None:
        asked = call.each(lambda _, values: values.take(of_case, axis=0)).facing(own_enemy)
        return fights(setting.model, asked.against(effect, setting.exposure_of_second), p)
    return floats(
        intervention.chance_reliable_type_fights(
            _inclination(support, state, setting)[of_case] + intervention.enmity(own_enemy, p["enmity_weight"]),
            effect,
            p["help_weight"],
            setting.exposure_of_second,
            p["homeland_exposure_weight"],
        )
    )


def _any(chance: Floats, backing: Backing) -> Floats:
    """Chance that at least one comes, by pair with a case, [B, F], of chances by case, [N, F]."""
    return floats(1.0 - gathered(1.0 - chance, backing.by_pair, np.multiply))


def _inclination(support: Support, state: State, setting: Setting) -> Floats:
    """Log-odds that each fights when of the reliable type, before the challenger counts, [H, F]; as of any guarantor.

    Its politics, load and reputation are its own; tension and bought stakes are with the principal guarantor alone.
    """
    p, backing, level = setting.p, setting.layout.backing, support.second
    pull = intervention.audience(
        level[:, Channel.PLEDGE],
        support.second_troops,
        level[:, Channel.NUCLEAR],
        p["pledge_weight"],
        p["troops_weight"],
        p["umbrella_weight"],
    )
    return floats(
        intervention.inclination(
            p["intervention_baseline"],
            setting.second_stakes,
            p["stakes_weight"],
            pull,
            state.load[backing.owner],
            p["load_weight"],
            state.politics[backing.owner],
            p["politics_weight"],
            state.reputation[backing.owner],
            p["reputation_weight"],
            standing(setting.helpers.second, p),
        )
    )


def _brought(support: Support, forces: Forces, state: State, setting: Setting) -> Floats:
    """What each would bring, [H, D, F]: forward forces, and reinforcement in time, as of any guarantor.

    Of a fellow member of the ally's pool, what the pool already counts on is left out.
    """
    p, layout = setting.p, setting.layout
    links = layout.backing.links
    forward = coalition.share_forward(support.second_troops, layout.states.personnel[links.guarantor, None] * 1000.0)
    coming = coalition.share_coming(
        support.second[:, Channel.REINFORCEMENT],
        p["reinforcement_share"],
        setting.delay_of_second,
        1.0,
        1.0,
        p["access_reach"],
    )
    pool = np.where(layout.pool_of[links.guarantor] == layout.pool_of[links.ally], layout.pool_of[links.ally], -1)
    fellow = (pool >= 0) & (pool < layout.counts.pools)
    counted = rows(state.resolve, np.where(fellow, pool, layout.counts.pools)) * p["pool_open"]
    counted = counted * state.membership[links.guarantor] * state.membership[links.ally]
    share = (np.asarray(forward) + coming) * (1.0 - counted)
    return np.asarray(forces.effective.take(links.guarantor, axis=0) * floats(share)[:, None], dtype=np.float32)


def _effect(brought: Floats, standoffs: Standoff, forces: Forces, setting: Setting) -> tuple[Floats, Floats]:
    """Fall in the challenger's chance of winning if all of them fight, [B, F], and the share of it that this is."""
    p, layout = setting.p, setting.layout
    backing = layout.backing
    together = gathered(brought, backing.by_ally, np.add)
    helped = log_power(joined(forces.pooled.take(backing.allies, axis=0), together, setting))
    theatre, target = layout.theatre[backing.pairs], layout.target[backing.pairs]
    log_helped = helped[theatre, np.searchsorted(backing.allies, target)]
    challenger, alone, at_start = (
        values.take(backing.pairs, axis=0)
        for values in (standoffs.log_challenger, standoffs.log_alone, standoffs.at_start)
    )
    log_helped = np.maximum(log_helped, alone)
    wins, effect = contest.contest_with_help(
        challenger,
        alone,
        log_helped,
        at_start,
        p["balance_reliability"],
        p["decisiveness"],
        np.log(p["defender_edge"]),
    )
    return floats(effect), floats(effect / np.maximum(wins, 1e-6))
