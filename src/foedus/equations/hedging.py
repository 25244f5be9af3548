"""Hedging: what a state buys with the money that is not already spent (eqs 22-24, 34, R04, R07, R08)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, at_least

OPTIONS = (
    "land",
    "air",
    "maritime",
    "land_home",
    "air_home",
    "maritime_home",
    "c4isr",
    "missile_defence",
    "unmanned_cyber",
    "enablers",
    "pool",
    "nuclear",
    "loyalty",
    "reserve",
)
"""What money buys, in axis order; `_home` is made at home or in the region, a plain name comes from the guarantor."""


def programme_value(loss_without: Number, loss_with: Number, lead_time: Number, discount: Number) -> Number:
    """Worth of a whole programme: the yearly loss it avoids, discounted to when it arrives (eq. 22).

    A programme is large (years of budget), so its worth survives where a small change would show nothing.
    """
    return (loss_without - loss_with) * (1.0 + discount) ** (-lead_time)


def portfolio_shares(
    values: Number, precision: Number, dislike: Number, available: Number, habit: Number, least: Number = 1e-9
) -> Number:
    """Shares of procurement money over options (eq. 22); they sum to one.

    A logit around habit: with nothing to gain, money goes where it went (Matejka and McKay 2015).

    values     [K, ...] programme worth, any scale: the best open one is taken as one
    precision  logit precision on that scale
    dislike    [K, ...] political cost of an option on the same scale
    available  [K, ...] 1 when an option is open, 0 closed
    habit      [K, ...] shares money goes to when no option is worth more than another
    least      worth below which differences hardly move money
    """
    may = np.asarray(available) > 0.0
    worth = values * may
    pull = precision * (worth / np.maximum(np.abs(worth).max(axis=0), least) - dislike)
    weights = np.exp(pull - pull.max(axis=0))
    weights *= at_least(habit, 1e-6)
    weights *= may
    return weights / weights.sum(axis=0)


def raised_shares(chosen: Number, more: Number) -> Number:
    """Shares with some options raised by a rule, the others scaled so that the sum stays one.

    chosen  [K, ...] shares that sum to one
    more    [K, ...] added to an option's share, 0 where a rule says nothing; a raised share stays within 0-1
    """
    chosen, more = np.asarray(chosen), np.asarray(more)
    ruled = more != 0.0
    raised = np.where(ruled, np.clip(chosen + more, 0.0, 1.0), 0.0)
    raised = raised / np.maximum(raised.sum(axis=0), 1.0)
    rest = np.where(ruled, 0.0, chosen)
    room = (1.0 - raised.sum(axis=0)) / np.maximum(rest.sum(axis=0), 1e-9)
    return raised + rest * room


def water_filled(wanted: Number, capacity: Number) -> Number:
    """Spend money as wanted but never above an option's capacity; what does not fit goes where there is room (eq. 24).

    wanted    [K, ...] money wanted by option
    capacity  [K, ...] most an option can absorb
    The sum is that of `wanted`, or of `capacity` when money exceeds all room.
    """
    wanted, capacity = np.asarray(wanted), np.asarray(capacity)
    spent = np.minimum(wanted, capacity)
    left = wanted.sum(axis=0) - spent.sum(axis=0)
    room = capacity - spent
    return spent + room * np.minimum(left / np.maximum(room.sum(axis=0), 1e-12), 1.0)


def loyalty_stakes_next(stakes: Number, spending: Number, scale: Number, effect: Number, decay: Number) -> Number:
    """Extra stakes that loyalty spending buys with the guarantor after a year, 0-1 (eq. 34, R04).

    spending, scale  money a year, and money that buys noticeable favour (both share of GDP)
    """
    return np.clip(stakes + effect * np.log1p(spending / scale) * (1.0 - stakes) - decay * stakes, 0.0, 1.0)
