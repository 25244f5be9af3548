"""Ordered logit, for outcomes that rank: lost, drawn, won."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import polars as pl

from foedus.errors import EstimationError
from foedus.estimators.covariance import clustered
from foedus.estimators.design import design
from foedus.estimators.fit import CONSTANT, Fit, Floats, freedom, wald


def ordered_logit(
    frame: pl.DataFrame, outcome: str, predictors: Sequence[str], clusters: Sequence[str] = (), level: float = 0.95
) -> Fit:
    """Fit an ordered logit by maximum likelihood.

    frame       one row an observation, without missing values in the columns named
    outcome     column of whole numbers 0 … m, every one of them present
    predictors  columns; no constant, the cutpoints take its place
    clusters    see `design`
    level       share of intervals that should cover, 0-1

    Terms are the predictors, then "cutpoint 1" … "cutpoint m". A positive coefficient moves to higher outcomes.
    Raises EstimationError when the data cannot be fitted or the likelihood does not settle.
    """
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    made = design(frame, outcome, predictors, clusters, constant=False)
    straight, back = _levelled(made.matrix)
    grades = np.unique(made.outcome)
    if len(grades) < 2 or not np.array_equal(grades, np.arange(len(grades))):
        msg = f"{outcome} holds {', '.join(f'{g:g}' for g in grades[:6])}; it must hold 0, 1 … without a gap"
        raise EstimationError(msg)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            model = OrderedModel(made.outcome.astype(np.int64), straight, distr="logit")
            result = model.fit(method="bfgs", disp=0, maxiter=500)
            hessian = np.asarray(model.hessian(result.params), dtype=np.float64)
    except (np.linalg.LinAlgError, ValueError, Warning) as error:
        msg = f"the ordered logit of {outcome} did not settle ({error})"
        raise EstimationError(msg) from error
    raw = np.asarray(result.params, dtype=np.float64)
    values, turn = _with_cutpoints(raw, len(made.names))
    own = np.eye(len(raw))
    own[: len(back), : len(back)] = back
    own[len(back) :, : len(back)] = made.matrix.mean(axis=0) @ back
    values, turn = own @ values, own @ turn
    if len(made.labels) == 2:
        # How a dyadic sum is made positive depends on the units of the regressors, so it is done in their own.
        home = np.linalg.inv(turn)
        covariance, groups = clustered(home.T @ hessian @ home, model.score_obs(raw) @ home, made.labels)
    else:
        covariance, groups = clustered(hessian, model.score_obs(raw), made.labels)
        covariance = turn @ covariance @ turn.T
    names = (*made.names, *(f"cutpoint {k}" for k in range(1, len(grades))))
    errors = np.sqrt(np.diag(covariance))
    return Fit(
        model="ordered logit, maximum likelihood",
        terms=tuple(
            wald(n, float(v), float(e), level, freedom(groups)) for n, v, e in zip(names, values, errors, strict=True)
        ),
        covariance=covariance,
        rows=len(made.outcome),
        events=None,
        errors=made.errors,
        clusters=groups,
        log_likelihood=float(result.llf),
        null_log_likelihood=_null(made.outcome),
        level=level,
    )


def chances(fit: Fit, frame: pl.DataFrame) -> Floats:
    """Return the chance of each outcome that a fitted ordered logit gives each row, [n, m + 1]."""
    cuts = np.array([t.value for t in fit.terms if t.name.startswith("cutpoint")])
    names = [t.name for t in fit.terms if not t.name.startswith("cutpoint") and t.name != CONSTANT]
    linear = frame.select(names).to_numpy().astype(np.float64) @ np.array([fit[n].value for n in names])
    below = 1.0 / (1.0 + np.exp(-(cuts[None, :] - linear[:, None])))
    edges = np.column_stack([np.zeros(len(linear)), below, np.ones(len(linear))])
    result: Floats = np.diff(edges, axis=1)
    return result


def held_out_reduction(
    frame: pl.DataFrame, outcome: str, predictors: Sequence[str], *, folds: int = 10, seed: int = 1
) -> float:
    """Return the proportional reduction in log-loss on rows left out of the fit, by `folds`-fold cross-validation.

    frame, outcome, predictors  as `ordered_logit`
    folds                       parts that rows are dealt into by chance
    seed                        of that chance

    The baseline is the outcome's frequencies in the same training rows (Carroll and Kenkel 2019).
    """
    fold = np.random.default_rng(seed).permutation(frame.height) % folds
    loss = null = 0.0
    for k in range(folds):
        train, test = frame.filter(fold != k), frame.filter(fold == k)
        y = test[outcome].to_numpy().astype(np.int64)
        given = chances(ordered_logit(train, outcome, predictors), test)
        counts = np.bincount(train[outcome].to_numpy().astype(np.int64), minlength=given.shape[1])
        loss -= float(np.log(given[np.arange(len(y)), y]).sum())
        null -= float(np.log((counts / counts.sum())[y]).sum())
    return 1.0 - loss / null


def _levelled(matrix: Floats) -> tuple[Floats, Floats]:
    """Return predictors about their means, at right angles and of unit size, and the way back for coefficients [k, k].

    Raw years, dollars and powers otherwise keep the library's search from settling.
    """
    if not matrix.shape[1]:
        return matrix, np.zeros((0, 0))
    centred = matrix - matrix.mean(axis=0)
    size = np.sqrt(np.mean(centred**2, axis=0))
    size = np.where(size > 0, size, 1.0)
    straight, root = np.linalg.qr(centred / size)
    unit = np.sqrt(len(matrix))
    back: Floats = np.linalg.solve(root, np.eye(len(root))) * unit / size[:, None]
    return straight * unit, back


def _with_cutpoints(raw: Floats, predictors: int) -> tuple[Floats, Floats]:
    """Turn the library's first cutpoint and log steps into cutpoints; return them and the Jacobian."""
    values, turn = raw.copy(), np.eye(len(raw))
    for k in range(predictors + 1, len(raw)):
        step = np.exp(raw[k])
        values[k] = values[k - 1] + step
        turn[k] = turn[k - 1]
        turn[k, k] = step
    return values, turn


def _null(outcome: Floats) -> float:
    counts = np.bincount(outcome.astype(np.int64))
    return float((counts * np.log(counts / counts.sum())).sum())
