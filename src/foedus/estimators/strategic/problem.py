"""The estimation problem: coefficients to linear indices, rows' log-likelihoods to totals and derivatives.

Several coefficient vectors (bootstrap draws, starts) are worked on at once: the first axis is the draw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.estimators.newton import Evaluation
from foedus.estimators.strategic.jets import Floats, Jet, constant, variable

RowLogLikelihood = Callable[[Sequence[Jet]], Jet]
MANY_DRAWS = 8
"""From this many draws on, products of regressors are formed once and kept."""


@dataclass(frozen=True)
class Problem:
    """A likelihood in linear indices and the regressors of each index.

    designs   one [row, k_j] matrix an index; no column means the index is fixed
    fixed     value of an index added to its regressors, one an index
    rows      each row's log-likelihood from the jets of the indices
    """

    designs: tuple[Floats, ...]
    fixed: tuple[float, ...]
    rows: RowLogLikelihood

    @property
    def size(self) -> int:
        """Number of coefficients."""
        return sum(design.shape[1] for design in self.designs)

    @cached_property
    def slices(self) -> tuple[slice, ...]:
        """Where each index's coefficients are in the vector."""
        ends = np.cumsum([design.shape[1] for design in self.designs])
        return tuple(slice(int(end) - d.shape[1], int(end)) for end, d in zip(ends, self.designs, strict=True))

    def indices(self, coefficients: Floats) -> list[Floats]:
        """Return the linear indices, each [draw, row], from coefficients [draw, k]."""
        return [
            coefficients[:, place] @ design.T + value
            for place, design, value in zip(self.slices, self.designs, self.fixed, strict=True)
        ]

    def jet(self, coefficients: Floats, order: int) -> Jet:
        """Return rows' log-likelihoods [draw, row] with derivatives by index up to `order`."""
        jets = [
            variable(number, value, order) if design.shape[1] else constant(value[:, :1], order)
            for number, (value, design) in enumerate(zip(self.indices(coefficients), self.designs, strict=True))
        ]
        return self.rows(jets)

    def value(self, coefficients: Floats, weights: Floats | None) -> Floats:
        """Return the log-likelihood of each draw, minus infinity where it is not a number."""
        with np.errstate(all="ignore"):
            rows = self._broadcast(self.jet(coefficients, 0).value, coefficients)
            total = rows.sum(axis=1) if weights is None else np.sum(np.where(weights > 0, weights * rows, 0.0), axis=1)
        return np.where(np.isfinite(total), total, -np.inf)

    def evaluate(self, coefficients: Floats, weights: Floats | None) -> Evaluation:
        """Return log-likelihood, gradient and Hessian of each draw.

        coefficients   [draw, k]
        weights        [draw, row] how often each row counts; None: once
        """
        draws, size = coefficients.shape
        gradient, hessian = np.zeros((draws, size)), np.zeros((draws, size, size))
        with np.errstate(all="ignore"):
            jet = self.jet(coefficients, 2)
            rows = self._broadcast(jet.value, coefficients)
            weigh = np.ones_like(rows) if weights is None else weights
            value = np.sum(np.where(weigh > 0, weigh * rows, 0.0), axis=1)
            for i, slope in jet.first.items():
                gradient[:, self.slices[i]] = (weigh * slope) @ self.designs[i]
            for (i, j), curvature in jet.second.items():
                block = self._block(i, j, weigh * curvature)
                hessian[:, self.slices[i], self.slices[j]] = block
                if i != j:
                    hessian[:, self.slices[j], self.slices[i]] = np.swapaxes(block, 1, 2)
        return Evaluation(np.where(np.isfinite(value), value, -np.inf), gradient, hessian)

    def scores(self, coefficients: Floats) -> Floats:
        """Return [row, k] derivatives of each row's log-likelihood at one coefficient vector [k]."""
        jet = self.jet(coefficients[None, :], 1)
        result = np.zeros((len(self.designs[0]), self.size))
        for i, slope in jet.first.items():
            result[:, self.slices[i]] = np.reshape(slope, (-1, 1)) * self.designs[i]
        return result

    def row_values(self, coefficients: Floats) -> Floats:
        """Return [row] log-likelihoods at one coefficient vector [k]."""
        result: Floats = self._broadcast(self.jet(coefficients[None, :], 0).value, coefficients[None, :])[0].copy()
        return result

    def _broadcast(self, value: Floats | float, coefficients: Floats) -> Floats:
        return np.broadcast_to(np.asarray(value), (len(coefficients), len(self.designs[0])))

    def _block(self, i: int, j: int, weight: Floats) -> Floats:
        left, right = self.designs[i], self.designs[j]
        if len(weight) < MANY_DRAWS:
            return np.stack([left.T @ (row[:, None] * right) for row in weight])
        flat: Floats = weight @ self._products[i, j]
        return flat.reshape(len(weight), left.shape[1], right.shape[1])

    @cached_property
    def _products(self) -> dict[tuple[int, int], Floats]:
        return {
            (i, j): (a[:, :, None] * b[:, None, :]).reshape(len(a), -1)
            for i, a in enumerate(self.designs)
            for j, b in enumerate(self.designs)
            if i <= j
        }
