"""War that goes on: how long, whose ground, what it costs, and force short of war by kind (eqs 42-48; R32-R34)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, at_least


def chance_of_end(years: Number, in_first: Number, in_second: Number, later: Number) -> Number:
    """Chance, 0-1, that a war ends in a year of it (eq. 42).

    years      whole years it has lasted before, 0 or more; 0 in the year in which it breaks out
    in_first   chance that it ends in that year, 0-1
    in_second  chance that it ends in the next, if it lasts so long, 0-1
    later      the same in any year after, 0-1

    All broadcast. Unchecked: chances outside 0-1 are used as they are.
    Source: lengths of the 95 interstate wars since 1816 (Sarkees and Wayman 2010): hazards by year.
    """
    return np.where(years < 0.5, in_first, np.where(years < 1.5, in_second, later))


def mean_years(in_first: Number, in_second: Number, later: Number) -> Number:
    """Years in which a war is fought, in the mean, 1 or more (eq. 42).

    in_first   as in `chance_of_end`, 0-1
    in_second  as there, 0-1
    later      as there, above 0

    All broadcast. Unchecked: `later` of 0 divides by zero. Source: sum of the chances that it
    is still fought.
    """
    return 1.0 + (1.0 - in_first) * (1.0 + (1.0 - in_second) / later)


def tilt(win: Number, luck: Number, spread: Number) -> Number:
    """Which way the front moves, -1 to 1: 1 full speed for the attacker, 0 a stalemate (eq. 43).

    win     chance that the attacker would win if the war were decided this year, 0-1
    luck    standard normal; 0 for what is expected
    spread  how far luck moves it, 0 or more

    All broadcast. Unchecked: what leaves -1 to 1 is held at its end. This project's form.
    """
    return np.clip(2.0 * win - 1.0 + spread * luck, -1.0, 1.0)


def front_next(front: Number, tilted: Number, pace: Number, want: Number, rate: Number) -> Number:
    """Share of what is fought over that the attacker holds by force after a year, 0-1 (eq. 43).

    front   that share now, 0-1
    tilted  from `tilt`, -1 to 1
    pace    share of the rest that the front takes, or of what is held that it loses, in a year at full tilt, 0-1
    want    share of what the defender needs from outside that does not come (`want_of_supply`), 0-1
    rate    ground yielded for want of all of it, 1/year, 0 or more

    All broadcast. Unchecked: shares outside 0-1 can leave it. This project's form, a constant hazard.
    """
    taken = 1.0 - (1.0 - pace * at_least(tilted, 0.0)) * np.exp(-rate * want)
    return front + (1.0 - front) * taken - front * pace * at_least(-tilted, 0.0)


def gap_next(gap: Number, cut: Number, years: Number) -> Number:
    """Share of a supply that is missing at the front after a year of cuts, 0-1 (eq. 44).

    gap    that share now, 0-1
    cut    share of it that no longer comes, 0-1
    years  over which stocks and reserves run down, or fill again, above 0

    All broadcast. Unchecked: 0 years divide by zero.
    Source: this project's form, exponential run-down, as in `capability.outage_next`.
    """
    return gap + (cut - gap) * (1.0 - np.exp(-1.0 / years))


def want_of_supply(
    intelligence: Number,
    intelligence_weight: Number,
    arms: Number,
    arms_weight: Number,
    sustainment: Number,
    sustainment_weight: Number,
    money: Number,
    money_weight: Number,
    guarantor_share: Number,
    need: Number,
) -> Number:
    """Share of what a defender's war effort needs that does not come from the guarantor, 0-1 (eq. 44).

    intelligence         share of it that is missing, 0-1
    intelligence_weight  weight of it in the outside effort, 0 or more; weights are put to a sum of one
    arms                 share missing at the front (`gap_next`), 0-1
    arms_weight          weight of them, 0 or more
    sustainment          share missing, 0-1
    sustainment_weight   weight of it, 0 or more
    money                share missing in the treasury (`gap_next`), 0-1
    money_weight         weight of it, 0 or more
    guarantor_share      share of outside support that the guarantor gives, 0-1
    need                 share of the war effort that rests on outside support, 0-1

    All broadcast. Unchecked: weights that are all zero divide by zero.
    Source: this project's accounting; shares, Ukraine Support Tracker (Trebesch and others 2026).
    """
    weights = intelligence_weight + arms_weight + sustainment_weight + money_weight
    missing = (
        intelligence_weight * intelligence
        + arms_weight * arms
        + sustainment_weight * sustainment
        + money_weight * money
    )
    return need * guarantor_share * missing / weights


def short_of_others(short: Number, guarantor_share: Number) -> Number:
    """What second guarantors give no more to a state at war, in parts of the principal guarantor's (eq. 44a).

    short            share of what they gave at the start that they give no more, at most 1; below 0 when more
    guarantor_share  principal guarantor's share of all outside support, above 0 and at most 1; theirs is the rest

    All broadcast. Unchecked: a share of 0 divides by zero.
    Source: this project's accounting.
    """
    return short * (1.0 - guarantor_share) / guarantor_share


def ground_in_first_year(win: Number, ends: Number, pace: Number) -> Number:
    """Share of the issue that the defender can expect to lose in the year in which a war breaks out, 0-1 (eqs 42, 43).

    win   chance that the attacker wins, 0-1
    ends  chance that the war ends in that year, 0-1: then all is won or nothing
    pace  as in `front_next`, 0-1: else the front moves

    All broadcast. Unchecked: chances outside 0-1 are weighed as they are. This project's form.
    """
    return ends * win + (1.0 - ends) * pace * at_least(2.0 * win - 1.0, 0.0)


def ground_in_later_year(front: Number, moved: Number, win: Number, ends: Number, decisive: Number) -> Number:
    """Share of the issue that the defender can expect to lose in a year of a war that goes on, -1 to 1 (eqs 42, 43).

    front     share held by the attacker when the year begins, 0-1
    moved     share held when it ends, if the war goes on (`front_next` without luck), 0-1
    win       chance that the attacker wins if the war is decided, 0-1
    ends      chance that the war ends in the year, 0-1
    decisive  chance that an end is a decision, not a ceasefire, 0-1

    A decision gives the attacker all, or nothing; a ceasefire leaves each what it holds. All broadcast. Unchecked:
    chances outside 0-1 are weighed as they are. This project's form.
    """
    decided = ends * decisive
    return decided * (win - front) + (1.0 - ends) * (moved - front)


def force_committed(enemy: Number, own: Number, ratio: Number, most: Number) -> Number:
    """Share of a state's forces that a war ties down, 0-1 (eq. 45).

    enemy  the other side's effective forces, billion USD, 0 or more
    own    its own, in the same unit, 0 or more
    ratio  forces committed for each unit of the enemy's, 0 or more
    most   most of its forces that a state commits to a war, 0-1

    All broadcast. Unchecked: a share above 1 leaves negative forces. This project's form.
    """
    return np.minimum(ratio * enemy / at_least(own, 1e-6), most)


def ruin_next(
    ruin: Number, fought: Number, depth: Number, speed: Number, recovery: Number, besides: Number, abroad: Number
) -> Number:
    """Share of its product that a state misses through war and blockade, its own and others', after a year (eq. 46).

    ruin      that share now, 0-1
    fought    1 when a war was fought on its soil in the year, else 0
    depth     share that a long war costs, 0-1
    speed     share of the way there in a year of war, 0-1
    recovery  share of it that comes back in a year of peace, 0-1
    besides   what blockades, and campaigns of fighters on its soil, cost in the year, share of product, 0 or more
    abroad    share that it misses at least, by trade with the costliest site of war or blockade (`lost_abroad`), 0-1

    All broadcast. Unchecked: a recovery above 1 overshoots; what leaves 0 to 0.9 is held at its end.
    Source: output at the sites of wars since 1870 (Federle and others 2024); the form is this project's.
    """
    at_war = ruin + speed * at_least(depth - ruin, 0.0)
    after = np.where(fought > 0.0, at_war, ruin * (1.0 - recovery))
    return np.clip(np.maximum(after + besides, abroad), 0.0, 0.9)


def lost_abroad(fought: Number, by_war: Number, blockaded: Number, by_blockade: Number, share: Number) -> Number:
    """Share of product that third parties lose in a year through war at a site and its blockade, 0-1 (eq. 46a).

    fought       chance that a war is fought on its soil in the year, or 1 when one is, 0-1
    by_war       what others lose in the first year of such a war, as published, share of product, 0-1
    blockaded    the same of blockades: chance, or 1
    by_blockade  what others lose by a blockade of it, as published, 0-1
    share        of what is published that is lost, 0 or more

    All broadcast. Unchecked: a share that makes it more than 1 does.
    Source: product of the world in a first year of war, Bloomberg Economics (2024); the form is this project's.
    """
    return share * (fought * by_war + blockaded * by_blockade)


def loss_by_limited_force(
    damage: Number,
    land: Number,
    grabs: Number,
    ground: Number,
    value: Number,
    blockades: Number,
    product: Number,
    stake_in_product: Number,
) -> Number:
    """What the target loses by a use of force short of war, in stakes, in the mean over its kinds (eq. 47).

    damage            of a raid or strike, and of every use of force, in stakes, 0 or more
    land              1 where the two touch by land, else 0: there some take ground, elsewhere some blockade
    grabs             share of uses of force by land that take ground, 0-1
    ground            share of the issue that such a grab takes, 0-1
    value             what the target would lose with all of it, in stakes, 0 or more
    blockades         share of uses of force across water that are blockades, 0-1
    product           share of a year's product that a blockade costs, 0-1
    stake_in_product  share of product that a stake of one is worth, above 0

    All broadcast. Unchecked: a stake worth nothing divides by zero.
    Source: shares, Gibler, Miller and Little (2016), highest action of bilateral disputes 1950-2010.
    """
    return damage + land * grabs * ground * value + (1.0 - land) * blockades * product / stake_in_product


def loss_of_attacker(attack: Number, war_cost: Number, limited: Number, answered: Number, damage: Number) -> Number:
    """What a challenger loses by its own force once it is resisted, in stakes (eq. 48).

    attack    chance that it attacks, 0-1
    war_cost  its cost of a year of war, in stakes, 0 or more
    limited   chance that it uses limited force, 0-1
    answered  share of such uses that the target answers by force, 0-1
    damage    of that answer, in stakes, 0 or more

    All broadcast. Unchecked: chances outside 0-1 are weighed as they are.
    Source: expectation over the tree; the share answered, Gibler, Miller and Little (2016).
    """
    return attack * war_cost + limited * answered * damage
