"""Portfolios that no other beats by more than a step in every objective: an epsilon-box archive (Platypus)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.advise.extra import needed

Values = NDArray[np.float64]

WIDER = 1.25
"""Factor on every step while more portfolios are kept than are wanted."""


def nondominated(values: Values, steps: Values, most: int | None = None) -> list[int]:
    """Rows of `values`, [P, O], less being better, that an epsilon-box archive keeps, in order.

    steps  size of a box in each objective, [O], above 0: of two in one box the one nearer its best corner stays
           (Laumanns et al. 2002)
    most   steps are widened until no more than so many are kept
    """
    platypus = needed("platypus")
    width = np.asarray(steps, dtype=np.float64)
    while True:
        archive = platypus.EpsilonBoxArchive(width.tolist())
        problem = platypus.Problem(0, values.shape[1])
        for number, row in enumerate(values.tolist()):
            solution = platypus.Solution(problem)
            solution.objectives[:] = row
            solution.number, solution.evaluated = number, True
            archive.add(solution)
        kept = sorted(solution.number for solution in archive)
        if most is None or len(kept) <= most:
            return kept
        width = width * WIDER
