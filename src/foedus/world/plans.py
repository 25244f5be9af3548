"""Announced paths of military spending: who said it would spend which share of its product, by when, how firmly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.errors import FactError, UnknownName
from foedus.world.facttable import EARLIEST, Fact

STATUSES = ("law", "budget", "pledge", "statement")
"""Legal standing of a plan, firmest first: a law; a budget or finance plan; a pledge to others; words of a minister."""


@dataclass(frozen=True)
class Plan:
    """One point of a state's announced path; its points stand in the order of their years.

    ally    code (iso3) of the state whose plan it is
    year    year in which the share is to be reached
    share   military spending over GDP, by the definition of the state's own `defence_share`
    low, high
            what the same announcement would be by other definitions or by a doubtful reading of it
    status  one of `STATUSES`
    note    what was announced, by whose definition, where it was read
    since   year of the announcement
    """

    ally: str
    year: int
    share: float
    low: float
    high: float
    status: str
    note: str
    since: int


def plans_of(facts: Iterable[Fact]) -> tuple[Plan, ...]:
    """Plans by state and year, from rows of plans.csv.

    Raises UnknownName for a status that is not one, FactError for dates out of order and for two plans of one state
    for one year, naming file and line.
    """
    found: dict[tuple[str, int], Fact] = {}
    for fact in facts:
        ally, status, _ = fact.key
        if status not in STATUSES:
            raise UnknownName("status", status, STATUSES, f"{fact.where}  {status}")
        _since(fact)
        held = found.setdefault((ally, fact.year), fact)
        if held is not fact:
            msg = f"{fact.where}  {ally} has another plan for {fact.year} ({held.where}). Keep one."
            raise FactError(msg)
    return tuple(_plan(fact) for _, fact in sorted(found.items(), key=lambda item: item[0]))


def _plan(fact: Fact) -> Plan:
    ally, status, _ = fact.key
    return Plan(ally, fact.year, fact.value, fact.at("low"), fact.at("high"), status, fact.note, _since(fact))


def _since(fact: Fact) -> int:
    """Year of the announcement, which is not after the year that the plan is for."""
    text = fact.key[2]
    if not text.isdecimal() or not EARLIEST <= int(text) <= fact.year:
        msg = f'{fact.where}  since is "{text}"; it must be a year from {EARLIEST} to {fact.year}, the year of the plan'
        raise FactError(msg)
    return int(text)
