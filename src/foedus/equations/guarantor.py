"""What the guarantee costs and returns, and how the posture answers (eqs 28-30, 36, 38; R14-R16, R23, R27)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number


def yearly_cost(
    pledge: Number, pledge_cost: Number, troops: Number, troop_cost: Number, other: Number, other_cost: Number
) -> Number:
    """Yearly cost of one guarantee, billion USD (eq. 28).

    pledge      0-2;          pledge_cost  billion a year for a full pledge (Alley and Fuhrmann 2021)
    troops      persons;      troop_cost   billion a year per 10,000 beyond their cost at home
    other       sum of the remaining channels' levels; other_cost  billion a year each
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
    """What the guarantee returns: bases, pooled capability, arms market, control (eq. 28, Blankenship 2023). Index."""
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
    """Pressure to raise (+) or cut (-) support beyond the announced posture (eq. 29, R16), an index bounded by tanh."""
    raw = (
        net_worth
        + burden_weight * burden_gap
        + threat_weight * threat_stakes
        - politics_weight * politics
        - load_weight * load
    )
    return np.tanh(raw)


def drift_next(drift: Number, pull: Number, size: Number, speed: Number) -> Number:
    """Departure of a channel from the announced posture after a year, -1 … 1 (eq. 29).

    speed  share of the way a channel moves in a year: statements fast, troops slow, pledges rarely
    """
    return np.clip(drift + speed * (size * pull - drift), -1.0, 1.0)


def reputation_next(reputation: Number, honoured: Number, reneged: Number, persistence: Number) -> Number:
    """Reputation for keeping promises after a year, -2 … 2 (eq. 30)."""
    return np.clip(persistence * reputation + honoured - reneged, -2.0, 2.0)


def tension_next(
    tension: Number,
    cut: Number,
    cut_weight: Number,
    shortfall: Number,
    shortfall_weight: Number,
    fading: Number,
) -> Number:
    """Tension between guarantor and ally after a year, 0 … 2 (eq. 36, R27).

    cut        support withdrawn this year, in channels
    shortfall  ally's spending below the guarantor's target, share of GDP
    """
    added = cut_weight * np.maximum(cut, 0.0) + shortfall_weight * np.maximum(shortfall, 0.0)
    return np.clip((1.0 - fading) * tension + added, 0.0, 2.0)


def access_next(access: Number, granted: Number, speed: Number) -> Number:
    """Bases and access after a year: they follow the support that earns them (R15)."""
    return access + speed * (granted - access)


def involvement(challenge: Number, concession: Number, attack: Number, promise: Number) -> Number:
    """Chance in a year that the guarantor is drawn into war over one pair (eq. 38, R23).

    promise  chance it fights: for the target when that is its ally, or beside the challenger when that is
    """
    return challenge * (1.0 - concession) * attack * promise
