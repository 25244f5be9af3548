"""Own nuclear weapons: interest, programme, preventive attack, reversal, contagion (3.10; R09, R22)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foedus.engine.layout import Floats, entries, floats
from foedus.engine.setting import At, Setting, rows
from foedus.engine.situation import Situation
from foedus.engine.state import STAGES, State
from foedus.engine.threat import foresee
from foedus.equations import nuclear
from foedus.equations.hedging import Option
from foedus.terms import Channel, NuclearStatus


def pursue_weapons(situation: Situation, state: State, setting: Setting) -> State:
    """Nuclear status, progress and opinion a year on."""
    p, year, status = setting.p, situation.year, state.nuclear
    unarmed = (setting.layout.states.warheads <= 0.0)[:, None]
    exploring = unarmed & (status == NuclearStatus.EXPLORES)
    luck = setting.draws.uniform(year, "nuclear", setting.state_ids)
    moves = luck < _chance_to_move(exploring, situation, state, setting)
    starts, pursues = unarmed & (status == NuclearStatus.NONE) & moves, exploring & moves
    reversal = nuclear.chance_of_reversal(
        p["reversal"], situation.foreseen.promise_ally, _leverage(situation, state, setting)
    )
    reversible = unarmed & (status >= NuclearStatus.EXPLORES) & (status < NuclearStatus.ARMED) & ~pursues
    status = status + starts + pursues - _happens(year, "reversal", reversible, floats(reversal), setting)
    progress = _advance(year, status, state, setting)
    progress = progress * (1.0 - p["strike_setback"] * _struck(status, situation, setting))
    status = status + (_pursuing(status) & (progress >= STAGES))
    return replace(
        state,
        nuclear=status,
        progress=progress * (status >= NuclearStatus.PURSUES),
        bomb_opinion=_opinion(situation, state, setting),
    )


def _chance_to_move(exploring: NDArray[np.bool_], situation: Situation, state: State, setting: Setting) -> Floats:
    """Chance in a year to start exploring, or, for states that explore, to pursue, [S, F]."""
    p, layout = setting.p, setting.layout
    umbrella = rows(situation.support.channel(Channel.NUCLEAR), layout.link_of)
    covered = np.minimum(umbrella + (layout.link_of == layout.counts.links)[:, None], 1.0)
    spending = state.gdp * state.share * setting.price_level
    affords = np.where(exploring, nuclear.means(spending, p["programme_share"], p["programme_cost"]), 1.0)
    chance = nuclear.chance_to_explore(
        np.where(exploring, p["pursue_baseline"], p["explore_baseline"]),
        np.clip(situation.pressure.threat, 0.0, 1.0),
        p["nuclear_threat_weight"],
        layout.states.latency[:, None],
        p["nuclear_latency_weight"],
        1.0 - situation.foreseen.promise_ally * covered,
        p["nuclear_doubt_weight"],
        state.bomb_opinion * p["elite_share"],
        p["nuclear_opinion_weight"],
        p["treaty_weight"],
        _leverage(situation, state, setting),
        p["leverage_weight"],
        _others_since_start(NuclearStatus.PURSUES, state, setting),
        p["contagion"],
    )
    return np.asarray(chance * affords * p["nuclear_open"], dtype=np.float32)


def _leverage(situation: Situation, state: State, setting: Setting) -> Floats:
    """The guarantor's hold over each state, [S, F]: dependence on it, times its pledge."""
    pledge = rows(np.minimum(situation.support.channel(Channel.PLEDGE), 1.0), setting.layout.link_of)
    return np.asarray(state.dependent * pledge, dtype=np.float32)


def _happens(year: int, use: str, could: NDArray[np.bool_], chance: Floats, setting: Setting) -> NDArray[np.bool_]:
    """Where luck falls below `chance`, [S, F], among the entries that `could`; drawn for these alone."""
    state, future = entries(could)
    luck = setting.draws.sparse(year, use, setting.state_ids[state], future)
    result = np.zeros(could.shape, dtype=bool)
    result[state, future] = luck < chance[state, future]
    return result


def _pursuing(status: Floats) -> NDArray[np.bool_]:
    return np.asarray((status >= NuclearStatus.PURSUES) & (status < NuclearStatus.ARMED))


def _advance(year: int, status: Floats, state: State, setting: Setting) -> Floats:
    """Stages of a programme done, [S, F]."""
    p = setting.p
    latency = setting.layout.states.latency[:, None]
    funded = 0.5 + np.minimum(state.portfolio[Option.NUCLEAR] * 4.0, 1.0)
    rate = nuclear.breakout_rate(p["breakout_years"], latency, p["latency_speed"]) * funded
    progress = state.progress.copy()
    member, future = entries(_pursuing(status))
    luck = setting.draws.sparse(year, "breakout", setting.state_ids[member], future)
    progress[member, future] += nuclear.stages_done(luck, rate[member, future])
    return progress


def _struck(status: Floats, situation: Situation, setting: Setting) -> NDArray[np.bool_]:
    """Whether the worst challenger strikes a programme first, [S, F] (Fuhrmann and Kreps 2010).

    Worked out only where there is a programme, entry by entry.
    """
    nearest, foreseen = situation.nearest, situation.foreseen
    struck = np.zeros(status.shape, dtype=bool)
    state, future = entries(_pursuing(status) & (nearest.hostility > 0.0))
    p = At(setting.p, future)
    faced = nearest.at(state, future)
    challenge, attack, win_alone, promise = (
        values[state, future]
        for values in (foreseen.challenge, foreseen.attack, foreseen.win_alone, foreseen.promise_adversary)
    )
    armed = foresee(faced.but(target_nuclear_cost=faced.target_nuclear_cost + p["target_nuclear_cost"]), p)
    shift = np.maximum(challenge - armed.challenge, 0.0) + np.maximum(attack - armed.attack, 0.0)
    chance = nuclear.chance_of_preventive_attack(
        p["preventive_caution"],
        faced.hostility,
        p["preventive_hostility"],
        shift,
        p["preventive_shift"],
        1.0 - win_alone,
        p["preventive_defence"],
        promise,
        p["preventive_promise"],
    )
    luck = setting.draws.sparse(situation.year, "preventive", setting.state_ids[state], future)
    struck[state, future] = luck < chance
    return struck


def _opinion(situation: Situation, state: State, setting: Setting) -> Floats:
    """Public support for own nuclear arms a year on, [S, F]: raised by doubt, and by a neighbour that armed."""
    p = setting.p
    armed = np.minimum(_others_since_start(NuclearStatus.ARMED, state, setting), 1.0)
    start = floats(nuclear.opinion_at_start(setting.layout.states.bomb_opinion))[:, None].astype(np.float32)
    mood = start + (state.bomb_opinion - start) * (1.0 - p["bomb_opinion_fading"])
    mood = mood + p["bomb_opinion_doubt"] * situation.pressure.exposed_doubt + p["bomb_opinion_contagion"] * armed
    return np.asarray(np.clip(mood, -1.0, 1.0))


def _others_since_start(status: NuclearStatus, state: State, setting: Setting) -> Floats:
    """Other states of each one's region that reached a status since the start, [S, F] (R22)."""
    layout = setting.layout
    reached = (state.nuclear >= status) & (layout.states.nuclear_pursuit < status)[:, None]
    flag = reached.astype(np.float32)
    return np.asarray(layout.by_region(flag)[layout.region] - flag)
