"""Logits for events common and rare: maximum likelihood, Firth's bias reduction, and ridge."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from foedus.errors import EstimationError
from foedus.estimators.binary import Logit
from foedus.estimators.covariance import clustered, from_hessian
from foedus.estimators.design import Design, design, event_design
from foedus.estimators.fit import CONSTANT, Fit, Floats, Term, check_level, freedom, wald


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
    made = event_design(frame, outcome, predictors, clusters)
    likelihood = Logit(made.outcome, made.matrix)
    try:
        values = likelihood.fit(f"the logit of {outcome}")
    except EstimationError as error:
        msg = f"{error}. Rare or separated events need firth_logit."
        raise EstimationError(msg) from error
    return _wald_fit("logit, maximum likelihood", made, likelihood, values, level=level)


def offset_logit(
    frame: pl.DataFrame, outcome: str, offset: str, clusters: Sequence[str] = (), level: float = 0.95
) -> Fit:
    """Fit only the constant of a logit whose other weights are given, by maximum likelihood.

    offset   column: the log-odds that the given weights make
    Other arguments and errors as `logit`.
    """
    made = event_design(frame, outcome, [], clusters)
    given = design(frame, outcome, [offset], constant=False, independent=False).matrix[:, 0]
    likelihood = Logit(made.outcome, made.matrix, given)
    values = likelihood.fit(f"the logit of {outcome} beside {offset}")
    return _wald_fit("logit, the constant beside given weights", made, likelihood, values, level=level)


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

    check_level(level)
    made = event_design(frame, outcome, predictors, clusters)
    size = np.sqrt(np.mean(made.matrix**2, axis=0))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # The library's own constant is last; ours is a column of the design.
            model = FirthLogisticRegression(fit_intercept=False, max_iter=200, gtol=1e-6, xtol=1e-6).fit(
                made.matrix / size, made.outcome
            )
            profile = None
            if not made.labels:
                ends = np.asarray(model.conf_int(alpha=1 - level, method="pl"), dtype=np.float64)
                profile = np.column_stack(
                    [ends / size[:, None], np.asarray(model.lrt().lrt_pvalues_, dtype=np.float64)]
                )
    except (np.linalg.LinAlgError, Warning) as error:
        msg = f"the penalised logit of {outcome} did not settle ({error})"
        raise EstimationError(msg) from error
    values = (np.asarray(model.coef_) / size).astype(np.float64)
    likelihood = Logit(made.outcome, made.matrix)
    chance = likelihood.chance(values)
    straight, back = likelihood.levelled("the penalised logit")
    bread = from_hessian(straight.hessian(np.linalg.solve(back, values)))
    leverage = chance * (1 - chance) * ((straight.matrix @ bread) * straight.matrix).sum(axis=1)
    scores = made.matrix * (made.outcome - chance + leverage * (0.5 - chance))[:, None]
    fit = _wald_fit("logit with Firth's penalty", made, likelihood, values, scores, level=level)
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
    likelihood = Logit(made.outcome, made.matrix, penalty=penalty)
    values = likelihood.fit(f"the ridge logit of {outcome}")
    return _wald_fit(f"logit with ridge, prior spread {spread:g}", made, likelihood, values, level=level)


def _wald_fit(
    model: str, made: Design, likelihood: Logit, values: Floats, scores: Floats | None = None, *, level: float
) -> Fit:
    scores = likelihood.scores(values) if scores is None else scores
    if len(made.labels) == 2:
        # How a dyadic sum is made positive depends on the units of the regressors, so it is done in their own.
        covariance, clusters = clustered(likelihood.hessian(values), scores, made.labels)
    else:
        straight, back = likelihood.levelled(model)
        here: Floats = np.linalg.solve(back, values).astype(np.float64)
        covariance, clusters = clustered(straight.hessian(here), scores @ back, made.labels)
        covariance = back @ covariance @ back.T
    errors = np.sqrt(np.diag(covariance))
    degrees = freedom(clusters)
    rate = made.outcome.mean()
    null = len(made.outcome) * (rate * np.log(rate) + (1 - rate) * np.log(1 - rate))
    reached = replace(likelihood, penalty=None).value(values[None, :], None)[0]
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
        log_likelihood=float(reached),
        null_log_likelihood=float(null),
        level=level,
    )
