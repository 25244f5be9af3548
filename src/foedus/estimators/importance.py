"""Posterior draws by adaptive importance sampling, for a density of tens of parameters without derivatives.

Points are drawn in rounds from multivariate t distributions. Each round's distribution takes the mean and covariance
of all points so far, weighted; every point is weighed against the mixture of all rounds, so that no round is thrown
away (adaptive multiple importance sampling: Cornuet, Marin, Mira and Robert 2012). Whether to believe the result is
said by the effective number of points and by the tail index of the weights: above 0.7 it is not to be believed, below
0.5 averages settle as fast as usual (Vehtari, Simpson, Gelman, Yao and Gabry 2024).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.errors import EstimationError

Floats = NDArray[np.float64]
FREEDOM = 7
"""Degrees of freedom of the proposals: tails heavier than any normal, with a covariance all the same."""
WIDER = 1.1
"""Factor on a proposal's covariance, so that it reaches beyond the target."""
LEAST_EFFECTIVE = 60.0
"""Effective points below which a round's covariance is averaged with the first one, and the draws are refused."""
MOST_TAIL = 0.7
"""Tail index of the weights above which the draws are refused."""


@dataclass(frozen=True)
class WeightedDraws:
    """Points of a posterior with weights that sum to one.

    points      [n, k]
    weights     [n]
    effective   effective number of points, 1 / sum of squared weights
    tail_index  shape of the generalised Pareto distribution of the largest weights (Pareto k)
    """

    points: Floats
    weights: Floats
    effective: float
    tail_index: float

    def mean(self) -> Floats:
        """Posterior mean, [k]."""
        return np.asarray(self.weights @ self.points)

    def covariance(self) -> Floats:
        """Posterior covariance, [k, k]."""
        apart = self.points - self.mean()
        return np.asarray((apart * self.weights[:, None]).T @ apart)

    def members(self, count: int, seed: int) -> Floats:
        """Draw `count` equally likely points, [count, k], by systematic resampling; the same for the same seed."""
        levels = (np.arange(count) + np.random.default_rng(seed).uniform()) / count
        place = np.searchsorted(np.cumsum(self.weights), levels)
        return self.points[np.minimum(place, len(self.points) - 1)]


def sample(
    log_density: Callable[[Floats], float],
    start: Floats,
    covariance: Floats,
    *,
    rounds: int = 6,
    count: int = 1500,
    seed: int = 1,
    enough: float = 0.0,
    progress: Callable[[int, int], None] | None = None,
) -> WeightedDraws:
    """Draw from a density known up to a constant.

    log_density  log of it at a point [k]; minus infinity where it is zero
    start        [k] mean of the first proposal: the mode, or near it
    covariance   [k, k] of the first proposal
    rounds       how often the proposal is adapted
    count        points a round
    enough       independent points wanted: while they are fewer, rounds are added, at most as many again
    progress     called with rounds done and all after each

    Raises EstimationError when too few points fall where the density is above zero, or when the tail index of the
    weights says that the draws do not represent it.
    """
    from scipy.stats import multivariate_t

    random = np.random.default_rng(seed)
    mean, spread = np.asarray(start, dtype=np.float64), np.asarray(covariance, dtype=np.float64)
    points: list[Floats] = []
    values: list[float] = []
    proposals = []
    drawn = WeightedDraws(np.empty((0, len(mean))), np.empty(0), 0.0, np.inf)
    for done in range(1, 2 * rounds + 1):
        if done > rounds and drawn.effective >= enough:
            break
        shape = spread * (WIDER * (FREEDOM - 2.0) / FREEDOM)
        proposals.append(multivariate_t(mean, shape, df=FREEDOM, seed=random, allow_singular=True))
        fresh = np.reshape(proposals[-1].rvs(count), (count, len(start)))
        points.append(fresh)
        values += [log_density(point) for point in fresh]
        every = np.concatenate(points)
        proposed = np.logaddexp.reduce([p.logpdf(every) for p in proposals], axis=0) - np.log(len(proposals))
        drawn = _weighed(every, np.array(values), proposed)
        mean, spread = drawn.mean(), drawn.covariance()
        if drawn.effective < LEAST_EFFECTIVE:
            spread = 0.5 * (spread + covariance)
        if progress:
            progress(done, max(done, rounds))
    if drawn.tail_index > MOST_TAIL or drawn.effective < LEAST_EFFECTIVE:
        msg = (
            f"{len(drawn.points):,} points do not represent this posterior: they are worth {drawn.effective:.0f} "
            f"independent ones (at least {LEAST_EFFECTIVE:.0f} are asked for), and the tail index of their weights is "
            f"{drawn.tail_index:.2f} (at most {MOST_TAIL}). Draw more points or rounds."
        )
        raise EstimationError(msg)
    return drawn


def _weighed(points: Floats, values: Floats, proposed: Floats) -> WeightedDraws:
    logs = values - proposed
    inside = np.isfinite(logs)
    if inside.sum() < 10 * points.shape[1]:
        msg = f"only {int(inside.sum())} of {len(points):,} points lie where the posterior is above zero"
        raise EstimationError(msg)
    weights = np.where(inside, np.exp(logs - logs[inside].max()), 0.0)
    weights /= weights.sum()
    return WeightedDraws(points, weights, float(1.0 / (weights**2).sum()), tail_index(logs[inside]))


def tail_index(log_weights: Floats) -> float:
    """Shape of the generalised Pareto distribution fitted to the largest weights, [n] (Pareto k).

    The largest are a fifth of them, at most three times the root of their number.
    """
    from scipy.stats import genpareto

    largest = np.sort(log_weights)[::-1]
    count = int(min(len(largest) // 5, 3.0 * np.sqrt(len(largest))))
    excess = np.expm1(np.minimum(largest[:count] - largest[count], 300.0))
    return float(genpareto.fit(excess, floc=0.0)[0])
