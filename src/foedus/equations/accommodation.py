"""Accommodation: giving ground to the challenger before it asks by force (eq. 27, R10)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, logistic


def chance_of_offer(
    loss_now: Number, loss_after: Number, size: Number, pride: Number, future_cost: Number, precision: Number
) -> Number:
    """Yearly chance, 0-1, that a state offers `size` of the remaining issue (eq. 27).

    loss_now     expected yearly loss before the offer, summed over the state's horizon, in stakes, 0 or more
    loss_after   the same after it
    size         how much is offered, in stakes, above 0; worth and cost are weighed per unit offered
    pride        political cost of a whole concession, in stakes, any sign
    future_cost  what the power shift will cost later, per unit conceded, in stakes, any sign
    precision    logit precision, 1/stake, 0 or more; higher is closer to best response

    All broadcast. Unchecked: a size of 0 divides by zero, a negative one or a negative precision reverses the
    preference.
    Source: Powell (2006) and Fearon (1996) on conceding what shifts power; the logit over them is this project's.
    """
    return logistic(precision * ((loss_now - loss_after) / size - pride - future_cost))


def conceded_next(conceded: Number, offered: Number, size: Number, recovery: Number) -> Number:
    """Share of the issue conceded after a year, 0-1; it returns only slowly, by reversal (eq. 27).

    conceded  share conceded so far, 0-1
    offered   1 when an offer was made this year, or its chance, 0-1
    size      share of what remains that an offer gives, 0-1
    recovery  share of what was conceded that returns in a year, 0-1

    All broadcast. Unchecked: outside 0-1 an argument is used as it is, and the result is held within 0-1.
    Source: this project's bookkeeping.
    """
    return np.clip(conceded * (1.0 - recovery) + offered * size * (1.0 - conceded), 0.0, 1.0)


def challenger_gain(conceded: Number, shift: Number) -> Number:
    """Factor on the challenger's capability after concessions, 1 or more: what is given makes it stronger (eq. 27).

    conceded  share of the issue conceded, 0-1
    shift     rise in capability once the whole issue is conceded, as a share, 0 or more

    All broadcast. Unchecked: a negative shift makes concessions weaken the challenger; below -1 the factor turns
    negative.
    Source: Fearon (1996); Powell (2006).
    """
    return 1.0 + shift * conceded
