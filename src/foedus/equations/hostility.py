"""Hostility and recognition: what force leaves behind (eqs 31-33, R19, R20)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, logistic


def hostility_next(
    hostility: Number,
    rest: Number,
    decay: Number,
    dispute: Number,
    dispute_weight: Number,
    war: Number,
    war_weight: Number,
    settlement: Number,
    settlement_weight: Number,
) -> Number:
    """Hostility after a year, 0-1 (eq. 31).

    rest                      where hostility settles when nothing happens: the rivalry's own level
    dispute, war, settlement  1 when the year saw one
    """
    moved = hostility + decay * (rest - hostility)
    moved = moved + (dispute_weight * dispute + war_weight * war) * (1.0 - moved) - settlement_weight * settlement
    return np.clip(moved, 0.0, 1.0)


def recognition_next(
    recognition: Number,
    settlement: Number,
    settlement_gain: Number,
    defeat: Number,
    defeat_gain: Number,
    force: Number,
    force_loss: Number,
    decay: Number,
) -> Number:
    """Recognition a state enjoys from its adversary after a year, 0-1 (eq. 32, R19).

    defeat  1 when it credibly defeated the adversary;  force  1 when it used force short of that
    Whether force earns recognition (defeat_gain above force_loss) is a hypothesis: both signs are swept.
    """
    gained = (settlement_gain * settlement + defeat_gain * defeat) * (1.0 - recognition)
    return np.clip(recognition + gained - force_loss * force * recognition - decay * (recognition - 0.5), 0.0, 1.0)


def chance_of_balancing(
    threat: Number, own_risk: Number, risk_weight: Number, distance: Number, precision: Number
) -> Number:
    """Chance that a neighbour joins a coalition against a threatening state (eq. 33, R20).

    threat       how threatened it is, 0-1
    own_risk     risk to its own stability of joining, 0-1
    distance     distance to the threatening state in units of reach
    War is worse than tolerance when own_risk is high: then neighbours fail to balance.
    """
    return logistic(precision * (threat - risk_weight * own_risk - 0.2 * distance))
