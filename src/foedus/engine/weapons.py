"""Own nuclear weapons: interest, programme, preventive attack, reversal, contagion (3.10; R09, R22)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foedus.engine.layout import Floats, entries, floats
from foedus.engine.setting import At, Setting, rows
from foedus.engine.situation import Situation
from foedus.engine.state import STAGES, State, opinion_at_start
from foedus.engine.threat import foresee, most_faced
from foedus.equations import intervention, nuclear
from foedus.equations.hedging import Option
from foedus.terms import Channel, NuclearStatus

SHELTERING = (Channel.PLEDGE, Channel.TROOPS, Channel.REINFORCEMENT, Channel.NUCLEAR)
"""Channels whose withdrawal a state reads as the end of its protection."""

HOLDING = (Channel.PLEDGE, Channel.ARMS, Channel.SUSTAINMENT, Channel.INTELLIGENCE, Channel.MONEY)
"""Channels by which a guarantor can keep a state from the bomb: it can end them."""

FIRST_ARSENAL = 10.0
"""Warheads of a state that has armed itself since the start; of one that pursues, those that others see coming."""


def pursue_weapons(situation: Situation, state: State, setting: Setting) -> State:
    """Nuclear status, progress and opinion a year on."""
    p, year, status = setting.p, situation.year, state.nuclear
    unarmed = (setting.layout.states.warheads <= 0.0)[:, None]
    exploring = unarmed & (status == NuclearStatus.EXPLORES)
    luck = setting.draws.uniform(year, "nuclear", setting.state_ids)
    moves = luck < chance_to_move(exploring, situation, state, setting)
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


def chance_to_move(exploring: NDArray[np.bool_], situation: Situation, state: State, setting: Setting) -> Floats:
    """Chance in a year to start exploring, or, for states that explore, to pursue, [S, F]."""
    p, layout = setting.p, setting.layout
    umbrella = rows(situation.support.channel(Channel.NUCLEAR), layout.link_of)
    covered = np.minimum(umbrella + (layout.link_of == layout.counts.links)[:, None], 1.0)
    spending = state.gdp * state.share * setting.price_level
    means = nuclear.means(spending, p["programme_share"], p["programme_cost"])
    foreseen = situation.foreseen
    sheltered = nuclear.shelter(foreseen.win_alone, foreseen.promise_adversary, p["shelter_weight"])
    chance = nuclear.chance_to_explore(
        np.where(exploring, p["pursue_baseline"], p["explore_baseline"]),
        _peril(situation, state, setting),
        p["nuclear_threat_weight"],
        layout.states.latency[:, None],
        p["nuclear_latency_weight"],
        1.0 - _sheltered(floats(foreseen.promise_ally * covered), situation),
        p["nuclear_doubt_weight"],
        rows(_withdrawn(situation), layout.link_of),
        p["nuclear_withdrawal_weight"],
        nuclear.elite_support(state.bomb_opinion, p["elite_share"]),
        p["nuclear_opinion_weight"],
        p["treaty_weight"],
        _leverage(situation, state, setting),
        p["leverage_weight"],
        _proliferators(state, setting),
        p["contagion"],
    )
    able = np.where(exploring, means * sheltered, 1.0)
    return np.asarray(chance * able * p["nuclear_open"], dtype=np.float32)


def _sheltered(by_guarantor: Floats, situation: Situation) -> Floats:
    """Chance, as each state believes, that someone with nuclear arms that cover it fights for it, [S, F]."""
    others = situation.nearest.others
    if others is None:
        return by_guarantor
    return floats(intervention.chance_of_somebody(by_guarantor, others.ally * others.umbrella))


def _peril(situation: Situation, state: State, setting: Setting) -> Floats:
    """Threat over each state's worst rival, [S, F]: by its forces, and by the arsenal it has or works on.

    Strategic rivals alone, as in the record from which the weights come.
    """
    p, layout = setting.p, setting.layout
    new = FIRST_ARSENAL * (state.nuclear >= NuclearStatus.PURSUES)
    arsenal = floats(nuclear.arsenal(np.maximum(setting.warheads, new), p["arsenal_half"]))
    losing = situation.outlook.win_alone * setting.proximity
    hostility = state.hostility * (layout.pairs.rival > 0.0)[:, None]
    of_pairs = nuclear.peril(hostility, losing, arsenal[layout.challenger], p["arsenal_weight"])
    return np.clip(most_faced(floats(of_pairs), setting), 0.0, 1.0)


def _withdrawn(situation: Situation) -> Floats:
    """Share of each guarantee's protection withdrawn since the start, [L, F]."""
    kept = np.minimum(situation.support.relative[:, SHELTERING], 1.0)
    return np.asarray(1.0 - kept.mean(axis=1), dtype=np.float32)


