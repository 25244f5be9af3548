"""Contest: power in a theatre and the chance that a challenger wins (eqs 4-7)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, logistic


def delivered_share(distance: Number, reach: Number) -> Number:
    """Share of a force that can be brought to bear at `distance` km when it fades by e every `reach` km (eq. 4).

    Source: loss of strength with distance, Boulding (1962).
    """
    return np.exp(-distance / reach)


def share_in_time(distance: Number, speed: Number, mobilisation: Number, campaign: Number) -> Number:
    """Share of a reinforcement that arrives while it still counts: by the days it takes, not by distance again (R01).

    distance      km
    speed         km a day, all stages of the journey together
    mobilisation  days before it starts to move
    campaign      days of the decisive phase; help that takes as long counts for 37 %
    """
    return np.exp(-(mobilisation + distance / speed) / campaign)


def coalition_friction(interoperability: Number, members: Number, friction: Number) -> Number:
    """Share of their summed power that `members` forces keep when they fight together (eq. 5).

    interoperability  0-1
    members           how many fight; one fights without friction
    friction          share lost by many members who share nothing
    """
    return 1.0 - friction * (1.0 - interoperability) * (1.0 - 1.0 / np.maximum(members, 1.0))


def log_power(land: Number, air: Number, maritime: Number, c4isr: Number, weights: Number) -> Number:
    """Log of power in a theatre: a weighted geometric mean over domains (eq. 6).

    land … c4isr  delivered capability by domain, positive
    weights       the theatre's four domain weights, summing to one
    """
    return (
        weights[0] * np.log(land)
        + weights[1] * np.log(air)
        + weights[2] * np.log(maritime)
        + weights[3] * np.log(c4isr)
    )


def chance_challenger_wins(
    log_challenger: Number, log_defender: Number, decisiveness: Number, log_defender_edge: Number
) -> Number:
    """Chance that the challenger prevails: a ratio contest in logs (eq. 7).

    decisiveness       exponent of the power ratio; 0 makes power irrelevant
    log_defender_edge  log of how much more power the attacker needs for an even chance
    Source: Hirshleifer (1989) on contest success functions.
    """
    return logistic(decisiveness * (log_challenger - log_defender - log_defender_edge))
