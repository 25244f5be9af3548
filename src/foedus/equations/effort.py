"""Effort: how much of its product a state spends on defence, and what its public allows (eqs 19-21, R03, R13)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number


def desired_share(
    habit: Number,
    war_risk: Number,
    war_risk_weight: Number,
    log_rivals: Number,
    rivals_weight: Number,
    log_spill_in: Number,
    spill_in_weight: Number,
    doubt: Number,
    doubt_weight: Number,
) -> Number:
    """Share of GDP a state would spend if nothing bound it, above 0 (eq. 19).

    habit            share of GDP it spends when nothing has changed, above 0; the engine gives that of the first year
    war_risk         change in perceived yearly chance of fatal crisis since the start, -1 to 1
    war_risk_weight  log of spending per unit of that chance, any sign
    log_rivals       change in the log of rivals' power since the start, any sign
    rivals_weight    elasticity of spending to it, any sign
    log_spill_in     change in the log of partners' power since the start, any sign
    spill_in_weight  elasticity of spending to it, taken off: positive is free-riding; any sign
    doubt            change in unreliability times threat since the start, any sign
    doubt_weight     log of spending per unit of doubt, any sign

    All broadcast. Unchecked: a negative habit gives a negative share; large arguments overflow to infinity.
    Sources: Nordhaus, Oneal and Russett (2012); George and Sandler (2018); Collier and Hoeffler (2007).
    """
    return habit * np.exp(
        war_risk_weight * war_risk + rivals_weight * log_rivals - spill_in_weight * log_spill_in + doubt_weight * doubt
    )


def ceiling(
    share: Number,
    habit: Number,
    most: Number,
    tolerance: Number,
    fiscal_space: Number,
    fiscal_speed: Number,
    budget_shift: Number,
    most_growth: Number,
    fiscal_binding: Number,
    opinion_binding: Number,
) -> Number:
    """Largest share of GDP a state can spend next year (eq. 20).

    share            this year's share of GDP, 0 or more
    habit            the share it is used to, 0 or more; its public bears a fifth more
    most             share that a public of neutral mood bears, 0 or more
    tolerance        public mood, about 0; below -0.9 counts as -0.9, above 1 as 1
    fiscal_space     share of GDP that could be borrowed, 0 or more (`fiscal_space`)
    fiscal_speed     how much of that a year opens, 0-1
    budget_shift     share of GDP that taxes and other budgets give in a year, whatever the debt, 0 or more
    most_growth      largest yearly growth of the share, as a share of it, 0 or more
    fiscal_binding   1 when the limit of money is on, 0 off
    opinion_binding  1 when the limit of opinion is on, 0 off

    All broadcast. Unchecked: negative shares or space give a ceiling below this year's share, or below zero.
    Source: this project's form.
    """
    open_ended = 1.0
    political = np.maximum(most, 1.2 * habit) * (1.0 + np.clip(tolerance, -0.9, 1.0))
    by_opinion = political * opinion_binding + open_ended * (1.0 - opinion_binding)
    by_money = share + fiscal_space * fiscal_speed + budget_shift
    by_money = by_money * fiscal_binding + open_ended * (1.0 - fiscal_binding)
    return np.minimum(np.minimum(by_opinion, by_money), share * (1.0 + most_growth))


def next_share(share: Number, desired: Number, most: Number, adjustment: Number, shock: Number = 0.0) -> Number:
    """Next year's share of GDP: partial adjustment toward the lower of desire and ceiling, at least 0.001 (eq. 20).

    share       this year's share of GDP, above 0
    desired     from `desired_share`
    most        from `ceiling`
    adjustment  share of the gap closed in a year, 0-1
    shock       what budgets do that no threat explains, log points: cabinets fall, currencies slide, programmes slip

    All broadcast. Unchecked: adjustment above 1 overshoots; what would be negative becomes 0.001.
    Source: partial adjustment as in Nordhaus, Oneal and Russett (2012).
    """
    return np.maximum((share + adjustment * (np.minimum(desired, most) - share)) * np.exp(shock), 0.001)


def delivery(luck: Number, kept: Number, shortfall: Number) -> Number:
    """Share of an announced rise of spending that is delivered, 0-1 (eq. 19, R31).

    luck       uniform draw of a state, 0-1; low luck delivers, so what is surer is kept wherever the less sure is
    kept       chance that an announcement is kept in full, 0-1
    shortfall  mean share that is delivered where it is not, 0-1

    All broadcast. Where it is not kept, the share is uniform from zero to twice the mean, and at most one. Unchecked:
    a chance above one keeps all.
    Source: the pledge of 2014, of which some allies delivered all and the others 0.2 to 0.6 by its date; this project's
    form.
    """
    missed = np.clip((luck - kept) / np.maximum(1.0 - kept, 1e-6), 0.0, 1.0)
    return np.where(np.asarray(luck) < kept, 1.0, np.minimum(2.0 * shortfall * missed, 1.0))


def proximity(log_fading: Number) -> Number:
    """How near a threat is, 0-1: the share of the challenger's power that reaches the target (eqs 4, 19).

    log_fading  log-power lost on the way, 0 or more

    Unchecked: a negative loss gives more than 1.
    Source: Boulding (1962).
    """
    return np.exp(-log_fading)


def fiscal_space(debt: Number, debt_limit: Number, money: Number, money_value: Number) -> Number:
    """Share of GDP a state could still borrow, 0 or more (R03); guarantor's money relaxes it.

    debt         gross debt, share of GDP, 0 or more
    debt_limit   the most markets are taken to bear, share of GDP, 0 or more
    money        guarantor's grants and loans, share of the ally's GDP, 0 or more
    money_value  space opened by one unit of that money, 0 or more

    All broadcast; a tenth of the distance to the limit is open. Unchecked: debt beyond the limit counts as at it;
    negative money closes space.
    Source: this project's form.
    """
    return np.maximum(debt_limit - debt, 0.0) * 0.1 + money_value * money


def debt_next(debt: Number, extra_share: Number, financed_by_debt: Number, growth: Number) -> Number:
    """Debt after a year, share of GDP, 0-4: part of the spending above habit is borrowed, growth wears it off (R03).

    debt              gross debt now, share of GDP, 0 or more
    extra_share       spending above habit, share of GDP; below 0 counts as 0
    financed_by_debt  share of it that is borrowed, 0-1
    growth            yearly growth of GDP, as a share, above -1; three tenths of it lower the ratio

    All broadcast. Unchecked: what leaves 0-4 is held at its end.
    Source: this project's form.
    """
    return np.clip((debt + np.maximum(extra_share, 0.0) * financed_by_debt) / (1.0 + 0.3 * growth), 0.0, 4.0)


def tolerance_next(
    tolerance: Number,
    war_risk: Number,
    extra_share: Number,
    threat_weight: Number,
    burden_weight: Number,
    forgetting: Number,
) -> Number:
    """Public tolerance for the burden after a year, -1 to 1 (eq. 21).

    tolerance      now, -1 to 1
    war_risk       change in perceived yearly chance of fatal crisis since the start, -1 to 1
    extra_share    spending above that of the start, share of GDP, any sign
    threat_weight  tolerance per unit of that chance, any sign
    burden_weight  tolerance lost per unit of extra share, any sign
    forgetting     share of the mood that fades in a year, 0-1

    All broadcast. Unchecked: what leaves -1 to 1 is held at its end.
    Source: this project's form.
    """
    return np.clip(tolerance * (1.0 - forgetting) + threat_weight * war_risk - burden_weight * extra_share, -1.0, 1.0)
