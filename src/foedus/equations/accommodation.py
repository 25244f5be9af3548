"""Accommodation: giving ground to the challenger before it asks by force (eq. 27, R10)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, logistic


def chance_of_offer(
    loss_now: Number, loss_after: Number, size: Number, pride: Number, future_cost: Number, precision: Number
) -> Number:
    """Yearly chance that a state offers `size` of the remaining issue (eq. 27).

    loss_now, loss_after  expected yearly loss before and after, summed over the state's horizon
    size                  how much is offered, in stakes; worth and cost are weighed per unit offered
    pride                 political cost of a whole concession
    future_cost           what the power shift will cost later, per unit conceded (Powell 1999; Fearon 1996)
    """
    return logistic(precision * ((loss_now - loss_after) / size - pride - future_cost))


def conceded_next(conceded: Number, offered: Number, size: Number, recovery: Number) -> Number:
    """Share of the issue conceded after a year, 0-1; it returns only slowly, by reversal."""
    return np.clip(conceded * (1.0 - recovery) + offered * size * (1.0 - conceded), 0.0, 1.0)


def war_support_shortfall(support: Number, need: Number) -> Number:
    """Share of what a protégé at war needs from outside that does not come, 0-1 (R10).

    support  guarantor's and pool's support relative to that of the start, by need
    need     share of the war effort that rests on outside support
    """
    return need * np.clip(1.0 - support, 0.0, 1.0)


def war_concession(shortfall: Number, rate: Number) -> Number:
    """Share of the remaining issue a protégé at war is forced to give up in a year for want of support (R10)."""
    return 1.0 - np.exp(-rate * shortfall)


def challenger_gain(conceded: Number, shift: Number) -> Number:
    """Factor on the challenger's capability after concessions: what is given makes it stronger (eq. 27)."""
    return 1.0 + shift * conceded
