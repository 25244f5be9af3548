"""Hostility from who clashes again: rivalry, peace-years, distance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from foedus.calibration.declare import DeclaredEstimate
from foedus.calibration.evidence import Evidence
from foedus.calibration.measure import Measured, of_term
from foedus.estimators import logit
from foedus.estimators.covariance import sandwich
from foedus.estimators.fit import wald
from foedus.estimators.specifications import ONSET


def _onset(model: tuple[str, ...], term: str) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        fit = logit(evidence.onsets, "onset", model, ["dyad"])
        return of_term(fit[term], fit)

    return measure


def _hostility_decay(evidence: Evidence) -> Measured:
    """Fit memory (1 - decay)^years beside F2's predictors, all by maximum likelihood; errors by dyad."""
    from scipy.optimize import minimize_scalar

    pairs = evidence.onsets
    years = pairs["peace_years"].to_numpy()

    def with_memory(decay: float) -> pl.DataFrame:
        return pairs.with_columns(memory=pl.Series((1 - decay) ** years))

    predictors = (*ONSET["F2"], "memory")
    found = minimize_scalar(
        lambda decay: -logit(with_memory(decay), "onset", predictors).log_likelihood,
        bounds=(0.01, 0.5),
        method="bounded",
        options={"xatol": 1e-3},
    )
    decay = float(found.x)
    frame = with_memory(decay)
    fit = logit(frame, "onset", predictors)
    chance = fit.chance(frame)
    slope = -fit["memory"].value * years * (1 - decay) ** (years - 1)
    design = np.column_stack([np.ones(len(years)), frame.select(predictors).to_numpy(), slope]).astype(np.float64)
    information = np.asarray(design.T @ (design * (chance * (1 - chance))[:, None]))
    scores = design * (frame["onset"].to_numpy() - chance)[:, None]
    covariance = sandwich(-information, scores, frame["dyad"].to_numpy())
    term = wald("decay", decay, float(np.sqrt(covariance[-1, -1])), 0.95, frame["dyad"].n_unique() - 1)
    return of_term(term, fit, "errors by dyad")


_ABOUT = "logit of GML onset, relevant pairs 1950-2010"
ESTIMATES = (
    DeclaredEstimate(
        "hostility decay",
        f"{_ABOUT}: yearly fading of a memory (1 - decay)^peace-years beside F1 and rivalry",
        _hostility_decay,
        "hostility_decay",
    ),
    DeclaredEstimate(
        "rivalry, net of peace-years",
        f"{_ABOUT}: log-odds of rivalry in F4",
        _onset(ONSET["F4"], "rivalry"),
        "3.13 row 3",
        "figure",
        1.363,
    ),
    DeclaredEstimate(
        "rivalry, raw",
        f"{_ABOUT}: log-odds of rivalry alone",
        _onset(("rivalry",), "rivalry"),
        "3.13 row 3",
        "figure",
        3.06,
    ),
    DeclaredEstimate(
        "peace-years",
        f"{_ABOUT}: log-odds a year, first of three powers in F4",
        _onset(ONSET["F4"], "peace_years"),
        "3.13 row 43",
        "figure",
        -0.130,
    ),
    DeclaredEstimate(
        "distance",
        f"{_ABOUT}: log-odds per ln km between capitals in F4",
        _onset(ONSET["F4"], "log_distance"),
        "3.13 row 6",
        "figure",
        -0.135,
    ),
)
