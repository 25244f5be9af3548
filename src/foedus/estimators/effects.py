"""What a logit says in chances: average effects of its predictors, and average chances at values one chooses.

Averages are over the rows given, at their own values (Hanmer and Kalkan 2013); intervals by the delta method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import polars as pl
from scipy.special import expit, logit

from foedus.errors import EstimationError, InputError, UnknownName
from foedus.estimators.fit import CONSTANT, Fit, Floats, freedom, wald


def average_effects(fit: Fit, frame: pl.DataFrame, names: Sequence[str] | None = None) -> pl.DataFrame:
    """Return by how much each predictor moves the chance of the event, on average over rows.

    fit     a logit
    frame   rows with its predictors, such as those it was fitted on
    names   predictors; all, when None

    For a predictor of 0 and 1 the effect is the chance at 1 less that at 0; for others the slope, per unit. A power or
    product of another predictor counts as a predictor of its own. Columns: term, value, error, low, high, p.
    """
    matrix, terms = _matrix(fit, frame)
    rows = []
    for name in names or [term for term in terms if term != CONSTANT]:
        if name not in terms or name == CONSTANT:
            raise UnknownName("predictor", name, [t for t in terms if t != CONSTANT])
        k = terms.index(name)
        if np.isin(matrix[:, k], (0.0, 1.0)).all():
            ends = [_chances(fit, _with(matrix, k, value)) for value in (1.0, 0.0)]
            value = float(ends[0][0].mean() - ends[1][0].mean())
            slope = ends[0][1] - ends[1][1]
        else:
            chance, _ = _chances(fit, matrix)
            bend = chance * (1.0 - chance)
            value = float(bend.mean() * fit.values[k])
            slope = fit.values[k] * ((bend * (1.0 - 2.0 * chance))[:, None] * matrix).mean(axis=0)
            slope[k] += bend.mean()
        error = float(np.sqrt(slope @ fit.covariance @ slope))
        rows.append(wald(name, value, error, fit.level, freedom(fit.clusters)).__dict__)
    return pl.DataFrame([{("term" if key == "name" else key): value for key, value in row.items()} for row in rows])


def average_chances(fit: Fit, frame: pl.DataFrame, at: Mapping[str | tuple[str, ...], Sequence[Any]]) -> pl.DataFrame:
    """Return the average chance of the event over rows, were some predictors at given values in all of them.

    fit     a logit
    frame   rows with its predictors
    at      predictor to values; every combination is a row: {"land": [0, 1]}. Predictors made of one another go
            together under one key: {("t", "t2"): [(0, 0), (5, 25)]}

    Columns: the predictors of `at`, chance, low, high (on the scale of log-odds, so within 0 and 1).
    """
    matrix, terms = _matrix(fit, frame)
    groups = [((key,) if isinstance(key, str) else key, values) for key, values in at.items()]
    for names, _ in groups:
        for name in names:
            if name not in terms or name == CONSTANT:
                raise UnknownName("predictor", name, [t for t in terms if t != CONSTANT])
    rows = []
    for chosen in product(*(values for _, values in groups)):
        moved, shown = matrix, {}
        for (names, _), values in zip(groups, chosen, strict=True):
            each = tuple(values) if len(names) > 1 else (values,)
            if len(each) != len(names):
                msg = f"at gives {len(each)} values for {', '.join(names)}; it must give one for each"
                raise InputError(msg)
            for name, value in zip(names, each, strict=True):
                moved = _with(moved, terms.index(name), float(value))
                shown[name] = float(value)
        chance, slope = _chances(fit, moved)
        middle = float(chance.mean())
        error = float(np.sqrt(slope @ fit.covariance @ slope)) / (middle * (1.0 - middle))
        ends = wald("", float(logit(middle)), error, fit.level, freedom(fit.clusters))
        rows.append({**shown, "chance": middle, "low": float(expit(ends.low)), "high": float(expit(ends.high))})
    return pl.DataFrame(rows)


def _matrix(fit: Fit, frame: pl.DataFrame) -> tuple[Floats, list[str]]:
    """Return regressors [n, k] of the fit, a constant among them if it has one, and their names."""
    if not fit.model.startswith("logit"):
        msg = f"effects on chances are those of a logit; this fit is: {fit.model}"
        raise EstimationError(msg)
    terms = [term.name for term in fit.terms]
    for name in terms:
        if name != CONSTANT and name not in frame.columns:
            raise UnknownName("column", name, frame.columns)
    columns = [np.ones(frame.height) if n == CONSTANT else frame[n].cast(pl.Float64).to_numpy() for n in terms]
    matrix = np.column_stack(columns)
    if not np.isfinite(matrix).all():
        msg = "frame has missing values in the predictors. Drop such rows first, with drop_nulls()."
        raise EstimationError(msg)
    return matrix, terms


def _with(matrix: Floats, column: int, value: float) -> Floats:
    moved = matrix.copy()
    moved[:, column] = value
    return moved


def _chances(fit: Fit, matrix: Floats) -> tuple[Floats, Floats]:
    """Return chances [n], and the slope of their mean in the coefficients [k]."""
    chance: Floats = expit(matrix @ fit.values)
    return chance, ((chance * (1.0 - chance))[:, None] * matrix).mean(axis=0)
