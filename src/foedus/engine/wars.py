"""Wars a year on: which end and how, where fronts stand, what war leaves of a state's product (eqs 42-46; R32, R33)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.campaign import Campaign, gaps
from foedus.engine.fronts import Fronts
from foedus.engine.layout import Floats, floats
from foedus.engine.moves import Events
from foedus.engine.setting import At, Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.engine.threat import first_front
from foedus.engine.toll import product_of_hosts
from foedus.equations import war


def wage_wars(situation: Situation, state: State, setting: Setting) -> State:
    """Fight the wars that were on, add those that broke out and go on, and count what both cost in product.

    A decision gives the attacker all that is left of the issue, or nothing of it; a ceasefire leaves it what it holds.
    """
    campaign, events = situation.campaign, state.moves.events
    lasting, ended, kept = _fought(situation.year, campaign, setting)
    conceded = state.conceded.copy()
    place = ended.pair, ended.future
    conceded[place] += (1.0 - conceded[place]) * kept
    arms, money = gaps(situation.support, state, setting)
    ruin = _ruin(situation, state, setting)
    return replace(
        state,
        fronts=lasting.beside(_broke_out(situation, events, setting)),
        conceded=conceded,
        arms_gap=arms,
        money_gap=money,
        ruin=ruin,
        gdp=np.asarray(state.gdp * (1.0 - ruin) / (1.0 - state.ruin), dtype=np.float32),
    )


def _fought(year: int, campaign: Campaign, setting: Setting) -> tuple[Fronts, Fronts, Floats]:
    """Wars that go on after the year; those that ended, and the share of the issue that the attacker keeps of each."""
    fronts, draws = campaign.fronts, setting.draws
    actors = setting.pair_ids[fronts.pair]

    def drawn(use: str) -> Floats:
        return draws.sparse(year, use, actors, fronts.future)

    ends, decided = drawn("war ends") < campaign.ends, drawn("war decided") < campaign.decisive
    won = drawn("war won") < campaign.win
    held = campaign.moved(draws.sparse_normal(year, "front", actors, fronts.future), setting)
    kept = np.where(decided, won.astype(np.float32), fronts.held).astype(np.float32)
    return replace(fronts, held=held, years=fronts.years + 1.0).where(~ends), fronts.where(ends), kept[ends]


def _broke_out(situation: Situation, events: Events, setting: Setting) -> Fronts:
    """Wars of this year that go on, with the ground taken in it."""
    new = events.goes_on > 0.0
    pair, future, joined, others = events.pair[new], events.future[new], events.fought[new], events.came[new]
    win = situation.outlook.win_alone[pair, future] - joined * situation.outlook.help_effect[pair, future]
    win = win * situation.second.left(pair, future, others, setting)
    held = np.asarray(first_front(win, At(setting.p, future)), dtype=np.float32)
    return Fronts(pair, future, held, np.ones_like(held), joined, others)


def _ruin(situation: Situation, state: State, setting: Setting) -> Floats:
    """Share of its product that each state misses after the year, [S, F] (eq. 46)."""
    p, events = setting.p, state.moves.events
    target = setting.layout.target[events.pair]
    fought, blockaded = situation.campaign.fronts.on_soil(setting), np.zeros_like(state.ruin)
    np.maximum.at(fought, (target, events.future), events.war)
    np.add.at(blockaded, (target, events.future), events.blockade)
    besides = blockaded * p["blockade_product"] + product_of_hosts(state.moves.campaigns, situation.state, setting)
    states = setting.layout.states
    abroad = war.lost_abroad(
        fought,
        states.abroad_war[:, None],
        np.minimum(blockaded, 1.0),
        states.abroad_blockade[:, None],
        p["trade_loss"],
    )
    missing = war.ruin_next(
        state.ruin,
        fought,
        p["war_ruin"],
        p["war_ruin_speed"],
        p["war_recovery"],
        floats(besides),
        np.asarray(abroad).max(axis=0),
    )
    return np.asarray(floats(missing), dtype=np.float32)
