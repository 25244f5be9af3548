"""Scoring rules for forecasts of events and of quantities: small pure functions on arrays.

`event` is 0 or 1, `chance` the forecast probability, both [n]. All raise ValueError when lengths differ or a
score is undefined (no events, or nothing else). Sources: Brier (1950); Cox (1958); Davis and Goadrich (2006);
Gneiting and Raftery (2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.estimators.binary import Logit

Floats = NDArray[np.float64]
TINY = 1e-12


def auc(event: ArrayLike, chance: ArrayLike) -> float:
    """Chance that a random event was given more than a random non-event; ties count half."""
    from scipy.stats import rankdata

    y, p = _pair(event, chance, mixed=True)
    positive = int(y.sum())
    ranks = rankdata(p)
    return float((ranks[y == 1].sum() - positive * (positive + 1) / 2) / (positive * (len(y) - positive)))


def aupr(event: ArrayLike, chance: ArrayLike) -> float:
    """Area under precision over recall by steps (average precision); ties are taken together."""
    y, p = _pair(event, chance, mixed=True)
    order = np.argsort(-p, kind="stable")
    y, p = y[order], p[order]
    last = np.append(np.flatnonzero(np.diff(p)), len(p) - 1)
    hits = np.cumsum(y)[last]
    precision, recall = hits / (last + 1), hits / hits[-1]
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def brier(event: ArrayLike, chance: ArrayLike) -> float:
    """Mean squared error of the forecast probability; 0 is perfect."""
    y, p = _pair(event, chance)
    return float(np.mean((p - y) ** 2))


def brier_skill(event: ArrayLike, chance: ArrayLike, reference: float | None = None) -> float:
    """One less the ratio of Brier scores to a constant forecast: the observed rate unless given."""
    y, _ = _pair(event, chance, mixed=reference is None)
    constant = np.full(len(y), y.mean() if reference is None else reference)
    return 1.0 - brier(event, chance) / brier(y, constant)


def log_loss(event: ArrayLike, chance: ArrayLike) -> float:
    """Mean negative log of the probability given to what happened, natural logs."""
    y, p = _pair(event, chance)
    p = np.clip(p, TINY, 1 - TINY)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log1p(-p)))


def log_loss_reduction(event: ArrayLike, chance: ArrayLike, reference: float | None = None) -> float:
    """Proportional reduction of log loss against a constant forecast; the observed rate unless given."""
    y, _ = _pair(event, chance, mixed=reference is None)
    constant = np.full(len(y), y.mean() if reference is None else reference)
    return 1.0 - log_loss(event, chance) / log_loss(y, constant)


def calibration_slope(event: ArrayLike, chance: ArrayLike) -> tuple[float, float]:
    """Intercept and slope of a logit of the event on the forecast's log odds; 0 and 1 are perfect."""
    y, p = _pair(event, chance, mixed=True)
    p = np.clip(p, TINY, 1 - TINY)
    design = np.column_stack([np.ones(len(p)), np.log(p / (1 - p))])
    if np.ptp(design[:, 1]) == 0:
        msg = "a constant forecast has no calibration slope"
        raise ValueError(msg)
    intercept, slope = Logit(y, design).climb().coefficients[0]
    return float(intercept), float(slope)


def crps(draws: ArrayLike, observed: ArrayLike) -> Floats:
    """Continuous ranked probability score of an ensemble, in the units of what is forecast; 0 is perfect.

    draws      [..., m] members of the ensemble on the last axis
    observed   [...] what came
    Returns [...]: mean |x - y| less half the mean |x - x'|.
    """
    x = np.sort(np.asarray(draws, dtype=float), axis=-1)
    y = np.asarray(observed, dtype=float)
    if x.shape[:-1] != y.shape or x.shape[-1] == 0:
        msg = f"draws have shape {x.shape}, observed {y.shape}; draws need one more axis, the ensemble, last"
        raise ValueError(msg)
    m = x.shape[-1]
    spread = np.sum(x * (2 * np.arange(1, m + 1) - m - 1), axis=-1) / m**2
    score: Floats = np.mean(np.abs(x - y[..., None]), axis=-1) - spread
    return score


@dataclass(frozen=True)
class Reliability:
    """Forecasts against what came, in bins of about equal count; arrays are [bins]."""

    forecast: Floats
    observed: Floats
    count: NDArray[np.int64]


def reliability(event: ArrayLike, chance: ArrayLike, bins: int = 10) -> Reliability:
    """Return mean forecast and observed rate by quantile bins; equal forecasts share a bin."""
    y, p = _pair(event, chance)
    edges = np.unique(np.quantile(p, np.linspace(0, 1, bins + 1)[1:-1]))
    which = np.searchsorted(edges, p, side="right")
    count = np.bincount(which, minlength=len(edges) + 1)
    kept = count > 0
    total = [np.bincount(which, weights=w, minlength=len(edges) + 1)[kept] / count[kept] for w in (p, y)]
    return Reliability(total[0], total[1], count[kept])


def _pair(event: ArrayLike, chance: ArrayLike, *, mixed: bool = False) -> tuple[Floats, Floats]:
    y, p = np.asarray(event, dtype=float), np.asarray(chance, dtype=float)
    if y.shape != p.shape or y.ndim != 1 or not len(y):
        msg = f"event has shape {y.shape}, chance {p.shape}; both must be [n] of the same length"
        raise ValueError(msg)
    if not np.isin(y, (0.0, 1.0)).all() or not ((p >= 0) & (p <= 1)).all():
        msg = "event must be 0 or 1 and chance between 0 and 1, without missing values"
        raise ValueError(msg)
    if mixed and y.min() == y.max():
        msg = "the score needs at least one event and one non-event"
        raise ValueError(msg)
    return y, p
