"""Target mode: how far one lever has to be moved so that an ally's chance of war falls below a bound."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import numpy as np

from foedus import terms
from foedus.app.answering import TASKS, Stop, results_of
from foedus.app.held import Memory
from foedus.errors import InputError, UnknownName
from foedus.results.error import standard_error
from foedus.results.outbreak import chance_of_a_war

GRID, HALVES = 5, 2
"""Levels tried over the whole range from below, and halvings between the last that fails and the first that does."""

SUPPORT, SPENDING = (0.0, 2.0), (0.01, 0.1)
"""Ends of a channel's level and of military spending, share of GDP."""

BY = 4
"""Years from the first in which a channel reaches its level."""

SPEND = "spending"


Reached = tuple[float, float, float]
"""Chance of at least one war a decade, mean military spending as a share of GDP, Monte Carlo error of that chance."""


def seek(
    memory: Memory,
    stop: Stop,
    document: Mapping[str, Any],
    futures: int,
    ally: str,
    chance: float,
    spending: float,
    lever: str,
) -> dict[str, Any]:
    """The least of a lever with which an ally's chance of war a decade is at most `chance`, or that none does.

    chance    chance of at least one war in ten years, 0-1
    spending  most mean military spending that is accepted, share of GDP
    lever     a channel of support to the ally, or "spending", what it is ordered to spend

    Every level is run on the same random draws, so the answers differ by the lever alone. Raises UnknownName for
    another lever or ally, InputError where nobody challenges the ally.
    """
    if lever not in (SPEND, *terms.CHANNELS):
        raise UnknownName("lever", lever, (SPEND, *terms.CHANNELS))
    low, high = SPENDING if lever == SPEND else SUPPORT
    tried: dict[float, Reached] = {}

    def at(level: float) -> bool:
        level = round(level, 4)
        if level not in tried:
            tried[level] = _figures(memory, stop, with_lever(document, ally, lever, level), futures, ally)
        war, spent, _ = tried[level]
        return war <= chance and spent <= spending

    levels = [low + (high - low) * step / (GRID - 1) for step in range(GRID)]
    first = next((place for place, level in enumerate(levels) if at(level)), None)
    if first:
        below, above = levels[first - 1], levels[first]
        for _ in range(HALVES):
            middle = (below + above) / 2.0
            below, above = (below, middle) if at(middle) else (middle, above)
    found = [level for level, (war, spent, _) in tried.items() if war <= chance and spent <= spending]
    if not any(war > 0.0 for war, *_ in tried.values()):
        msg = f"{ally}: nobody in the data challenges it"
        raise InputError(msg)
    return {
        "ally": ally,
        "lever": lever,
        "level": min(found, default=None),
        "futures": futures,
        "tried": [[level, *tried[level]] for level in sorted(tried)],
    }


def with_lever(document: Mapping[str, Any], ally: str, lever: str, level: float) -> dict[str, Any]:
    """A document with one lever of an ally at a level, reached in a straight line."""
    made: dict[str, Any] = copy.deepcopy(dict(document))
    if lever == SPEND:
        made["doctrine"] = {**made.get("doctrine", {}), ally: {"spending": level}}
        return made
    posture = made.get("posture", {})
    if isinstance(posture, str):
        posture = {} if posture == "steady" else {"base": posture}
    first = int(made.get("years", terms.YEARS)[0]) if not isinstance(made.get("years"), str) else terms.YEARS[0]
    own = posture.get(ally, {})
    made["posture"] = {**posture, ally: {**own, lever: {str(first): 1.0, str(first + BY): level}}}
    return made


def _figures(memory: Memory, stop: Stop, document: Mapping[str, Any], futures: int, ally: str) -> Reached:
    """What a level reaches."""
    _, results = results_of(memory, stop, {**document, "against": "none"}, futures)
    if ally not in results.allies:
        raise UnknownName("ally", ally, results.allies)
    row = results.allies.index(ally)
    peace = 1.0 - chance_of_a_war(results.ally("war")[:, row].astype(np.float64))
    decade = 1.0 - peace ** (10.0 / len(results.years))
    spending = float(results.ally("spending")[:, row].mean())
    return float(decade.mean()), spending, standard_error(decade, results.twins())


TASKS["seek"] = seek
