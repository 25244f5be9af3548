"""One declared parameter, as a value."""

from __future__ import annotations

from dataclasses import dataclass

DISTRIBUTIONS = ("fixed", "uniform", "triangular", "loguniform", "normal")
"""How a parameter is sampled over its range; `triangular` peaks at the default, `normal` is cut at the ends."""


@dataclass(frozen=True)
class Prior:
    """A normal distribution before it is cut at the ends of a range: what was believed before the record was read."""

    mean: float
    spread: float


@dataclass(frozen=True)
class Parameter:
    """A number of the model: its meaning, its range, and what it rests on."""

    name: str
    symbol: str
    label: str
    meaning: str
    unit: str
    default: float
    low: float
    high: float
    distribution: str
    grade: str
    sources: tuple[str, ...]
    rows: tuple[str, ...]
    mechanism: str
    where: str
    prior: Prior | None = None
    """of a parameter that the record of disputes speaks of (`normal`); the default is then what it says"""
