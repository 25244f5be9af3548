"""Simulated worlds with known coefficients, and how often an estimator's intervals hold them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import stats

from foedus.estimators import Fit, firth_logit, logit, ordered_logit, partial_adjustment, ridge_logit

Floats = NDArray[np.float64]
Draw = Callable[[np.random.Generator], tuple[Fit, dict[str, float]]]


def coverage(draw: Draw, draws: int, seed: int = 1) -> dict[str, float]:
    """Share of draws in which each coefficient's interval holds the truth."""
    held: dict[str, list[bool]] = {}
    for child in np.random.SeedSequence(seed).spawn(draws):
        fit, truth = draw(np.random.default_rng(child))
        for name, value in truth.items():
            held.setdefault(name, []).append(fit[name].low <= value <= fit[name].high)
    return {name: float(np.mean(found)) for name, found in held.items()}


def shared_noise(random: np.random.Generator, parts: list[Floats], shared: float) -> Floats:
    """Logistic noise, exactly logistic for each row, whose rows share normal parts: a Gaussian copula.

    shared  share of its variance that each of the parts, of variance one, makes up
    """
    own = np.sqrt(1 - shared * len(parts)) * random.normal(size=len(parts[0]))
    return stats.logistic.ppf(stats.norm.cdf(np.sqrt(shared) * np.sum(parts, axis=0) + own))


def common_events(random: np.random.Generator) -> tuple[Fit, dict[str, float]]:
    """300 dyads of 10 years whose luck and circumstances last; errors by dyad."""
    dyad = np.repeat(np.arange(300), 10)
    x = 0.7 * random.normal(size=300)[dyad] + 0.7 * random.normal(size=3000)
    luck = shared_noise(random, [random.normal(size=300)[dyad]], 0.5)
    frame = pl.DataFrame({"event": (-1.0 + 0.6 * x + luck > 0).astype(int), "x": x, "dyad": dyad})
    return logit(frame, "event", ["x"], ["dyad"]), {"constant": -1.0, "x": 0.6}


def events_of_pairs(random: np.random.Generator) -> tuple[Fit, dict[str, float]]:
    """All pairs of 80 states, whose luck and circumstances hang on the states; errors by shared state."""
    one, two = np.triu_indices(80, 1)
    own, fortune = random.normal(size=80), random.normal(size=80)
    x = own[one] + own[two]
    luck = shared_noise(random, [fortune[one], fortune[two]], 0.1)
    frame = pl.DataFrame({"event": (-1.0 + 0.5 * x + luck > 0).astype(int), "x": x, "a": one, "b": two})
    return logit(frame, "event", ["x"], ["a", "b"]), {"x": 0.5}


def rare_events(random: np.random.Generator) -> tuple[Fit, dict[str, float]]:
    """About 12 events in 600 rows, one predictor of them present in a tenth of the rows."""
    x, z = random.normal(size=600), (random.random(600) < 0.1).astype(float)
    event = (-4.5 + 0.7 * x + 1.0 * z + random.logistic(size=600) > 0).astype(int)
    event[0] = 1 if not event.any() else event[0]
    frame = pl.DataFrame({"event": event, "x": x, "z": z})
    return firth_logit(frame, "event", ["x", "z"]), {"x": 0.7, "z": 1.0}


def from_the_prior(random: np.random.Generator) -> tuple[Fit, dict[str, float]]:
    """About 20 events in 2,000 rows, coefficients drawn from the prior of the ridge."""
    x = random.normal(size=(2000, 3))
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    true = random.normal(size=3)
    event = (-5.0 + x @ true + random.logistic(size=2000) > 0).astype(int)
    event[0] = 1 if not event.any() else event[0]
    frame = pl.DataFrame({"event": event, "p": x[:, 0], "q": x[:, 1], "r": x[:, 2]})
    return ridge_logit(frame, "event", ["p", "q", "r"]), dict(zip("pqr", true.tolist(), strict=True))


def ranked_outcomes(random: np.random.Generator) -> tuple[Fit, dict[str, float]]:
    """Lost, drawn, won in 800 disputes of 200 dyads whose luck lasts; errors by dyad."""
    dyad = np.repeat(np.arange(200), 4)
    x = 0.7 * random.normal(size=200)[dyad] + 0.7 * random.normal(size=800)
    latent = 0.8 * x + shared_noise(random, [random.normal(size=200)[dyad]], 0.5)
    frame = pl.DataFrame({"outcome": np.digitize(latent, [-2.0, 2.0]), "x": x, "dyad": dyad})
    return ordered_logit(frame, "outcome", ["x"], ["dyad"]), {"x": 0.8, "cutpoint 1": -2.0, "cutpoint 2": 2.0}


def spending_paths(random: np.random.Generator, bias: str = "half-panel") -> tuple[Fit, dict[str, float]]:
    """100 states and 50 years, lag .8, rivals' spending .04, effects of state and year."""
    states, years, burn = 100, 50, 50
    level, shock = random.normal(size=states), 0.1 * random.normal(size=years + burn)
    rivals = np.cumsum(0.2 * random.normal(size=(states, years + burn)), axis=1)
    path = np.empty((states, years + burn))
    path[:, 0] = level / 0.2
    for t in range(1, years + burn):
        luck = 0.25 * random.normal(size=states)
        path[:, t] = 0.8 * path[:, t - 1] + 0.04 * rivals[:, t] + level + shock[t] + luck
    kept = slice(burn, None)
    frame = pl.DataFrame(
        {
            "ccode": np.repeat(np.arange(states), years),
            "year": np.tile(np.arange(years), states),
            "spending": path[:, kept].ravel(),
            "before": path[:, burn - 1 : -1].ravel(),
            "rivals": rivals[:, kept].ravel(),
        }
    )
    return partial_adjustment(frame, "spending", "before", ["rivals"], bias=bias), {"before": 0.8, "rivals": 0.04}
