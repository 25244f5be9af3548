"""A fitted model and its verbs: other standard errors, profiles, a summary. Each returns a new value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from foedus.errors import EstimationError, InputError
from foedus.estimators.covariance import from_hessian, sandwich
from foedus.estimators.strategic import profiles, restricted, tables
from foedus.estimators.strategic.estimate import Estimate, bootstrap_weights, refit
from foedus.estimators.strategic.fitted import Fitted
from foedus.estimators.strategic.specified import Specified


@dataclass(frozen=True, repr=False)
class StrategicFit(Fitted):
    """A fitted model; fields are those of `Fitted`."""

    @classmethod
    def at(cls, model: Specified, found: Estimate) -> Self:
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

    def robust(self, groups: str | ArrayLike | None = None) -> Self:
        """Return the fit with sandwich standard errors, clustered by a column or by one value per row used."""
        labels = None if groups is None else self._groups(groups)
        covariance = sandwich(self.hessian, self.scores, labels)
        return replace(self, covariance=covariance, errors_from="robust" if groups is None else "clusters")

    def bootstrap(
        self,
        draws: int = 1000,
        *,
        seed: int = 1,
        cluster: str | ArrayLike | None = None,
    ) -> Self:
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
        draws    from the normal distribution of the estimates; the bootstrap's own replicates are used if there are any

        Returns rows of: column's value, quantity, estimate, low, high.
        """
        return profiles.profile(self, column, values, at=at, of=of, level=level, draws=draws, seed=seed)

    def likelihood_profile(self, name: str, values: ArrayLike | None = None, *, level: float = 0.95) -> pl.DataFrame:
        """Return the log-likelihood when one coefficient is fixed at each value and the others are fitted again.

        values   41 steps over 4 standard errors either side of the estimate, when not given
        level    of the likelihood-ratio interval

        Returns rows of: value, log_likelihood, settled (a strict maximum given that value), inside (the interval holds
        the value). A log-likelihood above that of the fit shows a maximum that was missed.
        """
        return restricted.likelihood_profile(self, name, values, level)

    def summary(self) -> str:
        """Return the fit as a text table, at most 80 columns wide."""
        return tables.summary(self)

    def __str__(self) -> str:
        return self.summary()

    def _groups(self, groups: str | ArrayLike) -> NDArray[Any]:
        if isinstance(groups, str):
            column = self.model.data[groups][self.model.used]
            gaps = self.model.data.missing([groups])[groups][self.model.used]
            if gaps.any():
                msg = f'cluster "{groups}" is missing in {int(gaps.sum())} rows that the fit uses'
                raise InputError(msg)
            return column
        return np.asarray(groups)
