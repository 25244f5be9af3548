"""What one state has against another as a year begins, politically relevant or not (eqs 31-31b)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from foedus.calibration.pairs.history import Floats, Integers, read_history
from foedus.calibration.pairs.structure import HOSTILITY, hostilities
from foedus.panels import DataFolder

MEMORY = tuple(name for name in (*HOSTILITY, "hostility_from_war") if name != "hostility_weight")
"""Parameters that hostility is computed with."""


def hostility_between(
    folder: DataFolder, one: Integers, other: Integers, year: Integers, p: Mapping[str, float], *, lagged: bool = True
) -> Floats:
    """Hostility of one state upon another as a year begins, [n].

    one, other, year  COW codes and years, [n]; years from the second of the record
    p                 value of every parameter of `MEMORY`
    lagged            whether rivalries count to the year before, as disputes do; else to the year itself

    Raises DataError as a panel does.
    """
    passed = read_history(folder, "gml", np.minimum(one, other), np.maximum(one, other), year, int(year.max()))
    before = np.concatenate([np.zeros_like(passed.rival[:1]), passed.rival[:-1]])
    both = hostilities(replace(passed, rival=before) if lagged else passed, p)
    return both[(one > other).astype(np.int64), np.arange(len(year))]
