"""Crisis: challenge, concession, limited force, attack (eqs 15-18). Agent quantal response on a four-move tree.

The challenger keeps the status quo or challenges; the target concedes or resists; the challenger backs down, uses
limited force or attacks; the guarantor then fights or abstains (eq. 14). Each move is a logit choice over the
expected values of what follows (Signorino 1999; McKelvey and Palfrey 1998). The limited-force move is this
project's addition: three disputes in four see force used and one in forty becomes a war.
Values are in stakes: 1 is the typical issue between politically relevant states.
"""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

import numpy as np

from foedus.equations.choice import Number, logistic

Entry = TypeVar("Entry", bound=Number, covariant=True)


class Crisis(NamedTuple, Generic[Entry]):
    """Chances at every move of the tree, and what the target expects to lose in a year by what it believes."""

    challenge: Entry
    concession: Entry
    attack: Entry
    limited_force: Entry
    perceived_loss: Entry


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
    """What the challenger expects from attacking, in stakes (eq. 15).

    stake                   value of what is left of the issue, 0 or more
    win_alone               chance of winning if the guarantor stays out, 0-1
    help_effect             fall in that chance if the guarantor fights, 0 to `win_alone`
    promise_as_seen         chance the challenger gives to the guarantor fighting, 0-1
    war_cost                challenger's cost of war, in stakes, finite
    guarantor_nuclear_cost  expected extra cost if a nuclear guarantor fights, in stakes, 0 or more, finite
    target_nuclear_cost     expected extra cost if the target is nuclear, in stakes, 0 or more, finite
    recognition_gain        what a challenger that seeks recognition expects force to add, in stakes (R19)

    All broadcast. Unchecked: a chance outside 0-1 or a negative stake is weighed as it is, and means nothing.
    Source: Signorino (1999), with nuclear cost and recognition this project's.
    """
    prize = stake * (win_alone - promise_as_seen * help_effect)
    return prize - war_cost - promise_as_seen * guarantor_nuclear_cost - target_nuclear_cost + recognition_gain


def cost_of_war(cost: Number, stake: Number, scaling: Number) -> Number:
    """Cost of war over `stake`, in stakes: part is the fighting itself, part grows with what is fought over.

    cost     at a stake of one, in stakes, 0 or more
    stake    value of the issue, 0 or more
    scaling  share that grows with the stake, 0-1

    All broadcast. Unchecked: scaling outside 0-1 or a negative stake can give a negative cost.
    Source: this project's form.
    """
    return cost * (1.0 - scaling) + cost * scaling * stake


def cost_to_challenger(cost: Number, relief: Number, hostility: Number) -> Number:
    """Cost of war in the challenger's eyes, in stakes: rivals count an enemy's losses as gain and so fight for less.

    cost       as from `cost_of_war`, in stakes, 0 or more
    relief     how much of it full hostility takes away, in stakes, 0 or more
    hostility  0-1

    All broadcast; negative where relief outweighs cost, which is legal: such a rival would pay to fight. Unchecked:
    hostility outside 0-1 is weighed as it is. Of disputes
    between strategic rivals 4.9 % became wars in 1950-2010, of those between other neighbours 0.4 % (base_rates.csv);
    Colaresi and Thompson (2002) find the same of crises. The form is this project's.
    """
    return cost - relief * hostility


def value_of_limited_force(stake: Number, gain: Number, cost: Number, recognition_gain: Number = 0.0) -> Number:
    """What the challenger expects from a strike, raid or blockade, in stakes.

    stake             value of the issue, 0 or more
    gain              won at a stake of one; it grows with the root of the stake, since a raid takes less of a larger
                      issue; minus infinity closes the option at any stake, and then so does the result
    cost              cost of limited force, in stakes, finite
    recognition_gain  as in `value_of_attack`, finite

    All broadcast. Unchecked: a negative stake gives NaN.
    Source: this project's addition (docs/equations/1-crisis.md).
    """
    closed = np.isneginf(gain)
    gain, cost = np.where(closed, 0.0, gain), np.where(closed, np.inf, cost)
    return gain * np.sqrt(stake) - cost + recognition_gain


def chances_once_resisted(
    attack_value: Number, limited_value: Number, back_down_value: Number, precision: Number
) -> tuple[Number, Number]:
    """Chances, 0-1, of attack and of limited force once the target resists (eq. 16); the rest is backing down.

    attack_value     from `value_of_attack`, in stakes
    limited_value    from `value_of_limited_force`, in stakes
    back_down_value  what backing down is worth, in stakes, finite; a cost is negative
    precision        logit precision, 1/stake, above 0; higher is closer to best response

    All broadcast. With `limited_value` of minus infinity this is the two-way logit of attack against backing down.
    Unchecked: a precision of 0 gives even chances, or NaN with an option at minus infinity; a negative one picks the
    worst.
    Source: McKelvey and Palfrey (1998); Signorino (1999).
    """
    best = np.maximum(np.maximum(attack_value, limited_value), back_down_value)
    attack = np.exp(precision * (attack_value - best))
    limited = np.exp(precision * (limited_value - best))
    total = attack + limited + np.exp(precision * (back_down_value - best))
    return attack / total, limited / total


def value_of_resisting(attack: Number, limited: Number, war_loss: Number, limited_damage: Number) -> Number:
    """What the target expects from resisting, in stakes: a loss and so negative (eq. 17).

    attack          chance that the challenger attacks, 0-1
    limited         chance that it uses limited force, 0-1; the two sum to at most 1
    war_loss        target's expected loss in war, in stakes, finite: stake lost plus cost of war (`loss_in_war`)
    limited_damage  target's loss from limited force, in stakes, finite

    All broadcast. Unchecked: chances that sum to more than 1 count losses twice.
    Source: Signorino (1999).
    """
    return -(attack * war_loss + limited * limited_damage)


