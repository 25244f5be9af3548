"""Calibrate the crisis tree so that the world of 2026 has the historical base rates in its first year.

Usage: python tools/calibrate.py [SEED]

What is free, what is met and how a miss counts: `foedus.history.estimate.calibration`. Here differential evolution
searches the whole box and prints what fits best; the ledger holds the rounded result with a range around it.
"""

from __future__ import annotations

import sys

import numpy as np
from scipy.optimize import differential_evolution

from foedus.history.estimate.calibration import FREE, problem


def main() -> None:
    """Fit and print."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    posed = problem(seed)

    def misfit(point: np.ndarray) -> float:
        return float(np.sum(posed.misses(point) ** 2))

    best = differential_evolution(
        misfit, list(FREE.values()), seed=seed, maxiter=120, popsize=10, tol=1e-4, polish=False
    )
    print({name: round(float(x), 3) for name, x in zip(FREE, best.x, strict=True)}, "misfit", round(best.fun, 1))
    for key, value in posed.rates_at(best.x).items():
        print(f"{key[0][0]:12} {key[1]:24} model {value:.4f}  history {posed.rates.get(key, 0.0):.4f}")


if __name__ == "__main__":
    main()
