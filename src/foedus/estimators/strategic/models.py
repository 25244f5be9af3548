"""A model: a game, its regressors and rows, checked and ready; `.fit()` estimates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from foedus.errors import EstimationError, InputError
from foedus.estimators.strategic.estimate import best_of
from foedus.estimators.strategic.fit import StrategicFit
from foedus.estimators.strategic.jets import Floats
from foedus.estimators.strategic.specified import Specified


@dataclass(frozen=True, repr=False)
class StrategicModel(Specified):
    """A game, its regressors and the rows it is fitted on; fields are those of `Specified`."""

    def fit(
        self,
        *,
        starts: int = 6,
        seed: int = 1,
        cluster: str | ArrayLike | None = None,
        start: Mapping[str, float] | ArrayLike | None = None,
    ) -> StrategicFit:
        """Estimate by full-information maximum likelihood.

        starts    maximise from this many starts: statistical backward induction, zero, and random ones near the first;
                  the highest maximum is kept
        seed      of the random starts
        cluster   column (or one value per row used) by which standard errors are clustered; None: from the Hessian
        start     coefficients to start from before all others: by name, as [k], or several as [start, k]. With
                  starts=1 only these are tried

        Raises EstimationError when the model is not identified or no maximum is found.
        """
        if starts < 1:
            msg = f"starts is {starts}; it must be 1 or more"
            raise InputError(msg)
        if not self.names:
            msg = "nothing to estimate: every utility is fixed; give regressors or a scale"
            raise EstimationError(msg)
        informed = self.game.starts(self.problem)
        found = best_of(self.problem, informed, self.names, starts=starts, seed=seed, given=self._given(start))
        fit = StrategicFit.at(self, found)
        return fit if cluster is None else fit.robust(cluster)

    def _given(self, start: Mapping[str, float] | ArrayLike | None) -> Floats | None:
        if start is None:
            return None
        if isinstance(start, Mapping) or np.ndim(start) == 1:
            return self.vector(start)[None, :]
        rows = np.asarray(start, dtype=np.float64)
        if rows.ndim != 2 or rows.shape[1:] != (len(self.names),) or not len(rows) or not np.isfinite(rows).all():
            msg = f"start has shape {rows.shape}; it must hold {len(self.names)} finite numbers a row"
            raise InputError(msg)
        return rows
