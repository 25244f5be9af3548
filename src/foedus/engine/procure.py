"""Money becomes orders, orders become stock (eqs 24-26, 34; R04, R06, R08, R11, R12)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.layout import Floats, floats
from foedus.engine.moves import Orders
from foedus.engine.options import arms_on_offer, exchange, habit_share, habits, home_delay, home_price
from foedus.engine.portfolio import budget
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.equations import hedging, stocks
from foedus.equations.choice import at_least
from foedus.equations.hedging import Option
from foedus.terms import Domain


def order(situation: Situation, state: State, setting: Setting) -> State:
    """Spend the year's money within what each domain can absorb (eq. 24)."""
    p, layout = setting.p, setting.layout
    flexible, settled = budget(state, setting)
    arms = arms_on_offer(situation.support, setting)
    arms = np.where((layout.link_of == layout.counts.links)[:, None], 1.0, arms)
    habit, usual_bought = habits(state, setting)
    idle = 1.0 - state.portfolio.sum(axis=0)
    usual = habit * ((settled + idle * flexible) * setting.price_level)[:, None]
    can_buy = arms[:, None]
    from_guarantor = usual * usual_bought
    bought = from_guarantor * can_buy
    made = usual - from_guarantor * (1.0 - p["home_open"] * (1.0 - can_buy))
    premium = home_price(situation.support, setting) - 1.0
    money = flexible * setting.price_level
    for option in Option:
        if option.domain is None:
            continue
        share = state.portfolio[option]
        spent = share * money * exchange(option, setting)
        if option.made_at_home:
            settled_in = habit_share(option, habit, usual_bought)
            beyond = np.clip(1.0 - settled_in / np.maximum(share, 1e-6), 0.0, 1.0)
            made[:, option.domain] += spent / (1.0 + premium * beyond)
        else:
            bought[:, option.domain] += spent * arms
    bought, made = _absorbed(bought, made, state, setting)
    return replace(state, moves=replace(state.moves, orders=Orders(bought, made, flexible, state.portfolio)))


def _absorbed(bought: Floats, made: Floats, state: State, setting: Setting) -> tuple[Floats, Floats]:
    """Water-fill orders under each domain's absorption, [S, D, F] each: what does not fit goes where there is room."""
    replacement, absorption = setting.p["depreciation"], setting.p["absorption"] * 1.2
    normal = replacement / stocks.output_of_orders(replacement, absorption)
    wanted = bought + made
    room = absorption * state.stock
    fitted = hedging.water_filled(wanted, room, axis=1)
    total = stocks.output_of_orders(fitted, room) * normal
    from_guarantor = total * (bought / at_least(wanted, 1e-9))
    return floats(from_guarantor), floats(total - from_guarantor)


def deliver(situation: Situation, state: State, setting: Setting) -> State:
    """Advance pipelines, stocks, dependence, loyalty and enablers by a year (eqs 25, 26, 34)."""
    p, layout, orders = setting.p, setting.layout, state.moves.orders
    delay = home_delay(situation.support, setting)[:, None]
    bought, came_bought = stocks.pipeline_step(state.bought, orders.bought, setting.lead_time)
    made, came_made = stocks.pipeline_step(state.made, orders.made, setting.lead_time * delay)
    arrivals = came_bought + came_made
    dependent = came_bought * p["bought_dependence"] + came_made * p["home_dependence"]
    linked = (layout.link_of < layout.counts.links).astype(np.float32)[:, None, None]
    dependence = stocks.dependence_next(state.dependence, state.stock, arrivals, dependent, p["depreciation"])
    made_arrived, arrived = floats(came_made).sum(axis=1), floats(arrivals).sum(axis=1)
    home_arrivals = made_arrived / np.maximum(arrived, 1e-9)
    lasting = state.stock.sum(axis=1) * (1.0 - p["depreciation"])
    home = (state.home_share * lasting + made_arrived) / np.maximum(lasting + arrived, 1e-9)
    loyalty = hedging.loyalty_stakes_next(
        state.loyalty,
        (orders.on(Option.LOYALTY) / np.maximum(state.gdp, 1e-6))[layout.links.ally],
        p["loyalty_scale"],
        p["loyalty_effect"],
        p["loyalty_decay"],
    )
    new_enablers = orders.on(Option.ENABLERS) * setting.price_level / setting.lead_time[Domain.C4ISR]
    return replace(
        state,
        stock=floats(stocks.stock_next(state.stock, arrivals, p["depreciation"])),
        bought=floats(bought),
        made=floats(made),
        dependence=np.clip(dependence, 0.0, linked),
        mixing=np.clip(np.abs(home_arrivals - state.home_share), 0.0, 1.0),
        home_share=np.clip(home, 0.0, 1.0),
        loyalty=floats(loyalty * p["loyalty_open"]),
        enablers=state.enablers * (1.0 - p["depreciation"]) + new_enablers,
        debt=np.clip(state.debt - orders.on(Option.RESERVE) / np.maximum(state.gdp, 1e-6), 0.0, 4.0),
    )
