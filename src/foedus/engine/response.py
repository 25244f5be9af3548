"""Last blocks: the guarantor answers its own account (eqs 12, 29, 30, 36; R14-R16, R23, R27), and the year closes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.crises import promises
from foedus.engine.layout import Floats, floats
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.engine.support import CHANNEL_SPEED, per_guarantor
from foedus.engine.threat import chance_of_war, cohesion
from foedus.equations import guarantor, intervention
from foedus.equations.choice import at_least
from foedus.terms import Channel, Patron

_SPEED = np.array([CHANNEL_SPEED[channel.key] for channel in Channel], dtype=np.float32)[:, None]


def adjust_support(situation: Situation, state: State, setting: Setting) -> State:
    """Drift, tension, access, reputation and load for next year."""
    p, layout, support = setting.p, setting.layout, situation.support
    honoured, reneged = promises(state.moves.events, setting)
    granted = layout.links.access[:, None] * support.relative[:, Channel.TROOPS].clip(0.0, 1.0)
    granted = granted * (1.0 - p["alignment_access"] * state.alignment[Patron.RIVAL])
    saved = _saved(situation, setting)
    fighting = state.wars[layout.guarantors] + p["entrapment_load"] * situation.account.involvement
    capacity = p["load_capacity"] * (1.0 + p["savings_weight"] * np.maximum(saved, 0.0))
    return replace(
        state,
        drift=_drift(situation, state, setting),
        tension=_tension(situation, state, setting),
        access=floats(guarantor.access_next(state.access, granted, p["access_speed"])),
        reputation=floats(guarantor.reputation_next(state.reputation, honoured, reneged, p["reputation_persistence"])),
        load=np.clip(intervention.load(fighting, capacity), 0.0, 5.0),
        savings=np.asarray(saved, dtype=np.float32),
        relative=support.relative,
    )


def carry_over(situation: Situation, state: State, setting: Setting) -> State:
    """What next year looks back on: who stands with whom, equipment out of action, peace so far, this year's threat."""
    return replace(
        state,
        cohesion=cohesion(situation.outlook, state, setting),
        outage=situation.forces.outage,
        peace=state.peace * (1.0 - chance_of_war(situation.outlook)),
        threat=situation.pressure.threat,
    )


def _drift(situation: Situation, state: State, setting: Setting) -> Floats:
    """Departure of each channel from the announced posture, [L, C, F] (eq. 29)."""
    p, layout, policy = setting.p, setting.layout, setting.policy
    allies, of_link = layout.links.ally, layout.link_guarantor
    threat_change = (situation.pressure.threat - situation.origin.pressure.threat)[allies]
    share = state.share[allies]
    share_first = layout.states.defence_share[allies][:, None]
    burden = share - share_first + policy.conditional * (share_first - p["burden_target"])
    pull = guarantor.pull_on_posture(
        (situation.account.worth - situation.origin.account.worth),
        np.clip(burden * 100.0, -3.0, 3.0),
        p["burden_weight"] * (1.0 + policy.conditional),
        threat_change * situation.support.stakes,
        p["threat_pull"],
        state.politics[of_link],
        p["politics_pull"],
        state.load[of_link],
        p["load_pull"],
    )
    size = p["feedback_size"] * (1.0 + 2.0 * policy.conditional)
    return np.asarray(guarantor.drift_next(state.drift, floats(pull)[:, None], size, _SPEED))


def _tension(situation: Situation, state: State, setting: Setting) -> Floats:
    p = setting.p
    cut = floats(at_least(-situation.support.change, 0.0)).sum(axis=1)
    tension: Floats = floats(
        guarantor.tension_next(
            state.tension,
            cut,
            p["tension_from_cuts"],
            (p["burden_target"] - state.share[setting.layout.links.ally]) * 100.0,
            p["tension_from_burden"],
            p["tension_fading"],
        )
    )
    return tension


def _saved(situation: Situation, setting: Setting) -> Floats:
    """Share of the cost of its guarantees that each guarantor has saved since the start, [G, F]."""
    now, first = (per_guarantor(x.cost, setting) for x in (situation.account, situation.origin.account))
    return np.clip(1.0 - now / np.maximum(np.abs(first), 1e-3), -1.0, 1.0)
