"""Regional pools: who stays, how well they fit together, how far they would go (section 3.9; R29, R30)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.forces import without_pool
from foedus.engine.layout import Floats, floats
from foedus.engine.setting import Setting, rows
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.engine.threat import foresee
from foedus.equations import pooling
from foedus.equations.hedging import Option
from foedus.terms import Channel

LEAVE_CAP = np.float32(0.1)
"""Most that the chance of leaving or rejoining a pool reaches in a year: treaties bind."""

TINY = np.float32(1e-6)


def update_pools(situation: Situation, state: State, setting: Setting) -> State:
    """Membership, interoperability and resolve a year on."""
    p, layout = setting.p, setting.layout
    if layout.counts.pools == 0:
        return state
    committed, joint = _commitment(state, setting)
    members = np.maximum(layout.by_pool(state.membership), 1.0)
    training = _pool_sum(rows(situation.support.channel(Channel.TRAINING), layout.link_of), state, setting) / members
    exercises = setting.remedy("exercises")
    interoperability = pooling.interoperability_next(
        state.interoperability,
        joint + 0.5 * training,
        p["interoperability_gain"],
        _pool_sum(state.mixing, state, setting) / members,
        p["interoperability_loss"],
    )
    interoperability = interoperability + exercises * (1.0 - interoperability)
    base = layout.pools.resolve[:, None]
    resolve = pooling.resolve_next(state.resolve, base, committed, p["pool_resolve_gain"], p["pool_resolve_pull"])
    return replace(
        state,
        membership=_members(situation, state, setting),
        interoperability=np.clip(interoperability, 0.0, 1.0),
        resolve=floats(resolve),
    )


def _members(situation: Situation, state: State, setting: Setting) -> Floats:
    """Who stays: the loss the pool spares against contribution, autonomy and habit, slowly (Morrow 1991)."""
    p, forces, mine = setting.p, situation.forces, setting.layout.pooled
    relative = _spared(situation, setting)[mine]
    others = np.minimum(forces.partners[mine] / np.maximum(forces.total[mine], 1e-6), 1.0)
    contribution = pooling.free_riding_contribution(0.2, 0.2 * others, p["publicness"])
    stays = pooling.chance_of_staying(
        relative + p["pool_other_worth"],
        contribution,
        0.3,
        p["autonomy_weight"],
        p["joining_cost"],
        p["pool_precision"],
    )
    luck = setting.draws.uniform(situation.year, "pool", setting.state_ids[mine])
    member = state.membership[mine] > 0.5
    leaves, joins = luck < LEAVE_CAP * (1.0 - stays) ** 2, luck < LEAVE_CAP * stays
    membership = np.zeros_like(state.membership)
    membership[mine] = (member & ~leaves) | (joins & ~member)
    return membership


def _spared(situation: Situation, setting: Setting) -> Floats:
    """Share of each state's loss without its pool that the pool spares it, [S, F]; 0 without a pool or a challenger."""
    layout, futures = setting.layout, np.arange(setting.futures)
    mine, forces = layout.weighing, situation.forces
    pair = situation.worst.pair[mine]
    theatre, aided = layout.theatre.take(pair), layout.aided.reshape(-1).take(pair)
    alone = forces.log_own[theatre, mine[:, None], futures]
    helped = without_pool(forces, mine, setting)[theatre, np.arange(len(mine))[:, None], futures]
    unpooled = situation.nearest.of(mine).but(log_alone=alone, log_helped=aided * helped + (1.0 - aided) * alone)
    without = foresee(unpooled, setting.p, setting.model).perceived_loss
    spared = np.zeros_like(situation.nearest.stake)
    spared[mine] = (without - situation.foreseen.perceived_loss[mine]) / np.maximum(without, 1e-3)
    return spared


def _commitment(state: State, setting: Setting) -> tuple[Floats, Floats]:
    """Common spending of each pool over one per cent of its product, and over all flexible money, [pool, F]."""
    orders = state.moves.orders
    common = orders.on(Option.POOL) + orders.on(Option.ENABLERS)
    total, product, money = (_pool_sum(x, state, setting) for x in (common, state.gdp, orders.spent))
    of_product = np.asarray(total / np.maximum(0.01 * product, TINY), dtype=np.float32)
    return of_product, np.asarray(total / np.maximum(money, TINY), dtype=np.float32)


def _pool_sum(values: Floats, state: State, setting: Setting) -> Floats:
    return setting.layout.by_pool(values * state.membership)
