"""A model: a game, its regressors and rows, checked and ready; `.fit()` estimates."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from foedus.errors import EstimationError, InputError
from foedus.estimators.strategic.estimate import best_of
from foedus.estimators.strategic.fit import StrategicFit
from foedus.estimators.strategic.specified import Specified


@dataclass(frozen=True, repr=False)
class StrategicModel(Specified):
    """A game, its regressors and the rows it is fitted on; fields are those of `Specified`."""

    def fit(self, *, starts: int = 6, seed: int = 1, cluster: str | ArrayLike | None = None) -> StrategicFit:
        """Estimate by full-information maximum likelihood.

        starts    maximise from this many starts: statistical backward induction, zero, and random ones near the first;
                  the highest maximum is kept
        seed      of the random starts
        cluster   column (or one value per row used) by which standard errors are clustered; None: from the Hessian

        Raises EstimationError when the model is not identified or no maximum is found.
        """
        if starts < 1:
            msg = f"starts is {starts}; it must be 1 or more"
            raise InputError(msg)
        if not self.names:
            msg = "nothing to estimate: every utility is fixed; give regressors or a scale"
            raise EstimationError(msg)
        informed = self.game.starts(self.problem)
        found = best_of(self.problem, informed, self.names, starts=starts, seed=seed)
        fit = StrategicFit.at(self, found)
        return fit if cluster is None else fit.robust(cluster)
