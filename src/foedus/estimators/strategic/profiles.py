"""Predicted chances as one column changes and the others stay typical, with intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import InputError, UnknownName
from foedus.estimators.strategic.fitted import Fitted, tails

STEPS = 25


def profile(
    fit: Fitted,
    column: str,
    values: Sequence[Any] | NDArray[Any] | None,
    *,
    at: Mapping[str, Any] | None,
    of: str | None,
    level: float,
    draws: int,
    seed: int,
) -> pl.DataFrame:
    """Return rows of: the column's value, quantity, estimate, low, high. Arguments as in `StrategicFit.profile`."""
    columns = tuple(dict.fromkeys(name for part in fit.model.parts for name in part.columns))
    for name in (column, *(at or {})):
        if name not in columns:
            raise UnknownName("column of the formula", name, columns)
    if column in (at or {}):
        msg = f'"{column}" is both the column that changes and fixed by `at`'
        raise InputError(msg)
    observed = {name: fit.model.data[name][fit.model.used] for name in columns}
    along = _steps(observed[column]) if values is None else np.asarray(values)
    if along.ndim != 1 or not len(along):
        msg = f"values has shape {along.shape}; it must be a list of one or more values"
        raise InputError(msg)
    fixed = {name: (at or {}).get(name, typical(observed[name])) for name in columns if name != column}
    frame = {name: [value] * len(along) for name, value in fixed.items()} | {column: along.tolist()}
    coefficients = fit.coefficient_draws(draws, seed)
    designs = fit.model.designs_of(frame)
    slices, fixed_values = fit.model.problem.slices, fit.model.fixed
    both = [
        [given[..., s] @ d.T + v for s, d, v in zip(slices, designs, fixed_values, strict=True)]
        for given in (fit.estimates, coefficients)
    ]
    game = fit.model.game
    best, drawn = (game.quantities(indices, of) for indices in both)
    low, high = tails(level)
    parts = []
    for name in best:
        ends = np.nanquantile(np.broadcast_to(drawn[name], (len(coefficients), len(along))), [low, high], axis=0)
        estimate = np.broadcast_to(best[name], (len(along),))
        parts.append(
            pl.DataFrame({column: along, "quantity": [name] * len(along)}).with_columns(
                estimate=pl.Series(estimate), low=pl.Series(ends[0]), high=pl.Series(ends[1])
            )
        )
    return pl.concat(parts)


def typical(column: NDArray[Any]) -> Any:
    """Return the mean of a column, the median of one with two values, the commonest of text."""
    if column.dtype == object:
        count = Counter(column.tolist())
        return max(sorted(count), key=count.__getitem__)
    return float(np.median(column)) if len(np.unique(column)) <= 2 else float(np.mean(column))


def _steps(column: NDArray[Any]) -> NDArray[Any]:
    distinct = np.array(sorted(set(column.tolist())))
    if column.dtype == object or len(distinct) <= 10:
        return distinct
    return np.linspace(column.min(), column.max(), STEPS)
