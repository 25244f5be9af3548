"""Crisis: challenge, concession, limited force, attack (eqs 15-18). Agent quantal response on a four-move tree.

The challenger keeps the status quo or challenges; the target concedes or resists; the challenger backs down, uses
limited force or attacks; the guarantor then fights or abstains (eq. 14). Each move is a logit choice over the
expected values of what follows (Signorino 1999; McKelvey and Palfrey 1998). The limited-force move is this
project's addition: three disputes in four see force used and one in forty becomes a war.
Values are in stakes: 1 is the typical issue between politically relevant states.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.equations.choice import Number, logistic


class Crisis(NamedTuple):
    """Chances at every move of the tree, and what the target expects to lose in a year by what it believes."""

    challenge: Number
    concession: Number
    attack: Number
    limited_force: Number
    perceived_loss: Number


def value_of_attack(
    stake: Number,
    win_alone: Number,
    help_effect: Number,
    promise_as_seen: Number,
    war_cost: Number,
    guarantor_nuclear_cost: Number = 0.0,
    target_nuclear_cost: Number = 0.0,
    recognition_gain: Number = 0.0,
) -> Number:
    """What the challenger expects from attacking (eq. 15).

    stake                   value of what is left of the issue
    win_alone               chance of winning if the guarantor stays out, 0-1
    help_effect             fall in that chance if the guarantor fights, 0-1
    promise_as_seen         chance the challenger gives to the guarantor fighting, 0-1
    war_cost                challenger's cost of war
    guarantor_nuclear_cost  expected extra cost if a nuclear guarantor fights
    target_nuclear_cost     expected extra cost if the target is nuclear
    recognition_gain        what a challenger that seeks recognition expects force to add (R19)
    """
    prize = stake * (win_alone - promise_as_seen * help_effect)
    return prize - war_cost - promise_as_seen * guarantor_nuclear_cost - target_nuclear_cost + recognition_gain


def cost_of_war(cost: Number, stake: Number, scaling: Number) -> Number:
    """Cost of war over `stake`, in stakes: part is the fighting itself, part grows with what is fought over.

    cost     at a stake of one
    scaling  share that grows with the stake, 0-1
    """
    return cost * (1.0 - scaling) + cost * scaling * stake


def cost_to_challenger(cost: Number, relief: Number, hostility: Number) -> Number:
    """Cost of war in the challenger's eyes: rivals count an enemy's losses as gain and so fight for less.

    cost       as from `cost_of_war`
    relief     how much of it full hostility takes away, in stakes
    hostility  0-1

    Of disputes between strategic rivals 4.9 % became wars in 1950-2010, of those between other neighbours 0.4 %
    (base_rates.csv); Colaresi and Thompson (2002) find the same of crises.
    """
    return cost - relief * hostility


def value_of_limited_force(stake: Number, gain: Number, cost: Number, recognition_gain: Number = 0.0) -> Number:
    """What the challenger expects from a strike, raid or blockade.

    gain  won at a stake of one; it grows with the root of the stake, since a raid takes less of a larger issue
    """
    closed = np.isneginf(gain)
    if closed.any():
        gain, cost = np.where(closed, 0.0, gain), np.where(closed, np.inf, cost)
    return gain * np.sqrt(stake) - cost + recognition_gain


def chances_once_resisted(
    attack_value: Number, limited_value: Number, back_down_value: Number, precision: Number
) -> tuple[Number, Number]:
    """Chances of attack and of limited force once the target resists (eq. 16); the rest is backing down.

    With `limited_value` of minus infinity this is the two-way logit of attack against backing down.
    """
    best = np.maximum(np.maximum(attack_value, limited_value), back_down_value)
    attack = np.exp(precision * (attack_value - best))
    limited = np.exp(precision * (limited_value - best))
    total = attack + limited + np.exp(precision * (back_down_value - best))
    return attack / total, limited / total


def value_of_resisting(attack: Number, limited: Number, war_loss: Number, limited_damage: Number) -> Number:
    """What the target expects from resisting, a loss and so negative (eq. 17).

    attack, limited  chances that the challenger attacks or uses limited force
    war_loss         target's expected loss in war: stake lost plus cost of war
    limited_damage   target's loss from limited force
    """
    return -(attack * war_loss + limited * limited_damage)


def chance_of_concession(resisting: Number, demand: Number, audience_cost: Number, precision: Number) -> Number:
    """Chance that the target yields `demand` rather than resist (eq. 17); yielding also costs `audience_cost`."""
    return logistic(precision * (-demand - audience_cost - resisting))


def chance_of_challenge(
    value: Number, cost: Number, hostility: Number, hostility_weight: Number, precision: Number
) -> Number:
    """Chance in a year that the challenger opens a crisis worth `value` to it (eq. 18)."""
    return logistic(precision * (value - cost + hostility_weight * hostility))


def solve(
    *,
    stake: Number,
    win_alone: Number,
    help_effect: Number,
    promise_seen_by_challenger: Number,
    promise_seen_by_target: Number,
    hostility: Number,
    challenger_war_cost: Number,
    target_war_cost: Number,
    guarantor_nuclear_cost: Number,
    target_nuclear_cost: Number,
    recognition_gain: Number,
    limited_gain: Number,
    limited_cost: Number,
    limited_damage: Number,
    demand_share: Number,
    challenge_cost: Number,
    back_down_cost: Number,
    audience_cost: Number,
    hostility_weight: Number,
    precision: Number,
) -> Crisis:
    """Solve the tree backwards: each side moves by what it believes of the promise.

    Arguments as in the functions above; `demand_share` is a share of the stake.
    All broadcast; each entry of the result has their common shape.
    """
    attack_value = value_of_attack(
        stake,
        win_alone,
        help_effect,
        promise_seen_by_challenger,
        challenger_war_cost,
        guarantor_nuclear_cost,
        target_nuclear_cost,
        recognition_gain,
    )
    limited_value = value_of_limited_force(stake, limited_gain, limited_cost, recognition_gain)
    attack, limited = chances_once_resisted(attack_value, limited_value, -back_down_cost, precision)
    demand = demand_share * stake
    war_loss = loss_in_war(stake, win_alone, help_effect, promise_seen_by_target, target_war_cost)
    resisting = value_of_resisting(attack, limited, war_loss, limited_damage)
    concession = chance_of_concession(resisting, demand, audience_cost, precision)
    forced = attack * attack_value + _weighed(limited, limited_value)
    once_resisted = forced - (1.0 - attack - limited) * back_down_cost
    value = once_resisted + concession * (demand - once_resisted)
    challenge = chance_of_challenge(value, challenge_cost, hostility, hostility_weight, precision)
    return Crisis(
        challenge=challenge,
        concession=concession,
        attack=attack,
        limited_force=limited,
        perceived_loss=challenge * (concession * (demand + resisting) - resisting),
    )


def _weighed(chance: Number, value: Number) -> Number:
    """Value times its chance: nothing for an option closed by minus infinity, which is never chosen."""
    if np.min(value, initial=0.0) == -np.inf:
        value = np.where(value == -np.inf, 0.0, value)
    return chance * value


def loss_in_war(
    stake: Number, win_alone: Number, help_effect: Number, promise: Number, target_war_cost: Number
) -> Number:
    """What the target expects to lose in a war: the stake as often as it is beaten, and the cost of fighting.

    promise  chance that the guarantor fights: as the target sees it, or the true one
    """
    return stake * (win_alone - promise * help_effect) + target_war_cost


def losses(solved: Crisis, demand: Number, war_loss: Number, limited_damage: Number) -> tuple[Number, Number]:
    """What the target can expect to lose in a year, by conceding and by fighting.

    demand    what it yields when it concedes, in stakes
    war_loss  from `loss_in_war` with the true promise: behaviour followed beliefs, what is lost does not
    """
    resisted = solved.challenge * (1.0 - solved.concession)
    return (
        solved.challenge * solved.concession * demand,
        resisted * (solved.attack * war_loss + solved.limited_force * limited_damage),
    )


def chance_of_fatal_crisis(
    challenge: Number, concession: Number, attack: Number, limited_force: Number, limited_deadly: Number = 0.3
) -> Number:
    """Chance in a year of a crisis in which people die (eq. 19): war, or a deadly share of limited force.

    limited_deadly  share of limited uses of force with deaths; 26 % of disputes since 1950 were fatal against 73 %
                    with force used (Gibler, Miller and Little 2016)
    """
    return challenge * (1.0 - concession) * (attack + limited_deadly * limited_force)
