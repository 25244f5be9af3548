"""What a scenario may not say: names nobody declared, values that cannot be, scopes that change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foedus import terms
from foedus.equations.hedging import OPTIONS
from foedus.errors import ScenarioError, UnknownName
from foedus.ledger import Ledger
from foedus.ledger.bounds import wrong_range, wrong_value
from foedus.posture import Doctrine, Posture, Scenario, main_guarantor
from foedus.posture.doctrine import MEASURES, wrong_path
from foedus.posture.posture import REMEDIES
from foedus.posture.scope import EVERYWHERE, STATE, covers, width
from foedus.world import World
from foedus.world.figures import wrong_range_of_prices

SHOWN = 12
"""Names listed in a complaint."""

Place = tuple[str, str]
"""An ally, or a challenger's target, and its region."""


def check_assumptions(scenario: Scenario, ledger: Ledger) -> None:
    """Raise UnknownName or ScenarioError for years, numbers, a mechanism, parameter, value or range that cannot be."""
    scenario.check()
    ledger.switched_off(scenario.without)
    for name, value in dict(scenario.fixed).items():
        if wrong := wrong_value(ledger[name], value):
            raise _wrong("parameters", name, wrong)
    for name, low, high in scenario.ranges:
        if wrong := wrong_range(ledger[name], low, high):
            raise _wrong("uncertain", name, wrong)
        if name in dict(scenario.fixed):
            raise _wrong("uncertain", name, "is fixed by the same scenario. Keep the value or the range.")


def check_prices(scenario: Scenario, world: World) -> None:
    """Raise ScenarioError where figures that a scenario gives put a price level outside its own range."""
    for iso in dict.fromkeys(iso for iso, name, _ in scenario.figures if name.startswith("price_level")):
        states, row = world.states, world.index(iso)
        if wrong := wrong_range_of_prices(
            *(float(column[row]) for column in (states.price_level_low, states.price_level, states.price_level_high))
        ):
            raise _wrong("world", iso, wrong)


def check_years(scenario: Scenario, world: World) -> None:
    """Raise ScenarioError for a run that begins before its world, and for levels dated after it ends."""
    first, last = scenario.first, scenario.last
    if first < world.start:
        msg = f"years: {first}-{last} begin before the world's facts, those of {world.start}. "
        raise ScenarioError(msg + f"Start in {world.start} or later; for the past see foedus manual past-worlds")
    postures = [p for p in (scenario.posture, scenario.against) if p is not None]
    changes = [(c.scope, c.channel, c.schedule) for p in postures for c in (*p.changes, *p.switch_off)]
    changes += [(f"beside.{c.guarantor}.{c.scope}", c.channel, c.schedule) for p in postures for c in p.beside]
    events = [(f"events.{e.challenger}", e.scope, e.schedule) for e in scenario.events]
    ordered = [(f"doctrine.{d.scope}", "spending", d.path) for d in scenario.doctrines if d.path is not None]
    for d in scenario.doctrines:
        if (d.since or first) > last or (d.until or last) < first:
            msg = (
                f"doctrine.{d.scope}: decides from {d.since or first} to {d.until or last}, in none of {first}-{last}."
            )
            raise ScenarioError(msg)
    for table, name, schedule in (*changes, *events, *ordered):
        if schedule.years[0] > last:
            msg = f"{table}.{name}: begins in {schedule.years[0]}, after the years that are run, {first}-{last}."
            raise ScenarioError(msg)


def check_scopes(scenario: Scenario, world: World, whole: Sequence[World]) -> None:
    """Raise ScenarioError for a posture, doctrine or event that touches nothing, and for a world without links.

    world  what the study runs on
    whole  worlds before states were left out: a region may have lost its allies, a state that is named may not
    """
    if not len(world.links.ally):
        raise _without_links(world, whole[-1])
    if not len(world.pairs.challenger):
        kept = _some(world.states.iso3)
        msg = f"states: among {kept} nobody challenges anybody, so there is nothing to study. Add a challenger."
        raise ScenarioError(msg)
    for role, posture in (("posture", scenario.posture), ("against", scenario.against)):
        if posture is not None:
            _check_posture(role, posture, world, whole)
    allies, before = _allies(world), [place for held in whole for place in _allies(held)]
    for doctrine in scenario.doctrines:
        _check_doctrine(doctrine)
        _check_scope("doctrine", doctrine.scope, allies, before, "no ally of a guarantor", "allies")
    check_wars(scenario, world)
    for event in scenario.events:
        where = f"events.{event.challenger}"
        targets, *others = (_targets(held, event.challenger) for held in (world, *whole))
        all_targets = [place for places in others for place in places]
        _check_scope(
            where, event.scope, targets, all_targets, f"no state that {event.challenger} challenges", "targets"
        )


def _check_posture(role: str, posture: Posture, world: World, whole: Sequence[World]) -> None:
    """Raise unless each change of a posture covers a link of its guarantor."""
    for name in dict(posture.remedies):
        if name not in REMEDIES:
            raise UnknownName("remedy", name, REMEDIES, f"{role}.remedies.{name}")
    changes = (*posture.changes, *posture.switch_off)
    _check_beside(role, posture, world)
    mine, *others = (posture.guarantor or main_guarantor(_guarantors(held)) for held in (world, *whole))
    allies = _allies(world, mine)
    all_allies = [place for held, other in zip(whole, others, strict=True) for place in _allies(held, other)]
    if changes and not allies:
        msg = f"{role}.guarantor: {mine} has no link here. Guarantors: {', '.join(sorted(set(_guarantors(world))))}"
        raise ScenarioError(msg)
    for change in changes:
        if change.channel not in (*terms.CHANNELS, EVERYWHERE, "switch_off"):
            raise UnknownName("channel", change.channel, terms.CHANNELS, f"{role}.{change.scope}.{change.channel}")
        _check_scope(role, change.scope, allies, all_allies, f"no ally of {mine}", "allies")
    if changes and not any(_covered(change.scope, allies) for change in changes):
        scopes = ", ".join(dict.fromkeys(change.scope for change in changes))
        msg = f"{role}: {scopes} covers no ally of {mine} among the states kept, so it would change nothing. "
        raise ScenarioError(msg + _listed("Allies", allies))


