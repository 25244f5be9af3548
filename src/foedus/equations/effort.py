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
    """Share of GDP a state would spend if nothing bound it (eq. 19).

    habit         the share it is used to
    war_risk      change in perceived yearly chance of fatal crisis since the start
    log_rivals    change in the log of rivals' power since the start
    log_spill_in  change in the log of partners' power since the start
    doubt         change in unreliability times threat since the start
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
    most_growth: Number,
    fiscal_binding: Number,
    opinion_binding: Number,
) -> Number:
    """Largest share of GDP a state can spend next year (eq. 20).

    share, habit     this year's share, and the share it is used to
    most             what a public of neutral mood bears
    tolerance        public mood, about 0, bounded to -1 … 1
    fiscal_space     share of GDP that could be borrowed or raised
    fiscal_speed     how much of that a year opens
    most_growth      largest yearly growth of the share
    *_binding        1 when the limit is on, 0 off
    """
    open_ended = 1.0
    political = np.maximum(most, 1.2 * habit) * (1.0 + np.clip(tolerance, -0.9, 1.0))
    by_opinion = political * opinion_binding + open_ended * (1.0 - opinion_binding)
    by_money = share + fiscal_space * fiscal_speed
    by_money = by_money * fiscal_binding + open_ended * (1.0 - fiscal_binding)
    return np.minimum(np.minimum(by_opinion, by_money), share * (1.0 + most_growth))


def next_share(share: Number, desired: Number, most: Number, adjustment: Number, shock: Number = 0.0) -> Number:
    """Next year's share: partial adjustment toward the lower of desire and ceiling (eq. 20).

    shock  what budgets do that no threat explains, log points: cabinets fall, currencies slide, programmes slip
    """
    return np.maximum((share + adjustment * (np.minimum(desired, most) - share)) * np.exp(shock), 0.001)


def proximity(log_fading: Number) -> Number:
    """How near a threat is, 0-1: the share of the challenger's power that reaches the target (eqs 4, 19).

    log_fading  log-power lost on the way
    """
    return np.exp(-log_fading)


def fiscal_space(debt: Number, debt_limit: Number, money: Number, money_value: Number) -> Number:
    """Share of GDP a state could still borrow or raise (R03); guarantor's money relaxes it.

    debt, debt_limit  gross debt and the most markets are taken to bear, shares of GDP
    money             guarantor's grants and loans, share of the ally's GDP
    """
    return np.maximum(debt_limit - debt, 0.0) * 0.1 + money_value * money


def debt_next(debt: Number, extra_share: Number, financed_by_debt: Number, growth: Number) -> Number:
    """Debt after a year in which `extra_share` of GDP above habit was spent, part of it borrowed."""
    return np.clip((debt + np.maximum(extra_share, 0.0) * financed_by_debt) / (1.0 + 0.3 * growth), 0.0, 4.0)


def tolerance_next(
    tolerance: Number,
    war_risk: Number,
    extra_share: Number,
    threat_weight: Number,
    burden_weight: Number,
    forgetting: Number,
) -> Number:
    """Public tolerance for the burden after a year (eq. 21), bounded to -1 … 1."""
    return np.clip(tolerance * (1.0 - forgetting) + threat_weight * war_risk - burden_weight * extra_share, -1.0, 1.0)
