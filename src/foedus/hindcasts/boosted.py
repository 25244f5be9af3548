"""Gradient-boosted trees for onset, with settings chosen on training years alone."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.estimators import scores

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LEAVES, MOST_TREES = (4, 8, 16), 300
"""leaves of a tree, and up to how many trees: the settings tried"""
RATE, LEAST_ROWS = 0.05, 50
"""learning rate, and least rows a leaf: held"""
HELD_OUT = 10
"""years of a fold; the last two such folds of the training years choose the settings"""


@dataclass(frozen=True)
class BoostingSettings:
    """Settings of the trees: how many, and leaves of each."""

    trees: int
    leaves: int


def boosted(
    columns: Floats, event: Floats, year: Integers, past: Integers, rows: Integers
) -> tuple[Floats, BoostingSettings]:
    """Fit trees on past rows; return the chance they give some rows, [m], and the settings chosen.

    columns, event, year   predictors [n, k], 0 or 1 [n], and year [n] of every row

    Each setting is fitted on the training years before a fold and scored on the fold by log loss, for the last two
    folds of ten years; the best of all is then fitted on all training years. Test years enter nowhere. Raises
    InputError without scikit-learn, or when the training years are too few for a fold.
    """
    with _one_thread():
        chosen = choose(columns, event, year, past)
        model = _model(chosen).fit(columns[past], event[past])
        return np.asarray(model.predict_proba(columns[rows])[:, 1]), chosen


def _one_thread() -> AbstractContextManager[object]:
    """Threads that wait for each other on a busy machine cost many times what they save on these few rows."""
    try:
        from threadpoolctl import threadpool_limits
    except ModuleNotFoundError:
        return nullcontext()
    limited: AbstractContextManager[object] = threadpool_limits(1)
    return limited


def choose(columns: Floats, event: Floats, year: Integers, past: Integers) -> BoostingSettings:
    """Choose settings by log loss on the last folds of past rows; arguments and errors as `boosted`."""
    last = int(year[past].max())
    folds = []
    for end in (last - HELD_OUT, last):
        fold = past[(year[past] > end - HELD_OUT) & (year[past] <= end)]
        before = past[year[past] <= end - HELD_OUT]
        if not event[before].any() or not len(fold):
            msg = f"training years end in {last} and leave nothing to fit before {end - HELD_OUT + 1}"
            raise InputError(msg)
        folds.append((before, fold))
    found: list[tuple[float, BoostingSettings]] = []
    for leaves in LEAVES:
        loss = np.zeros(MOST_TREES)
        for before, fold in folds:
            model = _model(BoostingSettings(MOST_TREES, leaves)).fit(columns[before], event[before])
            staged = model.staged_predict_proba(columns[fold])
            loss += [len(fold) * scores.log_loss(event[fold], chance[:, 1]) for chance in staged]
        best = int(np.argmin(loss))
        found.append((float(loss[best]), BoostingSettings(best + 1, leaves)))
    return min(found, key=lambda pair: pair[0])[1]


def _model(chosen: BoostingSettings) -> Any:
    try:
        from sklearn.ensemble import HistGradientBoostingClassifier
    except ModuleNotFoundError:
        msg = 'boosted trees need scikit-learn: pip install "foedus[history]"'
        raise InputError(msg) from None
    return HistGradientBoostingClassifier(
        learning_rate=RATE,
        max_iter=chosen.trees,
        max_leaf_nodes=chosen.leaves,
        min_samples_leaf=LEAST_ROWS,
        early_stopping=False,
        random_state=1,
    )
