"""Crises as they happen, and what they leave behind (eqs 10, 15-18, 30-32; R19, R23)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foedus.engine.beliefs import crisis_evidence
from foedus.engine.fronts import Fronts, ends_in_first
from foedus.engine.layout import Floats, Indices, entries, floats
from foedus.engine.moves import Events
from foedus.engine.outside import added_hostility
from foedus.engine.setting import At, Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.engine.toll import between_sponsor_and_target, by_sponsor
from foedus.equations import hostility, stocks

HELPED_WAR_SHARE = 0.5
"""Share of a war's attrition that falls on the target when its guarantor fights beside it."""


def draw_crises(situation: Situation, state: State, setting: Setting) -> State:
    """Draw this year's crises: challenge, concession, force and its kind, the guarantor's choice, outcome."""
    year, outlook, draws = situation.year, situation.outlook, setting.draws
    crisis = outlook.crisis
    luck = draws.uniform(year, "challenge", setting.pair_ids)
    place = np.flatnonzero(luck < crisis.challenge)
    pair, future = np.divmod(place, setting.futures)

    def at(values: Floats) -> Floats:
        return values.reshape(-1).take(place)

    def drawn(use: str) -> Floats:
        return draws.sparse(year, use, setting.pair_ids[pair], future)

    conceded = drawn("concede") < at(crisis.concession)
    move = drawn("move")
    war = ~conceded & (move < at(crisis.attack))
    limited = ~conceded & ~war & (move < at(crisis.attack) + at(crisis.limited_force))
    due = war & (setting.layout.aided[pair, 0] > 0.0)
    fought = due & (drawn("guarantor") < at(outlook.promise))
    answers = _answers(situation, war, pair, future, setting)
    chance = at(outlook.win_alone) - np.where(fought, at(outlook.help_effect), 0.0)
    chance = chance * situation.second.left(pair, future, answers[1], setting)
    now, kind = At(setting.p, future), drawn("kind of force")
    goes_on = war & (drawn("war goes on") >= ends_in_first(now))
    won = war & ~goes_on & (drawn("war") < chance)
    by_land = setting.layout.pairs.land[pair] > 0.0
    grab = limited & by_land & (kind < now["grab_share"])
    blockade = limited & ~by_land & (kind < now["blockade_share"])
    flags = (x.astype(np.float32) for x in (conceded, limited, war, fought, due, won, goes_on, grab, blockade))
    return replace(state, moves=replace(state.moves, events=Events(pair, future, *[*flags, *answers])))


def _answers(
    situation: Situation, war: NDArray[np.bool_], pair: Indices, future: Indices, setting: Setting
) -> tuple[Floats, Floats]:
    """Promises of second guarantors that fell due in each crisis, and those kept, each drawn by itself, [E, V] each."""
    backing, second = setting.layout.backing, situation.second
    case = backing.case_at[pair]
    asked, came = (np.zeros_like(case, dtype=np.float32) for _ in range(2))
    if second.seen is not None:
        event, place = entries(war[:, None] & (case < len(backing)))
        case, columns = case[event, place], future[event]
        able = second.fights[case, columns] > 0.0
        luck = setting.draws.sparse(situation.year, "second guarantor", setting.case_ids[case], columns)
        asked[event, place] = able
        came[event, place] = luck < second.chance[case, columns]
    return asked, came


def settle_crises(situation: Situation, state: State, setting: Setting) -> State:
    """Hostility, recognition, ground and stocks after the year's crises, and what the guarantor's choices say of it."""
    p, events = setting.p, state.moves.events
    place, now = (events.pair, events.future), At(setting.p, events.future)
    recognised = floats(hostility.faded(state.recognition, 0.5, p["recognition_decay"]))
    recognised[place] = hostility.recognition_next(
        state.recognition[place],
        events.conceded,
        now["recognition_from_settlement"],
        events.won,
        now["recognition_from_defeat"],
        np.maximum(events.limited, events.war),
        now["recognition_lost_by_force"],
        now["recognition_decay"],
    )
    conceded = state.conceded.copy()
    lost = np.minimum(events.conceded * now["demand_share"] + events.grab * now["grab_ground"] + events.won, 1.0)
    conceded[place] += (1.0 - conceded[place]) * lost
    losses, wars = _losses(events, situation.state.fronts, setting)
    return replace(
        state,
        stock=floats(stocks.stock_next(state.stock, 0.0, 0.0, losses[:, None])),
        hostility=_hostility(situation, state, setting),
        recognition=recognised,
        conceded=conceded,
        wars=np.minimum(wars, 3.0),
        pending=_evidence(situation, events, setting),
        second_pending=_evidence_of_second(situation, events, setting),
    )


