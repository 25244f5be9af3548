"""Outcomes: one figure a future for a place, in words that are checked: `loss of POL`, `war of Baltics by 2035`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.errors import InputError, UnknownName
from foedus.given import code_of
from foedus.names import country
from foedus.results import Results
from foedus.results.outbreak import chance_of_a_war
from foedus.results.tidy import GROUPS, LOSS, measure_values, measures
from foedus.words import listed
from foedus.world import World

Floats = NDArray[np.float64]

CHANGE = "change"
"""Role of the paired difference: the posture minus the one it is compared with."""

WAR = "war"
"""Measure that is reckoned over years as the chance of at least one, not as a mean."""

GROUND = "ground"
"""The headline's word for what is conceded by the last year, or held in war."""

MEANINGS = {
    LOSS: "expected loss, % of GDP a year",
    WAR: "chance of at least one war against it",
    GROUND: "share of what is at issue that is lost by the last year",
}
"""Outcomes that no single measure of a year is: what headlines show."""

PER_CENT = ("share", "chance")
"""Units in which `%` behind a number divides it by a hundred."""

MOST_NAMED = 6
"""Places that a label names; of more, it says how many."""

_WRITTEN = re.compile(
    r"(?:(?P<change>change)\s+(?:in|of)\s+)?(?P<measure>\w+)\s+of\s+(?P<place>.+?)"
    r"(?:\s+(?P<word>in|by)\s+(?P<year>\d{4}))?(?:\s+under\s+(?P<role>.+?))?"
)


@dataclass(frozen=True)
class SoughtFigure:
    """What is asked of each future.

    measure  a name of `outcome_names()`
    places   iso3 of allies or guarantors, or names of regions, in the order of the record
    named    what the user called them
    year     the year it is of; 0 for the mean over years, or over all of them for `war` and `ground`
    role     "posture", "against", or "change" for the paired difference
    """

    measure: str
    places: tuple[str, ...]
    named: str
    year: int = 0
    role: str = "posture"

    @property
    def group(self) -> Group:
        """Whose measure it is."""
        return group_of(self.measure)

    @property
    def unit(self) -> str:
        """Unit of its figure, as long tables have it."""
        if self.measure == GROUND:
            return "share"
        return str(dict(measures(self.group.key).select("measure", "unit").iter_rows())[self.measure])

    @property
    def label(self) -> str:
        """`change in loss of Poland, mean of 2026-2050`, but for the years."""
        when = "" if not self.year else f" by {self.year}" if self.measure == WAR else f" in {self.year}"
        of = {"change": "change in ", "posture": "", "against": ""}[self.role]
        beside = " under the posture compared with" if self.role == "against" else ""
        return f"{of}{self.measure} of {self.named}{when}{beside}"


def outcome_names() -> tuple[str, ...]:
    """Every measure an outcome can be of: losses, war and ground first, then those of docs/measures.md by group."""
    return tuple(dict.fromkeys((*MEANINGS, *(name for group in GROUPS.values() for name in MEASURES[group]))))


def group_of(measure: str) -> Group:
    """Whose measure it is; raise UnknownName, with the nearest spelling, where nobody has it."""
    if measure in MEANINGS:
        return Group.ALLY
    for group in GROUPS.values():
        if measure in MEASURES[group]:
            return group
    raise UnknownName("measure", measure, outcome_names())


