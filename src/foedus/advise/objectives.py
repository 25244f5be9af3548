"""What advice weighs: each objective declared once, with its unit, and how futures make one number of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.results.error import jackknifed

Values = NDArray[np.float64]

DECILE = 0.1
"""Share of futures that make the worst decile."""


@dataclass(frozen=True)
class Objective:
    """One thing to keep small.

    name     as tables and files call it
    of       outcome of a future that it is made of, of `foedus.advise.tally.OUTCOMES`
    unit     of the number
    label    in a table
    meaning  what it is; less is always better
    step     difference below which two portfolios count as the same, in the unit
    worst    whether the worst decile of futures is taken in place of the mean
    """

    name: str
    of: str
    unit: str
    label: str
    meaning: str
    step: float
    worst: bool = False

    def number(self, values: Values) -> float:
        """One number of an outcome over futures, [N]."""
        if not self.worst:
            return float(values.mean())
        return worst_decile(values)

    def error(self, values: Values) -> float:
        """Monte Carlo standard error of that number of [postures, F]: a future under all postures counts as one."""
        return jackknifed(values, "worst" if self.worst else "mean", DECILE)


def worst_decile(values: Values) -> float:
    """Mean of the largest tenth of values, [N], at least one of them."""
    most = max(int(np.ceil(DECILE * len(values))), 1)
    return float(np.sort(values)[-most:].mean())


OBJECTIVES = (
    Objective("cost", "cost", "% of product", "cost", "military spending a year, discounted", 0.05),
    Objective("loss", "loss", "% of product", "loss", "expected loss a year, conceded and fought, discounted", 0.001),
    Objective("war", "war", "chance", "war", "chance of a war on its soil by the last year", 0.001),
    Objective("ground", "ground", "share", "ground", "ground conceded or held by force in the last year", 0.001),
    Objective(
        "worst", "loss", "% of product", "worst tenth", "expected loss in the worst tenth of futures", 0.01, worst=True
    ),
    Objective("window", "window", "years", "window", "years whose loss exceeds the first year's by a tenth", 0.05),
    Objective(
        "proliferation", "proliferation", "states", "bombs", "states of its region that begin or have the bomb", 0.01
    ),
    Objective("dependence", "dependence", "share", "dependence", "stock that needs the guarantor, last year", 0.01),
    Objective("leaning", "leaning", "share", "leaning", "alignment with rival powers, last year", 0.001),
)
"""The nine objectives. `dependence` is autonomy, and `leaning` alignment, each told so that less is better."""

BY_NAME = {objective.name: objective for objective in OBJECTIVES}


def scores(outcomes: Mapping[str, Values]) -> Values:
    """Every objective of a portfolio in order, [O], from outcomes of futures, [N] each."""
    return np.array([objective.number(outcomes[objective.of]) for objective in OBJECTIVES])
