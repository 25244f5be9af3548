"""What a scenario changes, in words: one line for each thing that is not as today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from foedus import terms
from foedus.ledger import load_ledger
from foedus.names import country
from foedus.posture import Change, Posture, Scenario, Schedule, preset, preset_names
from foedus.posture.beside import Beside
from foedus.posture.doctrine import Doctrine
from foedus.posture.scope import EVERYWHERE
from foedus.terms import Channel
from foedus.words import significant
from foedus.world import World

REGION_WORDS = {"Middle East": "the Middle East", "Americas": "the Americas"}
CONDITION = {1: "above", -1: "below"}


def changes(scenario: Scenario, base: str = "") -> list[str]:
    """What a scenario changes, a line each, in the order of the page: posture, allies, events, assumptions.

    base  the preset that its posture is or stands on, said in one line; without it each of its levels has a line
    """
    states = World.load().states.iso3
    under = preset(base, states) if base in preset_names() else Posture("", "", "")
    return [
        *_preset(under),
        *_posture(scenario.posture, under, scenario),
        *(_doctrine(doctrine) for doctrine in scenario.doctrines),
        *_events(scenario),
        *_wars(scenario),
        *([] if scenario.plans else ["Announced military spending does not count."]),
        *_assumptions(scenario),
    ]


def base_of(document: Mapping[str, Any]) -> str:
    """The preset under the posture of a document; empty where it names none."""
    posture = document.get("posture", {})
    named = posture if isinstance(posture, str) else posture.get("base", document.get("extends", ""))
    return named if named in preset_names() else ""


def _preset(posture: Posture) -> Iterator[str]:
    """A preset in one line: what it says of itself, then where its levels end, by scope."""
    levels: dict[str, dict[str, str]] = {}
    for change in posture.changes:
        level = change.schedule.levels[-1]
        if level != 1.0:
            levels.setdefault(change.scope, {})[_channel(change.channel)] = f"{100 * level:.0f} %"
    if not posture.title or posture.name == "steady":
        return
    said = "; ".join(
        f"{'' if scope == EVERYWHERE else f'{place(scope)}: '}{', '.join(f'{name} {at}' for name, at in held.items())}"
        for scope, held in levels.items()
    )
    yield f"{posture.title.rstrip('.')}{f' (in the end, of today: {said})' if said else ''}."


def _channel(channel: str) -> str:
    return "all support" if channel == EVERYWHERE else channel.replace("_", " ")


def _posture(posture: Posture, under: Posture, scenario: Scenario) -> Iterator[str]:
    """What a posture says beyond the one that it stands on."""
    own = posture.changes[len(under.changes) :]
    lines: dict[tuple[str, str], Change] = {(change.scope, change.channel): change for change in own}
    for (scope, channel), change in lines.items():
        if under.changes or any(level != 1.0 for level in change.schedule.levels):
            yield f"{place(scope)}: {_channel(channel)} {path(change.schedule, scenario.last)}."
        elif scope != EVERYWHERE:
            yield f"{place(scope)}: {_channel(channel)} as today."
    yield from _further(posture, under, scenario)


def _further(posture: Posture, under: Posture, scenario: Scenario) -> Iterator[str]:
    """What a posture says besides its channels."""
    for change in posture.switch_off:
        if any(change.schedule.levels):
            reached = path(change.schedule, scenario.last, "%")
            yield f"{place(change.scope)}: supplied equipment switched off, {reached}."
    for second in posture.beside[len(under.beside) :]:
        yield f"{_second(second, scenario.last)}."
    for remedy, level in posture.remedies:
        if level:
            yield f"Remedy, {remedy}: {100 * level:.0f} % in force."
    if posture.conditional != under.conditional:
        yield f"Support depends on the ally's spending: {100 * posture.conditional:.0f} %."
    if posture.politics_variance != under.politics_variance:
        yield f"The guarantor's politics vary {significant(posture.politics_variance)} times as much."
    if posture.homeland_defence != under.homeland_defence:
        yield f"{100 * posture.homeland_defence:.0f} % more of a nuclear salvo on the guarantor is stopped."


def _second(change: Beside, last: int) -> str:
    """What second guarantors give: all of it by a factor, a channel by a level of its own, troops by head."""
    whose = "Second guarantors" if change.guarantor == EVERYWHERE else f"Second guarantor, {place(change.guarantor)}"
    whom = "" if change.scope == EVERYWHERE else f" for {place(change.scope).replace('The ', 'the ')}"
    if change.channel == EVERYWHERE:
        return f"{whose}: all support{whom} {path(change.schedule, last)}"
    level, year = change.schedule.levels[-1], change.schedule.years[-1]
    amount = f"{level:,.0f} persons" if change.channel == Channel.TROOPS.key else f"{100 * level:.0f} % of full support"
    return f"{whose}: {_channel(change.channel)}{whom}, {amount}{f' by {year}' if year else ''}"


def path(schedule: Schedule, last: int, unit: str = "% of today") -> str:
    """A dated level in words: `to 50 % of today by 2030`."""
    level = f"{100 * schedule.levels[-1]:.0f} {unit}"
    if schedule.years[0] == 0:
        return f"at {level} in every year"
    if len(schedule.years) == 1:
        return f"at {level} from {schedule.years[0]} on"
    middle = [f"{100 * x:.0f} % in {year}" for year, x in zip(schedule.years[1:-1], schedule.levels[1:-1], strict=True)]
    by = f"to {level} by {schedule.years[-1]}" + (f" (by way of {', '.join(middle)})" if middle else "")
    return by if schedule.years[-1] <= last else f"{by}, after the last year shown"


def place(scope: str) -> str:
    """A scope at the head of a line."""
    if scope == EVERYWHERE:
        return "All allies"
    if scope in terms.REGIONS:
        said = REGION_WORDS.get(scope, scope)
    else:
        said = country(World.load().states.names.get(scope, scope))
    return said[:1].upper() + said[1:]


def _doctrine(doctrine: Doctrine) -> str:
    when = " and ".join(
        f"{measure.replace('_', ' ')} is {CONDITION[sign]} {significant(limit)}"
        for measure, sign, limit in doctrine.conditions
    )
    does = []
    if doctrine.path is not None:
        does.append(f"spends {significant(100 * doctrine.path.levels[-1])} % of GDP")
    does += [f"puts {100 * x:+.0f} points of its money into {name.replace('_', ' ')}" for name, x in doctrine.more]
    if doctrine.shares:
        bought = ", ".join(f"{100 * x:.0f} % {name.replace('_', ' ')}" for name, x in doctrine.shares)
        does.append(f"buys {bought}")
    return f"{place(doctrine.scope)}: {' and '.join(does)}{f' when {when}' if when else ''}."


def _events(scenario: Scenario) -> Iterator[str]:
    names = World.load().states.names
    for event in scenario.events:
        level, year = event.schedule.levels[-1], event.schedule.years[-1]
        way = "more" if level > 0 else "less"
        since = f" by {year}" if year else ""
        whom = place(event.scope)
        whom = whom[:1].lower() + whom[1:] if event.scope == EVERYWHERE else whom
        yield f"Event: {country(names[event.challenger])} is {way} hostile to {whom} ({level:+.2f}{since})."


def _wars(scenario: Scenario) -> Iterator[str]:
    names = World.load().states.names
    for order in scenario.wars:
        attacker, target = country(names[order.attacker]), country(names[order.target])
        for year in order.ceasefires:
            yield f"Event: a ceasefire between {attacker} and {target} in {year}."
        for year in order.attacks:
            yield f"Event: {attacker} goes to war against {target} in {year}."


def _assumptions(scenario: Scenario) -> Iterator[str]:
    ledger, other = load_ledger(), scenario.other
    alone = " on this side only" if scenario.against else ""
    here = alone if other.fixed is not None and other.fixed != scenario.fixed else ""
    for name, value in scenario.fixed:
        held = ledger[name]
        usual = f" instead of {significant(held.low)} to {significant(held.high)}" if held.low < held.high else ""
        yield f"Assumed{here}: {held.label} is {significant(value, 3)}{usual}."
    for name, low, high in scenario.ranges:
        yield f"Assumed: {ledger[name].label} lies between {significant(low)} and {significant(high)}."
    here = alone if other.without is not None and other.without != scenario.without else ""
    for row in scenario.without:
        yield f"Switched off{here}, {row}: {ledger.mechanisms[row].sentence}"
    for iso, figure, value in scenario.figures:
        yield f"{country(World.load().states.names[iso])}: {figure.replace('_', ' ')} is {significant(value, 3)}."
    if scenario.guarantor:
        yield f"{place(scenario.guarantor)} guarantees every ally instead."
    if scenario.states:
        yield f"Only {len(scenario.states)} states are kept."
