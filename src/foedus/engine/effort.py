"""Block 6a: how much each state spends (eqs 19-21; R03, R13, R14)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from foedus.engine.beliefs import doubt
from foedus.engine.forces import Forces
from foedus.engine.layout import Floats
from foedus.engine.setting import Setting, rows
from foedus.engine.state import State
from foedus.engine.support import MONEY, Support
from foedus.engine.threat import Foreseen, Outlook, most_faced, total_faced
from foedus.equations import crisis, effort


@dataclass(frozen=True)
class Pressure:
    """What moves spending, [S, F] each but for `promise`; changes since the first year are what counts."""

    war_risk: Floats
    """perceived chance in a year of a fatal crisis"""
    log_rivals: Floats
    """log of the power of its challengers"""
    log_partners: Floats
    """log of the power its pool would send"""
    promise: Floats
    """[L, F] believed chance of help against the ally's worst challenger"""
    threat: Floats
    """hostility times the chance of losing alone times proximity, over the worst challenger, 0-1"""
    doubt: Floats
    """doubt in the guarantor, 0 without one"""

    @property
    def exposed_doubt(self) -> Floats:
        """Doubt where it matters: times threat."""
        return np.asarray(self.doubt * self.threat)


def pressure(outlook: Outlook, foreseen: Foreseen, forces: Forces, state: State, setting: Setting) -> Pressure:
    """Work out what presses on each state this year.

    foreseen  against each state's worst challenger, [S, F]
    """
    layout = setting.layout
    resisted = crisis.chance_of_fatal_crisis(
        outlook.crisis.challenge, outlook.crisis.concession, outlook.crisis.attack, outlook.crisis.limited_force
    )
    rivals = forces.total.take(layout.challenger, axis=0) * state.hostility
    promise = foreseen.promise_ally[layout.links.ally]
    return Pressure(
        war_risk=np.minimum(total_faced(resisted, setting), 1.0),
        log_rivals=np.log1p(total_faced(rivals, setting)),
        log_partners=np.log1p(forces.partners),
        promise=promise,
        threat=most_faced(state.hostility * outlook.win_alone * setting.proximity, setting),
        doubt=rows(doubt(state, promise, setting), layout.link_of),
    )


def spend(
    year: int, pressed: Pressure, first: Pressure, support: Support, state: State, wanted: Floats, setting: Setting
) -> State:
    """Spending, debt, mood and product a year on.

    wanted  [S, F] share of GDP that a doctrine fixes; NaN where the model decides
    """
    p, layout = setting.p, setting.layout
    start = layout.states.defence_share[:, None]
    habit = layout.states.habit[:, None]
    desired = effort.desired_share(
        start,
        pressed.war_risk - first.war_risk,
        p["war_risk_weight"],
        pressed.log_rivals - first.log_rivals,
        p["rivals_weight"],
        pressed.log_partners - first.log_partners,
        p["spill_in_weight"],
        pressed.exposed_doubt - first.exposed_doubt,
        p["doubt_weight"],
    )
    desired = np.where(np.isnan(wanted), desired, wanted)
    money = rows(np.maximum(support.level[:, MONEY], 0.0), layout.link_of)
    space = effort.fiscal_space(state.debt, p["debt_limit"], money * 0.01, p["money_value"])
    most = effort.ceiling(
        state.share,
        np.maximum(habit, start),
        p["most_share"],
        state.tolerance,
        space + setting.remedy("budgets"),
        p["fiscal_speed"],
        p["most_growth"],
        p["fiscal_binding"],
        p["opinion_binding"],
    )
    shock = p["budget_noise"] * setting.draws.normal(year, "budget", setting.state_ids) * np.isnan(wanted)
    share = effort.next_share(state.share, desired, most, p["adjustment"], shock)
    growth = layout.states.growth[:, None]
    extra = share - start
    return replace(
        state,
        share=np.minimum(share, 0.6),
        debt=effort.debt_next(state.debt, extra, p["debt_financed"], growth),
        tolerance=effort.tolerance_next(
            state.tolerance,
            pressed.war_risk - first.war_risk,
            extra,
            p["tolerance_from_risk"],
            p["tolerance_from_burden"],
            p["tolerance_forgetting"],
        ),
        gdp=np.asarray(state.gdp * (1.0 + growth), dtype=np.float32),
    )
