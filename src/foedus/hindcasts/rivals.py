"""Forecasters of onset beside the model's equations: rates, the pair's own past, logits, boosted trees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from foedus.calibration.pairs.dyads import DyadYears
from foedus.estimators.specifications import ONSET
from foedus.hindcasts import baselines
from foedus.hindcasts.boosted import boosted
from foedus.hindcasts.plain import Floats, Integers, class_rates, lately, own_history

Forecaster = Callable[[DyadYears, Integers, Integers], Floats]
"""Takes pair-years and the numbers of past and test rows; returns the chance of a dispute in the test rows, [m]."""

CLASS, OWN = "class base rate", "own last ten years"
BOOSTED, BOOSTED_ALL = "boosted trees, F4's columns", "boosted trees, all columns"


def _logit(model: str, pairs: DyadYears, past: Integers, rows: Integers) -> Floats:
    frame = pairs.frame
    return baselines.chance(frame[rows], model, baselines.fit(frame[past], model))


def columns(pairs: DyadYears, name: str) -> Floats:
    """Return what boosted trees are given, [n, k]: F4's columns, or also claims, regimes, nearest points, own past."""
    held = pairs.frame.select(ONSET["F4"]).to_numpy().astype(np.float64)
    if name == BOOSTED:
        return held
    return np.column_stack([held, pairs.claim, pairs.democracy, pairs.log_nearest, lately(pairs.history)[0]])


def _trees(name: str, pairs: DyadYears, past: Integers, rows: Integers) -> Floats:
    return boosted(columns(pairs, name), pairs.onset, pairs.year, past, rows)[0]


LOGITS: Mapping[str, Forecaster] = {model: partial(_logit, model) for model in ONSET}
TREES: Mapping[str, Forecaster] = {name: partial(_trees, name) for name in (BOOSTED, BOOSTED_ALL)}
RIVALS: Mapping[str, Forecaster] = {CLASS: class_rates, OWN: own_history, **LOGITS, **TREES}
"""Every forecaster by name, in the order shown; all are fitted on past rows alone."""
