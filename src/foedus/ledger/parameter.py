"""One declared parameter, as a value."""

from __future__ import annotations

from dataclasses import dataclass

DISTRIBUTIONS = ("fixed", "uniform", "triangular", "loguniform")
"""How a parameter is sampled over its range; `triangular` peaks at the default."""


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
