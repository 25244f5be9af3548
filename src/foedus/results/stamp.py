"""What every table and chart says of the futures behind it: how many, which years, ensemble and seed, and how exact."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus.posture import Scenario
from foedus.words import significant

SHOWN = (0.01, 0.1, 0.5)
"""Chances whose largest error is told where a table holds many of them."""

LEAST_POINTS = 3
"""Points from which a rank correlation has an error."""


def stamp(extent: str, years: tuple[int, int], ensemble: str, seed: int, model: str = "") -> str:
    """`512 futures, 2026-2050, ensemble record-2010, seed 1`, and the model of who fights where it is another.

    extent  how many futures, in words, or their number
    """
    other = f", model {model}" if model else ""
    return f"{extent}, {years[0]}-{years[1]}, ensemble {ensemble}, seed {seed}{other}"


def origin_of(scenario: Scenario) -> str:
    """The same of a scenario, run with all its futures."""
    count = scenario.futures
    extent = f"{count:,} future{'' if count == 1 else 's'}"
    return stamp(extent, (scenario.first, scenario.last), scenario.ensemble, scenario.seed)


def most_error(chance: float, points: int) -> float:
    """Largest Monte Carlo standard error that a chance can have, 0-0.5.

    chance  mean over futures of a chance or a share, 0-1
    points  futures drawn apart: twins, which share parameters, count once

    What lies between 0 and 1 with mean p has a variance of at most p(1 - p), so its mean over points an error of at
    most the root of that over their number. The true error is smaller, often much: single futures rarely say 0 or 1.
    """
    return float(np.sqrt(max(chance * (1.0 - chance), 0.0) / max(points, 1)))


def chances_note(points: int) -> str:
    """The largest Monte Carlo error of chances of several sizes, in a sentence."""
    told = ", ".join(f"±{significant(100.0 * most_error(p, points))} points of {100 * p:g} %" for p in SHOWN)
    return f"Monte Carlo standard error of a chance: at most {told}."


def errors_note(largest: Mapping[str, float]) -> str:
    """`Monte Carlo standard error of a mean: at most ±0.2 (war), ±0.031 (loss).`, in a sentence.

    largest  largest standard error of the means shown, in their unit, by what they are of; NaN where it cannot be told

    Figures that no future differs in are left out: so few do not tell how rare another is.
    """
    told = [f"±{significant(error)}{f' ({what})' if what else ''}" for what, error in largest.items() if error > 0.0]
    if not told:
        return "Monte Carlo standard error of a mean: none can be told where no two futures differ."
    return f"Monte Carlo standard error of a mean: at most {', '.join(told)}."


def ranks_note(points: int) -> str:
    """How far another seed moves a rank correlation of what does not hang together, in a sentence; empty for few."""
    if points < LEAST_POINTS:
        return ""
    return f"Monte Carlo standard error of a correlation: about ±{significant((points - 1) ** -0.5)}."
