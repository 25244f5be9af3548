"""What opinion and debt let a state spend (eq. 20; R03, R13)."""

from __future__ import annotations

import numpy as np

from foedus.engine.layout import Floats, floats
from foedus.engine.setting import Setting, rows
from foedus.equations import effort


def ceiling(share: Floats, debt: Floats, tolerance: Floats, money: Floats, setting: Setting) -> Floats:
    """Most that budgets and opinion allow in the year after a share of product was spent, [S, F].

    share      spent, share of GDP, [S, #F]
    debt       share of GDP, [S, #F]
    tolerance  public mood on the burden, [S, #F]
    money      level of the guarantor's grants and loans, which widen what can be borrowed, [L, #F]
    """
    p, states, layout = setting.p, setting.layout.states, setting.layout
    given = rows(np.maximum(money, 0.0), layout.link_of)
    space = effort.fiscal_space(debt, p["debt_limit"], given * 0.01, p["money_value"])
    return floats(
        effort.ceiling(
            share,
            np.maximum(states.habit[:, None], states.defence_share[:, None]),
            p["most_share"],
            tolerance,
            space + setting.remedy("budgets"),
            p["fiscal_speed"],
            p["budget_shift"],
            p["most_growth"],
            p["fiscal_binding"],
            p["opinion_binding"],
        )
    )
