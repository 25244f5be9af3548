"""The level of an age: how much oftener or seldomer disputes have lately escalated than the tree expects.

Force given a dispute is not stationary: 80 per cent of coded disputes saw it until 1989, 66 in the 1990s, 59 in
2000-10. Nothing in a pair foretells that, and a trend carried forward does no better than none. A level of log-odds for
the last ten years, drawn towards none, and a wide chance that it moves on or returns, is what a forecaster can know.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.equations.choice import logistic

Floats = NDArray[np.float64]

LATELY = 10
"""years over which the level is taken"""
PRIOR, MOVES = 0.5, 0.5
"""standard deviation in log-odds of the level before it is seen, and of what it may move from one age to the next"""
NODES = 15
"""points of the Gauss-Hermite rule by which chances are averaged over the level"""
WITHIN = 1.645
"""standard deviations either side of a normal's middle 90 %"""
TINY = 1e-9


@dataclass(frozen=True)
class EraLevel:
    """Normal distribution of the level, in log-odds."""

    mean: float
    spread: float

    @property
    def band(self) -> tuple[float, float]:
        """Its middle 90 %."""
        return self.mean - WITHIN * self.spread, self.mean + WITHIN * self.spread

    def ahead(self, chance: Floats) -> Floats:
        """Chances of the next age, [m]: the tree's, shifted by the level, averaged over what is not known of it."""
        points, weights = np.polynomial.hermite_e.hermegauss(NODES)
        spread = float(np.hypot(self.spread, MOVES))
        shifted = logistic(_odds(chance)[:, None] + self.mean + spread * points)
        return np.asarray(shifted @ (weights / weights.sum()))


def level(event: Floats, chance: Floats) -> EraLevel:
    """Estimate the level of some recent disputes by the mode of its posterior and the curvature there.

    event, chance   [n] 0 or 1, and what the tree gave them; none: the level is the prior's
    """
    odds, mean = _odds(chance), 0.0
    for _ in range(50):
        expected = logistic(odds + mean)
        slope = float(np.sum(event - expected)) - mean / PRIOR**2
        curvature = float(np.sum(expected * (1.0 - expected))) + 1.0 / PRIOR**2
        mean += slope / curvature
        if abs(slope) < TINY:
            break
    expected = logistic(odds + mean)
    return EraLevel(mean, float((np.sum(expected * (1.0 - expected)) + 1.0 / PRIOR**2) ** -0.5))


def _odds(chance: Floats) -> Floats:
    kept = np.clip(chance, TINY, 1.0 - TINY)
    return np.asarray(np.log(kept) - np.log1p(-kept))
