"""What each force is worth this year, and power in each theatre (eqs 1-6, 35, 40; R05-R07, R11-12, R25-26)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.engine.layout import Floats, Indices, floats
from foedus.engine.setting import Setting, rows
from foedus.engine.shapes import StateDomainFuture, StateFuture, TheatreStateFuture
from foedus.engine.state import State
from foedus.engine.support import Support
from foedus.equations import capability, coalition, contest
from foedus.terms import Channel, Domain


@dataclass(frozen=True)
class Forces:
    """Effective capability and power; last axis F."""

    completeness: StateFuture
    """C4ISR completeness"""
    outage: StateFuture
    """share of dependent equipment out of action"""
    effective: StateDomainFuture
    """billion USD that can fight"""
    pooled: StateDomainFuture
    """with what the pool is expected to send"""
    pool_help: StateDomainFuture
    """what the pool is expected to send"""
    guarantor_help: StateDomainFuture
    """what the guarantor would bring; 0 without one"""
    log_own: TheatreStateFuture
    """log power alone"""
    log_pooled: TheatreStateFuture
    """log power with the pool"""
    log_helped: TheatreStateFuture
    """log power with pool and guarantor"""

    @cached_property
    def partners(self) -> StateFuture:
        """Billion USD that the pool is expected to send, over all domains."""
        return np.asarray(self.pool_help.sum(axis=1))

    @cached_property
    def total(self) -> StateFuture:
        """Billion USD that can fight, over all domains."""
        return np.asarray(self.effective.sum(axis=1))


def muster(support: Support, state: State, threat_first: Floats, setting: Setting) -> Forces:
    """Work out every state's forces.

    threat_first  [S, F] the first year's threat: readiness falls as duties pass those of the start
    """
    completeness = complete(support, state, setting)
    outage = _outage(support, state, setting)
    condition = _condition(support, state, threat_first, setting)
    effective = _shielded(_effective(completeness, outage, condition, state, setting), support, setting)
    pool_help = _pool_help(effective, state, setting)
    friction = _pool_friction(state, setting)
    pooled = floats(coalition.joined(effective, pool_help, friction[:, None]))
    help_there = _guarantor_help(effective, support, state, setting)
    return Forces(
        completeness=completeness,
        outage=outage,
        effective=effective,
        pooled=pooled,
        pool_help=pool_help,
        guarantor_help=help_there,
        log_own=log_power(effective),
        log_pooled=log_power(pooled),
        log_helped=log_power(joined(pooled, help_there, setting)),
    )


def without_pool(forces: Forces, states: Indices, setting: Setting) -> Floats:
    """Log power of `states` [N] with the guarantor but without the pool, [T, N, F]."""
    return log_power(joined(forces.effective[states], forces.guarantor_help[states], setting))


def joined(forces: Floats, help_there: Floats, setting: Setting) -> Floats:
    """Forces once a guarantor's fight beside them, [S, D, F]; never less than alone (eq. 5)."""
    together = contest.coalition_friction(coalition.PATRON_FIT, np.float32(2.0), setting.p["friction"])
    return np.asarray(coalition.joined(forces, help_there, together), dtype=np.float32)


def log_power(forces: Floats) -> Floats:
    """Log power by theatre of forces [S, D, F]: [T, S, F] (eq. 6)."""
    land, air, maritime, c4isr = np.moveaxis(forces, 1, 0)
    return np.asarray(contest.log_power(land, air, maritime, c4isr, contest.THEATRE_WEIGHTS.T[:, :, None, None]))


def complete(support: Support, state: State, setting: Setting) -> Floats:
    """C4ISR completeness of every state, [S, F] (eqs 1, 40)."""
    p, layout = setting.p, setting.layout
    land, air, maritime, c4isr = np.moveaxis(state.stock, 1, 0)
    needed = floats(capability.c4isr_needed(land, air, maritime, p["c4isr_need"]))
    intelligence = rows(support.channel(Channel.INTELLIGENCE), layout.link_of)
    framework = setting.remedy("intelligence") * state.membership
    return np.asarray(
        capability.c4isr_completeness(
            c4isr,
            needed,
            intelligence + framework / np.maximum(p["intelligence_value"], 1e-3),
            p["intelligence_value"],
            _enabler_cap(support, state, needed, setting),
        ),
        dtype=np.float32,
    )


