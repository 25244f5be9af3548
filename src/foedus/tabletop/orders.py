"""What a team orders: the lines of a scenario file, valid from the year in which they are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from foedus import terms
from foedus.errors import ScenarioError
from foedus.posture.beside import Beside
from foedus.posture.doctrine import Doctrine, parse_doctrines
from foedus.posture.event import parse_events
from foedus.posture.place import Place, one_of, root
from foedus.posture.posture import LIMITS, SWITCH_OFF, parse_posture
from foedus.posture.schedule import Schedule
from foedus.posture.scope import EVERYWHERE, KIND, scope_at
from foedus.posture.tomlfile import TomlFile, parse_toml
from foedus.posture.war_order import WarOrder, parse_wars

TABLES = ("posture", "doctrine", "events", "wars")
"""Tables of a scenario in which orders are given."""

WHOLE_RUN = (*LIMITS, "guarantor", "remedies", "base")
"""Keys of a posture that hold for a whole run, so that a turn cannot change them without changing the past."""

RUN_LONG = "holds for the whole run, so a turn cannot change it: put it into the scenario before the exercise"


class Matter(StrEnum):
    """What an order is about; the value is how a page and an account call it."""

    SUPPORT = "support"
    """channels of the guarantee, and remote denial of what was supplied"""
    SPENDING = "spending"
    """military spending of allies, from next year's budget on"""
    SHARES = "what money buys"
    """shares of flexible procurement, from the next review on"""
    RULE = "rule"
    """what allies do when a condition holds"""
    HOSTILITY = "pressure"
    """what a challenger adds to, or takes from, its hostility"""
    WAR = "war"
    """a war that a challenger begins, or stops where the front stands"""
    BESIDE = "second guarantors"
    """what guarantors other than the principal one give"""


@dataclass(frozen=True)
class Order:
    """One line that a team has ordered.

    lever   what it is about
    scope   whom: everywhere, a region, a group or a state
    key     the channel, or the challenger; empty for doctrines
    value   the level from its year on, the doctrine or the war; None takes back what was ordered before
    year    from which it holds
    lasts   years after which it ends by itself; None for never
    """

    lever: Matter
    scope: str
    key: str
    value: Schedule | Doctrine | WarOrder | Beside | None
    year: int
    lasts: int | None = None

    @property
    def levers(self) -> tuple[Matter, ...]:
        """What a team must be allowed to move to give it: a rule that sets spending is about spending too."""
        doctrine = self.value
        if self.lever is Matter.RULE and isinstance(doctrine, Doctrine) and doctrine.spending is not None:
            return (Matter.RULE, Matter.SPENDING)
        return (self.lever,)


def orders_of(text: str, where: str, years: tuple[int, int], states: Sequence[str]) -> tuple[Order, ...]:
    """Read the lines that a team has written.

    text    lines of a scenario file: `posture.Europe.troops = 0.5`, `doctrine.POL.spending = 0.045`,
            `events.RUS.EST = 0.2`; `false` in place of a value takes back what was ordered before
    where   what complaints call it
    years   the year of the turn, from which the lines hold, and the last of the exercise
    states  legal iso3 codes

    Raises ScenarioError or UnknownName naming line, key, what is legal and the nearest spelling.
    """
    file = parse_toml(text, where)
    found: list[Order] = []
    for name, place in root(file).parts("table of orders", TABLES, "orders").items():
        kept, gone = _split(place.table(f"orders, like {name}.…"))
        inner = Place(file, (name,), kept)
        found += READERS[name](inner, years, states)
        found += [_taken_back(Place(file, (name, *path), False), years[0], states) for path in gone]
    return tuple(found)


