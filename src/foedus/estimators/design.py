"""From a frame to arrays: checks that every estimator makes before it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import EstimationError, UnknownName
from foedus.estimators.fit import CONSTANT, Floats


@dataclass(frozen=True, eq=False)
class Design:
    """Outcome [n], predictors [n, k] with names, and the labels of clusters."""

    outcome: Floats
    matrix: Floats
    names: tuple[str, ...]
    labels: tuple[NDArray[np.int64], ...]
    errors: str


def design(
    frame: pl.DataFrame,
    outcome: str,
    predictors: Sequence[str],
    clusters: Sequence[str] = (),
    *,
    constant: bool = True,
    independent: bool = True,
) -> Design:
    """Take columns out of a frame and check that they can be fitted.

    clusters     no column: errors of the model. One: by its groups. Two, the states of a pair: by shared state.
    constant     put a column of ones first
    independent  refuse a predictor that the others determine

    Raises UnknownName for a column that does not exist; EstimationError for a predictor named twice or that is the
    outcome, for text, missing or infinite values, too few rows, or a predictor that the others determine.
    """
    wanted = [outcome, *predictors, *clusters]
    for name in wanted:
        if name not in frame.columns:
            raise UnknownName("column", name, frame.columns)
    _check_columns(frame, outcome, predictors)
    if len(clusters) > 2:
        msg = f"clusters names {len(clusters)} columns; give none, one, or the two states of a pair"
        raise EstimationError(msg)
    y = frame[outcome].cast(pl.Float64).to_numpy()
    x = frame.select(pl.col(list(predictors)).cast(pl.Float64)).to_numpy() if predictors else np.empty((len(y), 0))
    names = ((CONSTANT,) if constant else ()) + tuple(predictors)
    if constant:
        x = np.column_stack([np.ones(len(y)), x])
    for name, column in ((outcome, y), *zip(names, x.T, strict=True)):
        if not np.isfinite(column).all():
            row = int(np.argmin(np.isfinite(column)))
            msg = f"{name} is missing or infinite in row {row} of {len(y)}. Drop such rows first, with drop_nulls()."
            raise EstimationError(msg)
    if len(y) <= x.shape[1]:
        msg = f"{len(y)} rows cannot carry {x.shape[1]} coefficients"
        raise EstimationError(msg)
    if independent:
        _independent(x, names)
    _check_clusters(frame, clusters)
    labels = tuple(np.unique(frame[c].to_numpy(), return_inverse=True)[1].astype(np.int64) for c in clusters)
    if len(clusters) == 2:
        _, coded = np.unique(np.concatenate([frame[c].to_numpy() for c in clusters]), return_inverse=True)
        labels = (coded[: len(y)].astype(np.int64), coded[len(y) :].astype(np.int64))
    errors = "model" if not clusters else f"by {clusters[0]}" if len(clusters) == 1 else "by shared state"
    return Design(y, x, names, labels, errors)


def _check_columns(frame: pl.DataFrame, outcome: str, predictors: Sequence[str]) -> None:
    for k, name in enumerate(predictors):
        if name == outcome:
            msg = f"{name} is the outcome and a predictor; leave it out of the predictors"
            raise EstimationError(msg)
        if name in predictors[:k]:
            msg = f"predictors name {name} twice; leave one out"
            raise EstimationError(msg)
    for name in (outcome, *predictors):
        dtype = frame.schema[name]
        if not (dtype.is_numeric() or dtype in (pl.Boolean, pl.Null)):
            msg = (
                f"{name} holds {dtype}, such as {frame[name].drop_nulls().head(1).to_list()}; it must hold numbers. "
                "Make a column of 0 and 1 for each of its values but one: frame.to_dummies(..., drop_first=True)."
            )
            raise EstimationError(msg)


def _check_clusters(frame: pl.DataFrame, clusters: Sequence[str]) -> None:
    """Raise for rows without a cluster, which would be one of their own together."""
    for name in clusters:
        if gaps := frame[name].null_count():
            msg = (
                f"{name} is missing in {gaps} of {frame.height} rows; every row needs a cluster. Drop such rows first."
            )
            raise EstimationError(msg)


def event_design(frame: pl.DataFrame, outcome: str, predictors: Sequence[str], clusters: Sequence[str] = ()) -> Design:
    """As `design`, for an outcome that is 0 or 1 and has both."""
    made = design(frame, outcome, predictors, clusters)
    values = np.unique(made.outcome)
    if not np.isin(values, (0.0, 1.0)).all():
        msg = f"{outcome} holds {values[~np.isin(values, (0.0, 1.0))][0]:g}; an event is 0 or 1"
        raise EstimationError(msg)
    if len(values) < 2:
        msg = f"{outcome} is {values[0]:g} in all {len(made.outcome)} rows; there is nothing to tell apart"
        raise EstimationError(msg)
    return made


def _independent(x: Floats, names: Sequence[str]) -> None:
    """Raise naming the first column that those before it determine."""
    scale = np.sqrt((x**2).sum(axis=0))
    scaled = x / np.where(scale > 0, scale, 1.0)
    diagonal = np.abs(np.diag(np.linalg.qr(scaled, mode="r")))
    for name, rest in zip(names, diagonal, strict=True):
        if rest < 1e-9:
            msg = f"{name} is fixed by the columns before it ({', '.join(names)}); leave one out"
            raise EstimationError(msg)
