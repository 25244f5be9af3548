"""Forecasts several hindcasts share, each made once a process: the structural equations and the onset logits.

Where an ensemble was stored at the end of the training years, it is what forecasts; elsewhere the mode of the same
posterior is found again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from foedus.calibration.pairs.dyads import read_pairs
from foedus.calibration.pairs.likelihood import FittedParameters, fit
from foedus.calibration.pairs.posterior import Members
from foedus.calibration.pairs.structure import FROM_DISPUTES, STRUCTURE, WITH_HOSTILITY, Free
from foedus.hindcasts import baselines
from foedus.hindcasts.registry import Years
from foedus.ledger.ensemble import ensemble_names, load_ensemble
from foedus.panels import DataFolder
from foedus.panels.samples import Coding

Floats = NDArray[np.float64]
Memory = Literal["none", "disputes", "disputes and rivalry"]
FREE: Mapping[Memory, tuple[Free, ...]] = {
    "none": STRUCTURE,
    "disputes": FROM_DISPUTES,
    "disputes and rivalry": WITH_HOSTILITY,
}
"""What is estimated, by what hostility remembers."""
MEMBERS = 128
"""Members that a hindcast averages over: the mean chance of a dispute moves by less than 1 % with all 512."""
LITTLE = 0.1
"""Share of a prior's spread below which the record is said to inform the parameter hardly at all."""


@cache
def fitted(folder: DataFolder, train: Years, memory: Memory, coding: Coding = "gml") -> FittedParameters | Members:
    """The structural equations given the training years of politically relevant pairs, disputes of one coding."""
    stored = f"record-{train[1]}"
    if memory == "disputes and rivalry" and coding == "gml" and stored in ensemble_names():
        return Members.of(load_ensemble(stored), MEMBERS)
    pairs = read_pairs(folder, coding=coding)
    return fit(pairs, pairs.within(train), FREE[memory])


def named(model: FittedParameters | Members) -> tuple[tuple[str, float], ...]:
    """Return estimated values by name, four significant digits: at the mode, or the mean of the members."""
    if isinstance(model, Members):
        return tuple((one.name, float(f"{one.mean:.4g}")) for one in model.ensemble.learnt)
    return tuple((name, float(f"{model.values[name]:.4g}")) for name in model.names)


def least_taught(model: FittedParameters | Members) -> str:
    """Which parameters the record informs least, in words; empty for a mode."""
    if not isinstance(model, Members):
        return ""
    little = [one.name for one in model.ensemble.learnt if one.share < LITTLE]
    return f"The record taught next to nothing about {', '.join(little)}" if little else ""


@cache
def logit_chances(folder: DataFolder, model: str, train: Years, test: Years) -> Floats:
    """Chances that a baseline logit fitted on training years gives the test rows, in their order, [m]."""
    pairs = read_pairs(folder)
    past, future = (pairs.frame[pairs.within(years)] for years in (train, test))
    return baselines.chance(future, model, baselines.fit(past, model))
