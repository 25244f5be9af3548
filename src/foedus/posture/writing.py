"""A scenario as the text of its file, so that what a program or a page made can be read, kept and run by anybody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from foedus.ledger.ensemble import SHIPPED
from foedus.posture.doctrine import Doctrine
from foedus.posture.event import Event
from foedus.posture.posture import LIMITS, Posture, preset, preset_names
from foedus.posture.scenario import Scenario
from foedus.posture.schedule import Schedule
from foedus.posture.scope import EVERYWHERE
from foedus.posture.war_order import WarOrder
from foedus.world import World

Lines = list[str]


def scenario_text(scenario: Scenario) -> str:
    """The scenario as a TOML file, which reads back as what it says of support, orders, events and assumptions.

    The names of its postures are not kept, unless they are presets: a file names its own. Of two lines about the same
    scope and channel the later is written, because it is the one that holds; events about the same pair are added up.
    """
    s = scenario
    posture, against = _sides(s)
    top = {
        "name": s.name,
        "title": s.title,
        "question": s.question,
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
        **({"posture": posture} if isinstance(posture, str) else {}),
        **({"against": against} if isinstance(against, str) else {}),
    }
    lines = [f"{key} = {_value(value)}" for key, value in top.items() if value != ""]
    if isinstance(posture, list):
        lines += _under(("posture",), posture)
    if isinstance(against, list):
        lines += _under(("against",), against)
    parts = {"doctrines": s.doctrines, "events": s.events, "wars": s.wars, "fixed": s.fixed, "figures": s.figures}
    lines += _parts((), parts, s.years, keep_empty=False)
    lines += _table(("uncertain",), ((name, [low, high]) for name, low, high in s.ranges))
    return "\n".join(lines) + "\n"


def _sides(s: Scenario) -> tuple[str | Lines, str | Lines]:
    """Posture and what it is compared with: a name, or the lines of a table whose head is left out."""
    mine = _named(s.posture) or _posture(s.posture)
    if s.against is None:
        return mine, "none"
    other = s.other.given()
    if not other:
        return mine, _named(s.against) or _posture(s.against)
    plain = {key: other[key] for key in ("without", "plans") if key in other}
    lines = [f"{key} = {_value(list(value) if key == 'without' else value)}" for key, value in plain.items()]
    if not s.same_posture:
        name = _named(s.against)
        lines += [f'base = "{name or "steady"}"', *([] if name else _posture(s.against))]
    return mine, lines + _parts(("against",), other, s.years, keep_empty=True)


def _named(posture: Posture) -> str:
    """The preset that a posture is; empty where it is none."""
    states = World.load().states.iso3
    return posture.name if posture.name in preset_names() and preset(posture.name, states) == posture else ""


def _posture(posture: Posture) -> Lines:
    """A posture's own lines, then a table for each scope; heads of tables without what leads to them."""
    lines = [f"{name} = {getattr(posture, name)!r}" for name in LIMITS if getattr(posture, name) != _plain(name)]
    if posture.guarantor:
        lines.append(f'guarantor = "{posture.guarantor}"')
    by_scope: dict[str, dict[str, Schedule]] = {}
    for change in (*posture.changes, *posture.switch_off):
        held = by_scope.pop(change.scope, {})
        by_scope[change.scope] = {**held, change.channel: change.schedule}
    for channel, dated in by_scope.pop(EVERYWHERE, {}).items():
        lines.append(f"{channel} = {_dated(dated)}")
    for scope, channels in by_scope.items():
        lines += ["", f"[.{_key(scope)}]", *(f"{name} = {_dated(dated)}" for name, dated in channels.items())]
    for guarantor in dict.fromkeys(change.guarantor for change in posture.beside):
        own = [change for change in posture.beside if change.guarantor == guarantor]
        for scope in sorted(dict.fromkeys(change.scope for change in own), key=lambda scope: scope != EVERYWHERE):
            head = f"[.beside.{guarantor}{'' if scope == EVERYWHERE else f'.{_key(scope)}'}]"
            told = {change.channel: change.schedule for change in own if change.scope == scope}
            lines += ["", head, *(f"{name} = {_dated(dated)}" for name, dated in told.items())]
    if posture.remedies:
        lines += ["", "[.remedies]", *(f"{name} = {level!r}" for name, level in posture.remedies)]
    return lines


def _plain(name: str) -> float:
    return float(getattr(Posture("", "", ""), name))


