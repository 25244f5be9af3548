"""What an ally's loss hangs on: parameters whose ranks move with it, one after the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.brief.reading import Reading
from foedus.ledger import load_ledger
from foedus.ledger.parameter import Parameter
from foedus.results.correlation import CLEAR, rank_scores

ALIKE = 0.5
"""Correlation of two parameters' draws from which their effects cannot be told apart in one run.

In two hundred points some of twenty thousand pairs of columns are related by chance, up to a third.
"""

MOST = 3
"""Most parameters named."""


@dataclass(frozen=True)
class AllyDriver:
    """A parameter that moves with the ally's loss over futures.

    rank   Spearman's correlation with the loss, given the drivers named before it
    alike  parameters drawn nearly alike, any of which may be the cause instead, most correlated with the loss first
    """

    parameter: Parameter
    rank: float
    alike: tuple[Parameter, ...]


def drivers(base: Reading) -> tuple[AllyDriver, ...]:
    """Forward selection by partial rank correlation with the mean loss, while it stands clear of chance."""
    ledger, results = load_ledger(), base.run.results
    table = results.parameters()
    names = [name for name in table.columns[1:] if table[name].std()]
    columns = np.stack([rank_scores(table[name].to_numpy()) for name in names])
    answer = rank_scores(base.mean_loss)
    points = max(results.futures - len(results.twins()[0]), 2)
    plain = columns @ answer
    left_columns, left_answer = columns.copy(), answer.copy()
    found: list[AllyDriver] = []
    open_ = np.ones(len(names), dtype=bool)
    while len(found) < MOST:
        partial = np.where(open_, _partial(left_columns, left_answer), 0.0)
        best = int(np.argmax(np.abs(partial)))
        if abs(partial[best]) <= CLEAR / np.sqrt(points - len(found)):
            break
        similar = np.flatnonzero(open_ & (np.abs(columns @ columns[best]) > ALIKE) & (np.arange(len(names)) != best))
        alike = [ledger[names[i]] for i in sorted(similar, key=lambda i: -abs(plain[i]))]
        found.append(AllyDriver(ledger[names[best]], float(partial[best]), tuple(alike)))
        direction = left_columns[best] / np.linalg.norm(left_columns[best])
        left_columns = left_columns - np.outer(left_columns @ direction, direction)
        left_answer = left_answer - (left_answer @ direction) * direction
        open_[best] = False
        open_[similar] = False
    return tuple(found)


def _partial(columns: NDArray[np.float64], answer: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlation of each row with the answer; 0 where nothing of the row is left."""
    size = np.linalg.norm(columns, axis=1) * np.linalg.norm(answer)
    return np.asarray(np.where(size > LEFT, columns @ answer / np.maximum(size, LEFT), 0.0))


LEFT = 1e-6
"""Norm below which a column is explained by those before it."""
