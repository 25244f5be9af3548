"""The register: figures recalled, judged or read in single documents, as tables of data/register.

Tables of figures have the form of the model's own fact tables and are checked row by row in the same way: unit, range,
source and grade. What stands beside them, which states are covered and what each guarantee rests on, is checked here.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from foedus import terms
from foedus.bibliography import source_keys
from foedus.errors import FactError
from foedus.terms import GRADES
from foedus.world import rules
from foedus.world.facttable import Fact, FactVariable, read_facts
from foedus.world.groups import KEYS
from foedus.world.groups import VARIABLES as GROUP_VARIABLES
from foedus.world.tables import FACTS, GROUPS, START
from foedus.world.variables import TABLES

REGISTER = Path(__file__).parents[1] / "data" / "register"
WORLD = REGISTER / "world"

BEFORE_START = date(START, 6, 30)
"""The last day of which the world of today knows."""

Row = tuple[str, ...]

GDP_RATIO = FactVariable("gdp_ratio", "ratio", "product at purchasing parity over product at market rates", 0.5, 10)
CLAIM = FactVariable(
    "claim",
    "part 1, whole 2",
    "claim to territory: to part of it, or to its core or the state; 0 ended",
    0,
    2,
    whole=True,
)
NAMED = FactVariable("named", "flag", "1 when the pair is in the world though no rule brings it in", 0, 1, whole=True)
NORMALISED = FactVariable("normalised", "flag", "1 when a rivalry ended in the year of the row", 0, 1, whole=True)

VARIABLES: Mapping[str, tuple[tuple[str, ...], Mapping[str, FactVariable]]] = TABLES | {
    "economy.csv": (("iso3",), TABLES["economy.csv"][1] | {GDP_RATIO.name: GDP_RATIO}),
    "pairs.csv": (
        ("challenger", "target"),
        {v.name: v for v in (CLAIM, NAMED, NORMALISED)}
        | {name: TABLES["pairs.csv"][1][name] for name in ("distance", "owes", "rival", "value", "overlay")},
    ),
    GROUPS: (KEYS, GROUP_VARIABLES),
}
"""What each table of the register may say: a table of the world, and what only the register gives."""

PACTS = ("NATO", "EU", "")
"""Members of the North Atlantic Treaty in 2026; members of the European Union's clause (article 42.7) outside it."""


@dataclass(frozen=True)
class Entry:
    """A row of the register: the fact it states, and its columns as they stand in the file."""

    fact: Fact
    row: Row


@dataclass(frozen=True)
class Covered:
    """A state that the model covers; `name` is empty where the file of states has the name in use."""

    iso3: str
    region: str
    name: str
    pact: str


@dataclass(frozen=True)
class Guarantee:
    """Who supports whom, and on what paper; `tier` gives the levels of channels that no row of links.csv gives."""

    guarantor: str
    ally: str
    tier: str
    basis: str


def read_entries(
    path: Path, keys: tuple[str, ...], variables: Mapping[str, FactVariable], sources: Collection[str]
) -> tuple[Entry, ...]:
    """Read a table of figures, checked as a fact table is. Raises FactError or UnknownName, naming file and line."""
    facts = read_facts(path, keys, variables, sources)
    with path.open(newline="", encoding="utf-8") as handle:
        _, *rows = csv.reader(handle)
    return tuple(Entry(fact, tuple(row)) for fact, row in zip(facts, rows, strict=True))


@cache
def entries(table: str) -> tuple[Entry, ...]:
    """Rows of a table of the register that goes into the world."""
    keys, variables = VARIABLES[table]
    return read_entries(WORLD / table, keys, variables, source_keys(FACTS / "sources.bib"))


def recalled(table: str, variable: str) -> dict[tuple[str, ...], Entry]:
    """Rows of one variable by their key."""
    return {entry.fact.key: entry for entry in entries(table) if entry.fact.variable == variable}


