"""One year of the model, from the guarantor's choices to what is recorded.

Read this file to know the model: each line is a block, each block a module of this folder, each module a few calls
of the pure functions in `foedus.equations`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from foedus.engine import beliefs, bomb, clash, doctrine, ground, leaning, pools, portfolio, procure, support
from foedus.engine.effort import Pressure, pressure, spend
from foedus.engine.forces import Forces, muster
from foedus.engine.layout import Floats
from foedus.engine.setting import REVIEW_YEARS, Setting
from foedus.engine.standoff import Chosen, Standoff, face
from foedus.engine.state import State
from foedus.engine.support import Account, Support
from foedus.engine.threat import Foreseen, Outlook, cohesion, judge, worst_pair
from foedus.equations import guarantor


@dataclass(frozen=True)
class Origin:
    """The first year, from which changes are counted."""

    pressed: Pressure
    account: Account
    capability: Floats
    """[S, F] effective capability"""


@dataclass(frozen=True)
class Year:
    """Everything a year computed, for the record."""

    support: Support
    forces: Forces
    outlook: Outlook
    worst: Chosen
    nearest: Standoff
    """against each state's worst challenger"""
    foreseen: Foreseen
    """the same"""
    pressed: Pressure
    account: Account
    events: clash.Events
    given: Floats
    before: State
    """state when the year's choices were made"""


def step(year: int, state: State, origin: Origin | None, setting: Setting) -> tuple[State, Origin, Year]:
    """Advance every future by one year.

    year    index into `setting.years`
    origin  None in the first year

    Returns the next state, the origin, and what the year computed.
    """
    state = clash.stir(year, support.politics(year, state, setting), setting)
    provided = support.provide(year, state, setting)
    state = beliefs.learn(year, provided, state, setting)

    first = origin.pressed.threat if origin else np.zeros_like(state.gdp)
    forces = muster(provided, state, first, setting)
    standoff = face(provided, forces, state, setting)
    outlook = judge(standoff, setting.p)
    if origin is None:
        state = replace(state, cohesion=cohesion(outlook, state, setting))
        standoff = face(provided, forces, state, setting)
        outlook = judge(standoff, setting.p)
    worst = worst_pair(outlook.crisis.perceived_loss, setting)
    nearest = standoff.gathered(worst)
    foreseen = outlook.gathered(worst)
    pressed = pressure(outlook, foreseen, forces, state, setting)
    origin = origin or _origin(provided, forces, outlook, pressed, state, setting)
    now = state

    doctrines = doctrine.choose(pressed, foreseen, state, setting)
    state = spend(year, pressed, origin.pressed, provided, state, doctrines.spending, setting)
    if year % REVIEW_YEARS == 0:
        flexible, _ = procure.budget(state, setting)
        state = portfolio.review(nearest, foreseen, forces, provided, state, flexible, doctrines, setting)
    orders = procure.order(provided, state, setting)
    state = procure.deliver(orders, provided, state, setting)
    state = pools.plan(year, worst, nearest, foreseen, forces, orders, provided, state, setting)
    state = bomb.seek(year, pressed, foreseen, nearest, provided, state, setting)
    given = ground.give(year, worst, nearest, foreseen, provided, state, setting)

    events = clash.happen(year, outlook, setting)
    state, honoured, reneged = clash.after(year, events, outlook, given.state, setting)
    account = _account(provided, forces, outlook, origin.capability, now, setting)
    state = _close(state, provided, outlook, forces, pressed, account, origin, honoured, reneged, setting)
    return (
        state,
        origin,
        Year(provided, forces, outlook, worst, nearest, foreseen, pressed, account, events, given.loss, now),
    )


def _close(
    state: State,
    provided: Support,
    outlook: Outlook,
    forces: Forces,
    pressed: Pressure,
    account: Account,
    origin: Origin,
    honoured: Floats,
    reneged: Floats,
    setting: Setting,
) -> State:
    """Guarantor's answer, alignment, cohesion and outages carried into next year."""
    allies = setting.layout.links.ally
    threat_change = (pressed.threat - origin.pressed.threat)[allies]
    state = support.answer(account, origin.account, provided, threat_change, honoured, reneged, state, setting)
    room = np.clip(1.0 - provided.overall, 0.0, 1.0)
    state = leaning.lean(pressed.promise, origin.pressed.promise, room, state, setting)
    return replace(state, cohesion=cohesion(outlook, state, setting), outage=forces.outage, threat=pressed.threat)


def _origin(
    provided: Support, forces: Forces, outlook: Outlook, pressed: Pressure, state: State, setting: Setting
) -> Origin:
    account = _account(provided, forces, outlook, forces.total, state, setting)
    return Origin(pressed, account, forces.total)


def _account(
    provided: Support, forces: Forces, outlook: Outlook, first: Floats, state: State, setting: Setting
) -> Account:
    crisis, layout = outlook.crisis, setting.layout
    defending, entrapped = (
        guarantor.involvement(crisis.challenge, crisis.concession, crisis.attack, chance)
        for chance in (outlook.promise, layout.sponsored * setting.p["entrapment_share"])
    )
    involved = layout.by_target(defending) + layout.by_challenger(entrapped)
    grown = np.asarray(forces.total / np.maximum(first, 1e-6), dtype=np.float32)
    return support.account(provided, state, involved, grown[layout.links.ally], setting)
