"""How each war that is on stands this year, and what that does to the outlook of its pair (eqs 42-44, 48; R10, R32)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from foedus.engine.backing import gathered
from foedus.engine.forces import Forces
from foedus.engine.fronts import Fronts, ends_in_first
from foedus.engine.layout import floats
from foedus.engine.second import Second
from foedus.engine.setting import At, Setting, rows
from foedus.engine.shapes import Happened, HappenedIndex, LinkFuture, StateFuture
from foedus.engine.standoff import Standoff
from foedus.engine.state import State
from foedus.engine.support import Support
from foedus.engine.threat import Outlook
from foedus.equations import crisis, war
from foedus.equations.choice import at_least
from foedus.terms import Channel


@dataclass(frozen=True)
class Campaign:
    """The wars that are on, as both sides see them when the year begins."""

    fronts: Fronts
    win: Happened
    """chance that the attacker wins if the war is decided this year"""
    ends: Happened
    """chance that it ends this year"""
    decisive: Happened
    """chance that an end is a decision; 0 where a scenario says that it is a ceasefire"""
    want: Happened
    """share of what the defender's war effort needs that does not come, 0-1"""
    loss: Happened
    """what the defender can expect to lose this year, in stakes"""
    own_loss: Happened
    """what the attacker can expect to lose this year, in stakes"""

    @property
    def pair(self) -> HappenedIndex:
        """Pair of each war."""
        return self.fronts.pair

    def moved(self, luck: Happened | float, setting: Setting) -> Happened:
        """Share that the attacker holds after the year if the war goes on, [n]; `luck` is standard normal."""
        now = At(setting.p, self.fronts.future)
        tilted = war.tilt(self.win, luck, now["front_luck"])
        return np.asarray(
            war.front_next(self.fronts.held, tilted, now["front_pace"], self.want, now["war_concession_rate"]),
            dtype=np.float32,
        )


@dataclass(frozen=True)
class Aid:
    """What reaches those who are attacked in the wars that are on."""

    want: StateFuture
    """share of what each state's war effort would need that does not come, 0-1"""
    left: Happened
    """share of each attacker's chance of winning that is left beside the second guarantors that fight"""
    ceasefire: Happened
    """1 where a scenario ends the war this year with the front where it stands"""


def aid(second: Second, support: Support, forces: Forces, state: State, setting: Setting) -> Aid:
    """See what reaches the wars that are on."""
    on, wars = state.fronts, setting.policy.wars
    left = second.left(on.pair, on.future, on.others, setting)
    stopped = np.zeros_like(on.held) if wars is None else wars.ends[support.year][on.pair].astype(np.float32)
    return Aid(want(support, forces, state, setting), left, stopped)


def survey(standoffs: Standoff, outlook: Outlook, reaching: Aid, state: State, setting: Setting) -> Campaign:
    """See how every war that is on stands.

    outlook   what would follow if the pairs were at peace
    reaching  from `aid`
    """
    fronts = state.fronts
    now, first = At(setting.p, fronts.future), ends_in_first(At(setting.p, fronts.future))
    win = (fronts.at(outlook.win_alone) - fronts.joined * fronts.at(outlook.help_effect)) * reaching.left
    chance = war.chance_of_end(fronts.years, first, now["war_ends_second"], now["war_ends_later"])
    ends = np.maximum(floats(chance), reaching.ceasefire)
    decisive = np.asarray(now["war_decisive"] * (1.0 - reaching.ceasefire))
    nothing = np.zeros_like(win)
    missing = reaching.want[fronts.defender(setting)]
    seen = Campaign(fronts, win, np.asarray(ends, dtype=np.float32), decisive, missing, nothing, nothing)
    if not len(fronts):
        return seen
    value, stake = fronts.at(standoffs.value), fronts.at(standoffs.stake)
    ground = war.ground_in_later_year(fronts.held, seen.moved(0.0, setting), win, ends, decisive)
    years, scaling = war.mean_years(first, now["war_ends_second"], now["war_ends_later"]), now["war_cost_scaling"]
    return replace(
        seen,
        loss=np.asarray(
            ground * value + crisis.cost_of_war(now["target_war_cost"], value, scaling) / years, dtype=np.float32
        ),
        own_loss=np.asarray(
            now["own_war_counts"] * crisis.cost_of_war(now["challenger_war_cost"], stake, scaling) / years,
            dtype=np.float32,
        ),
    )


