"""What the guarantee costs and returns, and how the posture answers (eqs 28-30, 36, 38; R14-R16, R23, R27)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number


def yearly_cost(
    pledge: Number, pledge_cost: Number, troops: Number, troop_cost: Number, other: Number, other_cost: Number
) -> Number:
    """Yearly cost of one guarantee, billion USD (eq. 28).

    pledge       pledge channel, 0-2 with 1 today's
    pledge_cost  billion USD a year for a full pledge, 0 or more (Alley and Fuhrmann 2021)
    troops       persons on the ally's soil, 0 or more
    troop_cost   billion USD a year per 10,000 beyond their cost at home, 0 or more
    other        sum of the remaining channels' levels, 0 or more
    other_cost   billion USD a year for each of them, 0 or more

    All broadcast. Unchecked: a negative level or price lowers the sum.
    Source: this project's accounting; troops after Lostumbo and others (2013).
    """
    return pledge_cost * pledge + troop_cost * troops / 10_000.0 + other_cost * other


def worth(
    access: Number,
    access_weight: Number,
    pooled: Number,
    pooled_weight: Number,
    market: Number,
    market_weight: Number,
    dependence: Number,
    control_weight: Number,
) -> Number:
    """What the guarantee returns: bases, pooled capability, arms market, control (eq. 28). An index, any sign.

    access          bases and access, 0-1
    access_weight   worth of full access, index
    pooled          the ally's capability relative to the start, 0 or more
    pooled_weight   worth of the capability of the start, index
    market          arms channel, 0-2 with 1 today's sales
    market_weight   worth of today's market, index
    dependence      share of the ally's stock that needs the guarantor, 0-1
    control_weight  worth of the control that full dependence gives, index

    All broadcast; weights of any sign. Unchecked: arguments out of range are weighed as they are.
    Source: Blankenship (2023) on what guarantors gain; the sum is this project's.
    """
    return access_weight * access + pooled_weight * pooled + market_weight * market + control_weight * dependence


def pull_on_posture(
    net_worth: Number,
    burden_gap: Number,
    burden_weight: Number,
    threat_stakes: Number,
    threat_weight: Number,
    politics: Number,
    politics_weight: Number,
    load: Number,
    load_weight: Number,
) -> Number:
    """Pressure to raise (+) or cut (-) support beyond the announced posture, -1 to 1 by tanh (eq. 29, R16).

    net_worth        change in `worth` since the start, index
    burden_gap       ally's spending above its own start or the guarantor's target, percentage points of GDP; below is
                     negative
    burden_weight    index per percentage point
    threat_stakes    change in the threat to the ally, 0-1, times the guarantor's stakes in it
    threat_weight    index per unit of that
    politics         how far the guarantor's politics lean away from its allies, about 0, any sign
    politics_weight  index per unit of that
    load             guarantor's load, 0 or more, 1 its capacity (`intervention.load`)
    load_weight      index at a load of 1

    All broadcast; weights of any sign. Unchecked: any finite argument is legal; NaN stays NaN.
    Source: Blankenship (2023) and Becker and others (2024) on burden-sharing; the index is this project's.
    """
    raw = (
        net_worth
        + burden_weight * burden_gap
        + threat_weight * threat_stakes
        - politics_weight * politics
        - load_weight * load
    )
    return np.tanh(raw)


def drift_next(drift: Number, pull: Number, size: Number, speed: Number) -> Number:
    """Departure of a channel from the announced posture after a year, -1 to 1 (eq. 29).

    drift  departure now, -1 to 1, in channels
    pull   from `pull_on_posture`, -1 to 1
    size   departure that a full pull leads to, 0-1
    speed  share of the way a channel moves in a year, 0-1: statements fast, troops slow, pledges rarely

    All broadcast. Unchecked: what leaves -1 to 1 is held at its end.
    Source: this project's form, partial adjustment.
    """
    return np.clip(drift + speed * (size * pull - drift), -1.0, 1.0)


def reputation_next(reputation: Number, honoured: Number, reneged: Number, persistence: Number) -> Number:
    """Reputation for keeping promises after a year, -2 to 2 (eq. 30).

    reputation   now, -2 to 2
    honoured     promises kept this year, a count, 0 or more
    reneged      promises broken this year, a count, 0 or more
    persistence  share of reputation that lasts a year, 0-1

    All broadcast. Unchecked: what leaves -2 to 2 is held at its end.
    Source: this project's form; that reputation follows conduct, Crescenzi and others (2012).
    """
    return np.clip(persistence * reputation + honoured - reneged, -2.0, 2.0)


def tension_next(
    tension: Number,
    cut: Number,
    cut_weight: Number,
    shortfall: Number,
    shortfall_weight: Number,
    fading: Number,
) -> Number:
    """Tension between guarantor and ally after a year, 0-2 (eq. 36, R27).

    tension           now, 0-2
    cut               support withdrawn this year, in channels; below 0 counts as 0
    cut_weight        tension for each whole channel withdrawn, 0 or more
    shortfall         ally's spending below the guarantor's target, percentage points of GDP; below 0 counts as 0
    shortfall_weight  tension per percentage point, 0 or more
    fading            share of tension that fades in a year, 0-1

    All broadcast. Unchecked: what leaves 0-2 is held at its end.
    Source: this project's form.
    """
    added = cut_weight * np.maximum(cut, 0.0) + shortfall_weight * np.maximum(shortfall, 0.0)
    return np.clip((1.0 - fading) * tension + added, 0.0, 2.0)


def access_next(access: Number, granted: Number, speed: Number) -> Number:
    """Bases and access after a year, 0-1: they follow the support that earns them (R15).

    access   now, 0-1
    granted  where access settles at this year's support, 0-1
    speed    share of the way moved in a year, 0-1

    All broadcast. Unchecked: a speed outside 0-1 can leave 0-1.
    Source: this project's form, partial adjustment.
    """
    return access + speed * (granted - access)


def involvement(challenge: Number, concession: Number, attack: Number, promise: Number) -> Number:
    """Chance, 0-1, in a year that the guarantor is drawn into war over one pair (eq. 38, R23).

    challenge   chance that a crisis is opened, 0-1
    concession  chance that the target yields, 0-1
    attack      chance of attack once it resists, 0-1
    promise     chance the guarantor fights, 0-1: for the target when that is its ally, or beside the challenger when
                that is

    All broadcast. Unchecked: chances outside 0-1 give what is no chance.
    Source: the product of the tree's chances (`crisis.solve`).
    """
    return challenge * (1.0 - concession) * attack * promise
