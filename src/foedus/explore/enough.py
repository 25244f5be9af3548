"""How many futures are enough: the error of each headline figure, what would lower it, and whether halves agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isnan

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.explore.outcome import CHANGE, GROUND, WAR, SoughtFigure, values_by_place
from foedus.results import Results
from foedus.results.error import Twins, needed, standard_errors
from foedus.results.tidy import LOSS

Floats = NDArray[np.float64]

FIGURES = (LOSS, WAR, GROUND)
"""Headline figures that can be judged; of losses, the change too where two postures are compared."""

LEAST_FUTURES = 2
"""Futures from which an error can be told."""

APART = 3.0
"""Standard errors between the means of two halves from which they are said to disagree."""

LEAST = {LOSS: 0.01, WAR: 0.01, GROUND: 0.01}
"""Level below which a figure is judged as if it stood there: a hundredth of a per cent of nothing needs no futures.

Loss in per cent of GDP a year, war and ground as shares.
"""


@dataclass(frozen=True)
class Precision:
    """How well one figure is known.

    ally    iso3
    figure  "loss", "war", "ground", or "change" for the paired difference of losses
    value   mean over futures
    error   its Monte Carlo standard error
    level   what the error is judged against: the figure, for a change the loss it is a change of
    apart   standard errors between the means of the first and the second half of the futures
    futures how many it is of
    """

    ally: str
    figure: str
    value: float
    error: float
    level: float
    apart: float
    futures: int

    @property
    def relative(self) -> float:
        """Error as a share of the level; infinite where there is nothing to judge by."""
        return self.error / self.level if self.level > 0.0 and not isnan(self.error) else inf

    @property
    def agrees(self) -> bool:
        """Whether the two halves of the futures say the same."""
        return not abs(self.apart) > APART

    def needed(self, target: float) -> int:
        """Futures that would bring the relative error down to `target`; as many as there are where it is there."""
        return max(self.futures, needed(self.futures, self.error, target * self.level)) if self.relative > target else 0


def precisions(results: Results, allies: Sequence[str], figures: Sequence[str] = (LOSS,)) -> list[Precision]:
    """How well each figure of each ally is known; changes of losses too, where two postures are compared.

    Raises InputError for a run of a single future, of which no error can be told.
    """
    if results.futures < LEAST_FUTURES:
        msg = f"{results.parts.name}: has {results.extent}; an error takes {LEAST_FUTURES} or more"
        raise InputError(msg)
    found = []
    for figure in figures:
        outcome = SoughtFigure(figure, tuple(allies), "")
        own = values_by_place(outcome, results)
        levels = np.maximum(np.abs(own.mean(axis=1)), LEAST[figure])
        found += _judged(results, allies, figure, own, levels)
        if figure == LOSS and "against" in results.roles:
            gap = values_by_place(SoughtFigure(figure, tuple(allies), "", role=CHANGE), results)
            before = np.maximum((own - gap).mean(axis=1), LEAST[figure])
            found += _judged(results, allies, CHANGE, gap, before)
    return found


def _judged(results: Results, allies: Sequence[str], figure: str, values: Floats, levels: Floats) -> list[Precision]:
    twins = results.twins()
    errors = standard_errors(values, twins)
    apart = _halves_apart(values, twins)
    return [
        Precision(ally, figure, float(v), float(e), float(level), float(z), results.futures)
        for ally, v, e, level, z in zip(allies, values.mean(axis=1), errors, levels, apart, strict=True)
    ]


def _halves_apart(values: Floats, twins: Twins) -> Floats:
    """Standard errors between the means of the first and second half of the parameter points, [A]; NaN of too few."""
    first, second = twins
    count = values.shape[1]
    points = np.delete(np.arange(count), second)
    in_first = np.isin(np.arange(count), points[: len(points) // 2])
    in_first[second] = in_first[first]
    parts = []
    for chosen in (in_first, ~in_first):
        place = np.cumsum(chosen) - 1
        kept = chosen[first]
        some = values[:, chosen]
        if not some.shape[1]:
            return np.full(len(values), np.nan)
        parts.append((some.mean(axis=1), standard_errors(some, (place[first[kept]], place[second[kept]]))))
    (one, error), (other, its) = parts
    both = np.sqrt(error**2 + its**2)
    return np.asarray((one - other) / np.where(both > 0.0, both, np.inf))
