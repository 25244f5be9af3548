"""Baselines for the onset of militarised disputes: logits F0 to F4, fitted on one age, scored on the next.

Rows are those of `foedus.panels.samples.onset_frame`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.estimators import scores
from foedus.estimators.binary import Logit
from foedus.estimators.specifications import ONSET as MODELS

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class BaselineScore:
    """How one baseline does on the test years."""

    model: str
    rows: int
    onsets: int
    auc: float
    aupr: float
    brier: float
    skill: float
    log_loss_reduction: float
    slope: float


def fit(frame: pl.DataFrame, model: str) -> Floats:
    """Fit one baseline by maximum likelihood on all rows; return coefficients, the constant first.

    Raises EstimationError when the likelihood has no maximum.
    """
    likelihood = Logit(frame["onset"].to_numpy().astype(np.float64), _design(frame, model))
    return likelihood.fit(f"{model}: the logit of onset on {frame.height} rows")


def chance(frame: pl.DataFrame, model: str, coefficients: Floats) -> Floats:
    """Return the chance of onset that a fitted baseline gives each row."""
    result: Floats = 1 / (1 + np.exp(-(_design(frame, model) @ coefficients)))
    return result


def _design(frame: pl.DataFrame, model: str) -> Floats:
    if model not in MODELS:
        msg = f'model is "{model}"; it must be one of {", ".join(MODELS)}'
        raise InputError(msg)
    return np.column_stack([np.ones(frame.height), frame.select(MODELS[model]).to_numpy()]).astype(np.float64)


def score_baselines(
    frame: pl.DataFrame,
    train: tuple[int, int] = (1950, 1989),
    test: tuple[int, int] = (1990, 2010),
    models: Iterable[str] = tuple(MODELS),
) -> tuple[BaselineScore, ...]:
    """Fit baselines on the training years and score them on the test years.

    frame   from `onset_frame`
    models  names of MODELS

    Skill and log-loss reduction are against the rate observed in the test years.
    Raises InputError when training and test years overlap or one of them has no rows.
    """
    if train[1] >= test[0]:
        msg = f"training years {train[0]}-{train[1]} must end before test years {test[0]}-{test[1]} begin"
        raise InputError(msg)
    past, future = (frame.filter(pl.col("year").is_between(*years)) for years in (train, test))
    if not past.height or not future.height:
        msg = f"no rows in {train[0]}-{train[1]} or in {test[0]}-{test[1]}"
        raise InputError(msg)
    return tuple(_scored(model, future, chance(future, model, fit(past, model))) for model in models)


def _scored(model: str, future: pl.DataFrame, given: Floats) -> BaselineScore:
    event = future["onset"].to_numpy().astype(np.float64)
    return BaselineScore(
        model=model,
        rows=future.height,
        onsets=int(event.sum()),
        auc=scores.auc(event, given),
        aupr=scores.aupr(event, given),
        brier=scores.brier(event, given),
        skill=scores.brier_skill(event, given),
        log_loss_reduction=scores.log_loss_reduction(event, given),
        slope=scores.calibration_slope(event, given)[1],
    )
