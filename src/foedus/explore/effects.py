"""What a design says of each factor: variance-based indices, or elementary effects, by SALib."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.explore.design import LEVELS, RowDesign, problem
from foedus.explore.drive import first_order, ranked
from foedus.explore.extra import quietly

RESAMPLES = 200
"""Bootstrap samples behind an interval."""


@dataclass(frozen=True)
class FactorEffect:
    """What one factor does to the ranks of an answer.

    alone  first-order index, or the mean absolute elementary effect; with the half width of its 95 per cent interval
    whole  total index, interactions included, or the standard deviation of elementary effects; NaN where the design
           does not tell
    """

    factor: str
    alone: float
    alone_half: float
    whole: float
    whole_half: float


def effects(
    design: RowDesign, answers: NDArray[np.float64], seed: int = 1, *, ranks: bool = True
) -> list[FactorEffect]:
    """What each factor of a design does, strongest first.

    answers  [A, N] one or several over the rows; each is ranked, and the ranks are averaged
    ranks    whether answers are ranked; else their mean itself is analysed, which a few ruinous rows may decide
    """
    from SALib.analyze import morris, sobol

    names = list(design.factors)
    answer = ranked(answers) if ranks else np.asarray(answers.mean(axis=0))
    none = np.full(len(names), np.nan)
    with quietly():
        if design.method == "sobol":
            told = sobol.analyze(problem(names), answer, calc_second_order=False, num_resamples=RESAMPLES, seed=seed)
            columns = told["S1"], told["S1_conf"], told["ST"], told["ST_conf"]
        elif design.method == "morris":
            told = morris.analyze(
                problem(names), design.points, answer, num_resamples=RESAMPLES, num_levels=LEVELS, seed=seed
            )
            columns = told["mu_star"], told["mu_star_conf"], told["sigma"], none
        else:
            alone, half = first_order(design.points, answer, RESAMPLES, np.random.default_rng(seed))
            columns = alone, half, none, none
    rows = zip(names, *(np.asarray(column, dtype=np.float64).tolist() for column in columns), strict=True)
    found = [FactorEffect(*row) for row in rows]
    return sorted(found, key=lambda effect: -(effect.alone if np.isnan(effect.whole) else effect.whole))
