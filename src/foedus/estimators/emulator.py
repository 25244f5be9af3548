"""What parameters say of an outcome that is half luck: a ridge regression, its weight chosen by leaving each case out.

A simulated history is one draw of parameters and one of luck. To weigh parameters by it, what they alone would have led
to expect is needed. A linear regression on the ranks of many parameters, shrunk by as much as predicts left-out cases
best (PRESS: Allen 1974), gives that expectation, the share of the variance it explains out of sample, and the spread of
luck about it. Curvature that it misses is counted as luck, so it errs toward teaching less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RIDGES = np.geomspace(1.0, 1e6, 40)


@dataclass(frozen=True)
class Emulated:
    """An outcome as far as parameters say it.

    expected   [n] fitted
    explained  share of the variance of left-out cases that is explained, at least 0
    luck       standard deviation of left-out cases about what was expected of them
    """

    expected: Floats
    explained: float
    luck: float


def normal_ranks(values: Floats) -> Floats:
    """Columns of values [n, k] as normal scores of their ranks."""
    from scipy.special import ndtri
    from scipy.stats import rankdata

    return np.asarray(ndtri((rankdata(values, axis=0) - 0.5) / len(values)))


def emulate(inputs: Floats, outcome: Floats) -> Emulated:
    """Regress an outcome [n] on inputs [n, k], such as `normal_ranks` of parameters; k may be near n."""
    centred, apart = inputs - inputs.mean(axis=0), outcome - outcome.mean()
    left, size, _ = np.linalg.svd(centred, full_matrices=False)
    along = left.T @ apart
    tried = []
    for ridge in RIDGES:
        kept = size**2 / (size**2 + ridge)
        fitted = left @ (kept * along)
        leverage = (left**2) @ kept + 1.0 / len(outcome)
        press = float(np.mean(((apart - fitted) / (1.0 - leverage)) ** 2))
        tried.append((press, fitted))
    press, fitted = min(tried, key=lambda one: one[0])
    variance = float(apart.var())
    explained = max(0.0, 1.0 - press / variance) if variance > 0.0 else 0.0
    return Emulated(outcome.mean() + fitted, explained, float(np.sqrt(press)))
