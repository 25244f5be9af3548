"""Sponsored fighters: when a group begins a campaign, what it has left, what the campaign costs (eqs 52-54; R36)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, logistic

LEAST_CHANCE = 1e-6
"""Least chance that a campaign begins, so that odds stay finite."""


def chance_of_campaign(
    calm: Number, unleashed: Number, push: Number, supply: Number, supply_weight: Number, strength: Number
) -> Number:
    """Chance, 0-1, that a group at peace with a target begins a campaign in a year (eq. 52).

    calm           that chance at full strength, with the sponsor at peace and as able as at the start, 0-1; held
                   LEAST_CHANCE from either end
    unleashed      1 when sponsor and target, or sponsor and the target's guarantor, fight in the year, else 0
    push           what that adds, log-odds
    supply         log of the sponsor's forces over those of the start
    supply_weight  log-odds per unit of it
    strength       the group's strength, above 0 to 1: its odds fall in proportion

    All broadcast. Unchecked: a `strength` of 0 divides by zero. This project's form.
    """
    begins = np.clip(calm, LEAST_CHANCE, 1.0 - LEAST_CHANCE)
    odds = np.log(begins) - np.log1p(-begins) + np.log(strength)
    return logistic(odds + push * unleashed + supply_weight * supply)


def strength_next(strength: Number, fought: Number, losses: Number, recovery: Number) -> Number:
    """Strength of a group after a year, 0.001 to 1, where 1 is a group that has fought for no long time (eq. 53).

    strength  before it, 0-1
    fought    1 when it was on campaign in the year, else 0
    losses    share of its strength that a year of campaign costs, 0-1
    recovery  share of what is missing that a year without one brings back, 0-1

    All broadcast. Unchecked: shares outside 0-1 are used as they are; what leaves 0.001 to 1 is held at its end,
    since no sponsor lets a group end. This project's form.
    """
    after = np.where(fought > 0.0, strength * (1.0 - losses), strength + recovery * (1.0 - strength))
    return np.clip(after, 1e-3, 1.0)


def loss_in_campaign(chance: Number, strength: Number, product: Number, stake_in_product: Number) -> Number:
    """What a target can expect to lose to a group in a year, in stakes (eq. 54).

    chance            that a campaign is on in the year, 0-1
    strength          the group's strength, 0-1
    product           share of its product that a campaign at full strength costs, 0-1
    stake_in_product  share of product that a stake of one is worth, above 0

    All broadcast. Unchecked: `stake_in_product` of 0 divides by zero. This project's form; what campaigns cost
    is read off the accounts of central banks (Bank of Israel 2015).
    """
    return chance * strength * product / stake_in_product
