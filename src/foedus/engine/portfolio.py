"""What allies buy: programmes compete for the same money (eqs 22-24, 34; R04, R07-R09, R12, R29)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from foedus.engine.among import when
from foedus.engine.layout import Floats, floats
from foedus.engine.options import arms_on_offer, exchange, habit_share, habits, home_delay, home_price, lead_time
from foedus.engine.setting import REVIEW_YEARS, Setting, rows
from foedus.engine.situation import Situation
from foedus.engine.standoff import Standoff
from foedus.engine.state import State
from foedus.engine.threat import foresee
from foedus.equations import capability, hedging
from foedus.equations.choice import at_least
from foedus.equations.contest import LEAST_POWER, THEATRE_WEIGHTS
from foedus.equations.hedging import Option
from foedus.terms import Domain, NuclearStatus

PROGRAMME_YEARS = 5.0
"""A programme is this many years of flexible money: large enough to matter where a marginal coin would not."""

ALL_DOMAINS = slice(0, len(Domain))

LEAST_WORTH = 0.002
"""Stakes a year below which a difference in worth hardly moves money."""


def review_portfolios(situation: Situation, state: State, setting: Setting) -> State:
    """Shares of flexible procurement after a review, every third year; doctrines may fix or raise some."""
    reviews = situation.year % REVIEW_YEARS == 0
    return replace(state, portfolio=when(reviews, lambda: _reviewed(situation, state, setting), state.portfolio))


def _reviewed(situation: Situation, state: State, setting: Setting) -> Floats:
    """Shares by option that a review decides, [K, S, F]."""
    p, doctrines = setting.p, situation.doctrines
    found = hedging.portfolio_shares(
        _worth(situation, state, setting),
        p["portfolio_precision"],
        _dislike(state, setting),
        _open(situation, state, setting),
        _habit(state, setting),
        LEAST_WORTH,
    )
    shares = floats(found)
    shares = np.where(np.isnan(doctrines.shares), shares, doctrines.shares).astype(np.float32)
    if doctrines.more is not None:
        shares = floats(hedging.raised_shares(shares, doctrines.more)).astype(np.float32)
    return shares


def budget(state: State, setting: Setting) -> tuple[Floats, Floats]:
    """Money a year for capability, [S, F]: what reviews can move, and the rest (market USD)."""
    total = setting.p["investment_share"] * state.share * state.gdp
    flexible = setting.p["procurement_flex"] * total
    return flexible, total - flexible


def _worth(situation: Situation, state: State, setting: Setting) -> Floats:
    """Yearly loss that a programme of each option would avoid, discounted, [K, S, F]; 0 for who faces nobody."""
    p, facing = setting.p, setting.layout.facing
    worth = np.zeros((len(Option), *state.gdp.shape), dtype=np.float32)
    now = situation.foreseen.perceived_loss[facing]
    delay = home_delay(situation.support, setting)[facing]
    for option, changed in _programmes(situation, state, setting):
        after = foresee(changed, p, setting.model).perceived_loss
        worth[option, facing] = hedging.programme_value(now, after, lead_time(option, delay, setting), p["discount"])
    return worth


def _habit(state: State, setting: Setting) -> Floats:
    usual = habits(state, setting)
    habit = np.empty((len(Option), *state.gdp.shape), dtype=np.float32)
    for option in Option:
        habit[option] = habit_share(option, *usual)
    return habit


def _programmes(situation: Situation, state: State, setting: Setting) -> Iterator[tuple[Option, Standoff]]:
    """Each option in turn with the standoff after a programme of it, for states that face a challenger, [N, F].

    The reserve comes last, changes nothing and is left out.
    """
    p, layout, forces = setting.p, setting.layout, situation.forces
    mine = layout.facing
    standoff, gdp = situation.nearest.of(mine), state.gdp[mine]
    flexible = budget(state, setting)[0][mine]
    pooled = forces.pooled[mine]
    money = flexible * PROGRAMME_YEARS * setting.price_level[mine]
    per_money = forces.effective[mine] / at_least(state.stock[mine], 1e-6)
    together = floats(at_least(pooled + forces.guarantor_help[mine], LEAST_POWER))
    pooled = floats(at_least(pooled, LEAST_POWER))
    price = home_price(situation.support, setting)[mine]

    def raised(power: Floats, domains: slice) -> Standoff:
        """The standoff once an option adds `power` to `domains`, [N, domains, F]."""
        weights = THEATRE_WEIGHTS[layout.main_theatre[mine], domains]
        return standoff.but(
            log_alone=standoff.log_alone + _rise(pooled[:, domains], power, weights),
            log_helped=standoff.log_helped + _rise(together[:, domains], power, weights),
        )

    for option in Option:
        spent = money / price if option.made_at_home else money
        if option in (Option.C4ISR, Option.ENABLERS):
            yield option, raised(_completed(spent, situation, state, setting), ALL_DOMAINS)
        elif option.domain is not None:
            domain = slice(option.domain, option.domain + 1)
            yield option, raised((spent * exchange(option, setting))[:, None] * per_money[:, domain], domain)
        elif option is Option.POOL:
            bound = np.tanh(p["pool_resolve_gain"] * money / np.maximum(gdp * 0.01, 1e-6))
            resolve = np.maximum(rows(state.resolve, layout.pool_of[mine]), 0.05)
            yield option, raised(forces.pool_help[mine] * ((1.0 - resolve) * bound / resolve)[:, None], ALL_DOMAINS)
        elif option is Option.NUCLEAR:
            armed = np.maximum(standoff.target_nuclear_cost, p["target_nuclear_cost"])
            yield option, standoff.but(target_nuclear_cost=armed)
        elif option is Option.LOYALTY:
            bought = hedging.loyalty_stakes_next(
                0.0, flexible / gdp, p["loyalty_scale"], p["loyalty_effect"], p["loyalty_decay"]
            )
            yield option, standoff.valued(floats(bought), p["stakes_weight"])


def _rise(base: Floats, added: Floats, weights: Floats) -> Floats:
    """Rise of log power in the theatre of each state's worst challenger (land when it has none), [N, F].

    base, added  [N, domains, F], base positive
    weights      [N, domains] of the domains there
    """
    return np.asarray(np.einsum("sdf,sd->sf", np.log1p(added / base), weights), dtype=np.float32)


def _completed(spent: Floats, situation: Situation, state: State, setting: Setting) -> Floats:
    """Effective capability gained in each domain by money spent on C4ISR, [N, D, F]: own stock, and a fuller picture.

    spent  [N, F] by the states that face a challenger; the picture gets no fuller than whole, and beyond that only
           the stock counts
    """
    p, mine = setting.p, setting.layout.facing
    effective, stock = situation.forces.effective[mine], state.stock[mine]
    completeness, floor = situation.forces.completeness[mine], p["c4isr_floor"]
    land, air, maritime, _ = np.moveaxis(stock, 1, 0)
    needed = capability.c4isr_needed(land, air, maritime, p["c4isr_need"])
    useful = np.minimum(spent, stock.sum(axis=1))
    gain = effective * floats(capability.gain_by_c4isr(useful, needed, completeness, floor))[:, None]
    gain[:, Domain.C4ISR] += effective[:, Domain.C4ISR] / np.maximum(stock[:, Domain.C4ISR], 1e-6) * useful
    return np.asarray(gain, dtype=np.float32)


def _dislike(state: State, setting: Setting) -> Floats:
    """Political cost of each option on the scale of the best programme, [K, S, F]."""
    dislike = np.zeros((len(Option), *state.share.shape), dtype=np.float32)
    dislike[Option.NUCLEAR] = 1.0 - setting.p["elite_share"] * state.bomb_opinion
    dislike[Option.POOL] = setting.p["autonomy_weight"]
    dislike[Option.RESERVE] = 0.3
    return dislike


def _open(situation: Situation, state: State, setting: Setting) -> Floats:
    """Which options a state has, [K, S, F]."""
    p, layout = setting.p, setting.layout
    shape = state.share.shape
    linked = np.broadcast_to((layout.link_of < layout.counts.links)[:, None], shape)
    buyable = (arms_on_offer(situation.support, setting) > 0.05) | ~linked
    available = np.ones((len(Option), *shape), dtype=np.float32)
    for option in Option:
        if option.bought:
            available[option] = buyable
        elif option.home_version:
            available[option] = p["home_open"]
    available[Option.C4ISR] = p["c4isr_open"]
    available[Option.LOYALTY] = p["loyalty_open"] * linked
    available[Option.POOL] = p["pool_open"] * state.membership
    available[Option.NUCLEAR] = p["nuclear_open"] * (state.nuclear == NuclearStatus.PURSUES)
    return available