def check_wars(scenario: Scenario, world: World) -> None:
    """Raise ScenarioError for a war ordered between states that are no pair, and a ceasefire where no war can be on."""
    names, pairs = world.states.iso3, world.pairs
    ends = zip(pairs.challenger, pairs.target, strict=True)
    on = {(names[a], names[b]): bool(war) for (a, b), war in zip(ends, pairs.at_war, strict=True)}
    for order in scenario.wars:
        ordered = order.attacker, order.target
        if ordered not in on:
            faced = sorted(target for attacker, target in on if attacker == order.attacker)
            msg = f"{order.place}: {order.attacker} does not challenge {order.target} in this world. It challenges: "
            raise ScenarioError(msg + _some(faced))
        first = min(order.attacks, default=None)
        if order.ceasefires and not on[ordered] and (first is None or order.ceasefires[0] < first):
            wars = [f"{attacker} upon {target}" for (attacker, target), war in on.items() if war]
            msg = f"{order.place}: a ceasefire in {order.ceasefires[0]}, before any war of {order.attacker} upon "
            raise ScenarioError(msg + f"{order.target}. Order an attack first. Wars on at the start: {_some(wars)}")


def _check_beside(role: str, posture: Posture, world: World) -> None:
    """Raise unless each line about second guarantors covers a link of theirs."""
    names, regions, second = world.states.iso3, world.states.region, world.second
    ends = [(names[g], names[a], regions[a]) for g, a in zip(second.guarantor, second.ally, strict=True)]
    for change in posture.beside:
        where = change.where or f"{role}.beside.{change.guarantor}.{change.scope}"
        own = [(ally, region) for name, ally, region in ends if change.guarantor in (EVERYWHERE, name)]
        if not own:
            msg = f"{where}: {change.guarantor} is no second guarantor here. Second guarantors: "
            raise ScenarioError(msg + _some(sorted({name for name, _, _ in ends})))
        if not _covered(change.scope, own):
            msg = f"{where}: covers no ally that it guarantees beside another, so would change nothing. "
            raise ScenarioError(msg + _listed("Its allies", own) + ". Add a link by an overlay of second_links.csv.")


def _check_doctrine(doctrine: Doctrine) -> None:
    """Raise UnknownName for an option or a measure nobody declared, ScenarioError for spending that cannot be."""
    where = f"doctrine.{doctrine.scope}"
    for name in (*dict(doctrine.shares), *dict(doctrine.more)):
        if name not in OPTIONS:
            raise UnknownName("option", name, OPTIONS, f"{where}.{name}")
    for name, _, _ in doctrine.conditions:
        if name not in MEASURES:
            raise UnknownName("measure", name, MEASURES, f"{where}.{name}")
    if doctrine.path is not None and (wrong := wrong_path(doctrine.path)):
        raise _wrong("doctrine", f"{doctrine.scope}.spending", wrong)


def _check_scope(where: str, scope: str, here: Sequence[Place], whole: Sequence[Place], none: str, kind: str) -> None:
    """Raise unless a scope covers a place of the study's world; a region or a group, of the whole world."""
    if not _covered(scope, here if width(scope) == STATE else whole):
        msg = f"{where}.{scope}: covers {none}, so it would change nothing. "
        raise ScenarioError(msg + _listed(kind.capitalize(), here))


def _covered(scope: str, places: Iterable[Place]) -> bool:
    return any(covers(scope, *place) for place in places)


def _guarantors(world: World) -> list[str]:
    return [world.states.iso3[i] for i in world.links.guarantor]


def _allies(world: World, guarantor: str | None = None) -> list[Place]:
    """Allies with their regions: of one guarantor, or of any."""
    links, states = world.links, world.states
    ends = zip(links.guarantor, links.ally, strict=True)
    return [(states.iso3[i], states.region[i]) for g, i in ends if guarantor in (None, states.iso3[g])]


def _targets(world: World, challenger: str) -> list[Place]:
    """States that a challenger faces, with their regions."""
    pairs, states = world.pairs, world.states
    ends = zip(pairs.challenger, pairs.target, strict=True)
    return [(states.iso3[i], states.region[i]) for c, i in ends if states.iso3[c] == challenger]


def _without_links(world: World, whole: World) -> ScenarioError:
    kept = set(world.states.iso3)
    owners = sorted({whole.states.iso3[g] for g in whole.links.guarantor})
    own = [name for name in owners if kept & set(whole.allies_of(name))]
    cure = f"Add a guarantor of theirs: {', '.join(own)}" if own else f"Guarantors: {', '.join(owners)}"
    return ScenarioError(
        f"states: among {_some(world.states.iso3)} no guarantor has an ally, so there is nothing to study. {cure}"
    )


def _listed(kind: str, places: Sequence[Place]) -> str:
    names, regions = [place[0] for place in places], sorted({place[1] for place in places})
    return f"{kind}: {_some(sorted(set(names)))}" + (f"; regions: {', '.join(regions)}" if regions else "")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "") if names else "none"


def _wrong(table: str, name: str, message: str) -> ScenarioError:
    return ScenarioError(f"{table}.{name}: {message}")
