"""Orders in the sequence in which they were given, as one scenario: what held in the past stays as it was.

An order holds from its year on, for everybody in its scope, until a later one about the same thing: among orders the
last word counts, not the narrower scope. What nobody ordered is the scenario's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from foedus import terms
from foedus.posture import Change, Doctrine, Event, Posture, Scenario, Schedule, main_guarantor
from foedus.posture.beside import Beside
from foedus.posture.posture import SWITCH_OFF
from foedus.posture.scope import EVERYWHERE, covers, width
from foedus.posture.war_order import WarOrder
from foedus.tabletop.orders import Matter, Order
from foedus.world import World

Levels = tuple[float, ...]
"""A level for every year of the scenario."""

Held = TypeVar("Held", bound=Hashable)

KINDS = (Matter.RULE, Matter.SHARES, Matter.SPENDING)
"""Doctrines in the order in which they are applied: what is ordered outright goes before what a rule says."""


@dataclass(frozen=True)
class Reach:
    """Whom orders can be about: allies of the guarantor whose support changes, and all allies, with their regions."""

    guarantor: str
    supported: Mapping[str, str]
    allied: Mapping[str, str]

    @staticmethod
    def of(scenario: Scenario, world: World) -> Reach:
        """The places of a world under a scenario's posture."""
        states, links = world.states, world.links
        owners = [states.iso3[i] for i in links.guarantor]
        mine = scenario.posture.guarantor or main_guarantor(owners)
        ends = [(owner, states.iso3[i], states.region[i]) for owner, i in zip(owners, links.ally, strict=True)]
        return Reach(
            mine, {ally: region for owner, ally, region in ends if owner == mine}, {a: region for _, a, region in ends}
        )


def ordered(scenario: Scenario, orders: Sequence[Order], world: World) -> Scenario:
    """The scenario with orders carried out, in the sequence in which they were given; nothing is compared.

    world  the scenario's own, whose allies orders are about
    """
    reach = Reach.of(scenario, world)
    support = [order for order in orders if order.lever is Matter.SUPPORT]
    posture = replace(
        scenario.posture,
        changes=(*scenario.posture.changes, *_changes(scenario, support, reach)),
        switch_off=(*scenario.posture.switch_off, *_changes(scenario, support, reach, denial=True)),
        beside=(*scenario.posture.beside, *_beside(orders, scenario.years)),
    )
    return scenario.but(
        posture=posture,
        doctrines=(*scenario.doctrines, *_doctrines([o for o in orders if o.lever in KINDS], reach.allied)),
        events=(*scenario.events, *_events(scenario, [o for o in orders if o.lever is Matter.HOSTILITY])),
        wars=_wars(scenario.wars, orders),
    )


def _changes(scenario: Scenario, orders: Sequence[Order], reach: Reach, *, denial: bool = False) -> list[Change]:
    """Changes of support: the path of every ally that an order touched, channel by channel."""
    found: list[Change] = []
    for channel in (SWITCH_OFF,) if denial else terms.CHANNELS:
        named = (channel,) if denial else (channel, EVERYWHERE)
        mine = [order for order in orders if order.key in named]
        if not mine:
            continue
        before = _levels(scenario.posture, channel, reach, scenario.years)
        paths = {
            ally: _path(before[ally], [o for o in mine if covers(o.scope, ally, region)], scenario.years)
            for ally, region in reach.supported.items()
        }
        touched = {a for a, region in reach.supported.items() if any(covers(o.scope, a, region) for o in mine)}
        own = (*scenario.posture.changes, *scenario.posture.switch_off)
        held = {change.scope for change in own if change.channel in named}
        scopes = [s for s in dict.fromkeys(o.scope for o in mine) if all(s == h or width(s) > width(h) for h in held)]
        for scope, path in _fewest(paths, touched, scopes, reach.supported):
            found.append(Change(scope, channel, _schedule(path, scenario.years)))
    return found


def _levels(posture: Posture, channel: str, reach: Reach, years: Sequence[int]) -> dict[str, Levels]:
    """What the scenario's own posture says, as the shortest numbers that stand for its single precision."""
    allies, regions = list(reach.supported), list(reach.supported.values())
    guarantors = [reach.guarantor] * len(allies)
    whole = replace(posture, guarantor=reach.guarantor)
    levels: NDArray[np.float32]
    if channel == SWITCH_OFF:
        levels = whole.switched_off(allies, regions, guarantors, years)
    else:
        levels = whole.levels(allies, regions, guarantors, years)[:, :, terms.Channel.of(channel)]
    return {ally: tuple(float(str(x)) for x in levels[:, i]) for i, ally in enumerate(allies)}


def _path(before: Levels, orders: Sequence[Order], years: Sequence[int]) -> Levels:
    """The level of every year: orders that stay in sequence, then those that end by themselves on top."""
    level = np.array(before)
    for order in sorted(orders, key=lambda o: o.lasts is not None):
        on = np.asarray(years) >= order.year
        if order.lasts is not None:
            on &= np.asarray(years) < order.year + order.lasts
        if order.value is None:
            level = np.where(on, before, level)
        elif isinstance(order.value, Schedule):
            dated = order.value.years != (0,)
            on &= np.asarray(years) >= (order.value.years[0] if dated else order.year)
            level = np.where(on, order.value.at(years, 0.0), level)
    return tuple(float(x) for x in level)


