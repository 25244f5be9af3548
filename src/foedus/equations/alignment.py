"""Alignment: to which patron a partner leans (eq. 37, R28)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, shares


def patron_shares(
    similarity: Number,
    similarity_weight: Number,
    promise: Number,
    promise_weight: Number,
    dependence: Number,
    dependence_weight: Number,
    outreach: Number,
    outreach_weight: Number,
) -> Number:
    """Shares of alignment over patrons toward which a partner is drawn; they sum to one (eq. 37).

    similarity         [K, ...] closeness of foreign policy, 0-1
    similarity_weight  pull of full similarity, log-odds, any sign
    promise            [K, ...] believed chance of help, 0-1
    promise_weight     pull of a sure promise, log-odds, any sign
    dependence         [K, ...] trade and arms dependence, 0-1
    dependence_weight  pull of full dependence, log-odds, any sign
    outreach           [K, ...] what the patron offers, 0-1
    outreach_weight    pull of full outreach, log-odds, any sign

    Arrays or lists over K patrons (guarantor, rival power, region or self); weights are numbers, or arrays that
    broadcast with [K, ...]. Returns [K, ...]. Unchecked: entries outside 0-1 are weighed as they are.
    Source: multinomial logit, McFadden (1976); the four pulls are this project's.
    """
    return shares(
        similarity_weight * np.asarray(similarity)
        + promise_weight * np.asarray(promise)
        + dependence_weight * np.asarray(dependence)
        + outreach_weight * np.asarray(outreach),
        1.0,
    )


def alignment_next(alignment: Number, drawn: Number, speed: Number) -> Number:
    """Alignment after a year: a slow drift toward where the partner is drawn (eq. 37).

    alignment  [K, ...] or number: shares of alignment, 0-1
    drawn      [K, ...] or number: shares from `patron_shares`, 0-1
    speed      share of the way moved in a year, 0-1

    All broadcast; shares that sum to one go on doing so. Unchecked: a speed outside 0-1 can leave 0-1.
    Source: this project's form, partial adjustment.
    """
    return alignment + speed * (drawn - alignment)
