"""What a year brought in one future: crises, wars, ground given, budgets, beliefs, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from foedus.engine.fronts import Fronts
from foedus.engine.setting import ELECTION_YEARS, Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.terms import NuclearStatus

LEAST_GIVEN = 0.005
"""Stakes given up without a crisis from which it is told."""


@dataclass(frozen=True)
class Incident:
    """A crisis that a challenger opened: `outcome` is backed down, yielded, strike, blockade, grab or war.

    due      the target's guarantor had promised to fight
    fought   and did
    goes_on  the war did not end within the year
    won      the challenger won it within the year
    """

    challenger: str
    target: str
    outcome: str
    due: bool = False
    fought: bool = False
    goes_on: bool = False
    won: bool = False


@dataclass(frozen=True)
class OpenWar:
    """A war that was on when the year began; codes of both sides.

    held   share of what is fought over that the attacker holds when the year ends
    years  whole years that it has lasted
    ended  it ended within the year; what the attacker holds then is what it keeps
    """

    attacker: str
    defender: str
    held: float
    years: int
    ended: bool


@dataclass(frozen=True)
class AllySeen:
    """An ally when the year ends.

    spending  share of GDP that it spent
    budget    share of GDP that it will spend next year
    beyond    the part of that which opinion and debt would not carry
    debt      public debt, share of GDP
    believed  chance that its guarantor fights, as it believes when the year begins
    feared    the same chance, as its worst challenger believes it
    support   delivered, mean of channels, relative to the start
    tension   with its guarantor, 0-2
    nuclear   status, 0-3
    """

    spending: float
    budget: float
    beyond: float
    debt: float
    believed: float
    feared: float
    support: float
    tension: float
    nuclear: int


@dataclass(frozen=True)
class YearSeen:
    """One year of what happened.

    given     (state, challenger, stakes) given up without a crisis
    bombs     (state, status) of nuclear programmes that moved
    left      states that left their pool
    hostility of each pair that events of the exercise can be about, when the year ends
    load      of each guarantor: involvement over capacity
    election  the guarantors' politics may have turned
    """

    year: int
    incidents: tuple[Incident, ...]
    wars: tuple[OpenWar, ...]
    given: tuple[tuple[str, str, float], ...]
    bombs: tuple[tuple[str, int], ...]
    left: tuple[str, ...]
    allies: dict[str, AllySeen]
    hostility: dict[tuple[str, str], float]
    load: dict[str, float]
    election: bool


def see(situation: Situation, after: State, setting: Setting, future: int) -> YearSeen:
    """What a year brought in one future.

    situation  what the year saw
    after      the state it left
    future     place of the future on the last axis
    """
    layout, before = setting.layout, situation.state
    names, year = layout.states.iso3, setting.years[situation.year]
    moved = np.flatnonzero(after.nuclear[:, future] != before.nuclear[:, future])
    out = np.flatnonzero(after.membership[:, future] < before.membership[:, future])
    challengers, targets = ([names[i] for i in ends] for ends in (layout.challenger, layout.target))
    return YearSeen(
        year=year,
        incidents=tuple(_incidents(after, setting, future)),
        wars=tuple(_wars(before.fronts, after, setting, future)),
        given=tuple(_given(situation, after, setting, future)),
        bombs=tuple((names[i], int(after.nuclear[i, future])) for i in moved),
        left=tuple(names[i] for i in out),
        allies={names[i]: _ally(int(i), situation, after, setting, future) for i in layout.allies},
        hostility={
            (one, other): float(level)
            for one, other, level in zip(challengers, targets, after.hostility[:, future], strict=True)
        },
        load={names[g]: float(after.load[i, future]) for i, g in enumerate(layout.guarantors)},
        election=situation.year % ELECTION_YEARS == ELECTION_YEARS - 1,
    )


def _incidents(after: State, setting: Setting, future: int) -> Iterator[Incident]:
    """The year's crises of a future."""
    events, layout = after.moves.events, setting.layout
    names = layout.states.iso3
    for i in np.flatnonzero(events.future == future):
        pair = events.pair[i]
        kinds = (
            ("war", events.war), ("yielded", events.conceded), ("grab", events.grab),
            ("blockade", events.blockade), ("strike", events.limited),
        )  # fmt: skip
        outcome = next((kind for kind, flags in kinds if flags[i]), "backed down")
        told = (bool(flags[i]) for flags in (events.due, events.fought, events.goes_on, events.won))
        yield Incident(names[layout.challenger[pair]], names[layout.target[pair]], outcome, *told)


def _wars(began: Fronts, after: State, setting: Setting, future: int) -> Iterator[OpenWar]:
    """Wars that were on when the year began, and how they stand when it ends."""
    names, layout = setting.layout.states.iso3, setting.layout
    held = {int(pair): float(share) for pair, f, share in zip(*_columns(after.fronts), strict=True) if f == future}
    mine = began.where(began.future == future)
    for pair, years in zip(mine.pair, mine.years, strict=True):
        ended = int(pair) not in held
        kept = float(after.conceded[pair, future]) if ended else held[int(pair)]
        yield OpenWar(names[layout.challenger[pair]], names[layout.target[pair]], kept, int(years) + 1, ended)


def _columns(fronts: Fronts) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return fronts.pair, fronts.future, fronts.held


def _given(situation: Situation, after: State, setting: Setting, future: int) -> Iterator[tuple[str, str, float]]:
    """Ground given before anybody asked for it by force, and to whom."""
    layout, given = setting.layout, after.moves.conceded[:, future]
    names = layout.states.iso3
    for state in np.flatnonzero(given > LEAST_GIVEN):
        pair = situation.worst.pair[state, future]
        yield names[state], names[layout.challenger[pair]], float(given[state])


def _ally(state: int, situation: Situation, after: State, setting: Setting, future: int) -> AllySeen:
    link = setting.layout.link_of[state]
    return AllySeen(
        spending=float(situation.state.share[state, future]),
        budget=float(after.share[state, future]),
        beyond=float(after.share[state, future] - after.carried[state, future]),
        debt=float(after.debt[state, future]),
        believed=float(situation.foreseen.promise_ally[state, future]),
        feared=float(situation.foreseen.promise_adversary[state, future]),
        support=float(situation.support.overall[link, future]),
        tension=float(after.tension[link, future]),
        nuclear=int(NuclearStatus(int(after.nuclear[state, future]))),
    )
