"""A scenario as the text of its file, so that what a program or a page made can be read, kept and run by anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foedus.ledger.ensemble import SHIPPED
from foedus.posture.doctrine import Doctrine
from foedus.posture.event import Event
from foedus.posture.posture import LIMITS, Posture, preset, preset_names
from foedus.posture.scenario import Scenario
from foedus.posture.schedule import Schedule
from foedus.posture.scope import EVERYWHERE
from foedus.posture.tomltext import toml_text
from foedus.posture.war_order import WarOrder
from foedus.world import World

Table = dict[str, Any]


def scenario_text(scenario: Scenario) -> str:
    """The scenario as a TOML file, which reads back as what it says of support, orders, events and assumptions.

    The names of its postures are not kept, unless they are presets: a file names its own. Of two lines about the same
    scope and channel the later is written, because it is the one that holds; events about the same pair are added up.
    """
    return toml_text(scenario_document(scenario))


def scenario_document(scenario: Scenario) -> Table:
    """The scenario as the table that its file holds."""
    s = scenario
    posture, against = _sides(s)
    parts = {"doctrines": s.doctrines, "events": s.events, "wars": s.wars, "fixed": s.fixed, "figures": s.figures}
    return {
        "name": s.name,
        **{key: value for key, value in (("title", s.title), ("question", s.question)) if value},
        "years": [s.first, s.last],
        "futures": s.futures,
        "seed": s.seed,
        **({} if s.ensemble == SHIPPED else {"ensemble": s.ensemble}),
        **({"keep": list(s.keep)} if s.keep else {}),
        **({"states": list(s.states)} if s.states else {}),
        **({"without": list(s.without)} if s.without else {}),
        **({} if s.plans else {"plans": False}),
        **({"guarantor": s.guarantor} if s.guarantor else {}),
        **({"overlay": str(s.overlay.absolute())} if s.overlay else {}),
        "posture": posture,
        "against": against,
        **_parts({name: held for name, held in parts.items() if held}, s.years),
        **({"uncertain": {name: [low, high] for name, low, high in s.ranges}} if s.ranges else {}),
    }


def _sides(s: Scenario) -> tuple[str | Table, str | Table]:
    """Posture and what it is compared with: a name, or a table."""
    mine = _named(s.posture) or _posture(s.posture)
    if s.against is None:
        return mine, "none"
    other, name = s.other.given(), _named(s.against)
    if not other:
        return mine, name or _posture(s.against)
    plain: Table = {
        key: list(other[key]) if key == "without" else other[key] for key in ("without", "plans") if key in other
    }
    support = {} if s.same_posture else {"base": name or "steady", **({} if name else _posture(s.against))}
    return mine, {**plain, **support, **_parts(other, s.years)}


def _named(posture: Posture) -> str:
    """The preset that a posture is; empty where it is none."""
    states = World.load().states.iso3
    return posture.name if posture.name in preset_names() and preset(posture.name, states) == posture else ""


def _posture(posture: Posture) -> Table:
    """A posture's own lines, then a table for each scope."""
    table: Table = {name: getattr(posture, name) for name in LIMITS if getattr(posture, name) != _plain(name)}
    if posture.guarantor:
        table["guarantor"] = posture.guarantor
    by_scope: dict[str, Table] = {}
    for change in (*posture.changes, *posture.switch_off):
        held = by_scope.pop(change.scope, {})
        by_scope[change.scope] = {**held, change.channel: _dated(change.schedule)}
    table |= by_scope.pop(EVERYWHERE, {})
    table |= by_scope
    beside: dict[str, Table] = {}
    for given in posture.beside:
        of_guarantor = beside.setdefault(given.guarantor, {})
        where = of_guarantor if given.scope == EVERYWHERE else of_guarantor.setdefault(given.scope, {})
        where[given.channel] = _dated(given.schedule)
    if beside:
        table["beside"] = beside
    if posture.remedies:
        table["remedies"] = dict(posture.remedies)
    return table


def _plain(name: str) -> float:
    return float(getattr(Posture("", "", ""), name))


def _parts(parts: Mapping[str, Any], years: Sequence[int]) -> Table:
    """Tables of what a side says besides its posture; an empty one takes the part out on that side."""
    found: Table = {}
    if "doctrines" in parts:
        found["doctrine"] = {}
        for doctrine in parts["doctrines"]:
            found["doctrine"].setdefault(doctrine.scope, []).append(_doctrine(doctrine))
    if "events" in parts:
        found["events"] = _events(parts["events"], years)
    if "wars" in parts:
        found["wars"] = {}
        for order in parts["wars"]:
            found["wars"].setdefault(order.attacker, {})[order.target] = _war(order)
    if "fixed" in parts:
        found["parameters"] = dict(parts["fixed"])
    if "figures" in parts:
        found["world"] = {}
        for iso, name, value in parts["figures"]:
            found["world"].setdefault(iso, {})[name] = value
    return found


def _doctrine(doctrine: Doctrine) -> Table:
    """One doctrine, as one of the list of its scope."""
    table: Table = {}
    conditions = " and ".join(f"{name} {'>' if sign > 0 else '<'} {at:.12f}" for name, sign, at in doctrine.conditions)
    if doctrine.more:
        actions = [f"{name} {'+' if more >= 0 else '-'} {abs(more):.12f}" for name, more in doctrine.more]
        actions += [f"spending = {doctrine.spending:.12f}"] if isinstance(doctrine.spending, float) else []
        table["rule"] = f"{f'if {conditions} then ' if conditions else ''}{' and '.join(actions)}"
    else:
        table |= {"when": conditions} if conditions else {}
        table |= {"shares": dict(doctrine.shares)} if doctrine.shares else {}
        table |= {"spending": _dated(doctrine.path)} if doctrine.path is not None else {}
    table |= {"from": doctrine.since} if doctrine.since is not None else {}
    return table | ({"until": doctrine.until} if doctrine.until is not None else {})


def _events(events: Iterable[Event], years: Sequence[int]) -> dict[str, Table]:
    """Hostility added, a table for each challenger."""
    found: dict[str, dict[str, Schedule]] = {}
    for event in events:
        scopes = found.setdefault(event.challenger, {})
        before = scopes.get(event.scope)
        scopes[event.scope] = event.schedule if before is None else _sum(before, event.schedule, years)
    return {who: {scope: _dated(schedule) for scope, schedule in scopes.items()} for who, scopes in found.items()}


def _war(order: WarOrder) -> Table:
    """A war ended or begun by date."""
    dates = (("ceasefire", order.ceasefires), ("attack", order.attacks))
    return {name: list(years) for name, years in dates if years}


def _sum(one: Schedule, other: Schedule, years: Sequence[int]) -> Schedule:
    total = one.at(years, 0.0) + other.at(years, 0.0)
    return Schedule(tuple(years), tuple(float(level) for level in total))


def _dated(schedule: Schedule) -> float | dict[str, float]:
    """A level, or a table of dated levels."""
    if schedule.years == (0,):
        (level,) = schedule.levels
        return float(level)
    return {str(year): float(level) for year, level in zip(schedule.years, schedule.levels, strict=True)}