def chance_of_concession(resisting: Number, demand: Number, audience_cost: Number, precision: Number) -> Number:
    """Chance, 0-1, that the target yields rather than resists (eq. 17).

    resisting      from `value_of_resisting`, in stakes
    demand         what it yields, in stakes, 0 or more
    audience_cost  what yielding costs it beside, in stakes, any sign
    precision      logit precision, 1/stake, 0 or more

    All broadcast. Unchecked: a negative precision reverses the preference.
    Source: McKelvey and Palfrey (1998); audience cost, Fearon (1994).
    """
    return logistic(precision * (-demand - audience_cost - resisting))


def chance_of_challenge(
    value: Number, cost: Number, hostility: Number, hostility_weight: Number, precision: Number
) -> Number:
    """Chance, 0-1, in a year that the challenger opens a crisis (eq. 18).

    value             what a crisis is worth to it, in stakes, any sign
    cost              what opening one costs, in stakes, any sign
    hostility         0-1
    hostility_weight  how much full hostility takes off the cost, in stakes, any sign
    precision         logit precision, 1/stake, 0 or more

    All broadcast. Unchecked: a negative precision reverses the preference.
    Source: McKelvey and Palfrey (1998); hostility is this project's.
    """
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
) -> Crisis[Number]:
    """Solve the tree backwards: each side moves by what it believes of the promise (eqs 15-18).

    stake                       value of the issue, 1 the typical one, 0 or more
    win_alone                   challenger's chance of winning if the guarantor stays out, 0-1
    help_effect                 fall in that chance if the guarantor fights, 0 to `win_alone`
    promise_seen_by_challenger  chance it gives to the guarantor fighting, 0-1
    promise_seen_by_target      chance the target gives to it, 0-1
    hostility                   of the challenger toward the target, 0-1
    challenger_war_cost         as it counts it (`cost_to_challenger`), in stakes, finite
    target_war_cost             target's cost of war (`cost_of_war`), in stakes, finite
    guarantor_nuclear_cost      as in `value_of_attack`, in stakes
    target_nuclear_cost         as in `value_of_attack`, in stakes
    recognition_gain            as in `value_of_attack`, in stakes; added to attack and to limited force
    limited_gain                won by limited force at a stake of one, in stakes; minus infinity closes the option
    limited_cost                cost of limited force to the challenger, in stakes, finite
    limited_damage              loss from limited force to the target, in stakes, finite
    demand_share                share of the stake that the challenger demands, 0-1
    challenge_cost              what opening a crisis costs, in stakes, any sign
    back_down_cost              what backing down costs the challenger, in stakes, any sign; negative when it still
                                gains
    audience_cost               what yielding costs the target beside the demand, in stakes, any sign
    hostility_weight            how much full hostility takes off the cost of a challenge, in stakes
    precision                   logit precision of every move, 1/stake, above 0

    All broadcast; each entry of the result has their common shape, but `attack` and `limited_force` are free of axes
    that only the target's arguments have. Unchecked: a negative stake gives NaN; win_alone above 1 (or any chance
    outside 0-1) solves a game nobody plays, without a sign of it; infinite arguments
    other than `limited_gain` can give NaN.
    Source: Signorino (1999); McKelvey and Palfrey (1998); limited force is this project's.
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
    return chance * np.where(value == -np.inf, 0.0, value)


def loss_in_war(
    stake: Number, win_alone: Number, help_effect: Number, promise: Number, target_war_cost: Number
) -> Number:
    """What the target expects to lose in a war, in stakes: the stake as often as it is beaten, and the war's cost.

    stake            value of the issue, 0 or more
    win_alone        challenger's chance of winning if the guarantor stays out, 0-1
    help_effect      fall in that chance if it fights, 0 to `win_alone`
    promise          chance that the guarantor fights, 0-1: as the target sees it, or the true one
    target_war_cost  target's cost of war, in stakes, finite

    All broadcast. Unchecked: chances outside 0-1 are weighed as they are, and mean nothing.
    Source: Signorino (1999).
    """
    return stake * (win_alone - promise * help_effect) + target_war_cost


def losses(solved: Crisis[Number], demand: Number, war_loss: Number, limited_damage: Number) -> tuple[Number, Number]:
    """What the target can expect to lose in a year, in stakes: by conceding, and by fighting.

    solved          the tree from `solve`
    demand          what it yields when it concedes, in stakes, 0 or more
    war_loss        from `loss_in_war` with the true promise: behaviour followed beliefs, what is lost does not
    limited_damage  its loss from limited force, in stakes, finite

    All broadcast. Unchecked: what is negative or not a number in an argument is so in the result.
    Source: expectation over the tree of `solve`.
    """
    resisted = solved.challenge * (1.0 - solved.concession)
    return (
        solved.challenge * solved.concession * demand,
        resisted * (solved.attack * war_loss + solved.limited_force * limited_damage),
    )


def chance_of_fatal_crisis(
    challenge: Number, concession: Number, attack: Number, limited_force: Number, limited_deadly: Number = 0.3
) -> Number:
    """Chance, 0-1, in a year of a crisis in which people die (eq. 19): war, or a deadly share of limited force.

    challenge       chance that a crisis is opened, 0-1
    concession      chance that the target yields, 0-1
    attack          chance of attack once it resists, 0-1
    limited_force   chance of limited force once it resists, 0-1
    limited_deadly  share of limited uses of force with deaths, 0-1; 26 % of disputes since 1950 were fatal against 73 %
                    with force used (Gibler, Miller and Little 2016)

    All broadcast. Unchecked: chances outside 0-1 give what is no chance.
    """
    return challenge * (1.0 - concession) * (attack + limited_deadly * limited_force)