def _under(path: Sequence[str], lines: Lines) -> Lines:
    """Lines of a table under its head; the heads within them are completed."""
    head = ".".join(map(_key, path))
    return ["", f"[{head}]", *(line.replace("[.", f"[{head}.", 1) if line.startswith("[.") else line for line in lines)]


def _parts(path: tuple[str, ...], parts: dict[str, Any], years: Sequence[int], *, keep_empty: bool) -> Lines:
    """Tables of what a side says besides its posture; an empty one takes the part out on that side."""
    lines: Lines = []
    for name, key in (
        ("doctrines", "doctrine"),
        ("events", "events"),
        ("wars", "wars"),
        ("fixed", "parameters"),
        ("figures", "world"),
    ):
        if name not in parts:
            continue
        here = (*path, key)
        if not parts[name]:
            lines += ["", f"[{'.'.join(here)}]"] if keep_empty else []
        elif name == "doctrines":
            lines += [line for doctrine in parts[name] for line in _doctrine(here, doctrine)]
        elif name == "events":
            lines += _events(here, parts[name], years)
        elif name == "wars":
            lines += [line for order in parts[name] for line in _war(here, order)]
        elif name == "fixed":
            lines += _table(here, parts[name])
        else:
            for iso in dict.fromkeys(iso for iso, _, _ in parts[name]):
                lines += _table((*here, iso), {n: v for code, n, v in parts[name] if code == iso}.items())
    return lines


def _doctrine(path: Sequence[str], doctrine: Doctrine) -> Lines:
    """One doctrine, as one of the list of its scope."""
    rows: Lines = []
    conditions = " and ".join(f"{name} {'>' if sign > 0 else '<'} {at:.12f}" for name, sign, at in doctrine.conditions)
    if doctrine.more:
        actions = [f"{name} {'+' if more >= 0 else '-'} {abs(more):.12f}" for name, more in doctrine.more]
        actions += [f"spending = {doctrine.spending:.12f}"] if isinstance(doctrine.spending, float) else []
        rows.append(f'rule = "{f"if {conditions} then " if conditions else ""}{" and ".join(actions)}"')
    else:
        rows += [f'when = "{conditions}"'] if conditions else []
        if doctrine.shares:
            rows.append(f"shares = {{ {', '.join(f'{name} = {share!r}' for name, share in doctrine.shares)} }}")
        if doctrine.path is not None:
            rows.append(f"spending = {_dated(doctrine.path)}")
    rows += [f"from = {doctrine.since}"] if doctrine.since is not None else []
    rows += [f"until = {doctrine.until}"] if doctrine.until is not None else []
    return ["", f"[[{'.'.join(map(_key, (*path, doctrine.scope)))}]]", *rows]


def _events(path: Sequence[str], events: Iterable[Event], years: Sequence[int]) -> Lines:
    """Hostility added, a table for each challenger."""
    found: dict[str, dict[str, Schedule]] = {}
    for event in events:
        scopes = found.setdefault(event.challenger, {})
        before = scopes.get(event.scope)
        scopes[event.scope] = event.schedule if before is None else _sum(before, event.schedule, years)
    return [
        line
        for challenger, scopes in found.items()
        for line in ("", f"[{'.'.join((*path, challenger))}]", *(f"{_key(k)} = {_dated(v)}" for k, v in scopes.items()))
    ]


def _war(path: Sequence[str], order: WarOrder) -> Lines:
    """A war ended or begun by date."""
    dates = (("ceasefire", order.ceasefires), ("attack", order.attacks))
    told = [f"{name} = {_value(list(years))}" for name, years in dates if years]
    return ["", f"[{'.'.join((*path, order.attacker, order.target))}]", *told]


def _sum(one: Schedule, other: Schedule, years: Sequence[int]) -> Schedule:
    total = one.at(years, 0.0) + other.at(years, 0.0)
    return Schedule(tuple(years), tuple(float(level) for level in total))


def _table(path: Sequence[str], rows: Iterable[tuple[str, Any]]) -> Lines:
    found = [f"{name} = {_value(value)}" for name, value in rows]
    return ["", f"[{'.'.join(map(_key, path))}]", *found] if found else []


def _dated(schedule: Schedule) -> str:
    """A level, or a table of dated levels."""
    if schedule.years == (0,):
        (level,) = schedule.levels
        return repr(float(level))
    pairs = zip(schedule.years, schedule.levels, strict=True)
    return f"{{ {', '.join(f'{year} = {float(level)!r}' for year, level in pairs)} }}"


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


def _value(value: Any) -> str:
    """A value as TOML writes it; JSON writes texts, numbers, lists and flags of these kinds the same."""
    return json.dumps(value, ensure_ascii=False)
