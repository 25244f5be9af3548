"""Hostility and recognition: what force leaves behind (eqs 31-33, R19, R20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.equations.choice import Number, logistic


def faded(level: Number, rest: Number, decay: Number) -> Number:
    """Hostility or recognition after a year without events, 0-1 (eqs 31, 32).

    level  now, 0-1
    rest   where it settles, 0-1
    decay  share of the way there in a year, 0-1

    All broadcast. Unchecked: shares outside 0-1 overshoot. This project's form.
    """
    return level + decay * (rest - level)


def hostility_next(
    hostility: Number,
    rest: Number,
    decay: Number,
    dispute: Number,
    dispute_weight: Number,
    war: Number,
    war_weight: Number,
    settlement: Number,
    settlement_weight: Number,
) -> Number:
    """Hostility after a year, 0-1 (eq. 31).

    hostility          now, 0-1
    rest               where hostility settles when nothing happens, 0-1: the rivalry's own level
    decay              share of the way back to rest in a year, 0-1
    dispute            1 when the year saw a dispute, else 0
    dispute_weight     share of the way to full hostility that a dispute moves, 0-1
    war                1 when the year saw a war, else 0
    war_weight         the same for a war, 0-1
    settlement         1 when the year saw a settlement, else 0
    settlement_weight  hostility that a settlement takes off, 0-1

    All broadcast. Unchecked: what leaves 0-1 is held at its end.
    Source: this project's form; fading estimated from disputes (docs/estimates.md).
    """
    moved = faded(hostility, rest, decay)
    moved = moved + (dispute_weight * dispute + war_weight * war) * (1.0 - moved) - settlement_weight * settlement
    return np.clip(moved, 0.0, 1.0)


def weight_of_dispute(weight: Number, began: Number, from_target: Number) -> Number:
    """Share of the way to full hostility that a dispute moves the challenger of a directed pair, 0-1 (eq. 31b).

    weight       for the side that began it, 0-1
    began        1 when the challenger was on the side that began it, or nobody knows who did; 0 when the target was
    from_target  share of the weight that counts for a side that did not begin it, 0-1; 1 makes memory the same for both

    All broadcast. Unchecked: shares outside 0-1 overshoot.
    Source: this project's form; the share estimated from who began the disputes that followed (docs/posterior.md).
    """
    return weight * (from_target + (1.0 - from_target) * began)


def hostility_met(level: Number, born: Number, at_birth: Number, rest: Number) -> Number:
    """Hostility with which a pair enters a year, 0-1: a new pair's own, and never less than its rivalry's (eq. 31a).

    level     as the year before left it, 0-1
    born      1 in the first year of a pair, else 0
    at_birth  hostility of a pair newly come to be, 0-1
    rest      the rivalry's own level, below which it does not fall, 0-1; 0 without rivalry

    All broadcast. Unchecked: levels outside 0-1 are kept as they are. This project's form.
    """
    return np.maximum(np.where(born, at_birth, level), rest)


def remembered(
    alive: NDArray[Any],
    dispute: NDArray[Any],
    began: NDArray[Any],
    war: NDArray[Any],
    rival: NDArray[Any],
    of_rivals: Number,
    at_birth: Number,
    decay: Number,
    dispute_weight: Number,
    from_target: Number,
    war_weight: Number,
) -> Iterator[NDArray[Any]]:
    """Hostility with which pairs enter each year, 0-1, from the disputes and the rivalry before it (eqs 31, 31a, 31b).

    alive           [years, ...] 1 in years in which both were states, else 0
    dispute         [years, ...] 1 in years with a dispute between them, else 0
    began           [years, ...] as in `weight_of_dispute`, in years with a dispute
    war             [years, ...] 1 in years with a war between them, else 0
    rival           [years, ...] 1 in years of strategic rivalry, else 0
    of_rivals       hostility below which a rivalry does not fall, 0-1
    at_birth        hostility with which a pair begins, 0-1
    decay           share of the way back to rest in a year, 0-1
    dispute_weight  of a dispute that the challenger began, as in `hostility_next`, 0-1
    from_target     share of it that counts when the target began it, 0-1
    war_weight      as in `hostility_next`, 0-1

    Yields one array a year, of the shape that a year's entries and the parameters broadcast to. Unchecked: what
    leaves 0-1 is held at its end.
    Source: this project's form; levels and speeds estimated from disputes (docs/posterior.md).
    """
    level, before = np.zeros_like(alive[0] + began[0]), np.zeros_like(alive[0])
    for here, disputed, first, fought, rivals in zip(alive, dispute, began, war, rival, strict=True):
        rest = of_rivals * rivals
        born = (here == 1) & (before == 0)
        level = np.asarray(hostility_met(level, born, at_birth, rest))
        yield level
        weight = weight_of_dispute(dispute_weight, first, from_target)
        level = np.asarray(hostility_next(level, rest, decay, disputed, weight, fought, war_weight, 0.0, 0.0))
        before = here


def recognition_next(
    recognition: Number,
    settlement: Number,
    settlement_gain: Number,
    defeat: Number,
    defeat_gain: Number,
    force: Number,
    force_loss: Number,
    decay: Number,
) -> Number:
    """Recognition a state enjoys from its adversary after a year, 0-1 (eq. 32, R19).

    recognition      now, 0-1
    settlement       1 when the year saw a settlement, else 0
    settlement_gain  share of the missing recognition that a settlement brings, any sign
    defeat           1 when it credibly defeated the adversary, else 0
    defeat_gain      share of the missing recognition that this brings, any sign
    force            1 when it used force short of that, else 0
    force_loss       share of recognition that force costs, any sign
    decay            share of the way back to one half in a year, 0-1

    All broadcast. Unchecked: what leaves 0-1 is held at its end. Whether force earns recognition (defeat_gain above
    force_loss) is a hypothesis: both signs are swept. This project's form.
    """
    gained = (settlement_gain * settlement + defeat_gain * defeat) * (1.0 - recognition)
    return np.clip(faded(recognition, 0.5, decay) + gained - force_loss * force * recognition, 0.0, 1.0)


def chance_of_balancing(
    threat: Number, own_risk: Number, risk_weight: Number, distance: Number, precision: Number
) -> Number:
    """Chance, 0-1, that a neighbour joins a coalition against a threatening state (eq. 33, R20).

    threat       how threatened it is, 0 or more; 1 is full hostility or a sure defeat
    own_risk     risk to its own stability of joining, 0-1
    risk_weight  threat that outweighs full risk, 0 or more
    distance     distance to the threatening state in units of reach, 0 or more; each takes off 0.2 of threat
    precision    logit precision per unit of threat, 0 or more

    All broadcast. War is worse than tolerance when own_risk is high: then neighbours fail to balance. Unchecked: a
    negative precision reverses the preference; other arguments are weighed as they are.
    Source: this project's form of the claim.
    """
    return logistic(precision * (threat - risk_weight * own_risk - 0.2 * distance))
