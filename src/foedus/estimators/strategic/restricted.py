"""The likelihood along one coefficient: fixed at each of several values while the others are fitted again.

Where the log-likelihood is not a parabola, as along the constants of a strategic model, this says more than a standard
error. Every value is one draw of the same Newton method. Source: Venzon and Moolgavkar (1988).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike
from scipy.special import chdtri

from foedus.errors import InputError, UnknownName
from foedus.estimators.newton import FLAT, Evaluation, maximise
from foedus.estimators.strategic.estimate import unit_size
from foedus.estimators.strategic.fitted import Fitted
from foedus.estimators.strategic.jets import Floats
from foedus.estimators.strategic.problem import Problem

STEPS = 41
SPAN = 4.0
"""Standard errors either side of the estimate that are covered when no values are given."""


@dataclass(frozen=True)
class Restricted:
    """A problem whose coefficient number `place` is fixed."""

    problem: Problem
    place: int

    def value(self, coefficients: Floats, weights: Floats | None) -> Floats:
        """Return log-likelihoods [draw]."""
        return self.problem.value(coefficients, weights)

    def evaluate(self, coefficients: Floats, weights: Floats | None) -> Evaluation:
        """Return log-likelihoods with derivatives that leave no reason to move the coefficient."""
        there = self.problem.evaluate(coefficients, weights)
        steepest = np.abs(np.diagonal(there.hessian, axis1=1, axis2=2)).max(axis=1)
        there.gradient[:, self.place] = 0.0
        there.hessian[:, self.place, :] = 0.0
        there.hessian[:, :, self.place] = 0.0
        there.hessian[:, self.place, self.place] = -np.maximum(steepest, 1e-300)
        return there


def likelihood_profile(fit: Fitted, name: str, values: ArrayLike | None, level: float) -> pl.DataFrame:
    """Return rows of: value, log_likelihood, settled, inside. Arguments as in `StrategicFit.likelihood_profile`."""
    if name not in fit.names:
        raise UnknownName("coefficient", name, fit.names)
    if not 0.0 < level < 1.0:
        msg = f"level is {level}; it must lie between 0 and 1, such as 0.95"
        raise InputError(msg)
    place = fit.names.index(name)
    middle, error = float(fit.estimates[place]), fit.standard_errors[name]
    if values is None:
        values = np.linspace(middle - SPAN * error, middle + SPAN * error, STEPS)
    along = np.asarray(values, dtype=np.float64)
    if along.ndim != 1 or not len(along) or not np.isfinite(along).all():
        msg = f"values has shape {along.shape}; it must be a list of one or more finite numbers"
        raise InputError(msg)
    scaled, unit = unit_size(fit.model.problem)
    start = np.repeat((fit.estimates * unit)[None, :], len(along), axis=0)
    start[:, place] = along * unit[place]
    ends = maximise(Restricted(scaled, place), start)
    fall = 0.5 * float(chdtri(1.0, 1.0 - level))
    return pl.DataFrame(
        {
            "value": along,
            "log_likelihood": ends.value,
            "settled": ends.settled & (ends.flatness > FLAT),
            "inside": ends.value > fit.log_likelihood - fall,
        }
    )
