"""Pooling: fighting together without the guarantor (section 3.9, R29)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, logistic


def chance_of_staying(
    loss_avoided: Number,
    contribution: Number,
    autonomy_lost: Number,
    autonomy_weight: Number,
    habit: Number,
    precision: Number,
) -> Number:
    """Chance that a member joins or stays in a pool.

    loss_avoided     yearly loss that the pool spares it, relative to its loss alone
    contribution     yearly cost, same scale
    autonomy_lost    say over its own forces given up, 0-1 (Morrow 1991)
    habit            what must be overcome to join
    """
    return logistic(precision * (loss_avoided - contribution - autonomy_weight * autonomy_lost - habit))


def free_riding_contribution(own_need: Number, others: Number, publicness: Number) -> Number:
    """Best-response contribution when others already give `others` (Olson and Zeckhauser 1966).

    publicness  1 for a pure public good, 0 when only one's own contribution protects
    """
    return np.maximum(own_need - publicness * others, 0.0)


def interoperability_next(
    interoperability: Number, joint: Number, gain: Number, divergence: Number, loss: Number
) -> Number:
    """A pool's interoperability after a year, 0-1: joint procurement and exercises build it, divergence wears it."""
    change = gain * joint * (1.0 - interoperability) - loss * divergence * interoperability
    return np.clip(interoperability + change, 0.0, 1.0)


def resolve_next(resolve: Number, base: Number, commitment: Number, gain: Number, pull: Number) -> Number:
    """Chance that members come to one another's help, after a year of joint commitment, 0-1.

    base        where resolve settles without any common spending
    commitment  members' common spending relative to what binds them fully
    """
    target = base + (1.0 - base) * np.tanh(gain * commitment)
    return np.clip(resolve + pull * (target - resolve), 0.0, 1.0)