@cache
def states() -> Mapping[str, Covered]:
    """States covered, by code. Raises FactError for a repeated code, an unknown region or an unknown pact."""
    found: dict[str, Covered] = {}
    for line, row in _rows(WORLD / "states.csv", ("iso3", "region", "name", "pact")):
        state = Covered(*row)
        _check(line, "region", state.region, terms.REGIONS)
        _check(line, "pact", state.pact, PACTS)
        if state.iso3 in found:
            msg = f"{line}  {state.iso3} is listed twice. Keep one."
            raise FactError(msg)
        found[state.iso3] = state
    return found


@cache
def guarantees() -> tuple[Guarantee, ...]:
    """Guarantees by tier. Raises FactError for an unknown state or tier."""
    found = []
    for line, row in _rows(WORLD / "guarantees.csv", ("guarantor", "ally", "tier", "basis")):
        held = Guarantee(*row)
        for state in (held.guarantor, held.ally):
            _check(line, "state", state, states())
        _check(line, "tier", held.tier, rules.TIER_CHANNELS)
        found.append(held)
    return tuple(found)


LEVELS = {"2": "threat", "3": "display", "4": "use of force", "5": "war"}
"""Hostility levels of the dispute data; incidents below a threat of force are none."""

INCIDENT = ("challenger", "target", "began", "ended", "level", "source", "publisher", "grade", "note")


@dataclass(frozen=True)
class Incident:
    """Threat, display or use of force between the governments of two states, explicit and overt, with its dates.

    level  2 threat, 3 display, 4 use of force, 5 war: a thousand dead among the forces of the two
    """

    challenger: str
    target: str
    began: date
    ended: date
    level: int
    source: str
    publisher: str
    grade: str
    note: str


@cache
def incidents() -> tuple[Incident, ...]:
    """Dated incidents since the dispute data end. Raises FactError as `read_incidents` does."""
    return read_incidents(WORLD / "incidents.csv", states(), source_keys(FACTS / "sources.bib"))


def read_incidents(path: Path, known: Collection[str], sources: Collection[str]) -> tuple[Incident, ...]:
    """Read a table of incidents.

    Raises FactError, naming file and line, for an unknown state, level, source or grade, for a date that is none or
    lies beyond the start of the world, for an end before its beginning, and for an incident without note or publisher.
    """
    found = []
    for line, row in _rows(path, INCIDENT):
        challenger, target, began, ended, level, source, publisher, grade, note = row
        for state in (challenger, target):
            _check(line, "state", state, known)
        for what, got, legal in (("level", level, LEVELS), ("source", source, sources), ("grade", grade, GRADES)):
            _check(line, what, got, legal)
        first, last = _date(line, "began", began), _date(line, "ended", ended)
        if first > last:
            msg = f"{line}  began {began} lies after ended {ended}"
            raise FactError(msg)
        if challenger == target or not publisher.strip() or not note.strip():
            msg = f"{line}  an incident is between two states and names a publisher and, as note, what happened"
            raise FactError(msg)
        found.append(Incident(challenger, target, first, last, int(level), source, publisher, grade, note))
    return tuple(found)


def _date(line: str, column: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        msg = f'{line}  {column} is "{text}"; write a day as 2025-06-13'
        raise FactError(msg) from None
    if day > BEFORE_START:
        msg = f"{line}  {column} {text} lies beyond {BEFORE_START}, the eve of the world's start"
        raise FactError(msg)
    return day


def members(*pacts: str) -> frozenset[str]:
    """Codes of states in any of the pacts."""
    return frozenset(state.iso3 for state in states().values() if state.pact in pacts)


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[str, Row]]:
    """Rows of a table by where they stand, as file and line. Raises FactError for other columns."""
    with path.open(newline="", encoding="utf-8") as handle:
        head, *rows = csv.reader(handle)
    if tuple(head) != columns or any(len(row) != len(columns) for row in rows):
        msg = f"{path.name}: every row has {len(columns)} columns: {', '.join(columns)}"
        raise FactError(msg)
    return [(f"{path.name}:{line}", tuple(row)) for line, row in enumerate(rows, start=2)]


def _check(where: str, what: str, got: str, legal: Collection[str]) -> None:
    if got not in legal:
        msg = f'{where}  {what} is "{got}"; it must be one of {", ".join(legal)}'
        raise FactError(msg)
