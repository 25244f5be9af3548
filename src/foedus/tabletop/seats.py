"""What each seat at the table sees: what happened is public; what is expected, and what others have moved, is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.names import country
from foedus.posture.scope import covers
from foedus.results.stamp import chances_note, origin_of
from foedus.study.span import twin_count
from foedus.tables import Grid, grid
from foedus.tabletop import told
from foedus.tabletop.answering import TurnAnswer
from foedus.tabletop.exercise import Message
from foedus.tabletop.keeping import KeptExercise
from foedus.tabletop.orders import Matter
from foedus.tabletop.playing import Played
from foedus.tabletop.teams import FACILITATOR, ROLES, Team
from foedus.words import bracketed, percent, rare, significant

SHOWN = 12
"""Allies in a table unless a team decides for others."""

Cell = Callable[[Played, int], str]
"""A figure of an ally, by its place, in the year that is open."""


@dataclass(frozen=True)
class SeatView:
    """The table as one seat sees it.

    seat      a team's name, or the facilitator
    role      its role; empty for the facilitator
    decides   what it may order, in words
    year      that is open; None once the exercise is over
    waiting   teams that have not moved
    answer    to the last turn that is over; None before the first
    expected  of the years to come, in sentences, for this seat's allies
    table     the same and more by ally
    sealed    lines that this seat has sealed; None before it moved
    moves     of every team in the open turn, for the facilitator alone
    messages  to this seat, from it, or to all
    """

    seat: str
    role: str
    decides: str
    year: int | None
    waiting: tuple[str, ...]
    answer: TurnAnswer | None
    expected: tuple[str, ...]
    table: Grid
    sealed: str | None
    moves: Mapping[str, str]
    messages: tuple[Message, ...]


def view(kept: KeptExercise, seat: str) -> SeatView:
    """The table as a team, or the facilitator, sees it; raise UnknownName for no seat."""
    exercise = kept.exercise
    team = None if seat == FACILITATOR else exercise.team(seat)
    played = exercise.played()
    names, here = exercise.world.states.names, seat_allies(played, team, exercise.teams)
    moves = {} if exercise.over else exercise.open.moves
    return SeatView(
        seat=seat,
        role=team.role if team else "",
        decides=ROLES[team.role].decides if team else "anything, by an inject",
        year=None if exercise.over else exercise.open.year,
        waiting=exercise.waiting,
        answer=kept.answers[-1] if kept.answers else None,
        expected=told.expected(played, names, here if team and team.of else ()),
        table=_table(played, team, here, names),
        sealed=moves.get(seat),
        moves=moves if team is None else {},
        messages=tuple(m for m in exercise.messages if seat in (FACILITATOR, m.sender, m.to) or not m.to),
    )


def seat_allies(played: Played, team: Team | None, teams: Sequence[Team] = ()) -> tuple[str, ...]:
    """Allies that a seat's table shows: those it decides for or presses, those in most danger first.

    teams  all who play; allies that some of them decide for come first in the tables of those who decide for all
    """
    states, layout = played.study.world.states, played.study.layout
    region = dict(zip(states.iso3, states.region, strict=True))
    danger = played.war() if played.open_years else np.zeros(len(played.allies))
    order = [played.allies[i] for i in np.argsort(-danger, kind="stable")]
    decided = [scope for one in teams if Matter.HOSTILITY not in ROLES[one.role].levers for scope in one.of]
    order.sort(key=lambda iso: not any(covers(scope, iso, region[iso]) for scope in decided))
    if team is None or not team.of:
        return tuple(order[:SHOWN])
    if Matter.HOSTILITY in ROLES[team.role].levers:
        faced = {
            states.iso3[target]
            for challenger, target in zip(layout.challenger, layout.target, strict=True)
            if states.iso3[challenger] in team.of
        }
        return tuple([iso for iso in order if iso in faced][:SHOWN])
    return tuple(iso for iso in order if any(covers(scope, iso, region[iso]) for scope in team.of))


def known(played: Played) -> str:
    """Of which futures analysts speak, and how exact a chance of theirs is."""
    s = played.study.scenario
    return f"{origin_of(s)}. {chances_note(s.futures - twin_count(s.futures))}"


def _mean(measure: str, told_as: Callable[[float], str]) -> Cell:
    """The mean over futures of a measure in the year that is open."""
    return lambda played, place: told_as(float(played.ally(measure)[played.closed, place].mean()))


def _loss(played: Played, place: int) -> str:
    loss = played.loss()[:, place].mean(axis=0)
    low, high = (float(x) for x in np.quantile(loss, (0.05, 0.95)))
    return f"{significant(float(loss.mean()))} {bracketed(low, high)}"


COLUMNS: Mapping[str, tuple[Cell, tuple[str, ...]]] = {
    "war this year, %": (lambda played, place: rare(float(played.war(1)[place])), ()),
    "war by the end, %": (lambda played, place: rare(float(played.war()[place])), ()),
    "expected loss, % of product a year [nine in ten]": (_loss, ("", "guarantor", "allies", "treasury")),
    "spends, % of product": (_mean("spending", told.percent1), ("", "allies", "treasury")),
    "beyond what is carried": (_mean("beyond", told.percent1), ("", "treasury")),
    "support": (_mean("support", "{:.2f}".format), ("", "guarantor")),
    "tension, 0-2": (_mean("tension", "{:.2f}".format), ("", "guarantor")),
    "help, as it believes, %": (_mean("promise_ally", percent), ("", "allies", "treasury")),
    "help, as you expect, %": (_mean("promise_adversary", percent), ("adversary",)),
    "lost alone, %": (_mean("win_alone", percent), ("", "adversary", "allies")),
}
"""Columns of a seat's table, and whose they are by role, the facilitator's empty; everybody's where none is named."""


def _table(played: Played, team: Team | None, allies: tuple[str, ...], names: Mapping[str, str]) -> Grid:
    """Figures by ally for the year that is open; empty once the exercise is over."""
    role = team.role if team else ""
    columns = {head: cell for head, (cell, whose) in COLUMNS.items() if not whose or role in whose}
    places = [played.allies.index(iso) for iso in allies] if played.open_years else []
    rows = [(country(names[played.allies[i]]), *(cell(played, i) for cell in columns.values())) for i in places]
    title = f"Expected at the start of {played.open_years[0]}; {known(played)}" if played.open_years else ""
    return grid(("ally", *columns), rows, right=tuple(columns), title=title)
