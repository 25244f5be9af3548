"""Coalition: what fellow members and the guarantor bring, and what stands when all fight together (eq. 5; R01, R29).

How well forces fit together is `contest.coalition_friction`; how much arrives in time is `contest.share_in_time`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from foedus.equations.choice import Number

PATRON_FIT = np.float32(0.8)
"""Interoperability of an ally's forces with its guarantor's."""

FORWARD_AREA_KM = 300.0
"""A pool member's force in place counts as this far from its neighbour at least."""


def distance_to_fellow(km: Number) -> Number:
    """Distance that a member's help travels to a fellow member, km (R29).

    km  between their capitals, 0 or more; neighbours' forces are no nearer than `FORWARD_AREA_KM`

    Unchecked: a negative distance counts as the least.
    Source: this project's form.
    """
    return np.maximum(km, FORWARD_AREA_KM)


def willingness(resolve: Number, membership: Number, deployable: Number, is_open: Number) -> Number:
    """Share of its force, 0-1, that a member of a pool would send to a fellow member (R29).

    resolve     chance that a member comes to another's help, 0-1
    membership  1 for a member, 0 for a state that has left
    deployable  share of a force that can leave home, 0-1
    is_open     1 when pools may fight together, 0 when the mechanism is off

    All broadcast. Unchecked: arguments outside 0-1 leave 0-1.
    Source: this project's form.
    """
    return resolve * membership * deployable * is_open


def help_sent(forces: ArrayLike, willing: ArrayLike, delivered: ArrayLike) -> Number:
    """What fellow members are expected to send, billion USD: each one's force, as far as it would go and gets (R29).

    forces     [H, ...] force of each helper that can fight, billion USD, 0 or more
    willing    [H, ...] share of it that each would send, 0-1 (`willingness`)
    delivered  [H, J, ...] share that reaches each member helped, 0-1 (`contest.delivered_share`); 0 from itself

    Axes behind the first broadcast. Returns [J, ...]. Unchecked: shares outside 0-1 send more than there is.
    Source: this project's form.
    """
    sent: Number = np.einsum("h...,hj...->j...", np.multiply(forces, willing), np.asarray(delivered))
    return sent


def share_forward(troops: Number, personnel: Number) -> Number:
    """Share of a guarantor's force, 0-0.5, that stands ready at an ally (R01).

    troops     persons on the ally's soil, 0 or more; never more than half of a force stands with one ally
    personnel  the guarantor's active personnel, persons, 0 or more; below one counts as one

    All broadcast. Unchecked: negative troops count as none.
    Source: this project's form.
    """
    return np.clip(troops / np.maximum(personnel, 1.0), 0.0, 0.5)


def share_coming(
    reinforcement: Number,
    deployable: Number,
    in_time: Number,
    access: Number,
    access_at_start: Number,
    access_reach: Number,
) -> Number:
    """Share of a guarantor's force, 0-1, that reinforces an ally while it counts (R01, R15).

    reinforcement    guarantor's reinforcement channel, 0-2; above 1 counts as 1
    deployable       share of its force that the full channel would send, 0-1
    in_time          share that arrives while it counts, 0-1 (`contest.share_in_time`)
    access           bases and access that the ally grants now, 0-1
    access_at_start  those of the first year, 0-1; below 0.001 counts as that
    access_reach     share of reinforcement lost without any of them, 0-1

    What has been shipped fights whole: it does not fade by distance again. All broadcast. Unchecked: shares outside 0-1
    send more than there is.
    Source: this project's form.
    """
    kept = 1.0 - access_reach * (1.0 - np.clip(access / np.maximum(access_at_start, 1e-3), 0.0, 1.0))
    return deployable * np.clip(reinforcement, 0.0, 1.0) * in_time * kept


def joined(own: Number, brought: Number, kept: Number) -> Number:
    """Force that fights once others stand beside it, billion USD: the sum less friction, never less than alone (eq. 5).

    own      own force that can fight, billion USD, 0 or more
    brought  what others bring, in the same unit, 0 or more
    kept     share of the sum kept, 0-1 (`contest.coalition_friction`)

    All broadcast. Unchecked: negative help counts as none.
    Source: this project's form.
    """
    return np.maximum((own + brought) * kept, own)
