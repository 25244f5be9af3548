"""An exercise: a scenario, teams, turns that are over or open. A value: each verb returns the exercise after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from foedus.errors import InputError, ScenarioError, UnknownName
from foedus.given import wrong_whole
from foedus.posture import Scenario
from foedus.posture.scope import covers
from foedus.study import prepare
from foedus.study.check import check_scopes
from foedus.study.swap import swapped
from foedus.tabletop.injecting import Inject
from foedus.tabletop.ordered import Reach, ordered
from foedus.tabletop.orders import Matter, Order, orders_of
from foedus.tabletop.playing import MOST_ANALYSTS, Played, play
from foedus.tabletop.teams import FACILITATOR, USUAL, Team
from foedus.world import World

ANALYSTS = 64
"""Futures of the fan unless told: enough for a mean, few enough for an answer at once."""

MOST_TEXT = 2000
"""Characters of a team's lines, of its reason, or of a message."""


@dataclass(frozen=True)
class Turn:
    """One year at the table.

    moves    lines of each team that has moved, by its name; no lines where it passed
    reasons  why, in the team's own words, where it said
    injects  what the facilitator put in
    """

    year: int
    moves: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    injects: tuple[Inject, ...] = ()


@dataclass(frozen=True)
class Message:
    """What one team, or the facilitator, wrote to another; to all where `to` is empty."""

    year: int
    sender: str
    to: str
    text: str


