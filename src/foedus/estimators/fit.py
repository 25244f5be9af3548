"""What every estimator gives back: a frozen table of coefficients with intervals, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import EstimationError, UnknownName

Floats = NDArray[np.float64]
CONSTANT = "constant"


@dataclass(frozen=True)
class Term:
    """One coefficient: value, standard error, interval and two-sided p against zero."""

    name: str
    value: float
    error: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted model.

    model                what was fitted, in words
    terms                coefficients in order; the constant, where there is one, first
    covariance           [k, k] of the coefficients
    rows                 observations used
    events               how many of them were events; None where the outcome is not one
    errors               how standard errors were made: "model", "by dyad", "by pair of states" …
    clusters             the number of independent groups they are computed from; None with model errors
    log_likelihood       at the fitted values; nan where there is none
    null_log_likelihood  of the same model with constants only
    level                share of intervals that should cover
    """

    model: str
    terms: tuple[Term, ...]
    covariance: Floats
    rows: int
    events: int | None
    errors: str
    clusters: int | None
    log_likelihood: float
    null_log_likelihood: float
    level: float

    def __getitem__(self, name: str) -> Term:
        """Return a coefficient by name; raise UnknownName with the nearest spelling."""
        for term in self.terms:
            if term.name == name:
                return term
        raise UnknownName("coefficient", name, [t.name for t in self.terms])

    @property
    def values(self) -> Floats:
        """Coefficients, [k]."""
        return np.array([t.value for t in self.terms])

    @property
    def log_loss_reduction(self) -> float:
        """Proportional reduction in log-loss against constants only, on the rows fitted."""
        return 1.0 - self.log_likelihood / self.null_log_likelihood

    def frame(self) -> pl.DataFrame:
        """Return the coefficient table, one row a term."""
        return pl.DataFrame(
            [
                {"term": t.name, "value": t.value, "error": t.error, "low": t.low, "high": t.high, "p": t.p}
                for t in self.terms
            ]
        )

    def linear(self, frame: pl.DataFrame) -> Floats:
        """Return constant plus coefficients times columns of `frame`, [n].

        Raises UnknownName when the frame lacks a predictor.
        """
        names = [t.name for t in self.terms if t.name != CONSTANT]
        for name in names:
            if name not in frame.columns:
                raise UnknownName("column", name, frame.columns)
        total = frame.select(names).to_numpy().astype(np.float64) @ np.array([self[n].value for n in names])
        result: Floats = total + (self[CONSTANT].value if self.terms[0].name == CONSTANT else 0.0)
        return result

    def chance(self, frame: pl.DataFrame) -> Floats:
        """Return the chance a fitted logit gives each row of `frame`, [n]."""
        result: Floats = 1.0 / (1.0 + np.exp(-self.linear(frame)))
        return result

    def combination(self, weights: dict[str, float]) -> Term:
        """Return a weighted sum of coefficients with its interval.

        weights  coefficient to weight, e.g. {"constant": 1, "war": 1}
        """
        weight = np.array([weights.get(t.name, 0.0) for t in self.terms])
        for name in weights:
            self[name]
        label = " + ".join(f"{w:g} {n}" for n, w in weights.items())
        error = float(np.sqrt(weight @ self.covariance @ weight))
        return wald(label, float(weight @ self.values), error, self.level, freedom(self.clusters))


def check_level(level: float) -> None:
    """Raise EstimationError unless a level of confidence is a share between 0 and 1."""
    if not isinstance(level, Real):
        msg = f"level is {level!r}; it is the share of intervals that should cover, such as 0.95"
        raise EstimationError(msg)
    if not 0 < level < 1:
        meant = f": {level / 100:g} for {level:g} %" if 1 < level < 100 else ""
        msg = f"level is {level:g}; it is the share of intervals that should cover, above 0 and below 1{meant}"
        raise EstimationError(msg)


def wald(name: str, value: float, error: float, level: float, degrees: float = np.inf) -> Term:
    """Return a term with a symmetric interval, normal or Student's t."""
    from scipy.stats import t

    check_level(level)
    reach = float(t.ppf(0.5 + level / 2, degrees)) * error
    p = float(2 * t.sf(abs(value) / error, degrees)) if error > 0 else float("nan")
    return Term(name, value, error, value - reach, value + reach, p)


def freedom(clusters: int | None) -> float:
    """Degrees of freedom of an interval: clusters less one, or without bound."""
    return np.inf if clusters is None else float(max(clusters - 1, 1))
