"""The statistical ultimatum game: a continuous offer, then acceptance (Ramsay and Signorino 2009).

Player 1 offers y of a prize Q, player 2 accepts or takes its reservation value. Each player's reservation value has
a logistic disturbance that only it knows: R1 + e1, R2 + e2, of scales s1 and s2. Player 1's best offer solves
Q - y - R1 - e1 = s2 (1 + exp((y - R2) / s2)), censored at 0 and at Q.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit, wrightomega

from foedus.estimators.strategic.jets import Floats, Jet, constant, exponential

INDICES = ("R1", "R2", "log(s1)", "log(s2)")
NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(60)


@dataclass(frozen=True)
class Offers:
    """Observed offers.

    offer       [row] from 0 to `maximum`
    accepted    [row] 0 or 1; None: acceptance is not modelled
    maximum     the prize Q
    tolerance   offers this near to 0 or Q count as at the corner
    """

    offer: Floats
    accepted: Floats | None
    maximum: float
    tolerance: float = 1.5e-8

    @property
    def corner(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which offers are at 0, which at the maximum."""
        return np.abs(self.offer) < self.tolerance, np.abs(self.offer - self.maximum) < self.tolerance

    def log_likelihood(self, indices: Sequence[Jet]) -> Jet:
        """Return each row's log-likelihood from jets of R1, R2, log s1 and log s2."""
        own, other, log_s1, log_s2 = indices
        nothing, everything = self.corner
        s1_inverse, s2_inverse = exponential(log_s1.times(-1.0)), exponential(log_s2.times(-1.0))
        edge = np.where(everything, self.maximum, np.where(nothing, 0.0, self.offer))
        gain = (other.times(-1.0).shifted(edge)) * s2_inverse
        odds = exponential(gain)
        slack = (own.times(-1.0).shifted(self.maximum - edge) - exponential(log_s2) * odds.shifted(1.0)) * s1_inverse
        above, below = _log_logistic(slack, 1.0), _log_logistic(slack, -1.0)
        steeper = odds.shifted(1.0)
        inside = above + below - log_s1 + _logarithm(steeper)
        total = _only(inside, ~(nothing | everything)) + _only(above, everything) + _only(below, nothing & ~everything)
        if self.accepted is None:
            return total
        answer = (other.times(-1.0).shifted(self.offer)) * s2_inverse
        return total + _log_logistic(answer, np.where(self.accepted == 1, 1.0, -1.0))


def offer_chances(indices: Sequence[Floats], maximum: float) -> tuple[Floats, Floats, Floats]:
    """Return the best offer without disturbance, the mean offer, and the chance that an offer is accepted.

    indices   R1, R2, log s1, log s2, each [..., row]
    Each result is [..., row]. The best offer may be outside 0 to Q, as in R; the mean is of censored offers.
    """
    own, other, log_s1, log_s2 = (np.asarray(value)[..., None] for value in indices)
    s1, s2 = np.exp(log_s1), np.exp(log_s2)
    best = (maximum - own - s2 * (1.0 + wrightomega((maximum - own - s2 - other) / s2)))[..., 0]
    offer, weight = maximum * (NODES + 1.0) / 2.0, maximum * NODE_WEIGHTS / 2.0
    with np.errstate(over="ignore"):
        more = expit((maximum - offer - own - s2 * (1.0 + np.exp((offer - other) / s2))) / s1)
    mean = np.sum(more * weight, axis=-1)
    # The chance of acceptance is its value at no offer plus its rise times the chance of offering more.
    yes = expit((offer - other) / s2)
    at_nothing = expit(-other / s2)[..., 0]
    accepted = at_nothing + np.sum(more * weight * yes * (1.0 - yes) / s2, axis=-1)
    return best, mean, accepted


def draw_offers(
    indices: Sequence[Floats], maximum: float, random: np.random.Generator
) -> tuple[Floats, NDArray[np.float64]]:
    """Draw one offer and its acceptance for each row."""
    own, other, log_s1, log_s2 = (np.asarray(value, dtype=np.float64) for value in indices)
    s1, s2 = np.exp(log_s1), np.exp(log_s2)
    shape = np.broadcast_shapes(own.shape, other.shape)
    mine, theirs = own + s1 * random.logistic(size=shape), other + s2 * random.logistic(size=shape)
    best = maximum - mine - s2 * (1.0 + wrightomega((maximum - mine - s2 - other) / s2))
    offer = np.clip(best, 0.0, maximum)
    return offer, (offer >= theirs).astype(np.float64)


def _log_logistic(jet: Jet, side: Floats | float) -> Jet:
    argument = side * np.asarray(jet.value)
    against = expit(-argument)
    return jet.through(log_expit(argument), side * against, -against * (1.0 - against))


def _logarithm(jet: Jet) -> Jet:
    slope = 1.0 / np.asarray(jet.value)
    return jet.through(np.log(jet.value), slope, -(slope**2))


def _only(jet: Jet, chosen: NDArray[np.bool_]) -> Jet:
    """Return the jet in chosen rows and zero elsewhere, also where it is infinite."""
    if not chosen.any():
        return constant(0.0, jet.order)
    return Jet(
        np.where(chosen, jet.value, 0.0),
        {i: np.where(chosen, d, 0.0) for i, d in jet.first.items()},
        {k: np.where(chosen, d, 0.0) for k, d in jet.second.items()},
        jet.order,
    )
