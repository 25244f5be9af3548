"""Which uncertain parameters move the answer, by rank correlation over futures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.results.headline import Headline, stake_gdp
from foedus.results.ranks import ranks
from foedus.results.results import Results

CLEAR = 3.5
"""Standard errors that a rank correlation must exceed to be told from chance among some two hundred parameters."""


AT_ONCE = 1 << 20
"""Values that are ranked at once: more would take more memory and no less time."""


@dataclass(frozen=True)
class Driver:
    """A parameter and how the answer moves with it."""

    name: str
    rho: float
    """Spearman's rank correlation with the answer, -1 to 1"""
    clear: bool
    """whether it can be told from chance with this many futures"""


def drivers(results: Results, rows: Sequence[Headline], most: int = 12) -> list[Driver]:
    """What moves the answer for the allies of `rows`, strongest first.

    The answer is the paired difference when there is a comparison, else the loss, in per cent of GDP as it is shown:
    the mean over years, ranked over futures for each ally, the ranks averaged so that every ally counts alike. What a
    stake is worth in product (`stake_share_of_gdp`) is therefore among what may move it.
    """
    places = [results.allies.index(row.ally) for row in rows if not row.safe]
    if not places:
        return []
    answer = ranks(results.mean_losses[places] * stake_gdp(results)).mean(axis=0)
    table = results.parameters()
    first, second = results.twins()
    points = max(results.futures - min(len(first), len(second)), 1)
    threshold = CLEAR / np.sqrt(points)
    names = [name for name in table.columns[1:] if table[name].n_unique() > 1]
    score, found, some = rank_scores(answer), [], max(AT_ONCE // results.futures, 1)
    for start in range(0, len(names), some):
        columns = np.stack([table[name].to_numpy() for name in names[start : start + some]])
        related = np.clip(rank_scores(columns) @ score, -1.0, 1.0)
        found += [
            Driver(name, float(rho), bool(abs(rho) > threshold))
            for name, rho in zip(names[start : start + some], related, strict=True)
        ]
    return sorted(found, key=lambda driver: -abs(driver.rho))[:most]


def rank_correlation(one: NDArray[np.floating], two: NDArray[np.floating]) -> float:
    """Spearman's rho, 0 where either does not vary."""
    return float(np.clip(rank_scores(one) @ rank_scores(two), -1.0, 1.0))


def rank_scores(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Ranks along the last axis, centred and of norm one: two such rows' product is Spearman's rho.

    Zeros where nothing varies. Any shape.
    """
    found = ranks(values)
    centred = found - found.mean(axis=-1, keepdims=True)
    size = np.linalg.norm(centred, axis=-1, keepdims=True)
    return np.asarray(centred / np.where(size > 0.0, size, 1.0))
