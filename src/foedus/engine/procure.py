"""Block 7: money becomes orders, orders become stock (eqs 24-26, 34; R04, R06, R08, R11, R12)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from foedus.engine.layout import Floats
from foedus.engine.portfolio import (
    AT_HOME,
    DOMAIN_OF,
    OPTIONS,
    exchange,
    habit_share,
    habits,
    home_delay,
    home_price,
)
from foedus.engine.setting import Setting, rows
from foedus.engine.state import State
from foedus.engine.support import Support
from foedus.equations import hedging, stocks
from foedus.equations.choice import at_least


@dataclass(frozen=True)
class Orders:
    """What a year's money ordered, at purchasing power; last axis F."""

    bought: Floats
    """[S, D, F] from the guarantor"""
    made: Floats
    """[S, D, F] at home or in the region"""
    money: Floats
    """[S, F] flexible money, at market prices"""
    shares: Floats
    """[K, S, F] shares of it by option"""

    def on(self, option: str) -> Floats:
        """[S, F] flexible money for one option."""
        return np.asarray(self.shares[OPTIONS.index(option)] * self.money)

    @property
    def spent(self) -> Floats:
        """[S, F] flexible money that any option gets."""
        return np.asarray(self.shares.sum(axis=0) * self.money)


def budget(state: State, setting: Setting) -> tuple[Floats, Floats]:
    """Money a year for capability, [S, F]: what reviews can move, and the rest (market USD)."""
    total = setting.p["investment_share"] * state.share * state.gdp
    flexible = setting.p["procurement_flex"] * total
    return flexible, total - flexible


def order(support: Support, state: State, setting: Setting) -> Orders:
    """Spend the year's money within what each domain can absorb (eq. 24)."""
    p, layout = setting.p, setting.layout
    flexible, settled = budget(state, setting)
    arms = rows(np.minimum(support.relative[:, 3], 1.0), layout.link_of)
    arms = np.where((layout.link_of == layout.counts[2])[:, None], 1.0, arms)
    habit, usual_bought = habits(state, setting)
    idle = 1.0 - state.portfolio.sum(axis=0)
    usual = habit * ((settled + idle * flexible) * setting.price_level)[:, None]
    can_buy = arms[:, None]
    from_guarantor = usual * usual_bought
    bought = from_guarantor * can_buy
    made = usual - from_guarantor * (1.0 - p["home_open"] * (1.0 - can_buy))
    premium = home_price(support, setting) - 1.0
    money = flexible * setting.price_level
    for index, name in enumerate(OPTIONS):
        if name in DOMAIN_OF:
            share = state.portfolio[index]
            spent = share * money * exchange(name, setting)
            if name in AT_HOME:
                settled_in = habit_share(name, habit, usual_bought)
                beyond = np.clip(1.0 - settled_in / np.maximum(share, 1e-6), 0.0, 1.0)
                made[:, DOMAIN_OF[name]] += spent / (1.0 + premium * beyond)
            else:
                bought[:, DOMAIN_OF[name]] += spent * arms
    return _absorbed(bought, made, flexible, state, setting)


def _absorbed(bought: Floats, made: Floats, flexible: Floats, state: State, setting: Setting) -> Orders:
    """Water-fill orders under each domain's absorption: what does not fit goes where there is room."""
    replacement, absorption = setting.p["depreciation"], setting.p["absorption"] * 1.2
    normal = replacement / stocks.output_of_orders(replacement, absorption)
    wanted = bought + made
    room = absorption * state.stock
    fitted = hedging.water_filled(wanted, room, axis=1)
    total = stocks.output_of_orders(fitted, room) * normal
    from_guarantor = total * (bought / at_least(wanted, 1e-9))
    return Orders(bought=from_guarantor, made=total - from_guarantor, money=flexible, shares=state.portfolio)


def deliver(orders: Orders, support: Support, state: State, setting: Setting) -> State:
    """Advance pipelines, stocks, dependence, loyalty and enablers by a year (eqs 25, 26, 34)."""
    p, layout = setting.p, setting.layout
    delay = home_delay(support, setting)[:, None]
    bought, came_bought = stocks.pipeline_step(state.bought, orders.bought, setting.lead_time)
    made, came_made = stocks.pipeline_step(state.made, orders.made, setting.lead_time * delay)
    arrivals = came_bought + came_made
    dependent = came_bought * p["bought_dependence"] + came_made * p["home_dependence"]
    linked = (layout.link_of < layout.counts[2]).astype(np.float32)[:, None, None]
    dependence = stocks.dependence_next(state.dependence, state.stock, arrivals, dependent, p["depreciation"])
    made_arrived, arrived = came_made.sum(axis=1), arrivals.sum(axis=1)
    home_arrivals = made_arrived / np.maximum(arrived, 1e-9)
    kept = state.stock.sum(axis=1) * (1.0 - p["depreciation"])
    home = (state.home_share * kept + made_arrived) / np.maximum(kept + arrived, 1e-9)
    mine = layout.links.ally
    loyalty = hedging.loyalty_stakes_next(
        state.loyalty,
        (orders.on("loyalty") / np.maximum(state.gdp, 1e-6))[mine],
        p["loyalty_scale"],
        p["loyalty_effect"],
        p["loyalty_decay"],
    )
    new = (
        state.enablers * (1.0 - p["depreciation"]) + orders.on("enablers") * setting.price_level / setting.lead_time[3]
    )
    return replace(
        state,
        stock=stocks.stock_next(state.stock, arrivals, p["depreciation"]),
        bought=bought,
        made=made,
        dependence=np.clip(dependence, 0.0, linked),
        mixing=np.clip(np.abs(home_arrivals - state.home_share), 0.0, 1.0),
        home_share=np.clip(home, 0.0, 1.0),
        loyalty=loyalty * p["loyalty_open"],
        enablers=new,
        debt=np.clip(state.debt - orders.on("reserve") / np.maximum(state.gdp, 1e-6), 0.0, 4.0),
    )