def _hostility(situation: Situation, state: State, setting: Setting) -> Floats:
    """Hostility of each pair after the year, [P, F]: both sides remember, who began it more (eqs 31-31b).

    A campaign of fighters whom one of them sponsors against the other is a dispute of the two that the sponsor began.
    """
    p, events = setting.p, state.moves.events
    rest = setting.hostility_at_rest
    if setting.policy.hostility is not None:
        rest = np.clip(rest + added_hostility(situation.year, setting), 0.0, 1.0).astype(np.float32)
    level = floats(hostility.faded(state.hostility, rest, p["hostility_decay"]))
    on = situation.state.fronts
    pairs, columns = np.append(events.pair, on.pair), np.append(events.future, on.future)
    war, settled, began = (np.zeros_like(level) for _ in range(3))
    met = np.zeros_like(level, dtype=bool)
    began[pairs, columns] = 1.0
    for place in ((pairs, columns), (setting.layout.reverse[pairs], columns)):
        np.maximum.at(war, place, np.append(events.war, np.ones_like(on.held)))
        np.maximum.at(settled, place, np.append(events.conceded, np.zeros_like(on.held)))
        met[place] = True
    campaigns = state.moves.campaigns
    began = np.maximum(began, np.minimum(by_sponsor(campaigns, setting), 1.0))
    met |= between_sponsor_and_target(campaigns, setting) > 0.0
    place = entries(met)
    now = At(p, place[1])
    level[place] = hostility.hostility_next(
        state.hostility[place],
        rest[place],
        now["hostility_decay"],
        1.0,
        hostility.weight_of_dispute(now["hostility_from_dispute"], began[place], now["hostility_from_target"]),
        war[place],
        now["hostility_from_war"],
        settled[place],
        now["hostility_from_settlement"],
    )
    return floats(hostility.hostility_met(level, 0.0, 0.0, rest))


def promises(events: Events, setting: Setting) -> tuple[Floats, Floats]:
    """Promises that fell due this year, kept and broken, by guarantor, [G, F] each."""
    due, links, columns = _due(events, setting)
    shape = (setting.layout.counts.guarantors, setting.futures)
    honoured, reneged = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
    owner = setting.layout.link_guarantor[links]
    np.add.at(honoured, (owner, columns), events.fought[due])
    np.add.at(reneged, (owner, columns), 1.0 - events.fought[due])
    asked, _, links = _asked(events, setting)
    owner, columns = setting.layout.backing.owner[links], events.future[asked[0]]
    np.add.at(honoured, (owner, columns), events.came[asked])
    np.add.at(reneged, (owner, columns), 1.0 - events.came[asked])
    return honoured, reneged


def _evidence(situation: Situation, events: Events, setting: Setting) -> Floats:
    """What promises kept and broken, and challenges by the guarantor itself, say of it to each link, [L, F]."""
    due, links, columns = _due(events, setting)
    reliable = situation.outlook.reliable_fights[events.pair[due], columns]
    seen = crisis_evidence(events.fought[due], reliable, (links, columns), setting.layout.counts.links, setting)
    own = np.flatnonzero(setting.layout.by_patron[events.pair])
    links, columns = setting.layout.target_link[events.pair[own]], events.future[own]
    np.subtract.at(seen, (links, columns), setting.p["evidence_challenge"][columns])
    return seen


def _evidence_of_second(situation: Situation, events: Events, setting: Setting) -> Floats:
    """What promises kept and broken say of second guarantors to each of their links, [H, F]."""
    asked, case, links = _asked(events, setting)
    columns = events.future[asked[0]]
    reliable = situation.second.fights[case, columns]
    count = len(setting.layout.backing.owner)
    return crisis_evidence(events.came[asked], reliable, (links, columns), count, setting)


def _asked(events: Events, setting: Setting) -> tuple[tuple[Indices, Indices], Indices, Indices]:
    """Promises of second guarantors that fell due: crisis and place of each, its case and its link."""
    backing = setting.layout.backing
    event, place = entries(events.asked > 0.0)
    case = backing.case_at[events.pair[event], place]
    return (event, place), case, backing.link[case]


def _due(events: Events, setting: Setting) -> tuple[Indices, Indices, Indices]:
    """Events in which a promise fell due, and the link and the future of each."""
    due = np.flatnonzero(events.due > 0.0)
    return due, setting.layout.target_link[events.pair[due]], events.future[due]


def _losses(events: Events, on: Fronts, setting: Setting) -> tuple[Floats, Floats]:
    """Share of stocks each state loses this year, and how many wars it fights, [S, F] each.

    on  wars that were on when the year began
    """
    p, layout = setting.p, setting.layout
    shape = (layout.counts.states, setting.futures)
    lost, wars = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
    pair, future = np.append(events.pair, on.pair), np.append(events.future, on.future)
    war, fought = np.append(events.war, np.ones_like(on.held)), np.append(events.fought, on.joined)
    challenger, target = layout.challenger[pair], layout.target[pair]
    attrition = p["war_attrition"][future] * war
    strike = p["limited_attrition"][events.future] * events.limited
    came = np.concatenate([events.came, on.others])
    helped = np.maximum(fought, came.max(axis=1, initial=0.0))
    shared = attrition * (1.0 - (1.0 - HELPED_WAR_SHARE) * helped)
    np.add.at(lost, (challenger, future), attrition)
    np.add.at(lost, (target, future), shared)
    np.add.at(lost, (layout.target[events.pair], events.future), strike)
    np.add.at(wars, (challenger, future), war)
    np.add.at(wars, (target, future), war)
    patron = np.append(layout.links.guarantor, 0)[layout.target_link[pair]]
    np.add.at(wars, (patron, future), fought)
    np.add.at(lost, (patron, future), 0.2 * attrition * fought)
    war_of, place = entries(came > 0.0)
    helper = layout.backing.links.guarantor[layout.backing.link[layout.backing.case_at[pair[war_of], place]]]
    np.add.at(wars, (helper, future[war_of]), 1.0)
    np.add.at(lost, (helper, future[war_of]), 0.2 * attrition[war_of])
    return np.minimum(lost, 0.6), wars
