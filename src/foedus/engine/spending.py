"""How much each state spends (eqs 19-21; R03, R13, R14)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.layout import Floats, floats
from foedus.engine.setting import Setting, rows
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.equations import effort
from foedus.terms import Channel


def spend(situation: Situation, state: State, setting: Setting) -> State:
    """Spending, debt, mood and product a year on; a doctrine may fix the share of product."""
    p, fixed = setting.p, situation.doctrines.spending
    desired = np.where(np.isnan(fixed), _desired(situation, setting), fixed)
    shock = p["budget_noise"] * setting.draws.normal(situation.year, "budget", setting.state_ids) * np.isnan(fixed)
    most = _ceiling(situation, state, setting)
    share = effort.next_share(state.share, desired, most, p["adjustment"], shock)
    growth = setting.layout.states.growth[:, None]
    extra = share - setting.layout.states.defence_share[:, None]
    return replace(
        state,
        share=np.minimum(share, 0.6),
        debt=floats(effort.debt_next(state.debt, extra, p["debt_financed"], growth)),
        tolerance=floats(
            effort.tolerance_next(
                state.tolerance,
                situation.pressure.war_risk - situation.origin.pressure.war_risk,
                extra,
                p["tolerance_from_risk"],
                p["tolerance_from_burden"],
                p["tolerance_forgetting"],
            )
        ),
        gdp=np.asarray(state.gdp * (1.0 + growth), dtype=np.float32),
    )


def _desired(situation: Situation, setting: Setting) -> Floats:
    """Share of product that each state would spend if nothing bound it, [S, F]; changes since the first year count."""
    p, now, first = setting.p, situation.pressure, situation.origin.pressure
    desired: Floats = floats(
        effort.desired_share(
            setting.layout.states.defence_share[:, None],
            now.war_risk - first.war_risk,
            p["war_risk_weight"],
            now.log_rivals - first.log_rivals,
            p["rivals_weight"],
            now.log_partners - first.log_partners,
            p["spill_in_weight"],
            now.exposed_doubt - first.exposed_doubt,
            p["doubt_weight"],
        )
    )
    return desired


def _ceiling(situation: Situation, state: State, setting: Setting) -> Floats:
    """Most that budgets and opinion allow, share of product, [S, F]; the guarantor's money widens it."""
    p, layout = setting.p, setting.layout
    money = rows(np.maximum(situation.support.level[:, Channel.MONEY], 0.0), layout.link_of)
    space = effort.fiscal_space(state.debt, p["debt_limit"], money * 0.01, p["money_value"])
    ceiling: Floats = floats(
        effort.ceiling(
            state.share,
            np.maximum(layout.states.habit[:, None], layout.states.defence_share[:, None]),
            p["most_share"],
            state.tolerance,
            space + setting.remedy("budgets"),
            p["fiscal_speed"],
            p["most_growth"],
            p["fiscal_binding"],
            p["opinion_binding"],
        )
    )
    return ceiling