def read_outcome(text: str, results: Results, world: World) -> SoughtFigure:
    """An outcome as written: [change in] MEASURE of PLACE [in YEAR, by YEAR] [under POSTURE].

    PLACE is a state, region or group for measures of allies, a guarantor or a region for theirs. Raises InputError for
    what cannot be read, UnknownName with the nearest spelling for a measure, place or posture that is not there.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        msg = f'"{text.strip()}": is no outcome. Write MEASURE of PLACE, such as: loss of POL, war of Baltics by 2035'
        raise InputError(msg)
    measure = code_of(found["measure"], outcome_names()) or found["measure"]
    outcome = outcome_of(measure, [found["place"]], results, world)
    if found["year"]:
        outcome = replace(outcome, year=_year(found["word"], int(found["year"]), outcome, results))
    if found["change"] and found["role"]:
        msg = f'"{text.strip()}": a change is between two postures; it is not under one of them'
        raise InputError(msg)
    if found["change"]:
        outcome = replace(outcome, role=CHANGE)
    elif found["role"]:
        outcome = replace(outcome, role=_role(found["role"], results))
    return checked(outcome, results)


def outcome_of(measure: str, words: Sequence[str], results: Results, world: World) -> SoughtFigure:
    """The outcome of a measure for the places that words name, over all years under the posture."""
    group = group_of(measure)
    rows = results.rows(group)
    if group is Group.ALLY:
        wanted = {iso for word in words for iso in world.named(word)}
    else:
        wanted = {_row(word, rows, group, world) for word in words}
    places = tuple(row for row in rows if row in wanted)
    if not places:
        msg = f"{', '.join(words)}: no {group.key} of this run. It has {', '.join(rows)}"
        raise InputError(msg)
    return SoughtFigure(measure, places, _called(places, words, world))


def _row(word: str, rows: Sequence[str], group: Group, world: World) -> str:
    if found := code_of(word, rows):
        return found
    if group is Group.GUARANTOR:
        return world.named(word)[0]
    raise UnknownName(group.key, word, rows)


def _called(places: Sequence[str], words: Sequence[str], world: World) -> str:
    """Places in running text; a region or a group by its own name."""
    names = world.states.names
    if len(places) > 1 and len(words) == 1:
        return f"{words[0]} (mean of {len(places)})"
    if len(places) > MOST_NAMED:
        return f"{len(places)} places (mean)"
    mean = " (mean)" if len(places) > 1 else ""
    return listed([country(names[place]) if place in names else place for place in places]) + mean


def _year(word: str, year: int, outcome: SoughtFigure, results: Results) -> int:
    if year not in results.years:
        msg = f"{word} {year}: the run covers {results.years[0]}-{results.years[-1]}"
        raise InputError(msg)
    if word == "by" and outcome.measure != WAR:
        msg = f"{outcome.measure} by {year}: only war is counted by a year. Write: in {year}"
        raise InputError(msg)
    if word == "in" and outcome.measure == WAR:
        msg = f"war in {year}: write: war of {outcome.named} by {year}, or at_war of {outcome.named} in {year}"
        raise InputError(msg)
    return year


def _role(word: str, results: Results) -> str:
    for role, name in results.roles.items():
        if name.casefold() == word.casefold():
            return role
    raise UnknownName("posture", word, results.roles.values())


def checked(outcome: SoughtFigure, results: Results) -> SoughtFigure:
    """The same outcome; raise InputError where it is a change and the run compares nothing."""
    if outcome.role != "posture" and "against" not in results.roles:
        msg = (
            f"{outcome.label}: this run holds one posture, {results.roles['posture']}. Make one of two: foedus compare"
        )
        raise InputError(msg)
    return outcome


def values_by_place(outcome: SoughtFigure, results: Results) -> Floats:
    """The outcome in each place and future, [places, N], in its unit."""
    if outcome.role == CHANGE:
        one, other = (values_by_place(replace(outcome, role=role), results) for role in ("posture", "against"))
        return one - other
    name = "conceded" if outcome.measure == GROUND else outcome.measure
    rows = [results.rows(outcome.group).index(place) for place in outcome.places]
    values = measure_values(results, outcome.role, outcome.group.key, name)[:, rows].astype(np.float64)
    at = results.years.index(outcome.year) if outcome.year else None
    if outcome.measure == WAR:
        return chance_of_a_war(values[: None if at is None else at + 1])
    if at is not None:
        return np.asarray(values[at])
    return np.asarray(values[-1] if outcome.measure == GROUND else values.mean(axis=0))


def values(outcome: SoughtFigure, results: Results) -> Floats:
    """The outcome in each future, [N]: the mean over its places."""
    return np.asarray(values_by_place(outcome, results).mean(axis=0))
