"""Block 9: own nuclear weapons: interest, programme, preventive attack, reversal, contagion (3.10; R09, R22)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foedus.engine.effort import Pressure
from foedus.engine.layout import Floats, entries
from foedus.engine.portfolio import OPTIONS
from foedus.engine.setting import At, Setting, rows
from foedus.engine.standoff import ARMED, Standoff
from foedus.engine.state import STAGES, State
from foedus.engine.support import Support
from foedus.engine.threat import Foreseen, foresee
from foedus.equations import nuclear


def seek(
    year: int,
    pressed: Pressure,
    foreseen: Foreseen,
    standoff: Standoff,
    support: Support,
    state: State,
    setting: Setting,
) -> State:
    """Nuclear status, progress and opinion a year on.

    foreseen, standoff  against each state's worst challenger, [S, F]
    """
    p, layout = setting.p, setting.layout
    unarmed = (layout.states.warheads <= 0.0)[:, None]
    neighbours, newly_armed = _neighbours(state, setting)
    umbrella_doubt = 1.0 - foreseen.promise_ally * np.minimum(
        rows(support.channel("nuclear"), layout.link_of) + (layout.link_of == layout.counts[2])[:, None], 1.0
    )
    threat = np.clip(pressed.threat, 0.0, 1.0)
    leverage = state.dependent * rows(np.minimum(support.channel("pledge"), 1.0), layout.link_of)
    pull = (
        threat,
        p["nuclear_threat_weight"],
        layout.states.latency[:, None],
        p["nuclear_latency_weight"],
        umbrella_doubt,
        p["nuclear_doubt_weight"],
        state.bomb_opinion * p["elite_share"],
        p["nuclear_opinion_weight"],
        p["treaty_weight"],
        leverage,
        p["leverage_weight"],
        neighbours,
        p["contagion"],
    )
    status = state.nuclear
    looking, exploring = unarmed & (status < 0.5), unarmed & (status > 0.5) & (status < 1.5)
    baseline = np.where(exploring, p["pursue_baseline"], p["explore_baseline"])
    spending = state.gdp * state.share * setting.price_level
    affords = np.where(exploring, nuclear.means(spending, p["programme_share"], p["programme_cost"]), 1.0)
    moves = setting.draws.uniform(year, "nuclear", setting.state_ids) < (
        nuclear.chance_to_explore(baseline, *pull) * affords * p["nuclear_open"]
    )
    starts, pursues = looking & moves, exploring & moves
    reversal = nuclear.chance_of_reversal(p["reversal"], foreseen.promise_ally, leverage)
    quits = _lucky(year, "reversal", unarmed & (status > 0.5) & (status < ARMED) & ~pursues, reversal, setting)
    status = status + starts + pursues - quits
    progress = _advance(year, status, state, setting)
    struck = _struck(year, status, standoff, foreseen, setting)
    progress = progress * (1.0 - p["strike_setback"] * struck)
    status = status + ((status > 1.5) & (status < ARMED) & (progress >= STAGES))
    mood = state.bomb_opinion * (1.0 - p["bomb_opinion_fading"])
    mood = mood + p["bomb_opinion_doubt"] * pressed.exposed_doubt + p["bomb_opinion_contagion"] * newly_armed
    return replace(
        state,
        nuclear=status,
        progress=progress * (status > 1.5),
        bomb_opinion=np.clip(mood, -1.0, 1.0),
    )


def _lucky(year: int, use: str, could: NDArray[np.bool_], chance: Floats, setting: Setting) -> NDArray[np.bool_]:
    """Where luck falls below `chance`, [S, F], among the entries that `could`; drawn for these alone."""
    state, future = entries(could)
    luck = setting.draws.sparse(year, use, setting.state_ids[state], future)
    result = np.zeros(could.shape, dtype=bool)
    result[state, future] = luck < chance[state, future]
    return result


def _advance(year: int, status: Floats, state: State, setting: Setting) -> Floats:
    """Stages of a programme done, [S, F]."""
    p = setting.p
    latency = setting.layout.states.latency[:, None]
    funded = 0.5 + np.minimum(state.portfolio[OPTIONS.index("nuclear")] * 4.0, 1.0)
    rate = nuclear.breakout_rate(p["breakout_years"], latency, p["latency_speed"]) * funded
    progress = state.progress.copy()
    member, future = entries((status > 1.5) & (status < ARMED))
    luck = setting.draws.sparse(year, "breakout", setting.state_ids[member], future)
    progress[member, future] += nuclear.stages_done(luck, rate[member, future])
    return progress


def _struck(year: int, status: Floats, standoff: Standoff, foreseen: Foreseen, setting: Setting) -> NDArray[np.bool_]:
    """Whether the worst challenger strikes a programme first, [S, F] (Fuhrmann and Kreps 2010).

    Worked out only where there is a programme, entry by entry.
    """
    struck = np.zeros(status.shape, dtype=bool)
    state, future = entries((status > 1.5) & (status < ARMED) & (standoff.hostility > 0.0))
    p = At(setting.p, future)
    faced = standoff.at(state, future)
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
    luck = setting.draws.sparse(year, "preventive", setting.state_ids[state], future)
    struck[state, future] = luck < chance
    return struck


def _neighbours(state: State, setting: Setting) -> tuple[Floats, Floats]:
    """States of each one's region that pursue or armed since the start, and that armed, [S, F] (R22)."""
    layout = setting.layout
    start = layout.states.nuclear_pursuit[:, None]
    pursues = ((state.nuclear > 1.5) & (start < 1.5)).astype(np.float32)
    armed = ((state.nuclear > ARMED) & (start < ARMED)).astype(np.float32)
    totals = []
    for flag in (pursues, armed):
        by_region = layout.by_region(flag)
        totals.append(by_region[layout.region] - flag)
    return totals[0], np.minimum(totals[1], 1.0)
