"""Forecasts several hindcasts share, each fitted once a process: the structural equations and the onset logits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from foedus.hindcasts import baselines
from foedus.hindcasts.dyads import read_pairs
from foedus.hindcasts.likelihood import FittedParameters, fit
from foedus.hindcasts.registry import Years
from foedus.hindcasts.structure import FROM_DISPUTES, STRUCTURE, WITH_HOSTILITY, Free
from foedus.panels import DataFolder

Floats = NDArray[np.float64]
Memory = Literal["none", "disputes", "disputes and rivalry"]
FREE: Mapping[Memory, tuple[Free, ...]] = {
    "none": STRUCTURE,
    "disputes": FROM_DISPUTES,
    "disputes and rivalry": WITH_HOSTILITY,
}
"""What is fitted, by what hostility remembers."""


@cache
def fitted(folder: DataFolder, train: Years, memory: Memory) -> FittedParameters:
    """Fit the structural equations on training years of politically relevant pairs."""
    pairs = read_pairs(folder)
    return fit(pairs, pairs.within(train), FREE[memory])


def named(model: FittedParameters) -> tuple[tuple[str, float], ...]:
    """Return fitted values by name, four significant digits."""
    return tuple((name, float(f"{model.values[name]:.4g}")) for name in model.names)


@cache
def logit_chances(folder: DataFolder, model: str, train: Years, test: Years) -> Floats:
    """Chances that a baseline logit fitted on training years gives the test rows, in their order, [m]."""
    pairs = read_pairs(folder)
    past, future = (pairs.frame[pairs.within(years)] for years in (train, test))
    return baselines.chance(future, model, baselines.fit(past, model))
