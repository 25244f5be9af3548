"""Contest: power in a theatre and the chance that a challenger wins (eqs 4-7)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, Stacked, at_least, logistic
from foedus.terms import Domain

THEATRE_WEIGHTS = np.array([[0.45, 0.25, 0.10, 0.20], [0.10, 0.35, 0.35, 0.20]], dtype=np.float32)
"""[T, D] weight of each domain in each theatre (eq. 6)."""

LEAST_POWER = 1e-3
"""billion USD; keeps the log of an absent domain finite (the ε of eq. 6)"""


def delivered_share(distance: Number, reach: Number) -> Number:
    """Share of a force, 0-1, that can be brought to bear at a distance, fading by e every `reach` km (eq. 4).

    distance  km, 0 or more
    reach     km, above 0

    All broadcast. Unchecked: a reach of 0 divides by zero; a negative ratio gives more than 1.
    Source: loss of strength with distance, Boulding (1962).
    """
    return np.exp(-distance / reach)


def share_in_time(distance: Number, speed: Number, mobilisation: Number, campaign: Number) -> Number:
    """Share of a reinforcement, 0-1, that arrives while it counts: by the days it takes, not by distance again (R01).

    distance      km, 0 or more
    speed         km a day, all stages of the journey together, above 0
    mobilisation  days before it starts to move, 0 or more
    campaign      days of the decisive phase, above 0; help that takes as long counts for 37 %

    All broadcast. Unchecked: a speed or campaign of 0 divides by zero; negative days give more than 1.
    Source: this project's form.
    """
    return np.exp(-(mobilisation + distance / speed) / campaign)


def coalition_friction(interoperability: Number, members: Number, friction: Number) -> Number:
    """Share of their summed power, 0-1, that `members` forces keep when they fight together (eq. 5).

    interoperability  0-1
    members           how many fight, 1 or more; one fights without friction, fewer than one count as one
    friction          share lost by many members who share nothing, 0-1

    All broadcast. Unchecked: interoperability above 1 gives more than 1, friction above 1 can give a negative share.
    Source: this project's form.
    """
    return 1.0 - friction * (1.0 - interoperability) * (1.0 - 1.0 / np.maximum(members, 1.0))


def log_power(land: Number, air: Number, maritime: Number, c4isr: Number, weights: Stacked) -> Number:
    """Log of power in a theatre: a weighted geometric mean over domains (eq. 6).

    land      delivered land capability, billion USD, 0 or more
    air       delivered air and missile capability, likewise
    maritime  delivered maritime capability, likewise
    c4isr     delivered command, intelligence and space capability, likewise
    weights   [4] list or [4, ...] array: the theatre's weights for the four in this order, 0 or more, summing to one
              (a row of `THEATRE_WEIGHTS`)

    The four broadcast against one another and with each weight. Unchecked: capability below `LEAST_POWER` counts as
    that, so that the log stays finite.
    Source: this project's form, a Cobb-Douglas index.
    """
    return (
        weights[Domain.LAND] * np.log(at_least(land, LEAST_POWER))
        + weights[Domain.AIR] * np.log(at_least(air, LEAST_POWER))
        + weights[Domain.MARITIME] * np.log(at_least(maritime, LEAST_POWER))
        + weights[Domain.C4ISR] * np.log(at_least(c4isr, LEAST_POWER))
    )


def log_fading(distance: Number, reach: Stacked, weights: Stacked) -> Number:
    """Log-power that a force loses on the way: `delivered_share` of every domain, put into `log_power` (eqs 4, 6).

    distance  km, 0 or more
    reach     [4] list or [4, ...] array: km over which land, air, maritime and C4ISR power fall by e, above 0
    weights   [4] list or [4, ...] array: the theatre's weights for the four, summing to one

    All broadcast behind the first axis. Unchecked: a reach of 0 divides by zero.
    Source: this project's form.
    """
    inverse: Number = sum(weights[domain] * (1.0 / reach[domain]) for domain in Domain)
    return distance * inverse


def weighed_balance(at_start: Number, now: Number, reliability: Number) -> Number:
    """Log of challenger's over defender's power, as far as the figures tell it (eq. 7a).

    at_start     log balance as measured where the record, or a run, begins, finite
    now          log balance after what has changed since, or with a guarantor's help, finite
    reliability  share of the measured balance that is real, 0-1: figures of capability leave out skill, morale,
                 terrain and surprise, so that a difference between two states says less than a change of one

    All broadcast. Unchecked: a reliability outside 0-1 turns the measured balance round or stretches it.
    Source: regression dilution (Fuller 1987), applied to the contest by this project; that measured power says little
    of who wins, Carroll and Kenkel (2019).
    """
    return now - (1.0 - reliability) * at_start


def chance_challenger_wins(
    log_challenger: Number, log_defender: Number, decisiveness: Number, log_defender_edge: Number
) -> Number:
    """Chance that the challenger prevails, 0-1: a ratio contest in logs (eq. 7).

    log_challenger     log of the challenger's power, from `log_power`
    log_defender       log of the defender's
    decisiveness       exponent of the power ratio, 0 or more; 0 makes power irrelevant
    log_defender_edge  log of how much more power the attacker needs for an even chance, any sign

    All broadcast. Unchecked: a negative decisiveness lets the weaker win; two infinite powers give NaN.
    Source: Hirshleifer (1989) on contest success functions.
    """
    return logistic(decisiveness * (log_challenger - log_defender - log_defender_edge))


def power_needed(tolerable: Number, decisiveness: Number, edge: Number) -> Number:
    """Power over the challenger's that holds its chance of winning to `tolerable` (eq. 7, solved).

    tolerable     chance of winning that is put up with, above 0 and below 1
    decisiveness  exponent of the power ratio, above 0
    edge          how much more power the attacker needs for an even chance, above 0

    All broadcast. Returns a ratio, above 0. Unchecked: a tolerable chance of 0 or 1, or a decisiveness of 0, divides by
    zero.
    Source: `chance_challenger_wins`, solved.
    """
    return np.exp(np.log(1.0 / tolerable - 1.0) / decisiveness) / edge


def contest_with_help(
    challenger: Number,
    alone: Number,
    helped: Number,
    at_start: Number,
    reliability: Number,
    decisiveness: Number,
    log_edge: Number,
) -> tuple[Number, Number]:
    """Chance, 0-1, that the challenger wins against the target alone, and how far help lowers it (eqs 7, 7a).

    challenger    log power of the challenger where it would be used, finite
    alone         log power of the target by itself, finite
    helped        log power of the target with its guarantor, finite
    at_start      log balance as measured, challenger over target alone, finite (`weighed_balance`)
    reliability   share of it that is real, 0-1
    decisiveness  exponent of the power ratio, 0 or more
    log_edge      log of the ratio an attacker needs for an even chance, finite

    All broadcast. Help that would raise the chance counts as none. Unchecked: infinite powers can give NaN.
    Source: `chance_challenger_wins` on `weighed_balance`.
    """
    wins, with_help = (
        chance_challenger_wins(weighed_balance(at_start, challenger - target, reliability), 0.0, decisiveness, log_edge)
        for target in (alone, helped)
    )
    return wins, at_least(wins - with_help, 0.0)