def want(support: Support, forces: Forces, state: State, setting: Setting) -> StateFuture:
    """Share of what each state's war effort would need that does not come from its guarantors, [S, F] (eq. 44)."""
    p, link_of = setting.p, setting.layout.link_of
    intelligence = _missing(support, Channel.INTELLIGENCE, setting)
    arms, money = gaps(support, state, setting)
    return np.asarray(
        war.want_of_supply(
            rows(intelligence, link_of),
            p["war_need_intelligence"],
            rows(arms, link_of),
            p["war_need_arms"],
            forces.outage * (link_of < setting.layout.counts.links)[:, None],
            p["war_need_sustainment"],
            rows(money, link_of),
            p["war_need_money"],
            p["war_guarantor_share"],
            p["war_support_need"],
        ),
        dtype=np.float32,
    )


def gaps(support: Support, state: State, setting: Setting) -> tuple[LinkFuture, LinkFuture]:
    """Share of arms that a front would miss after this year's cuts, and of money that a treasury would (eq. 44)."""
    p = setting.p
    arms = war.gap_next(state.arms_gap, _missing(support, Channel.ARMS, setting), p["war_stock_years"])
    money = war.gap_next(state.money_gap, _missing(support, Channel.MONEY, setting), p["war_reserve_years"])
    return np.asarray(arms, dtype=np.float32), np.asarray(money, dtype=np.float32)


def _missing(support: Support, channel: Channel, setting: Setting) -> LinkFuture:
    """What a channel falls short of, as a share of the principal guarantor's part, [L, F] (eq. 44a).

    Above 1 where second guarantors have cut theirs too; what they give beyond today's makes up for it.
    """
    p = setting.p
    cut = 1.0 - np.minimum(support.relative[:, channel], 1.0)
    if setting.policy.second is None:
        return np.asarray(cut)
    of_others = war.short_of_others(_short(channel, support, setting), p["war_guarantor_share"])
    return floats(at_least(cut + p["second_open"] * of_others, 0.0))


def _short(channel: Channel, support: Support, setting: Setting) -> LinkFuture:
    """Share of what second guarantors gave each link's ally in a channel that they give no more, [L, F]."""
    layout, backing = setting.layout, setting.layout.backing
    levels = setting.second_channels[:, channel], support.second[:, channel]
    before, after = (gathered(level, backing.by_ally, np.add) for level in levels)
    short = floats((before - after) / np.maximum(before, 1e-6) * (before > 0.0))
    place = np.full(layout.counts.states, len(backing.allies))
    place[backing.allies] = np.arange(len(backing.allies))
    return rows(short, place[layout.links.ally])


def at_war(outlook: Outlook, campaign: Campaign, setting: Setting) -> Outlook:
    """The same outlook where pairs that fight open no crisis: what they lose is what the war costs this year."""
    fronts = campaign.fronts
    if not len(fronts):
        return outlook
    here, back = (fronts.pair, fronts.future), fronts.back(setting)
    solved = outlook.crisis
    challenge, seen = solved.challenge.copy(), solved.perceived_loss.copy()
    conceded, fought, limited, own = (
        values.copy() for values in (outlook.loss_conceded, outlook.loss_fought, outlook.loss_limited, outlook.loss_own)
    )
    for place in (back, here):
        for values in (challenge, seen, conceded, fought, limited, own):
            values[place] = 0.0
    seen[here] = fought[here] = campaign.loss
    own[here] = campaign.own_loss
    return replace(
        outlook,
        crisis=solved._replace(challenge=challenge, perceived_loss=seen),
        loss_conceded=conceded,
        loss_fought=fought,
        loss_limited=limited,
        loss_own=own,
    )
