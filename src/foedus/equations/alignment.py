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
    """Shares of alignment over patrons toward which a partner is drawn; sum to one (eq. 37).

    All are [K, ...] over patrons (guarantor, rival power, region or self):
    similarity  closeness of foreign policy, 0-1
    promise     believed chance of help, 0-1
    dependence  trade and arms dependence, 0-1
    outreach    what the patron offers, 0-1
    """
    return shares(
        similarity_weight * np.asarray(similarity)
        + promise_weight * np.asarray(promise)
        + dependence_weight * np.asarray(dependence)
        + outreach_weight * np.asarray(outreach),
        1.0,
    )


def alignment_next(alignment: Number, drawn: Number, speed: Number) -> Number:
    """Alignment after a year: a slow drift toward where the partner is drawn (eq. 37)."""
    return alignment + speed * (drawn - alignment)