def _enabler_cap(support: Support, state: State, needed: Floats, setting: Setting) -> Floats:
    """Ceiling on completeness, [S, F]: a pool shares its enablers, the guarantor lends its own (R12)."""
    p, layout = setting.p, setting.layout
    own = state.stock[:, Domain.C4ISR] + state.enablers
    total_own, total_need = (layout.by_pool(x * state.membership) for x in (own, needed))
    shared = rows(floats(capability.enablers_over_need(total_own, total_need)), layout.pool_of)
    at_hand = capability.enablers_at_hand(
        capability.enablers_over_need(own, needed),
        shared * (state.membership > 0.5),
        rows(support.channel(Channel.REINFORCEMENT), layout.link_of),
    )
    is_guarantor = np.zeros((layout.counts.states, 1), dtype=bool)
    is_guarantor[layout.patrons] = True
    available = np.where(is_guarantor, 1.0, at_hand)
    unlinked = (layout.link_of == layout.counts.links)[:, None] & ~is_guarantor
    cap = capability.enabler_cap(available, p["enabler_threshold"], p["enabler_floor"], p["enabler_weight"])
    return np.where(unlinked, 1.0, cap)


def _outage(support: Support, state: State, setting: Setting) -> Floats:
    p, layout = setting.p, setting.layout
    sustainment = rows(np.minimum(support.relative[:, Channel.SUSTAINMENT], 1.0), layout.link_of)
    switched = rows(support.switched_off, layout.link_of)
    unlinked = (layout.link_of == layout.counts.links)[:, None]
    sustainment = np.where(unlinked, 1.0, sustainment)
    return np.asarray(
        capability.outage_next(state.outage, sustainment, switched, p["sustainment_lag"]), dtype=np.float32
    )


def _condition(support: Support, state: State, threat_first: Floats, setting: Setting) -> Floats:
    """Factor on what each force can do, [S, F]: duties beyond those of the start, mixed kits, training (R26)."""
    p, layout = setting.p, setting.layout
    duties = state.membership * rows(state.resolve, layout.pool_of) * p["pool_deployable"]
    duties_first = rows(layout.pools.resolve, layout.pool_of)[:, None] * p["pool_deployable"]
    ready = capability.readiness(
        1.0 + state.threat + duties + state.wars, 1.0 + threat_first + duties_first, p["overstretch"]
    )
    training = rows(support.channel(Channel.TRAINING), layout.link_of)
    condition = capability.condition(ready, state.mixing, p["disentangling_cost"], training, p["training_effect"])
    return np.asarray(condition)


def _effective(completeness: Floats, outage: Floats, condition: Floats, state: State, setting: Setting) -> Floats:
    """What of each stock can fight, [S, D, F] (eqs 3, 35)."""
    p = setting.p
    effective: Floats = floats(
        capability.effective_capability(
            state.stock,
            completeness[:, None],
            p["c4isr_floor"],
            state.dependence,
            p["sustainment_need"],
            outage[:, None],
            condition[:, None],
        )
    )
    return effective


def _shielded(effective: Floats, support: Support, setting: Setting) -> Floats:
    """Forces [S, D, F] with what the guarantor's missile defence adds in the air; written into the same array."""
    shield = rows(support.channel(Channel.MISSILE_DEFENCE), setting.layout.link_of)
    effective[:, Domain.AIR] = capability.shielded(
        effective[:, Domain.AIR], shield, setting.p["missile_defence_effect"]
    )
    return np.asarray(effective, dtype=np.float32)


def _pool_help(effective: Floats, state: State, setting: Setting) -> Floats:
    """What fellow members are expected to send, [S, D, F]: a share of their forces, faded by distance (R29)."""
    p, layout = setting.p, setting.layout
    total = np.zeros_like(effective)
    willing = coalition.willingness(
        rows(state.resolve, layout.pool_of), state.membership, p["pool_deployable"], p["pool_open"]
    )
    for members, fading in zip(layout.pools.members, setting.pool_fading, strict=True):
        total[members] += coalition.help_sent(effective[members], floats(willing)[members, None], fading)
    return total * state.membership[:, None]


def _pool_friction(state: State, setting: Setting) -> Floats:
    """Share of summed power a pool keeps, [S, F]; 1 for those alone (eq. 5)."""
    p, layout = setting.p, setting.layout
    size = rows(layout.by_pool(state.membership), layout.pool_of)
    friction = contest.coalition_friction(rows(state.interoperability, layout.pool_of), size, p["friction"])
    return np.where((state.membership > 0.5) & (p["pool_open"] > 0.5), friction, 1.0).astype(np.float32)


def _guarantor_help(effective: Floats, support: Support, state: State, setting: Setting) -> Floats:
    """What the guarantor would bring to each state, [S, D, F]: forward forces, and reinforcement in time (R01).

    Reinforcement fades by the days it takes, not by distance again: what has been shipped fights whole.
    """
    p, layout = setting.p, setting.layout
    owner = layout.links.guarantor
    forward = coalition.share_forward(support.troops, layout.states.personnel[owner][:, None] * 1000.0)
    coming = coalition.share_coming(
        support.channel(Channel.REINFORCEMENT),
        p["reinforcement_share"],
        setting.reinforcement_delay,
        state.access,
        layout.links.access[:, None],
        p["access_reach"],
    )
    brought = effective.take(owner, axis=0) * floats(forward + coming)[:, None]
    return rows(brought, layout.link_of)
