"""What an estimate says: coefficients, standard errors, predictions, intervals, tables. All values are frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from foedus.errors import EstimationError, InputError
from foedus.estimators.covariance import from_hessian, sandwich
from foedus.estimators.strategic.estimate import Estimate, bootstrap_weights, refit
from foedus.estimators.strategic.jets import Floats

if TYPE_CHECKING:
    from foedus.estimators.strategic.frames import Frame
    from foedus.estimators.strategic.models import StrategicModel


@dataclass(frozen=True, repr=False)
class StrategicFit:
    """A fitted model.

    model          what was fitted
    estimates      coefficients [k], in the order of `names`
    covariance     of the coefficients [k, k]
    errors_from    where the covariance comes from: "Hessian", "robust", "clusters", "bootstrap"
    log_likelihood total at the maximum
    hessian        of the log-likelihood there [k, k]
    reached        how many of `starts` climbs ended at this maximum
    steps          Newton steps of the best climb
    higher         log-likelihood of a climb that went higher, but without end; None if there was none. Then this
                   maximum is only local, and the model asks more than the data can say
    replicates     bootstrap coefficients [draw, k], or None
    failed         bootstrap draws left out because they had no strict maximum
    """

    model: StrategicModel
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

    @classmethod
    def at(cls, model: StrategicModel, found: Estimate) -> StrategicFit:
        """Return the fit at an estimate, with standard errors from the Hessian."""
        return cls(
            model,
            found.coefficients,
            from_hessian(found.hessian),
            "Hessian",
            found.log_likelihood,
            found.hessian,
            found.reached,
            found.starts,
            found.steps,
            found.higher,
        )

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

    def robust(self, groups: str | ArrayLike | None = None) -> StrategicFit:
        """Return the fit with sandwich standard errors, clustered by a column or by one value a row used."""
        labels = None if groups is None else self._groups(groups)
        covariance = sandwich(self.hessian, self.scores, labels)
        return replace(self, covariance=covariance, errors_from="robust" if groups is None else "clusters")

    def bootstrap(
        self,
        draws: int = 1000,
        *,
        seed: int = 1,
        cluster: str | ArrayLike | None = None,
    ) -> StrategicFit:
        """Return the fit with bootstrap standard errors; rows (or whole clusters) are drawn with replacement.

        Draw k depends only on `seed` and k. Draws without a strict maximum (an outcome lost, a move separated) are
        left out and counted in `failed`. Raises EstimationError when more than half are.
        """
        groups = None if cluster is None else self._groups(cluster)
        weights = bootstrap_weights(self.rows, draws, seed, groups)
        found, good = refit(self.model.problem, self.estimates, weights)
        if good.mean() < 0.5:
            msg = f"{int((~good).sum())} of {draws} bootstrap draws have no strict maximum: the sample is too thin"
            raise EstimationError(msg)
        kept = found[good]
        covariance = np.atleast_2d(np.cov(kept, rowvar=False))
        return replace(self, covariance=covariance, errors_from="bootstrap", replicates=kept, failed=int((~good).sum()))

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

    def profile(
        self,
        column: str,
        values: Sequence[Any] | NDArray[Any] | None = None,
        *,
        at: Mapping[str, Any] | None = None,
        of: str | None = None,
        level: float = 0.95,
        draws: int = 1000,
        seed: int = 1,
    ) -> pl.DataFrame:
        """Return predictions as one column changes and the others stay at typical values, with intervals.

        values   of the column; 25 steps over its range, or its levels, when not given
        at       values of other columns; typical is the mean, the median of a two-valued column, the mode of text
        draws    from the normal law of the estimates; the bootstrap's own replicates are used when there are any

        Returns rows of: column's value, quantity, estimate, low, high.
        """
        from foedus.estimators.strategic.profiles import profile

        return profile(self, column, values, at=at, of=of, level=level, draws=draws, seed=seed)

    def likelihood_profile(self, name: str, values: ArrayLike | None = None, *, level: float = 0.95) -> pl.DataFrame:
        """Return the log-likelihood when one coefficient is held at each value and the others are fitted again.

        values   41 steps over 4 standard errors either side of the estimate, when not given
        level    of the likelihood-ratio interval

        Returns rows of: value, log_likelihood, settled (a strict maximum given that value), inside (the interval holds
        the value). A log-likelihood above that of the fit shows a maximum that was missed.
        """
        from foedus.estimators.strategic.held import likelihood_profile

        return likelihood_profile(self, name, values, level)

    def summary(self) -> str:
        """Return the fit as a text table, at most 80 columns wide."""
        from foedus.estimators.strategic.tables import summary

        return summary(self)

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        game = self.model.game
        return f"<StrategicFit {game.name}: {self.rows} rows, log-likelihood {self.log_likelihood:.4f}>"

    def coefficient_draws(self, draws: int, seed: int) -> Floats:
        """Return the bootstrap's replicates, or draws [draw, k] from the normal law of the estimates."""
        if self.replicates is not None:
            return self.replicates
        # With fewer clusters than coefficients a covariance is singular, which a Cholesky root would refuse.
        spread, directions = np.linalg.eigh(self.covariance)
        luck = np.random.default_rng(seed).standard_normal((draws, len(self.estimates)))
        root: Floats = (directions * np.sqrt(np.maximum(spread, 0.0))) @ directions.T
        return self.estimates + luck @ root

    def _groups(self, groups: str | ArrayLike) -> NDArray[Any]:
        if isinstance(groups, str):
            column = self.model.data[groups][self.model.used]
            gaps = self.model.data.missing([groups])[groups][self.model.used]
            if gaps.any():
                msg = f'cluster "{groups}" is missing in {int(gaps.sum())} rows that the fit uses'
                raise InputError(msg)
            return column
        return np.asarray(groups)


def tails(level: float) -> tuple[float, float]:
    """Return the two tail chances of an interval. Raises InputError."""
    if not 0.0 < level < 1.0:
        msg = f"level is {level}; it must lie between 0 and 1, such as 0.95"
        raise InputError(msg)
    return (1.0 - level) / 2.0, (1.0 + level) / 2.0
