"""How much each state spends (eqs 19-21; R03, R13, R14, R31)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.ceilings import ceiling
from foedus.engine.layout import Floats, floats
from foedus.engine.plans import Course, course
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.equations import effort
from foedus.terms import Channel

MOST_SHARE = 0.6
"""Most of its product that a state can spend."""


def spend(situation: Situation, state: State, setting: Setting) -> State:
    """Spending, debt, mood and product a year on.

    What a doctrine orders is spent. What was announced is spent as far as it is delivered: opinion, debt and the luck
    of budgets are in the record from which delivery is drawn, so that they do not bind it again. In both cases the run
    keeps how much opinion and debt would have carried.
    """
    p, ordered = setting.p, situation.doctrines.spending
    now, coming = course(situation.year, setting), course(situation.year + 1, setting)
    shock = p["budget_noise"] * setting.draws.normal(situation.year, "budget", setting.state_ids) * ~coming.runs
    money = situation.support.channel(Channel.MONEY)
    most, carried = (ceiling(x, state.debt, state.tolerance, money, setting) for x in (state.share, state.carried))
    own = effort.next_share(
        state.share * np.where(coming.planned, coming.share / np.maximum(now.share, 1e-6), 1.0),
        _desired(coming, situation, setting),
        np.where(coming.planned, np.maximum(most, coming.share), most),
        p["adjustment"],
        shock,
    )
    own = np.minimum(np.where(coming.runs, np.maximum(own, coming.share), own), MOST_SHARE)
    share = floats(np.where(np.isnan(ordered), own, ordered))
    bound = coming.planned | ~np.isnan(ordered)
    growth = setting.layout.states.growth[:, None]
    extra = share - setting.layout.states.defence_share[:, None]
    return replace(
        state,
        share=share,
        carried=np.where(bound, np.minimum(share, carried), share),
        debt=floats(effort.debt_next(state.debt, extra, p["debt_financed"], growth)),
        tolerance=floats(
            effort.tolerance_next(
                state.tolerance,
                situation.pressure.war_risk - situation.origin.pressure.war_risk,
                share - coming.share,
                p["tolerance_from_risk"],
                p["tolerance_from_burden"],
                p["tolerance_forgetting"],
            )
        ),
        gdp=np.asarray(state.gdp * (1.0 + growth), dtype=np.float32),
    )


def _desired(coming: Course, situation: Situation, setting: Setting) -> Floats:
    """Share of product that each state would spend if nothing bound it, [S, F]; changes since the first year count."""
    p, now, first = setting.p, situation.pressure, situation.origin.pressure
    desired: Floats = floats(
        effort.desired_share(
            coming.share,
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
