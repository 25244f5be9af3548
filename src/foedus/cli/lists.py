"""Commands that list: states, ledger, sources, postures, mechanisms."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from textwrap import wrap

from rich.console import Console

from foedus.cli.console import console
from foedus.cli.output import print_json
from foedus.errors import UnknownName
from foedus.given import code_of
from foedus.ledger import load_ledger
from foedus.tables import grid
from foedus.terms import GRADES
from foedus.words import listed
from foedus.world import World
from foedus.world.groups import group_facts, groups


def list_states(place: str, *, as_json: bool) -> None:
    """List the states of a region, a group or everywhere, with the codes that every command and file takes."""
    world = World.load()
    wanted = world.named(place) if place else world.states.iso3
    states, links, pairs, pools = world.states, world.links, world.pairs, world.pools
    rows = sorted(
        (i for i in range(len(states.iso3)) if states.iso3[i] in wanted),
        key=lambda i: (states.region[i], states.name[i]),
    )
    found: list[dict[str, str | list[str]]] = [
        {
            "iso3": states.iso3[i],
            "name": states.name[i],
            "region": states.region[i],
            "guarantors": [states.iso3[g] for g, a in zip(links.guarantor, links.ally, strict=True) if a == i],
            "pools": [name for name, members in zip(pools.name, pools.members, strict=True) if i in members],
            "challengers": [states.iso3[a] for a, b in zip(pairs.challenger, pairs.target, strict=True) if b == i],
        }
        for i in rows
    ]
    if as_json:
        _json(found)
        return
    table(
        f"{len(found)} states",
        ("code", "state", "region", "guarantor", "pool", "challenged by"),
        [[part if isinstance(part, str) else ", ".join(part) for part in row.values()] for row in found],
    )


def list_groups(*, as_json: bool) -> None:
    """List the groups of states that can be named wherever an ally can."""
    if as_json:
        sources = {f.key[0]: {"source": f.source, "grade": f.grade, "year": f.year} for f in group_facts()}
        _json([{"name": name, "members": list(members), **sources[name]} for name, members in groups().items()])
        return
    table(
        f"{len(groups())} groups; each goes wherever a command or a file names an ally",
        ("name", "members"),
        [(name, ", ".join(members)) for name, members in groups().items()],
    )
    rule = "Members that the model covers, as of 2026. A name means a state first, then a region, then a group."
    console().print(rule, style="dim")


def list_ledger(grep: str, grade: str, *, as_json: bool) -> None:
    """List parameters whose name, label, meaning, mechanism or row holds `grep`."""
    grade = _grade(grade)
    ledger = load_ledger()
    found = [
        p
        for p in ledger
        if (not grade or p.grade == grade)
        and grep.lower() in " ".join((p.name, p.symbol, p.label, p.meaning, p.mechanism, *p.rows)).lower()
    ]
    if as_json:
        _json([dataclasses.asdict(p) for p in found])
        return
    view = console()
    view.print(
        f"{len(found)} parameter{'' if len(found) == 1 else 's'}: default (range), unit, grade; meaning; source\n",
        markup=False,
    )
    for p in found:
        source = ", ".join(ledger.sources[k].short for k in p.sources)
        _entry(view, f"{p.name}  {p.default:g} ({p.low:g} to {p.high:g}) {p.unit}, {p.grade}", p.meaning, source)
    _grades()


def _entry(view: Console, head: str, *rest: str) -> None:
    """A line that begins with a name, never broken so that it can be copied, and indented lines on what it is."""
    view.print(head, markup=False, soft_wrap=True)
    for text in rest:
        lines = wrap(text, max(view.width - len(INDENT), LEAST_WIDTH), break_long_words=False, break_on_hyphens=False)
        view.print("\n".join(INDENT + line for line in lines), markup=False, soft_wrap=True, style="dim")


INDENT, LEAST_WIDTH = "    ", 20


def list_sources(state: str, *, missing: bool, assumed: bool, grade: str, as_json: bool) -> None:
    """List facts, gaps or defaults."""
    grade = _grade(grade)
    world = World.load()
    if state:
        state = world.states.iso3[world.index(state)]
    if missing:
        gaps = [gap for gap in world.missing() if not state or gap[1] == state]
        if as_json:
            _json([{"table": t, "state": s, "variable": v} for t, s, v in gaps])
        else:
            table(f"{len(gaps)} figures that no source gives", ("table", "state", "variable"), gaps)
        return
    if assumed:
        held = [a for a in world.assumed if not state or state in a.key]
        if as_json:
            _json([dataclasses.asdict(a) for a in held])
        else:
            table(
                f"{len(held)} defaults, graded A",
                ("whose", "variable", "value", "rule"),
                [(" ".join(a.key), a.variable, f"{a.value:.3g}", a.rule) for a in held],
            )
        return
    facts = [
        f
        for f in world.facts
        if (not state or state in f.key) and (not grade or f.grade == grade) and f.variable != "material_spending"
    ]
    if as_json:
        _json(
            [
                {
                    "key": f.key,
                    "variable": f.variable,
                    "year": f.year,
                    "value": f.value,
                    "low": f.low,
                    "high": f.high,
                    "unit": f.unit,
                    "source": f.source,
                    "grade": f.grade,
                    "note": f.note,
                }
                for f in facts
            ]
        )
        return
    if not state:
        counts = [(g, str(sum(f.grade == g for f in facts)), GRADES[g]) for g in GRADES]
        table(f"{len(facts)} facts; name a state to see its own", ("grade", "facts", "meaning"), counts)
        keys = sorted({k for f in facts for k in f.source.split(";")})
        table(
            "sources",
            ("key", "author", "year", "title"),
            [(k, world.sources[k].author, world.sources[k].year, world.sources[k].title) for k in keys],
        )
        return
    table(
        f"{len(facts)} facts of {state}",
        ("whose", "variable", "year", "value", "unit", "g", "source"),
        [
            (" ".join(f.key), f.variable, str(f.year), f"{f.value:.4g}", f.unit, f.grade, f.source.split(";")[0])
            for f in facts
        ],
    )
    _grades()


def list_postures(*, as_json: bool) -> None:
    """List presets."""
    from foedus.posture import preset, preset_names

    states = World.load().states.iso3
    found = [preset(name, states) for name in preset_names()]
    if as_json:
        _json([{"name": p.name, "title": p.title, "question": p.question} for p in found])
    else:
        table("postures", ("name", "question"), [(p.name, p.question) for p in found])


def list_scenarios(*, as_json: bool) -> None:
    """List the scenario files that ship: name, years, question, first comment, what the two sides differ in."""
    from foedus.posture.shipped import shipped

    found = shipped()
    if as_json:
        _json(
            [
                {
                    "name": one.name,
                    "title": one.scenario.title,
                    "question": one.scenario.question,
                    "comment": one.comment,
                    "years": [one.scenario.first, one.scenario.last],
                    "differs": list(one.differs),
                    "file": str(one.path),
                }
                for one in found
            ]
        )
        return
    view = console()
    view.print(f"{len(found)} scenarios; run one by its name: foedus run {found[0].name}\n" if found else "none")
    for one in found:
        comment = "" if one.comment == one.scenario.question else one.comment
        differs = f"Sides differ in {listed(one.differs)}." if one.differs else "Nothing is compared."
        years = f"{one.scenario.first}-{one.scenario.last}"
        _entry(view, f"{one.name}  {years}", *(text for text in (one.scenario.question, comment, differs) if text))


def list_mechanisms(*, as_json: bool) -> None:
    """List the mechanisms."""
    ledger = load_ledger()
    if as_json:
        _json([dataclasses.asdict(m) for m in ledger.mechanisms.values()])
    else:
        table(
            "mechanisms; switch one off with --without",
            ("row", "claim"),
            [(m.row, m.sentence) for m in ledger.mechanisms.values()],
        )


def _grade(grade: str) -> str:
    """A grade in either case, or none; raise UnknownName for another."""
    if not grade:
        return ""
    if (found := code_of(grade, GRADES)) is None:
        raise UnknownName("grade", grade, GRADES)
    return found


NAMES = ("variable", "key", "name", "row", "state", "source", "value", "g")
"""Columns of names and figures, which are never broken, so that they can be copied."""


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table under a title; columns of names and figures are never broken."""
    console().print(grid(columns, rows, whole=NAMES, title=title).terminal())


def _grades() -> None:
    console().print("; ".join(f"{g} {meaning}" for g, meaning in GRADES.items()), style="dim")


def _json(body: object) -> None:
    print_json(body)
