"""Calibrate the crisis tree so that the world of 2026 has the historical base rates in its first year and to 2050.

Usage: python tools/calibrate.py [SEED]

What is free, what is met and how a miss counts: `foedus.calibration.crisis_tree`. Here differential evolution
searches the whole box and prints what fits best; the ledger holds a rounded result with a range around it. The run's
rates are those of the ledger's values, moved with the first year's: after a large step, run it again.
"""

from __future__ import annotations

import sys

import numpy as np
from scipy.optimize import Bounds, differential_evolution

from foedus.calibration.crisis_tree import AT_BOUND, FREE, problem


def main() -> None:
    """Fit and print."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    posed = problem(seed)

    def misfit(point: np.ndarray) -> float:
        return float(np.sum(posed.misses(point) ** 2))

    best = differential_evolution(
        misfit, Bounds(*np.array(list(FREE.values())).T), seed=seed, maxiter=120, popsize=10, tol=1e-4, polish=False
    )
    print({name: round(float(x), 3) for name, x in zip(FREE, best.x, strict=True)}, "misfit", round(best.fun, 1))
    for name, x in zip(FREE, best.x, strict=True):
        low, high = FREE[name]
        if min(x - low, high - x) < AT_BOUND * (high - low):
            print(f"{name} stands at a limit of its box ({low:g} to {high:g}): not identified")
    first = posed.rates_at(best.x)
    for key, rate in posed.rates.items():
        run = first[key] * posed.drift[key]
        print(f"{key[0][0]:12} {key[1]:24} first year {first[key]:.4f}  run {run:.4f}  history {rate:.4f}")


if __name__ == "__main__":
    main()
