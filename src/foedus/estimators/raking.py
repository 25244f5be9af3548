"""Weights under which draws agree with targets, at the least departure from equal weights.

Draws of a model's parameters are weighed by how far what they expect lies from what was seen, in units of a declared
tolerance. The weights are those that minimise their divergence from equal ones plus half the mean squared distance, so
that a target with a wide tolerance moves little (Hainmueller 2012 balances entropies the same way, with exact targets).
Read as probabilities they are the posterior under normal errors of the size of the tolerances, which is what makes them
fit for simulation-based calibration. What remains of the draws is told by the effective number; with too few left the
targets are tighter than the draws can meet, and that is an error and not a result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.errors import EstimationError

Floats = NDArray[np.float64]
LEAST_EFFECTIVE = 100.0
"""Effective draws below which weights are refused."""
FARTHEST = 3.0
"""Tolerances between the record and the nearest draw from which a target is named as out of reach."""


@dataclass(frozen=True)
class Raked:
    """Weights [n] that sum to one, and the effective number of draws, 1 / sum of squared weights."""

    weights: Floats
    effective: float

    def mean(self, values: Floats) -> Floats:
        """Weighted mean of values [n] or [n, k]."""
        return np.asarray(self.weights @ values)

    def spread(self, values: Floats) -> Floats:
        """Weighted standard deviation of values [n] or [n, k]."""
        return np.asarray(np.sqrt(self.weights @ (values - self.mean(values)) ** 2))

    def members(self, count: int, seed: int) -> NDArray[np.intp]:
        """Numbers of `count` equally likely draws, by systematic resampling; the same for the same seed."""
        levels = (np.arange(count) + np.random.default_rng(seed).uniform()) / count
        return np.minimum(np.searchsorted(np.cumsum(self.weights), levels), len(self.weights) - 1)


def rake(
    expected: Floats, record: Floats, tolerance: Floats, names: Sequence[str], least: float = LEAST_EFFECTIVE
) -> Raked:
    """Weigh draws by targets.

    expected   [n, t] what each draw expects of each target
    record     [t] what was seen
    tolerance  [t] standard deviation of what was seen about what was to be expected, above 0
    names      [t] of the targets, for the error
    least      effective draws below which the weights are refused

    Raises EstimationError when the targets are tighter than the draws can meet, naming those out of reach.
    """
    apart = (expected - record) / tolerance
    logs = -0.5 * np.sum(apart**2, axis=1)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    found = Raked(weights, float(1.0 / np.sum(weights**2)))
    if found.effective < least:
        raise EstimationError(_too_tight(found, apart, expected, record, tolerance, names, least))
    return found


def _too_tight(
    found: Raked, apart: Floats, expected: Floats, record: Floats, tolerance: Floats, names: Sequence[str], least: float
) -> str:
    nearest = np.abs(apart).min(axis=0)
    inside = (apart.min(axis=0) < 0) & (apart.max(axis=0) > 0)
    away = np.where(inside, 0.0, nearest)
    worst = int(np.argmax(away if away.max() >= FARTHEST else np.abs(apart).mean(axis=0)))
    return (
        f"these targets are tighter than the draws can meet: {len(found.weights):,} draws are worth "
        f"{found.effective:.1f} under them (at least {least:.0f} are asked for). Farthest: {names[worst]}, seen at "
        f"{record[worst]:.3g} ± {tolerance[worst]:.2g}, where draws expect {expected[:, worst].min():.3g} to "
        f"{expected[:, worst].max():.3g}. Widen its tolerance with a reason, or leave it out and say so."
    )
