"""What every table and chart says of the futures behind it: how many, which years, ensemble and seed, and how exact."""

from __future__ import annotations

import numpy as np

from foedus.words import significant

SHOWN = (0.01, 0.1, 0.5)
"""Chances whose largest error is told where a table holds many of them."""


def stamp(extent: str, years: tuple[int, int], ensemble: str, seed: int, model: str = "") -> str:
    """`512 futures, 2026-2050, ensemble record-2010, seed 1`, and the model of who fights where it is another.

    extent  how many futures, in words, or their number
    """
    other = f", model {model}" if model else ""
    return f"{extent}, {years[0]}-{years[1]}, ensemble {ensemble}, seed {seed}{other}"


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
