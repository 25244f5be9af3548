"""The guarantor's politics, what it gives by channel, and its account (eqs 8, 28, 38; R01, R14, R15)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from foedus.engine.among import when
from foedus.engine.layout import Floats, floats
from foedus.engine.setting import Setting, elects
from foedus.engine.shapes import GuarantorFuture, HelperChannelFuture, HelperFuture, LinkChannelFuture, LinkFuture
from foedus.engine.state import State
from foedus.equations import guarantor
from foedus.terms import Channel

CHANNEL_SPEED = {
    "pledge": 0.05,
    "troops": 0.25,
    "reinforcement": 0.25,
    "arms": 0.5,
    "sustainment": 0.5,
    "intelligence": 1.0,
    "training": 0.5,
    "technology": 0.5,
    "missile_defence": 0.25,
    "nuclear": 0.05,
    "money": 0.5,
}
"""Share of the way to its pull that a channel moves in a year: pledges rarely, troops in years, data at once."""


@dataclass(frozen=True)
class Support:
    """What the guarantor provides this year; last axis F."""

    year: int
    """index into `setting.years`"""
    relative: LinkChannelFuture
    """relative to the start"""
    level: LinkChannelFuture
    """absolute level: the start's times relative"""
    change: LinkChannelFuture
    """since last year"""
    troops: LinkFuture
    """persons"""
    switched_off: LinkFuture
    """remote denial, 0-1"""
    stakes: LinkFuture
    """guarantor's stakes in the ally, after loyalty, tension and alignment"""
    second: HelperChannelFuture
    """level of each channel of second guarantors, 0-1"""
    second_troops: HelperFuture
    """persons that each has on its ally's soil"""

    @cached_property
    def overall(self) -> LinkFuture:
        """Mean of all channels relative to the start."""
        return np.asarray(self.relative.mean(axis=1))

    def channel(self, channel: Channel) -> Floats:
        """[L, F] level of one channel."""
        return np.asarray(self.level[:, channel])


def drift_politics(year: int, state: State, setting: Setting) -> State:
    """Politics drift and, at elections, the guarantor's type may change (eq. 8)."""
    p, draws = setting.p, setting.draws
    shock = draws.normal(year, "politics", setting.guarantor_ids)
    is_patron = (np.arange(len(shock)) < len(setting.layout.patrons))[:, None]
    spread = np.where(is_patron, setting.policy.politics_spread, 1.0)
    swing = p["politics_volatility"] * np.asarray(spread, dtype=np.float32) * shock
    politics_now = np.clip(p["politics_persistence"] * state.politics + swing, -3.0, 3.0)
    reliable = when(elects(year, setting), lambda: _elected(year, state, setting), state.reliable)
    return replace(state, politics=politics_now, reliable=reliable)


def _elected(year: int, state: State, setting: Setting) -> Floats:
    """1 for a guarantor of the reliable type after an election, [G, F]."""
    luck = setting.draws.uniform(year, "election", setting.guarantor_ids)
    turns = luck < setting.p["chance_turns_unreliable"]
    returns = luck < setting.p["chance_turns_reliable"]
    return np.where(state.reliable > 0.5, ~turns, returns).astype(np.float32)


def provide(year: int, state: State, setting: Setting) -> Support:
    """Channels as announced, moved by drift; each by itself or as one bundle (R01)."""
    policy, links = setting.policy, setting.layout.links
    announced = policy.levels[year][:, :, None]
    bundle = announced.mean(axis=1, keepdims=True)
    apart = setting.p["channel_separability"]
    announced = apart * announced + (1.0 - apart) * bundle
    relative = np.clip(announced * (1.0 + state.drift), 0.0, 2.0)
    start = links.channels[:, :, None]
    stakes = links.stakes[:, None]
    stakes = stakes + state.loyalty * (1.0 - stakes)
    stakes = stakes * (1.0 - setting.p["tension_stakes"] * np.minimum(state.tension, 1.0))
    second, second_troops = given_beside(year, setting)
    return Support(
        year=year,
        second=second,
        second_troops=second_troops,
        relative=relative,
        level=start * relative,
        change=relative - state.relative,
        troops=setting.troops * relative[:, Channel.TROOPS],
        switched_off=np.broadcast_to(policy.switched_off[year][:, None], stakes.shape),
        stakes=np.clip(stakes, 0.0, 1.0),
    )


def given_beside(year: int, setting: Setting) -> tuple[HelperChannelFuture, HelperFuture]:
    """Channels and troops of second guarantors in a year: what is ordered, else what they gave at the start (R35)."""
    given, levels, troops = setting.policy.second, setting.second_channels, setting.second_troops
    if given is None:
        return levels, troops
    factor, ordered, persons = given.factor[year][:, None], given.levels[year][:, :, None], given.troops[year][:, None]
    scaled = np.minimum(levels * factor[:, None], 1.0)
    return (
        floats(np.where(np.isnan(ordered), scaled, ordered)),
        floats(np.where(np.isnan(persons), troops * factor, persons)),
    )


@dataclass(frozen=True)
class GuaranteeAccount:
    """The guarantor's account for a year; last axis F."""

    cost: LinkFuture
    """billion USD"""
    worth: LinkFuture
    """index"""
    involvement: GuarantorFuture
    """expected wars the guarantor is drawn into"""


def guarantee_account(
    support: Support, state: State, involved: Floats, growth: Floats, setting: Setting
) -> GuaranteeAccount:
    """Cost and worth of each guarantee, and expected involvement (eqs 28, 38).

    involved  [S, F] chance in a year of being drawn into a war of each state
    growth    [S, F] capability relative to the start
    """
    p, layout = setting.p, setting.layout
    other = support.level.sum(axis=1) - support.level[:, Channel.PLEDGE] - support.level[:, Channel.TROOPS]
    cost = guarantor.yearly_cost(
        support.level[:, Channel.PLEDGE], p["pledge_cost"], support.troops, p["troop_cost"], other, p["other_cost"]
    )
    cost = cost - p["access_price"] * state.access
    market = support.channel(Channel.ARMS)
    dependence = state.dependent[layout.links.ally]
    worth = guarantor.worth(
        state.access,
        p["access_weight"],
        growth[layout.links.ally],
        p["pooled_weight"],
        market,
        p["market_weight"],
        dependence,
        p["control_weight"],
    )
    return GuaranteeAccount(
        cost=floats(cost),
        worth=floats(worth),
        involvement=per_guarantor(principal(involved, setting), setting),
    )


def principal(values: Floats, setting: Setting) -> Floats:
    """A state quantity at the principal link of each ally, [L, F]; 0 at its other links."""
    mine = values[setting.layout.links.ally]
    is_principal = setting.layout.link_of[setting.layout.links.ally] == np.arange(len(mine))
    return np.asarray(mine * is_principal[:, None], dtype=np.float32)


def per_guarantor(link_values: Floats, setting: Setting) -> Floats:
    """Sum of a link quantity over each guarantor's links, [G, F]."""
    return setting.layout.by_guarantor(link_values)
