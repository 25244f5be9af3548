"""Intervention: whether the guarantor fights, and whether anybody does (eqs 9, 11-14, 13a, 13b, 49-51)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, at_least, logistic

GREAT_POWER = 0.12
"""Share of the world's capabilities of the guarantor that the baseline speaks of: that of the United States today."""

RIVALS = 0.75
"""Hostility between guarantor and challenger that the baseline speaks of: of the United States today with those who may
challenge its allies, by how hostile each of these pairs is (0.74)."""


def homeland_vulnerability(deliverable_warheads: Number, defence: Number, scale: Number) -> Number:
    """How exposed the guarantor's homeland is to the challenger's nuclear arms, 0-1 (eq. 11, R17, R18).

    deliverable_warheads  warheads the challenger can land there, 0 or more
    defence               share a homeland missile defence would stop, 0-1
    scale                 warheads at which exposure reaches 63 %, above 0

    All broadcast. Unchecked: a scale of 0 divides by zero; negative warheads, or defence above 1, give a negative
    exposure.
    Source: this project's form of the claim.
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
    """Pull of what the guarantor has publicly staked, log-odds (eq. 13).

    pledge          pledge channel, 0-2 with 1 today's
    troops          persons on the ally's soil, 0 or more
    nuclear         nuclear umbrella channel, 0-2 with 1 today's
    pledge_weight   log-odds of today's pledge, any sign
    troop_weight    log-odds per unit of ln(1 + troops/1000), any sign
    nuclear_weight  log-odds of today's umbrella, any sign

    All broadcast. Unchecked: troops below -1000 give NaN.
    Sources: Fuhrmann and Sechser (2014); Reiter and Poast (2021) on tripwires; Fearon (1997) on tied hands.
    """
    return pledge_weight * pledge + troop_weight * np.log1p(troops / 1000.0) + nuclear_weight * nuclear


def standing(capability: Number, capability_weight: Number, contiguous: Number, contiguity_weight: Number) -> Number:
    """Pull of what the guarantor is and where: its weight, and whether it touches the ally, log-odds (eq. 13a).

    capability         its share of the world's material capabilities (CINC), 0-1
    capability_weight  log-odds per share, any sign
    contiguous         1 where guarantor and ally touch by land or across at most 24 miles of water, else 0
    contiguity_weight  log-odds of touching, any sign

    All broadcast. 0 for a great power, of the share `GREAT_POWER`, that is no neighbour. Unchecked: any finite argument
    is weighed as it is.
    Source: the form, Joyce and Braithwaite (2013); the size, this project's, from every third state of 1946-2010.
    """
    return capability_weight * (capability - GREAT_POWER) + contiguity_weight * contiguous


def enmity(hostility: Number, enmity_weight: Number) -> Number:
    """Pull of what the guarantor itself has against the challenger, log-odds (eq. 13b).

    hostility      of the guarantor upon the challenger (eqs 31-31b), 0-1; 0 where the two have no quarrel
    enmity_weight  log-odds of full hostility over none, any sign

    All broadcast. 0 between rivals, at the hostility `RIVALS`. Unchecked: any finite argument is weighed as it is.
    Source: this project's form, from every third state of 1946-2010.
    """
    return enmity_weight * (hostility - RIVALS)


def load(involvement: Number, capacity: Number) -> Number:
    """Guarantor's load: involvement in all theatres over what it can carry, 0 or more (eq. 12).

    involvement  wars it fights or must expect, a count, 0 or more
    capacity     wars it can carry at once, above 0; below 1e-6 counts as 1e-6

    All broadcast. Unchecked: a negative involvement gives a negative load.
    Source: this project's form.
    """
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
    standing_pull: Number,
) -> Number:
    """The part of the log-odds of intervening that belongs to guarantor and ally, whoever challenges (eq. 14).

    baseline           log-odds of a great power that is no neighbour, against its rival, with all else at zero
    stakes             guarantor's stakes in the ally, 0 or more, about 1 for the dearest
    stakes_weight      log-odds per unit of stakes
    audience_pull      from `audience`, log-odds
    load_level         from `load`, 0 or more
    load_weight        log-odds that a load of 1 takes off
    politics           how far the guarantor's politics lean away from its allies, about 0
    politics_weight    log-odds that one unit of that takes off
    reputation         for keeping promises, -2 to 2
    reputation_weight  log-odds per unit of reputation
    standing_pull      from `standing`, log-odds

    All broadcast; weights of any sign. Unchecked: any finite argument is weighed as it is.
    Sources: Danilovic (2001) and Huth and Russett (1984) on stakes; Crescenzi and others (2012) on reputation.
    """
    return (
        baseline
        + stakes_weight * stakes
        + audience_pull
        - load_weight * load_level
        - politics_weight * politics
        + reputation_weight * reputation
        + standing_pull
    )


def chance_reliable_type_fights(
    inclined: Number, help_effect: Number, help_weight: Number, vulnerability: Number, exposure_weight: Number
) -> Number:
    """Chance, 0-1, that a guarantor of the reliable type fights against this challenger (eq. 14).

    inclined         log-odds from `inclination`, and from `enmity` to this challenger
    help_effect      how much its help changes the outcome, 0-1
    help_weight      log-odds of help that changes all, any sign
    vulnerability    homeland vulnerability to this challenger, 0-1
    exposure_weight  how much full vulnerability lowers the log-odds, any sign

    All broadcast. Unchecked: any finite argument is weighed as it is.
    Source: Huth and Russett (1984) on usefulness; that vulnerability lowers the chance is a claim this project tests.
    """
    return logistic(inclined + help_weight * help_effect - exposure_weight * vulnerability)


def promise(reliable: Number, belief_reliable: Number, unreliable_share: Number) -> Number:
    """Chance, 0-1, the promise is kept as seen by one who holds a belief about the guarantor's type (eq. 9).

    reliable          chance that the reliable type fights, 0-1
    belief_reliable   chance given to the guarantor being of that type, 0-1; 1 or 0 where the type is known
    unreliable_share  how often the unreliable type fights, relative to the reliable one, 0-1

    All broadcast. Unchecked: chances outside 0-1 give what is no chance.
    Source: the law of total probability.
    """
    return reliable * (unreliable_share + belief_reliable * (1.0 - unreliable_share))


def chance_of_somebody(guarantor: Number, others: Number) -> Number:
    """Chance, 0-1, that the guarantor fights, or any second one (eq. 49).

    guarantor  chance that the principal guarantor fights, 0-1
    others     chance that at least one second guarantor does, 0-1

    All broadcast. Each decides by itself. Unchecked: chances outside 0-1 give what is no chance.
    Source: independent events; that their choices hang together only by what they share (the challenger's reach, how
    much help would change) is this project's form.
    """
    return guarantor + others - guarantor * others


def help_of_somebody(alone: Number, effect: Number, guarantor: Number, others: Number, spared: Number) -> Number:
    """Fall in the challenger's chance of winning when somebody helps, whoever it is, 0 to `alone` (eq. 50).

    alone      chance that the challenger wins if nobody helps, 0-1
    effect     fall in it if the principal guarantor alone fights, 0 to `alone`
    guarantor  chance that it does, 0-1
    others     chance that any second guarantor does, 0-1
    spared     share of the challenger's chance that those take away who then come, 0-1

    All broadcast; 0 where nobody could come. Times the chance of somebody it is the fall that is expected. Unchecked:
    arguments outside 0-1 are weighed as they are.
    Source: expectation over who comes; that each share of the chance is taken from what the other left is this
    project's form.
    """
    left = (alone - guarantor * effect) * (1.0 - others * spared)
    return (alone - left) / at_least(chance_of_somebody(guarantor, others), 1e-6)


def umbrella_of_somebody(cost: Number, guarantor: Number, others_cost: Number, others: Number) -> Number:
    """Challenger's expected nuclear cost when somebody helps, in stakes: the larger of those that come (eq. 51).

    cost         expected nuclear cost if the principal guarantor fights, in stakes, 0 or more
    guarantor    chance that it does, 0-1
    others_cost  the same if second guarantors fight, in stakes, 0 or more
    others       chance that any does, 0-1

    All broadcast; 0 where nobody could come. Unchecked: chances outside 0-1 are weighed as they are.
    Source: expectation over who comes; this project's form.
    """
    together = guarantor * cost + (1.0 - guarantor) * others * others_cost
    more = guarantor * others * at_least(others_cost - cost, 0.0)
    return (together + more) / at_least(chance_of_somebody(guarantor, others), 1e-6)
