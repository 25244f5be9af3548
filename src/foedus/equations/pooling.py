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
    """Chance, 0-1, that a member joins or stays in a pool.

    loss_avoided     yearly loss that the pool spares it, relative to its loss alone, at most 1; negative when it adds
                     loss
    contribution     yearly cost, same scale, 0 or more
    autonomy_lost    say over its own forces given up, 0-1 (Morrow 1991)
    autonomy_weight  loss avoided that outweighs giving up all say, any sign
    habit            what must be overcome to join, same scale, any sign
    precision        logit precision on that scale, 0 or more

    All broadcast. Unchecked: a negative precision reverses the preference; other arguments are weighed as they are.
    Source: Morrow (1991) on autonomy; the logit is this project's.
    """
    return logistic(precision * (loss_avoided - contribution - autonomy_weight * autonomy_lost - habit))


def free_riding_contribution(own_need: Number, others: Number, publicness: Number) -> Number:
    """Best-response contribution when others already give, 0 or more.

    own_need    contribution it would make alone, any unit, 0 or more
    others      what the others give, in the same unit, 0 or more
    publicness  1 for a pure public good, 0 when only one's own contribution protects

    All broadcast. Unchecked: publicness below 0 makes others' giving raise its own.
    Source: Olson and Zeckhauser (1966).
    """
    return np.maximum(own_need - publicness * others, 0.0)


def interoperability_next(
    interoperability: Number, joint: Number, gain: Number, divergence: Number, loss: Number
) -> Number:
    """A pool's interoperability after a year, 0-1: joint procurement and exercises build it, divergence wears it.

    interoperability  now, 0-1
    joint             joint share of procurement and exercises, 0 or more, 1 when all is joint
    gain              share of the missing interoperability built by a wholly joint year, 0-1
    divergence        change in members' home share of procurement, 0-1
    loss              share of interoperability that full divergence wears off in a year, 0-1

    All broadcast. Unchecked: what leaves 0-1 is held at its end.
    Source: this project's form.
    """
    change = gain * joint * (1.0 - interoperability) - loss * divergence * interoperability
    return np.clip(interoperability + change, 0.0, 1.0)


def resolve_next(resolve: Number, base: Number, commitment: Number, gain: Number, pull: Number) -> Number:
    """Chance that members come to one another's help, after a year of joint commitment, 0-1.

    resolve     that chance now, 0-1
    base        where resolve settles without any common spending, 0-1
    commitment  members' common spending relative to what binds them fully, 0 or more
    gain        how fast resolve rises with commitment, 0 or more
    pull        share of the way moved in a year, 0-1

    All broadcast. Unchecked: what leaves 0-1 is held at its end.
    Source: this project's form.
    """
    target = base + (1.0 - base) * np.tanh(gain * commitment)
    return np.clip(resolve + pull * (target - resolve), 0.0, 1.0)
