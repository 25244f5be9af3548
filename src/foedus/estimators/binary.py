"""The likelihood of a binary outcome under a logit, climbed by the room's one Newton method.

Every logit of the project ends here: with weights on rows (draws of a bootstrap, many at once), with an offset, with a
quadratic penalty (a ridge). Chances and residuals are computed from either tail, so that separation appears as a
likelihood that rises without bound and not as a maximum.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from foedus.errors import EstimationError
from foedus.estimators.newton import FLAT, Evaluation, Maxima, maximise

Floats = NDArray[np.float64]
MANY_DRAWS = 8
"""From this many draws on, products of regressors are formed once and kept."""
ALIKE = 1e-12
"""Share of a regressor that those before it must leave: below it, only rounding is left."""
CERTAIN = 1e-8
"""A log-likelihood this close to 0 forecasts every row: the predictors separate events from the rest."""


@dataclass(frozen=True, eq=False)
class Logit:
    """A logit of an outcome on regressors.

    outcome  [n] 0 or 1
    matrix   [n, k] regressors, a constant among them if there is one
    offset   [n] or one number, added to the log-odds
    penalty  [k, k] half of its quadratic form is taken off the log-likelihood; None: nothing is
    """

    outcome: Floats
    matrix: Floats
    offset: Floats | float = 0.0
    penalty: Floats | None = None

    def value(self, coefficients: Floats, weights: Floats | None) -> Floats:
        """Return penalised log-likelihoods [draw] at coefficients [draw, k], rows counted by weights [draw, n]."""
        return self._value(coefficients, self._odds(coefficients), weights)

    def evaluate(self, coefficients: Floats, weights: Floats | None) -> Evaluation:
        """Return penalised log-likelihoods, gradients [draw, k] and Hessians [draw, k, k]."""
        odds = self._odds(coefficients)
        rest, bend = self.residual(odds), expit(odds) * expit(-odds)
        if weights is not None:
            rest, bend = weights * rest, weights * bend
        size = self.matrix.shape[1]
        gradient = rest @ self.matrix
        if len(odds) < MANY_DRAWS:
            hessian = -np.stack([self.matrix.T @ (row[:, None] * self.matrix) for row in bend])
        else:
            hessian = -(bend @ self._products).reshape(len(odds), size, size)
        if self.penalty is not None:
            gradient, hessian = gradient - coefficients @ self.penalty, hessian - self.penalty
        return Evaluation(self._value(coefficients, odds, weights), gradient, hessian)

    def climb(self, start: Floats | None = None, weights: Floats | None = None, limit: int = 100) -> Maxima:
        """Return where the maximisation of each draw ended; regressors are scaled to unit size for it and back after.

        start    [draw, k]; zero, one draw, when None
        weights  [draw, n] how often each row counts; None: once
        limit    most Newton steps
        """
        size = np.sqrt(np.mean(self.matrix**2, axis=0))
        size = np.where(size > 0, size, 1.0)
        penalty = None if self.penalty is None else self.penalty / np.outer(size, size)
        scaled = Logit(self.outcome, self.matrix / size, self.offset, penalty)
        begin = np.zeros((1, len(size))) if start is None else start * size
        ends = maximise(scaled, begin, weights, limit=limit)
        return ends._replace(coefficients=ends.coefficients / size)

    def fit(self, what: str) -> Floats:
        """Return the coefficients [k] at the maximum.

        what  the logit in words, for the error

        Raises EstimationError when the predictors determine each other, or when the likelihood has no strict maximum:
        they part events from the rest.
        """
        level, back = self.levelled(what)
        ends = level.climb()
        value = level.value(ends.coefficients, None)[0]
        if not ends.settled[0] or ends.flatness[0] <= FLAT or (self.penalty is None and value > -CERTAIN):
            msg = f"{what} has no maximum: predictors part events from the rest"
            raise EstimationError(msg)
        return np.asarray(back @ ends.coefficients[0])

    def levelled(self, what: str) -> tuple[Logit, Floats]:
        """Return the same logit on regressors of unit size at right angles, and what carries coefficients back, [k, k].

        Years, dollars and powers that were not centred make the curvature look flat where it is not; at right angles
        only the outcome can make it so. Coefficients b of the logit returned are `back @ b` here, exactly.
        """
        size = np.sqrt(np.mean(self.matrix**2, axis=0))
        size = np.where(size > 0, size, 1.0)
        straight, root = np.linalg.qr(self.matrix / size)
        if np.abs(np.diag(root)).min() < ALIKE * np.sqrt(len(self.matrix)):
            msg = f"{what}: predictors determine each other. Leave one out."
            raise EstimationError(msg)
        unit = np.sqrt(len(self.matrix))
        back = np.linalg.solve(root, np.eye(len(root))) * unit / size[:, None]
        penalty = None if self.penalty is None else back.T @ self.penalty @ back
        return Logit(self.outcome, straight * unit, self.offset, penalty), back

    def chance(self, coefficients: Floats) -> Floats:
        """Return the chance of the event in each row [n] at coefficients [k]."""
        return np.asarray(expit(self.matrix @ coefficients + self.offset))

    def scores(self, coefficients: Floats) -> Floats:
        """Return each row's gradient of the log-likelihood, without the penalty, [n, k]."""
        return self.matrix * self.residual(self.matrix @ coefficients + self.offset)[:, None]

    def hessian(self, coefficients: Floats) -> Floats:
        """Return the Hessian of the penalised log-likelihood at coefficients [k], [k, k]."""
        return np.asarray(self.evaluate(coefficients[None, :], None).hessian[0])

    def residual(self, odds: Floats) -> Floats:
        """Return outcome less chance at log-odds [..., n]."""
        return np.where(self.outcome == 1, expit(-odds), -expit(odds))

    def _odds(self, coefficients: Floats) -> Floats:
        return np.asarray(coefficients @ self.matrix.T + self.offset)

    def _value(self, coefficients: Floats, odds: Floats, weights: Floats | None) -> Floats:
        rows = -np.logaddexp(0.0, np.where(self.outcome == 1, -odds, odds))
        total = rows.sum(axis=1) if weights is None else (weights * rows).sum(axis=1)
        if self.penalty is not None:
            total = total - 0.5 * np.einsum("dk,kj,dj->d", coefficients, self.penalty, coefficients)
        return np.asarray(total)

    @cached_property
    def _products(self) -> Floats:
        """Products of every two regressors, [n, k * k]."""
        return (self.matrix[:, :, None] * self.matrix[:, None, :]).reshape(len(self.matrix), -1)
