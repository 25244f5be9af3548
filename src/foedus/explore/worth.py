"""What would be worth learning: how much a choice between two postures would gain if one parameter were known.

The expected value of partial perfect information (Raiffa and Schlaifer 1961), by regression of the difference between
the postures on the parameter (Strong, Oakley and Brennan 2014): without knowing it, one posture is chosen for all its
values; knowing it, the better one for each. What is gained is regret avoided. It is nothing where one posture is better
whatever the parameter is, however much the answer moves with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.explore.inputs import Inputs

Floats = NDArray[np.float64]

DEGREE = 3
"""Degree of the polynomial in a parameter's normal scores: it may bend twice."""

DUMMIES = 1000
"""Meaningless parameters: the largest gain that knowing one of them seems to bring is noise."""


@dataclass(frozen=True)
class Choice:
    """What a choice between two postures comes to before anything is learnt, in the unit of the difference.

    better   "posture" or "against", by the mean
    regret   what choosing it for all futures costs on average beside the better one in each
    noise    largest gain that knowing one of a thousand meaningless parameters seems to bring
    gains    what knowing each parameter would take off the regret, by name; 0 where it is within the noise
    """

    better: str
    regret: float
    noise: float
    gains: dict[str, float]


def choice(inputs: Inputs, difference: Floats, seed: int = 1) -> Choice:
    """The choice between two postures, and what knowing each parameter would gain.

    difference  [P] loss under the posture less that under the one compared with: above 0, the other is better
    """
    mean = float(difference.mean())
    kept = min(mean, 0.0)
    gains = _gains(inputs.values, difference, kept)
    shuffled = np.random.default_rng(seed).permuted(np.resize(inputs.values.T, (DUMMIES, len(difference))), axis=1).T
    noise = float(_gains(shuffled, difference, kept).max())
    return Choice(
        better="posture" if mean < 0.0 else "against",
        regret=kept - float(np.minimum(difference, 0.0).mean()),
        noise=noise,
        gains={name: float(g) if g > noise else 0.0 for name, g in zip(inputs.names, gains, strict=True)},
    )


def _gains(columns: Floats, difference: Floats, kept: float) -> Floats:
    """Gain from knowing each column [P, k] by itself, [k]; never below 0.

    By its rank every column has the same normal scores, so that one basis serves all.
    """
    from scipy.special import ndtri

    count = len(columns)
    level: Floats = ndtri((np.arange(count) + 0.5) / count)
    basis = np.linalg.qr(np.vander(level, DEGREE + 1))[0]
    ordered = difference[np.argsort(columns, axis=0, kind="stable")]
    expected = basis @ (basis.T @ ordered)
    return np.asarray(np.maximum(kept - np.minimum(expected, 0.0).mean(axis=0), 0.0), dtype=np.float64)