def _schedule(path: Levels, years: Sequence[int]) -> Schedule:
    """A path as dated levels, without those that lie within a stretch of one level."""
    if len(set(path)) == 1:
        return Schedule((0,), path[:1])
    last = len(path) - 1
    kept = [i for i in range(last + 1) if i in (0, last) or not path[i - 1] == path[i] == path[i + 1]]
    if path[last] == path[last - 1]:
        kept.pop()
    return Schedule(tuple(years[i] for i in kept), tuple(path[i] for i in kept))


def _fewest(
    held: Mapping[str, Held], touched: set[str], scopes: Sequence[str], allies: Mapping[str, str]
) -> list[tuple[str, Held]]:
    """The same by scope where most of a scope have one thing, and by ally for the rest.

    held     what holds for each ally
    touched  allies for whom a line is needed
    scopes   scopes that a line may have, besides an ally
    allies   region of each ally
    """
    left, found = set(touched), []
    for scope in sorted((s for s in scopes if s not in allies), key=width):
        members = [ally for ally, region in allies.items() if covers(scope, ally, region)]
        waiting = [ally for ally in members if ally in left]
        if not waiting:
            continue
        common, count = Counter(held[ally] for ally in waiting).most_common(1)[0]
        if 2 * count > len(members) and all(ally in left or held[ally] == common for ally in members):
            found.append((scope, common))
            left -= {ally for ally in members if held[ally] == common}
    return [*found, *((ally, held[ally]) for ally in allies if ally in left)]


def _doctrines(orders: Sequence[Order], allies: Mapping[str, str]) -> list[Doctrine]:
    """Doctrines with the years in which they hold, grouped by scope as a file groups them."""
    by_ally = {
        ally: tuple(
            doctrine
            for kind in KINDS
            for doctrine in _in_turn([o for o in orders if o.lever is kind and covers(o.scope, ally, region)])
        )
        for ally, region in allies.items()
    }
    touched = {ally for ally, held in by_ally.items() if held}
    scopes = [scope for scope in dict.fromkeys(order.scope for order in orders) if scope not in allies]
    found: list[Doctrine] = []
    for scope in sorted(scopes, key=width):
        members = {ally for ally, region in allies.items() if covers(scope, ally, region)}
        if members and members <= touched and len({by_ally[ally] for ally in members}) == 1:
            found += [replace(doctrine, scope=scope) for doctrine in by_ally[next(iter(members))]]
            touched -= members
    return [
        *found,
        *(replace(doctrine, scope=ally) for ally in allies if ally in touched for doctrine in by_ally[ally]),
    ]


def _in_turn(orders: Sequence[Order]) -> list[Doctrine]:
    """Doctrines of one kind for one ally: those of a year hold until those of a later one, or until taken back."""
    years = sorted({order.year for order in orders})
    found = []
    for year, following in zip(years, [*years, None][1:], strict=True):
        given = [order.value for order in orders if order.year == year]
        kept = given if given[-1] is not None and orders[0].lever is Matter.RULE else given[-1:]
        until = None if following is None else following - 1
        found += [replace(d, scope="", since=year, until=until) for d in kept if isinstance(d, Doctrine)]
    return found


def _events(scenario: Scenario, orders: Sequence[Order]) -> list[Event]:
    """What is added to hostility, by challenger and scope; what ends by itself comes on top of what stays."""
    nothing: Levels = (0.0,) * len(scenario.years)
    found = []
    for key in dict.fromkeys((o.key, o.scope, o.lasts is None) for o in orders):
        mine = [o for o in orders if (o.key, o.scope, o.lasts is None) == key]
        each = [mine] if key[2] else [[order] for order in mine]
        for some in each:
            path = _path(nothing, some, scenario.years)
            if any(path):
                found.append(Event(key[0], key[1], _schedule(path, scenario.years)))
    return found


def _wars(before: tuple[WarOrder, ...], orders: Sequence[Order]) -> tuple[WarOrder, ...]:
    """Wars begun and stopped, those of the scenario among them, one line a pair of states."""
    given = [order.value for order in orders if isinstance(order.value, WarOrder)]
    if not given:
        return before
    found: dict[tuple[str, str], tuple[set[int], set[int]]] = {}
    for war in (*before, *given):
        ceasefires, attacks = found.setdefault((war.attacker, war.target), (set(), set()))
        ceasefires.update(war.ceasefires)
        attacks.update(war.attacks)
    return tuple(WarOrder(*pair, tuple(sorted(ends)), tuple(sorted(begins))) for pair, (ends, begins) in found.items())


def _beside(orders: Sequence[Order], years: Sequence[int]) -> list[Beside]:
    """What second guarantors give, from the first order about it on; before it, what the scenario says."""
    found: dict[tuple[str, str, str], list[tuple[int, Schedule]]] = {}
    for order in orders:
        if isinstance(order.value, Beside):
            key = order.value.guarantor, order.value.scope, order.value.channel
            found.setdefault(key, []).append((order.year, order.value.schedule))
    return [Beside(*key, _from_first(given, years)) for key, given in found.items()]


def _from_first(given: Sequence[tuple[int, Schedule]], years: Sequence[int]) -> Schedule:
    """Levels ordered in sequence, dated from the first of them on."""
    first = min(year if schedule.years == (0,) else schedule.years[0] for year, schedule in given)
    path: dict[int, float] = {}
    for year, schedule in given:
        begins = year if schedule.years == (0,) else schedule.years[0]
        path |= {y: float(schedule.at([y], 0.0)[0]) for y in years if y >= begins}
    held = sorted(path)
    return Schedule(tuple(held), tuple(path[y] for y in held)) if held and held[0] == first else given[-1][1]
