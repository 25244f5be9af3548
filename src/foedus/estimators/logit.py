"""Logits for events common and rare: maximum likelihood, Firth's bias reduction, and ridge."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from foedus.errors import EstimationError
from foedus.estimators.design import Design, design, event_design
from foedus.estimators.fit import CONSTANT, Fit, Floats, Term, freedom, sandwich, wald


def logit(
    frame: pl.DataFrame, outcome: str, predictors: Sequence[str], clusters: Sequence[str] = (), level: float = 0.95
) -> Fit:
    """Fit a logit by maximum likelihood.

    frame       one row an observation, without missing values in the columns named
    outcome     column of 0 and 1
    predictors  columns; a constant is added
    clusters    see `design`
    level       share of intervals that should cover, 0-1

    Raises EstimationError when the data cannot be fitted or the likelihood has no maximum (separation).
    """
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.tools.sm_exceptions import PerfectSeparationError

    made = event_design(frame, outcome, predictors, clusters)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = Logit(made.outcome, made.matrix).fit(disp=0, method="newton", maxiter=100)
    except (PerfectSeparationError, np.linalg.LinAlgError, Warning) as error:
        msg = f"the logit of {outcome} has no maximum ({error}). Rare or separated events need firth_logit."
        raise EstimationError(msg) from error
    values = np.asarray(result.params, dtype=np.float64)
    chance = _chance(made.matrix @ values)
    scores = made.matrix * (made.outcome - chance)[:, None]
    return _wald_fit("logit, maximum likelihood", made, values, _bread(made.matrix, chance), scores, level)


def offset_logit(
    frame: pl.DataFrame, outcome: str, offset: str, clusters: Sequence[str] = (), level: float = 0.95
) -> Fit:
    """Fit only the constant of a logit whose other weights are given, by maximum likelihood.

    offset   column: the log-odds that the given weights make
    Other arguments and errors as `logit`.
    """
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    made = event_design(frame, outcome, [], clusters)
    given = design(frame, outcome, [offset], constant=False, independent=False).matrix[:, 0]
    values = np.asarray(GLM(made.outcome, made.matrix, family=Binomial(), offset=given).fit(tol=1e-12).params)
    chance = _chance(given + values[0])
    scores = made.matrix * (made.outcome - chance)[:, None]
    fit = _wald_fit(
        "logit, the constant beside given weights", made, values, _bread(made.matrix, chance), scores, level
    )
    reached = float(np.sum(made.outcome * np.log(chance) + (1 - made.outcome) * np.log1p(-chance)))
    return replace(fit, log_likelihood=reached)


def firth_logit(
    frame: pl.DataFrame, outcome: str, predictors: Sequence[str], clusters: Sequence[str] = (), level: float = 0.95
) -> Fit:
    """Fit a logit with Firth's penalty: first-order bias removed, finite under separation.

    Without clusters, intervals and p come from the profile of the penalised likelihood; with them, from the
    clustered errors. Where a group of rows has no event at all, use no clusters: scores of rows without variation
    make clustered errors too small. frame, outcome, predictors, clusters, level and errors are those of `logit`.
    Sources: Firth (1993); Heinze and Schemper (2002).
    """
    from firthmodels import FirthLogisticRegression

    made = event_design(frame, outcome, predictors, clusters)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # The library's own constant stands last; ours is a column of the design.
            model = FirthLogisticRegression(fit_intercept=False, max_iter=200, gtol=1e-6, xtol=1e-6).fit(
                made.matrix, made.outcome
            )
            profile = None
            if not made.labels:
                ends = np.asarray(model.conf_int(alpha=1 - level, method="pl"), dtype=np.float64)
                profile = np.column_stack([ends, np.asarray(model.lrt().lrt_pvalues_, dtype=np.float64)])
    except (np.linalg.LinAlgError, Warning) as error:
        msg = f"the penalised logit of {outcome} did not settle ({error})"
        raise EstimationError(msg) from error
    values = np.asarray(model.coef_, dtype=np.float64)
    chance = _chance(made.matrix @ values)
    bread = _bread(made.matrix, chance)
    weight = chance * (1 - chance)
    leverage = weight * ((made.matrix @ bread) * made.matrix).sum(axis=1)
    scores = made.matrix * (made.outcome - chance + leverage * (0.5 - chance))[:, None]
    name = "logit with Firth's penalty"
    fit = _wald_fit(name, made, values, bread, scores, level)
    if profile is None:
        return fit
    terms = tuple(
        Term(t.name, t.value, t.error, float(low), float(high), float(p))
        for t, (low, high, p) in zip(fit.terms, profile, strict=True)
    )
    return replace(fit, terms=terms, errors="model; intervals by profile")


def ridge_logit(
    frame: pl.DataFrame,
    outcome: str,
    predictors: Sequence[str],
    clusters: Sequence[str] = (),
    *,
    spread: float = 1.0,
    level: float = 0.95,
) -> Fit:
    """Fit a logit that draws each coefficient towards zero, for events so rare that the data alone say little.

    spread  standard deviation of the prior on the coefficient of a predictor whose own standard deviation is one
            (predictors are scaled inside, results are in their own units); the constant is left free

    It is the mode of a logit with independent normal priors (Gelman et al. 2008 argue for such); intervals are
    those of the posterior at its mode, so they cover on average over coefficients drawn from the prior, not for
    each. With clusters they rest on clustered scores instead. frame, outcome, predictors, clusters, level and
    errors are those of `logit`.
    """
    if spread <= 0:
        msg = f"spread is {spread:g}; it must be above zero"
        raise EstimationError(msg)
    made = event_design(frame, outcome, predictors, clusters)
    free = np.array([n == CONSTANT for n in made.names])
    size = np.where(free, 1.0, made.matrix.std(axis=0))
    penalty = np.diag(np.where(free, 0.0, (size / spread) ** 2))
    values = _newton(made, penalty, outcome)
    chance = _chance(made.matrix @ values)
    information = made.matrix.T @ (made.matrix * (chance * (1 - chance))[:, None])
    bread = np.linalg.inv(information + penalty)
    scores = made.matrix * (made.outcome - chance)[:, None]
    return _wald_fit(f"logit with ridge, prior spread {spread:g}", made, values, bread, scores, level)


def _newton(made: Design, penalty: Floats, outcome: str) -> Floats:
    """Mode of the penalised likelihood by Newton steps, halved while they overshoot."""
    rate = made.outcome.mean()
    beta = np.zeros(made.matrix.shape[1])
    beta[0] = np.log(rate / (1 - rate))

    def objective(b: Floats) -> float:
        return _log_likelihood(made, b) - 0.5 * float(b @ penalty @ b)

    best = objective(beta)
    for _ in range(200):
        chance = _chance(made.matrix @ beta)
        slope = made.matrix.T @ (made.outcome - chance) - penalty @ beta
        curve = made.matrix.T @ (made.matrix * (chance * (1 - chance))[:, None]) + penalty
        step = np.linalg.solve(curve, slope)
        share = 1.0
        while objective(beta + share * step) < best - 1e-12 and share > 1e-6:
            share /= 2
        beta = beta + share * step
        best = objective(beta)
        if np.max(np.abs(share * step)) < 1e-10:
            return beta
    msg = f"the ridge logit of {outcome} did not settle in 200 steps"
    raise EstimationError(msg)


def _wald_fit(model: str, made: Design, values: Floats, bread: Floats, scores: Floats, level: float) -> Fit:
    covariance, clusters = sandwich(bread, scores, made.labels) if made.labels else (bread, None)
    errors = np.sqrt(np.diag(covariance))
    degrees = freedom(clusters)
    rate = made.outcome.mean()
    null = len(made.outcome) * (rate * np.log(rate) + (1 - rate) * np.log(1 - rate))
    return Fit(
        model=model,
        terms=tuple(
            wald(n, float(v), float(e), level, degrees) for n, v, e in zip(made.names, values, errors, strict=True)
        ),
        covariance=covariance,
        rows=len(made.outcome),
        events=int(made.outcome.sum()),
        errors=made.errors,
        clusters=clusters,
        log_likelihood=_log_likelihood(made, values),
        null_log_likelihood=float(null),
        level=level,
    )


def _chance(linear: Floats) -> Floats:
    result: Floats = 1.0 / (1.0 + np.exp(-np.clip(linear, -700, 700)))
    return result


def _bread(matrix: Floats, chance: Floats) -> Floats:
    return np.asarray(np.linalg.inv(matrix.T @ (matrix * (chance * (1 - chance))[:, None])), dtype=np.float64)


def _log_likelihood(made: Design, values: Floats) -> float:
    linear = made.matrix @ values
    return float(np.sum(made.outcome * linear - np.logaddexp(0.0, linear)))
