"""Block 7: money becomes orders, orders become stock (eqs 24-26, 34; R04, R06, R08, R11, R12)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from foedus.engine.layout import Floats
from foedus.engine.portfolio import AT_HOME, DOMAIN_OF, OPTIONS, exchange, home_delay, home_price
from foedus.engine.portfolio import habit as habit_shares
from foedus.engine.setting import Setting, filled
from foedus.engine.state import State, bought_share
from foedus.engine.support import Support
from foedus.equations import hedging, stocks


@dataclass(frozen=True)
class Orders:
    """What a year's money ordered, at purchasing power; last axis F."""

    bought: Floats
    """[S, D, F] from the guarantor"""
    made: Floats
    """[S, D, F] at home or in the region"""
    by_option: Floats
    """[K, S, F] flexible money by option"""


def budget(state: State, setting: Setting) -> tuple[Floats, Floats]:
    """Money a year for capability, [S, F]: what reviews can move, and the rest (market USD)."""
    total = setting.p["investment_share"] * state.share * state.gdp
    flexible = setting.p["procurement_flex"] * total
    return flexible, total - flexible


def order(support: Support, state: State, setting: Setting) -> Orders:
    """Spend the year's money within what each domain can absorb (eq. 24)."""
    p, layout = setting.p, setting.layout
    flexible, settled = budget(state, setting)
    arms = filled(np.minimum(support.relative[:, 3], 1.0))[layout.link_of]
    arms = np.where((layout.link_of == layout.counts[2])[:, None], 1.0, arms)
    habit = state.stock / np.maximum(state.stock.sum(axis=1, keepdims=True), 1e-9)
    usual = habit * (settled * setting.price_level)[:, None]
    portfolio = np.where(state.portfolio.sum(axis=0) > 0.0, state.portfolio, 0.0)
    idle = 1.0 - portfolio.sum(axis=0)
    by_option = portfolio * flexible
    usual = usual + habit * (idle * flexible * setting.price_level)[:, None]
    from_guarantor = bought_share(state.dependence, setting) * arms[:, None]
    bought = usual * from_guarantor
    made = usual * (1.0 - from_guarantor) * p["home_open"] + usual * (1.0 - bought_share(state.dependence, setting)) * (
        1.0 - p["home_open"]
    )
    settled_in = habit_shares(state, setting)
    price = home_price(support, setting)
    for index, name in enumerate(OPTIONS):
        if name in DOMAIN_OF:
            spent = by_option[index] * setting.price_level * exchange(name, setting)
            if name in AT_HOME:
                beyond = np.clip(1.0 - settled_in[index] / np.maximum(portfolio[index], 1e-6), 0.0, 1.0)
                made[:, DOMAIN_OF[name]] += spent / (1.0 + (price - 1.0) * beyond)
            else:
                bought[:, DOMAIN_OF[name]] += spent * arms
    return _absorbed(bought, made, by_option, state, setting)


def _absorbed(bought: Floats, made: Floats, by_option: Floats, state: State, setting: Setting) -> Orders:
    """Water-fill orders under each domain's absorption: what does not fit goes where there is room."""
    wanted = np.moveaxis(bought + made, 1, 0)
    room = np.moveaxis(setting.p["absorption"] * state.stock * 1.2, 1, 0)
    fitted = np.moveaxis(hedging.water_filled(wanted, room), 0, 1)
    useful = stocks.output_of_orders(fitted, setting.p["absorption"] * state.stock * 1.2)
    steady = stocks.output_of_orders(
        setting.p["depreciation"] * state.stock, setting.p["absorption"] * state.stock * 1.2
    )
    normal = setting.p["depreciation"] * state.stock / np.maximum(steady, 1e-9)
    mix = bought / np.maximum(bought + made, 1e-9)
    total = useful * normal
    return Orders(
        bought=(total * mix).astype(np.float32),
        made=(total * (1.0 - mix)).astype(np.float32),
        by_option=by_option.astype(np.float32),
    )


def deliver(orders: Orders, support: Support, state: State, setting: Setting) -> State:
    """Advance pipelines, stocks, dependence, loyalty and enablers by a year (eqs 25, 26, 34)."""
    p, layout = setting.p, setting.layout
    delay = home_delay(support, setting)[:, None]
    bought, came_bought = stocks.pipeline_step(state.bought, orders.bought, setting.lead_time)
    made, came_made = stocks.pipeline_step(state.made, orders.made, setting.lead_time * delay)
    arrivals = came_bought + came_made
    dependent = came_bought * p["bought_dependence"] + came_made * p["home_dependence"]
    linked = (layout.link_of < layout.counts[2])[:, None, None]
    dependence = stocks.dependence_next(state.dependence, state.stock, arrivals, dependent, p["depreciation"])
    total = state.stock.sum(axis=1)
    arrived = arrivals.sum(axis=1)
    home_arrivals = came_made.sum(axis=1) / np.maximum(arrived, 1e-9)
    kept = total * (1.0 - p["depreciation"])
    home = (state.home_share * kept + came_made.sum(axis=1)) / np.maximum(kept + arrived, 1e-9)
    by = {name: orders.by_option[index] for index, name in enumerate(OPTIONS)}
    mine = layout.links.ally
    loyalty = hedging.loyalty_stakes_next(
        state.loyalty,
        (by["loyalty"] / np.maximum(state.gdp, 1e-6))[mine],
        p["loyalty_scale"],
        p["loyalty_effect"],
        p["loyalty_decay"],
    )
    new = state.enablers * (1.0 - p["depreciation"]) + by["enablers"] * setting.price_level / setting.lead_time[3]
    return replace(
        state,
        stock=stocks.stock_next(state.stock, arrivals, p["depreciation"]).astype(np.float32),
        bought=np.asarray(bought, dtype=np.float32),
        made=np.asarray(made, dtype=np.float32),
        dependence=np.where(linked, np.clip(dependence, 0.0, 1.0), 0.0).astype(np.float32),
        mixing=np.clip(np.abs(home_arrivals - state.home_share), 0.0, 1.0).astype(np.float32),
        home_share=np.clip(home, 0.0, 1.0).astype(np.float32),
        loyalty=(loyalty * p["loyalty_open"]).astype(np.float32),
        enablers=new.astype(np.float32),
        debt=np.clip(state.debt - by["reserve"] / np.maximum(state.gdp, 1e-6), 0.0, 4.0).astype(np.float32),
    )