@dataclass(frozen=True)
class Exercise:
    """A table-top exercise as it stands.

    scenario  what was there before the first turn; its futures are the analysts', its seed the luck
    teams     who plays
    turns     those that are over, then the open one; all are over once the last year is
    messages  in the order in which they were written
    """

    scenario: Scenario
    teams: tuple[Team, ...]
    turns: tuple[Turn, ...]
    messages: tuple[Message, ...] = ()
    over: bool = False

    @staticmethod
    def begin(scenario: Scenario, teams: Sequence[Team] = (), analysts: int = ANALYSTS) -> Exercise:
        """Begin an exercise in the first year of a scenario.

        scenario  its posture is what holds before anybody moves; what it is compared with is left out
        teams     who plays; guarantor, allies, treasury and adversary when empty
        analysts  futures of what is expected, 16 to 512

        Raises InputError for teams of one name or a number of analysts that cannot be, ScenarioError for a scenario
        that cannot be run.
        """
        teams = tuple(teams) or USUAL
        if len({team.name for team in teams}) < len(teams):
            msg = "two teams have one name. Name them apart"
            raise InputError(msg)
        if wrong := wrong_whole(analysts, 16, MOST_ANALYSTS):
            msg = f"--analysts {analysts}: {wrong}; from 16 to {MOST_ANALYSTS}"
            raise InputError(msg)
        alone = scenario.but(against=None, other=type(scenario.other)(), futures=analysts)
        prepare(alone)
        return Exercise(alone, teams, (Turn(alone.first),))

    @cached_property
    def world(self) -> World:
        """The scenario's own world."""
        return prepare(self.scenario).world

    @property
    def closed(self) -> int:
        """How many turns are over."""
        return len(self.turns) - (not self.over)

    @property
    def open(self) -> Turn:
        """The turn that is open; raise InputError when the exercise is over."""
        if self.over:
            msg = f"the exercise is over: {self.scenario.last} was its last year"
            raise InputError(msg)
        return self.turns[-1]

    @property
    def waiting(self) -> tuple[str, ...]:
        """Teams that have not moved in the open turn."""
        return () if self.over else tuple(team.name for team in self.teams if team.name not in self.open.moves)

    def team(self, name: str) -> Team:
        """A team by name; raise UnknownName with the nearest spelling."""
        found = {team.name: team for team in self.teams}
        if name not in found:
            raise UnknownName("team", name, found)
        return found[name]

    def move(self, name: str, lines: str, why: str = "") -> Exercise:
        """Seal a team's move for the open turn, in place of one that it sealed before; no lines: it passes.

        name   the team
        lines  lines of a scenario file, as `orders_of` reads them
        why    its reason, for the account

        Raises UnknownName or ScenarioError for a line that is wrong, InputError for what the team may not order.
        """
        team, turn = self.team(name), self.open
        _short("a move", lines)
        _short("a reason", why)
        for order in self._orders(lines, f"{name}, {turn.year}", turn.year):
            if refused := team.refuses(order, self.world):
                msg = f"{name}: {refused}"
                raise InputError(msg)
        moves, reasons = {**turn.moves, name: lines.strip()}, {**turn.reasons, name: why.strip()}
        return self._with(replace(turn, moves=moves, reasons=reasons))

    def inject(self, inject: Inject) -> Exercise:
        """Put an inject into the open turn.

        Raises ScenarioError for lines that are wrong, InputError where an end is given to what has none.
        """
        turn = self.open
        for order in self._orders(inject.lines, f"{inject.name}, {turn.year}", turn.year):
            if inject.lasts is not None and order.lever not in (Matter.SUPPORT, Matter.HOSTILITY):
                msg = f"{inject.name}: support and pressure can end by themselves, orders on {order.lever.value} cannot"
                raise InputError(msg)
        return self._with(replace(turn, injects=(*turn.injects, inject)))

    def say(self, sender: str, text: str, to: str = "") -> Exercise:
        """Write a message, from a team or the facilitator to one of them or to all; raise UnknownName for no team."""
        for name in (sender, to):
            if name not in (FACILITATOR, ""):
                self.team(name)
        _short("a message", text)
        year = self.scenario.last if self.over else self.open.year
        return replace(self, messages=(*self.messages, Message(year, sender, to, text.strip())))

    def close(self, *, at_once: bool = False) -> Exercise:
        """Close the open turn: its year happens, and the next opens.

        at_once  whether teams that have not moved pass

        Raises InputError when somebody has not moved and may still.
        """
        turn = self.open
        if self.waiting and not at_once:
            msg = f"{turn.year}: {', '.join(self.waiting)} must still move. To close without, close at once"
            raise InputError(msg)
        after = replace(self, over=turn.year == self.scenario.last)
        return after if after.over else replace(after, turns=(*self.turns, Turn(turn.year + 1)))

    def orders(self, turns: int | None = None) -> tuple[Order, ...]:
        """Orders of the first turns, of all that are over without a number; within a turn injects come last."""
        found: list[Order] = []
        for turn in self.turns[: self.closed if turns is None else turns]:
            for team in self.teams:
                found += self._read(turn.moves.get(team.name, ""), f"{team.name}, {turn.year}", turn.year)
            for inject in turn.injects:
                read = self._read(inject.lines, f"{inject.name}, {turn.year}", turn.year)
                found += [replace(order, lasts=inject.lasts) for order in read]
        return tuple(found)

    def carried_out(self, turns: int | None = None) -> Scenario:
        """The scenario with the orders of the first turns, of all that are over without a number."""
        return ordered(self.scenario, self.orders(turns), self.world)

    def played(self, closed: int | None = None, turns: int | None = None) -> Played:
        """What happened, and what is expected.

        closed  years that are over; those of the turns that are, without a number
        turns   turns whose orders hold; those that are over, without a number
        """
        return _played(self.carried_out(turns), self.closed if closed is None else closed, repr(swapped()))

    def _with(self, turn: Turn) -> Exercise:
        return replace(self, turns=(*self.turns[:-1], turn))

    def _read(self, lines: str, where: str, year: int) -> tuple[Order, ...]:
        return orders_of(lines, where, (year, self.scenario.last), self.world.states.iso3) if lines else ()

    def _orders(self, lines: str, where: str, year: int) -> tuple[Order, ...]:
        """Orders that are about somebody; raise ScenarioError for one that would change nothing."""
        found = self._read(lines, where, year)
        reach = Reach.of(self.scenario, self.world)
        for order in found:
            allies = reach.supported if order.lever is Matter.SUPPORT else reach.allied
            about = any(covers(order.scope, ally, region) for ally, region in allies.items())
            if order.lever not in (Matter.HOSTILITY, Matter.WAR) and not about:
                msg = f"{where}: {order.scope} covers no ally, so it would change nothing. Allies: {', '.join(allies)}"
                raise ScenarioError(msg)
        check_scopes(ordered(self.scenario, (*self.orders(), *found), self.world), self.world, (self.world,))
        return found


@lru_cache(maxsize=8)
def _played(scenario: Scenario, closed: int, _equations: str) -> Played:
    """What happened under a scenario, kept because an answer compares fans that the turn before worked out already."""
    return play(prepare(scenario), closed)


def _short(what: str, text: str) -> None:
    if len(text) > MOST_TEXT:
        msg = f"{what} of {len(text):,} characters: at most {MOST_TEXT:,}"
        raise InputError(msg)
