"""Intervention: whether the guarantor fights (eqs 9, 11-14)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, logistic


def homeland_vulnerability(deliverable_warheads: Number, defence: Number, scale: Number) -> Number:
    """How exposed the guarantor's homeland is to the challenger's nuclear arms, 0-1 (eq. 11, R17, R18).

    deliverable_warheads  warheads the challenger can land there
    defence               share a homeland missile defence would stop
    scale                 warheads at which exposure reaches 63 %
    """
    return 1.0 - np.exp(-deliverable_warheads * (1.0 - defence) / scale)


def audience(
    pledge: Number,
    troops: Number,
    nuclear: Number,
    pledge_weight: Number,
    troop_weight: Number,
    nuclear_weight: Number,
) -> Number:
    """Pull of what the guarantor has publicly staked (eq. 13).

    pledge, nuclear  channel levels, 0-2
    troops           persons on the ally's soil
    Sources: Fuhrmann and Sechser (2014); Reiter and Poast (2021) on tripwires; Fearon (1997) on tied hands.
    """
    return pledge_weight * pledge + troop_weight * np.log1p(troops / 1000.0) + nuclear_weight * nuclear


def load(involvement: Number, capacity: Number) -> Number:
    """Guarantor's load: involvement in all theatres over what it can carry (eq. 12)."""
    return involvement / np.maximum(capacity, 1e-6)


def inclination(
    baseline: Number,
    stakes: Number,
    stakes_weight: Number,
    audience_pull: Number,
    load_level: Number,
    load_weight: Number,
    politics: Number,
    politics_weight: Number,
    reputation: Number,
    reputation_weight: Number,
) -> Number:
    """The part of the log-odds of intervening that belongs to guarantor and ally, whoever challenges (eq. 14)."""
    return (
        baseline
        + stakes_weight * stakes
        + audience_pull
        - load_weight * load_level
        - politics_weight * politics
        + reputation_weight * reputation
    )


def chance_reliable_type_fights(
    inclined: Number, help_effect: Number, help_weight: Number, vulnerability: Number, exposure_weight: Number
) -> Number:
    """Chance that a guarantor of the reliable type fights against this challenger (eq. 14).

    inclined         log-odds from `inclination`
    help_effect      how much its help changes the outcome, 0-1
    vulnerability    homeland vulnerability to this challenger, 0-1
    exposure_weight  how much full vulnerability lowers the log-odds
    """
    return logistic(inclined + help_weight * help_effect - exposure_weight * vulnerability)


def promise(reliable: Number, belief_reliable: Number, unreliable_share: Number) -> Number:
    """Chance the promise is kept as seen by one who believes the guarantor reliable with `belief_reliable` (eq. 9).

    unreliable_share  how often the unreliable type fights, relative to the reliable one
    """
    return reliable * (unreliable_share + belief_reliable * (1.0 - unreliable_share))
