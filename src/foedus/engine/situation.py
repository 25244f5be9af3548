"""What a year knows once it has looked at the world: one frozen value that every block of the year reads.

`assess` takes in the year's news, counts forces, solves the crisis of every pair, and works out what presses on each
state. A block then turns the state into the next one: (situation, state, setting) -> State.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Protocol

import numpy as np

from foedus.engine import beliefs, doctrine, outside, support
from foedus.engine.campaign import Campaign, aid, at_war, survey
from foedus.engine.forces import Forces, muster
from foedus.engine.moves import Moves
from foedus.engine.pressure import Pressure, assess_pressure
from foedus.engine.second import Second, look
from foedus.engine.setting import Setting
from foedus.engine.shapes import StateFuture
from foedus.engine.sponsored import Sponsored, look_at_groups
from foedus.engine.standoff import Chosen, Since, Standoff, describe
from foedus.engine.state import State
from foedus.engine.support import GuaranteeAccount, Support
from foedus.engine.threat import Foreseen, Outlook, attacked, chance_involved, cohesion, judge, worst_pair


@dataclass(frozen=True)
class Origin:
    """The first year, from which changes are counted."""

    pressure: Pressure
    account: GuaranteeAccount
    capability: StateFuture
    """effective capability"""
    since: Annotated[Since, "R=P"]
    """balance of every pair, and who stands with whom"""


@dataclass(frozen=True)
class Situation:
    """What everybody sees before anybody moves. Blocks read it; none changes it."""

    year: int
    """index into `setting.years`"""
    state: State
    """what was looked at: the state with this year's news, before any block"""
    support: Support
    forces: Forces
    standoffs: Annotated[Standoff, "R=P"]
    """what a crisis of every pair would turn on"""
    second: Annotated[Second, "R=P"]
    """what second guarantors would do in it"""
    outlook: Annotated[Outlook, "R=P"]
    """what would follow; where a war is on, what it costs this year"""
    campaign: Campaign
    """the wars that are on"""
    sponsored: Sponsored
    """what sponsored fighters may do"""
    worst: Chosen
    """each state's worst challenger"""
    nearest: Annotated[Standoff, "R=S"]
    """the standoff with it"""
    foreseen: Foreseen
    """what would follow of that; of a crisis to come where a war is on"""
    pressure: Pressure
    doctrines: doctrine.Doctrines
    """what the policy fixes instead of letting the model decide"""
    account: GuaranteeAccount
    """the guarantor's"""
    origin: Origin
    """the first year's figures"""


class Block(Protocol):
    """One step of a year: what changes, given what everybody sees.

    situation  as `assess` saw the world this year; the same for every block
    state      as the blocks before left it; `state.moves` says what they ordered, met and gave up
    setting    parameters, policy, luck and layout

    Returns the state after it, with `replace`; nothing is written in place.
    """

    def __call__(self, situation: Situation, state: State, setting: Setting, /) -> State:
        """Return the state after the block."""


def assess(year: int, state: State, origin: Origin | None, setting: Setting) -> Situation:
    """Look at the world.

    year    index into `setting.years`
    state   as last year left it
    origin  the first year's figures; None in the first year, which makes them
    """
    state = outside.apply_events(year, replace(state, moves=Moves.none(setting)), setting)
    state = support.drift_politics(year, state, setting)
    provided = support.provide(year, state, setting)
    state = beliefs.learn(year, provided, state, setting)

    threat_at_start = origin.pressure.threat if origin else np.zeros_like(state.gdp)
    forces = muster(provided, state, threat_at_start, setting)
    standoffs = describe(provided, forces, state, origin.since if origin else None, setting)
    second = look(provided, standoffs, forces, state, setting)
    standoffs = replace(standoffs, others=second.seen)
    in_crises = judge(standoffs, setting.p, setting.model)
    campaign = survey(standoffs, in_crises, aid(second, provided, forces, state, setting), state, setting)
    if (wars := setting.policy.wars) is not None:
        in_crises = attacked(in_crises, standoffs, wars.begins[year], setting.p)
    outlook = at_war(in_crises, campaign, setting)
    if origin is None:  # who stands with whom follows from the outlook, and in the first year no earlier one is there
        state = replace(state, cohesion=cohesion(outlook, state, setting))

    worst = worst_pair(outlook.crisis.perceived_loss, setting)
    foreseen = in_crises.gathered(worst)
    pressure = assess_pressure(outlook, foreseen, forces, state, setting)
    at_start = origin.capability if origin else forces.total
    growth = np.asarray(forces.total / np.maximum(at_start, 1e-6), dtype=np.float32)
    account = support.guarantee_account(provided, state, chance_involved(outlook, setting), growth, setting)
    return Situation(
        year=year,
        state=state,
        support=provided,
        forces=forces,
        standoffs=standoffs,
        second=second,
        outlook=outlook,
        campaign=campaign,
        sponsored=look_at_groups(outlook, growth, state, setting),
        worst=worst,
        nearest=standoffs.gathered(worst),
        foreseen=foreseen,
        pressure=pressure,
        doctrines=doctrine.apply_doctrines(year, pressure, foreseen, state, setting),
        account=account,
        origin=origin or Origin(pressure, account, forces.total, Since(standoffs.at_start, state.cohesion)),
    )
