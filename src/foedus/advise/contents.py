"""What advice consists of, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from foedus.advise.coalition import Coalition
from foedus.advise.conditions import Threshold
from foedus.advise.levers import Levers
from foedus.advise.portfolio import Plan
from foedus.advise.robust import Robustness
from foedus.advise.singly import Effect
from foedus.explore.boxes import FailureBox
from foedus.posture import Scenario

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Archetype:
    """One portfolio that stands for several.

    number    among the finalists
    alike     how many finalists it stands for
    scores    by objective, on fresh futures; `beside` what is no objective, as for the own choice
    gives_up  (objective, this, best of the archetypes), what it gives up most first
    missed    share of fresh futures in which it misses a limit
    fails     what is true of them from the start, as one threshold; None where nothing tells them apart
    box       the same as a box of several limits; None where it was not searched, or none stands out
    signpost  what could be seen of them in the first watched year, likewise
    """

    name: str
    plan: Plan
    number: int
    alike: int
    scores: Mapping[str, float]
    beside: Mapping[str, float]
    gives_up: tuple[tuple[str, float, float], ...]
    missed: float
    fails: Threshold | None
    box: FailureBox | None
    signpost: Threshold | None


@dataclass(frozen=True)
class Advice:
    """What was found.

    scenario    years, seed, ensemble, mechanisms; whatever else every trial shared
    members     the ally, or the members of a group, by iso3
    postures    names of the guarantor's postures, all given the same weight
    tried       how many portfolios were tried on `search` futures a posture, those without their programme among them
    fresh       futures a posture, of other members and luck, on which finalists were tried again
    own         scores on fresh futures where every member decides as the model has states decide
    beside      the same of what is no objective: spending beyond what is carried, chance of losing alone, tension
    finalists   [P]; `scores` [P, O] on fresh futures
    robust      of the own choice, then of the finalists, [1 + P]
    limits      most of each objective that is accepted
    moved       objectives that any portfolio moves by more than a step
    held        rank correlation over finalists of each of these in the search and on fresh futures
    effects     what each lever alone does beside the own choice, on the futures of the search
    errors      Monte Carlo standard error of each score of the own choice; `robust_errors` of its criteria
    watched_in  year in which signposts are read
    """

    scenario: Scenario
    members: tuple[str, ...]
    postures: tuple[str, ...]
    tried: int
    search: int
    fresh: int
    own: Mapping[str, float]
    beside: Mapping[str, float]
    finalists: tuple[Plan, ...]
    scores: Values
    robust: Robustness
    limits: Mapping[str, float]
    moved: tuple[str, ...]
    held: Mapping[str, float]
    errors: Mapping[str, float]
    robust_errors: Mapping[str, float]
    watched_in: int
    archetypes: tuple[Archetype, ...]
    levers: tuple[Levers, ...] = field(repr=False)
    effects: Mapping[str, Effect] = field(default_factory=dict)
    coalitions: tuple[Coalition, ...] = ()
    """of a group: each archetype as a joint portfolio, member by member"""
