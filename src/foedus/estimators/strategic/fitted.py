"""What an estimate says: coefficients, standard errors, intervals, predictions. All values are frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np
import polars as pl
from scipy.special import ndtr, ndtri

from foedus.errors import InputError
from foedus.estimators.strategic.frames import Frame
from foedus.estimators.strategic.jets import Floats
from foedus.estimators.strategic.specified import Specified


@dataclass(frozen=True, repr=False)
class Fitted:
    """A fitted model.

    model          what was fitted
    estimates      coefficients [k], in the order of `names`
    covariance     of the coefficients [k, k]
    errors_from    where the covariance comes from: "Hessian", "robust", "clusters", "bootstrap"
    log_likelihood total at the maximum
    hessian        of the log-likelihood there [k, k]
    reached        how many of `starts` maximisations ended at this maximum
    steps          Newton steps of the best maximisation
    higher         log-likelihood of a start that rose higher without bound; None if there was none. Then this
                   maximum is only local, and the model asks more than the data can say
    replicates     bootstrap coefficients [draw, k], or None
    failed         bootstrap draws left out because they had no strict maximum
    """

    model: Specified
    estimates: Floats
    covariance: Floats
    errors_from: str
    log_likelihood: float
    hessian: Floats
    reached: int
    starts: int
    steps: int
    higher: float | None = None
    replicates: Floats | None = field(default=None, repr=False)
    failed: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the coefficients."""
        return self.model.names

    @cached_property
    def coefficients(self) -> Mapping[str, float]:
        """Coefficients by name."""
        return MappingProxyType(dict(zip(self.names, self.estimates.tolist(), strict=True)))

    @cached_property
    def standard_errors(self) -> Mapping[str, float]:
        """Standard errors by name."""
        return MappingProxyType(dict(zip(self.names, np.sqrt(np.diag(self.covariance)).tolist(), strict=True)))

    @property
    def rows(self) -> int:
        """Number of rows used."""
        return self.model.rows

    @property
    def aic(self) -> float:
        """Akaike's criterion; lower is better."""
        return 2.0 * len(self.estimates) - 2.0 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Bayesian (Schwarz) criterion; lower is better."""
        return float(np.log(self.rows)) * len(self.estimates) - 2.0 * self.log_likelihood

    @cached_property
    def row_log_likelihood(self) -> Floats:
        """Log-likelihood of each row used."""
        return self.model.problem.row_values(self.estimates)

    @cached_property
    def scores(self) -> Floats:
        """Derivatives of each row's log-likelihood at the maximum [row, k]; they sum to zero."""
        return self.model.problem.scores(self.estimates)

    def interval(self, level: float = 0.95) -> pl.DataFrame:
        """Return intervals of the coefficients: percentiles of the bootstrap if there is one, else normal."""
        low, high = tails(level)
        if self.replicates is not None:
            ends = np.quantile(self.replicates, [low, high], axis=0)
        else:
            ends = self.estimates + np.outer([ndtri(low), ndtri(high)], np.sqrt(np.diag(self.covariance)))
        return pl.DataFrame({"coefficient": list(self.names), "low": ends[0], "high": ends[1]})

    def table(self, level: float = 0.95) -> pl.DataFrame:
        """Return one row a coefficient: utility, term, estimate, standard error, z, p and interval."""
        errors = np.sqrt(np.diag(self.covariance))
        ratio = self.estimates / errors
        split = [(part.label, name) for part in self.model.parts for name in part.names]
        frame = pl.DataFrame(
            {
                "utility": [label for label, _ in split],
                "term": [name for _, name in split],
                "estimate": self.estimates,
                "standard_error": errors,
                "z": ratio,
                "p": 2.0 * ndtr(-np.abs(ratio)),
            }
        )
        return frame.hstack(self.interval(level).select("low", "high"))

    def predict(self, data: Frame | None = None, *, of: str | None = None) -> pl.DataFrame:
        """Return what the fitted game predicts for the rows used, or for new data.

        of   for trees "outcomes" (default; chances of each, summing to one) or "moves"; the ultimatum game always
             gives the best offer without disturbance, the mean offer and the chance of acceptance
        """
        return pl.DataFrame(self.model.game.quantities(self.model.indices(self.estimates, data), of))

    def __repr__(self) -> str:
        game = self.model.game
        return f"<{type(self).__name__} {game.name}: {self.rows} rows, log-likelihood {self.log_likelihood:.4f}>"

    def coefficient_draws(self, draws: int, seed: int) -> Floats:
        """Return the bootstrap's replicates, or draws [draw, k] from the normal law of the estimates."""
        if self.replicates is not None:
            return self.replicates
        # With fewer clusters than coefficients a covariance is singular, which a Cholesky root would refuse.
        spread, directions = np.linalg.eigh(self.covariance)
        luck = np.random.default_rng(seed).standard_normal((draws, len(self.estimates)))
        root: Floats = (directions * np.sqrt(np.maximum(spread, 0.0))) @ directions.T
        return self.estimates + luck @ root


def tails(level: float) -> tuple[float, float]:
    """Return the two tail chances of an interval. Raises InputError."""
    if not 0.0 < level < 1.0:
        msg = f"level is {level}; it must lie between 0 and 1, such as 0.95"
        raise InputError(msg)
    return (1.0 - level) / 2.0, (1.0 + level) / 2.0