def _split(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> tuple[dict[str, Any], list[tuple[str, ...]]]:
    """A table without what it takes back, and the keys that lead to each `false`."""
    kept: dict[str, Any] = {}
    gone: list[tuple[str, ...]] = []
    for key, value in table.items():
        if value is False:
            gone.append((*path, key))
        elif isinstance(value, dict) and value:
            inner, more = _split(value, (*path, key))
            gone += more
            kept |= {key: inner} if inner else {}
        else:
            kept[key] = value
    return kept, gone


def _support(place: Place, years: tuple[int, int], states: Sequence[str]) -> Iterator[Order]:
    for key in place.table("channels"):
        if key in WHOLE_RUN:
            raise Place(place.file, (*place.keys, key), None).wrong(RUN_LONG)
    posture = parse_posture(place, "orders", states)
    for change in (*posture.changes, *posture.switch_off):
        _from(place.file, change.schedule, years[0])
        yield Order(Matter.SUPPORT, change.scope, change.channel, change.schedule, years[0])
    for beside in posture.beside:
        _from(place.file, beside.schedule, years[0])
        yield Order(Matter.BESIDE, beside.scope, beside.guarantor, beside, years[0])


def _pressure(place: Place, years: tuple[int, int], states: Sequence[str]) -> Iterator[Order]:
    for event in parse_events(place, states):
        _from(place.file, event.schedule, years[0])
        yield Order(Matter.HOSTILITY, event.scope, event.challenger, event.schedule, years[0])


def _war(place: Place, years: tuple[int, int], states: Sequence[str]) -> Iterator[Order]:
    for war in parse_wars(place, states, years):
        yield Order(Matter.WAR, war.target, war.attacker, war, years[0])


def _doctrine(place: Place, years: tuple[int, int], states: Sequence[str]) -> Iterator[Order]:
    for doctrine in parse_doctrines(place, states, years):
        if doctrine.since is not None or doctrine.until is not None:
            raise place.wrong("an order holds from the year of its turn until it is changed: leave from and until out")
        if doctrine.conditions or doctrine.more:
            yield Order(Matter.RULE, doctrine.scope, "", doctrine, years[0])
            continue
        if doctrine.shares:
            yield Order(Matter.SHARES, doctrine.scope, "", replace(doctrine, spending=None), years[0])
        if doctrine.spending is not None:
            yield Order(Matter.SPENDING, doctrine.scope, "", replace(doctrine, shares=()), years[0])


READERS = {"posture": _support, "doctrine": _doctrine, "events": _pressure, "wars": _war}
"""What reads each of `TABLES`."""


def _from(file: TomlFile, schedule: Schedule, year: int) -> None:
    """Raise unless a schedule begins in its turn or later: what has happened stays."""
    if schedule.years != (0,) and schedule.years[0] < year:
        msg = f"{file.name}: {schedule.years[0]} is over; orders begin in {year}"
        raise ScenarioError(msg)


def _taken_back(place: Place, year: int, states: Sequence[str]) -> Order:
    """The order that ends earlier ones about the same thing."""
    table, *path = place.keys
    if table == "events" and len(path) == 2:
        challenger = one_of("state", states)(Place(place.file, place.keys[:2], None))
        return Order(Matter.HOSTILITY, scope_at(KIND, states)(place), challenger, None, year)
    if table == "doctrine" and len(path) == 2:
        levers = {"spending": Matter.SPENDING, "shares": Matter.SHARES, "rule": Matter.RULE}
        lever = levers[one_of("part of a doctrine that can be taken back", levers)(place)]
        return Order(lever, scope_at(KIND, states)(Place(place.file, place.keys[:2], None)), "", None, year)
    if table == "posture" and len(path) in (1, 2):
        channel = one_of("channel", (*terms.CHANNELS, EVERYWHERE, SWITCH_OFF))(place)
        scope = EVERYWHERE if len(path) == 1 else scope_at(KIND, states)(Place(place.file, place.keys[:2], None))
        return Order(Matter.SUPPORT, scope, channel, None, year)
    raise place.wrong("takes nothing back. Write posture.Europe.troops = false, or doctrine.POL.spending = false")
