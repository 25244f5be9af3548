"""Options to buy: how usual each is, how long it takes, what it costs, how well it works (eqs 22-24; R25)."""

from __future__ import annotations

import numpy as np

from foedus.engine.layout import Floats
from foedus.engine.setting import Setting, rows
from foedus.engine.state import State, bought_share
from foedus.engine.support import Support
from foedus.equations.hedging import Option
from foedus.terms import Channel, Domain

NEW_OPTION_HABIT = 0.02
"""Share of flexible money that goes to each option without a stock behind it when nothing presses."""

KNOWN_OPTION_HABIT = 1.0 - NEW_OPTION_HABIT * sum(not option.has_stock for option in Option)
"""Share of flexible money that goes to the options with a stock behind them, by stock."""


def habits(state: State, setting: Setting) -> tuple[Floats, Floats]:
    """How stocks were built, [S, D, F] each: share of each domain, and share of it bought from the guarantor."""
    share = state.stock / np.maximum(state.stock.sum(axis=1, keepdims=True), 1e-9)
    return share, bought_share(state.dependence, setting)


def habit_share(option: Option, share: Floats, bought: Floats) -> Floats | float:
    """Flexible money that goes to an option when nothing presses, [S, F]: as the stocks were built, a little to new.

    share, bought  from `habits`
    """
    domain = option.domain
    if domain is None or not option.has_stock:
        return NEW_OPTION_HABIT
    if option.bought:
        return KNOWN_OPTION_HABIT * share[:, domain] * bought[:, domain]
    if option.home_version:
        return KNOWN_OPTION_HABIT * share[:, domain] * (1.0 - bought[:, domain])
    return KNOWN_OPTION_HABIT * share[:, domain]


def lead_time(option: Option, delay: Floats, setting: Setting) -> Floats | float:
    """Mean years until an option works, [F], or [N, F] where it is made at home.

    delay  [N, F] how much longer home production takes
    """
    if option.domain is not None:
        bought: Floats = setting.lead_time[option.domain]
        return np.asarray(bought * delay) if option.made_at_home else bought
    if option is Option.ENABLERS:
        return np.asarray(setting.lead_time[Domain.C4ISR])
    return setting.p["breakout_years"] if option is Option.NUCLEAR else 1.0


def home_delay(support: Support, setting: Setting) -> Floats:
    """How much longer home production takes, [S, F]; transferred technology shortens it (R25)."""
    p = setting.p
    return np.asarray(
        1.0 + (p["home_lead_time"] - 1.0) * (1.0 - p["technology_effect"] * _technology(support, setting)),
        dtype=np.float32,
    )


def home_price(support: Support, setting: Setting) -> Floats:
    """Cost of home production relative to buying, [S, F]."""
    p = setting.p
    return np.asarray(
        1.0 + p["home_premium"] * (1.0 - p["technology_effect"] * _technology(support, setting)), dtype=np.float32
    )


def exchange(option: Option, setting: Setting) -> Floats | float:
    """Capability an option buys per unit of money relative to the plain domain, [F]."""
    better: Floats = 1.0 + setting.remedy("exchange")
    if option is Option.MISSILE_DEFENCE:
        return setting.p["exchange_missile_defence"] * better
    if option is Option.UNMANNED_CYBER:
        return setting.p["exchange_unmanned"] * better
    return 1.0


def arms_on_offer(support: Support, setting: Setting) -> Floats:
    """Share of its orders that the guarantor would deliver to each state, [S, F]; 0 without one."""
    return rows(np.minimum(support.relative[:, Channel.ARMS], 1.0), setting.layout.link_of)


def _technology(support: Support, setting: Setting) -> Floats:
    level = rows(np.minimum(support.channel(Channel.TECHNOLOGY), 1.0), setting.layout.link_of)
    return np.asarray(level, dtype=np.float32)