def _leverage(situation: Situation, state: State, setting: Setting) -> Floats:
    """The guarantor's hold over each state, [S, F]: dependence on it, times the most that it gives and could take."""
    given = np.minimum(situation.support.level[:, HOLDING].max(axis=1), 1.0)
    return np.asarray(state.dependent * rows(given, setting.layout.link_of), dtype=np.float32)


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
    dearer = faced.but(target_nuclear_cost=faced.target_nuclear_cost + p["target_nuclear_cost"])
    armed = foresee(dearer, p, setting.model)
    shift = np.maximum(challenge - armed.challenge, 0.0) + np.maximum(attack - armed.attack, 0.0)
    chance = nuclear.chance_of_preventive_attack(
        p["preventive_caution"],
        _at_war(situation, setting)[situation.worst.pair[state, future], future],
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


def _at_war(situation: Situation, setting: Setting) -> Floats:
    """1 where a pair is at war when the year begins, whoever attacked, [P, F]."""
    fronts = situation.campaign.fronts
    flags = np.zeros((setting.layout.counts.pairs, setting.futures), dtype=np.float32)
    flags[fronts.pair, fronts.future] = 1.0
    flags[fronts.back(setting)] = 1.0
    return flags


def _opinion(situation: Situation, state: State, setting: Setting) -> Floats:
    """Public support for own nuclear arms a year on, [S, F]: moved by doubt, and by a neighbour that armed."""
    p = setting.p
    armed = np.minimum(_others_since_start(NuclearStatus.ARMED, state, setting), 1.0)
    doubt = situation.pressure.exposed_doubt - situation.origin.pressure.exposed_doubt
    return floats(
        nuclear.opinion_next(
            state.bomb_opinion,
            opinion_at_start(setting) + p["bomb_opinion_contagion"] * armed,
            p["bomb_opinion_fading"],
            p["bomb_opinion_doubt"] * doubt,
        )
    )


def _proliferators(state: State, setting: Setting) -> Floats:
    """How many others pursue or have the bomb near each state, [S, F]: those that challenge it, as in the record from
    which the hazards come, and other states of its region that began since the start (R22).
    """
    layout, began = setting.layout, _others_since_start(NuclearStatus.PURSUES, state, setting)
    pursues = (state.nuclear >= NuclearStatus.PURSUES)[layout.challenger]
    is_new = (layout.states.nuclear_pursuit < NuclearStatus.PURSUES)[layout.challenger][:, None]
    same_region = (layout.region[layout.challenger] == layout.region[layout.target])[:, None]
    facing = layout.by_target(pursues.astype(np.float32))
    both = layout.by_target((pursues & is_new & same_region).astype(np.float32))
    return np.asarray(facing + began - both)


def _others_since_start(status: NuclearStatus, state: State, setting: Setting) -> Floats:
    """Other states of each one's region that reached a status since the start, [S, F] (R22)."""
    layout = setting.layout
    reached = (state.nuclear >= status) & (layout.states.nuclear_pursuit < status)[:, None]
    flag = reached.astype(np.float32)
    return np.asarray(layout.by_region(flag)[layout.region] - flag)
