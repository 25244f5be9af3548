"""How military spending responds: partial adjustment with fixed effects of state and year (eqs 19-20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import EstimationError, InputError
from foedus.estimators.covariance import sandwich, sum_by_group
from foedus.estimators.design import design
from foedus.estimators.fit import Fit, Floats, Term, freedom, wald

MOST_SWEEPS = 10_000


def partial_adjustment(
    frame: pl.DataFrame,
    outcome: str,
    lagged: str,
    predictors: Sequence[str] = (),
    *,
    unit: str = "ccode",
    year: str = "year",
    bias: str = "none",
    level: float = 0.95,
) -> Fit:
    """Fit outcome = keep x lagged + predictors + effect of unit + effect of year by least squares.

    outcome     column, in logs
    lagged      the same a year before; 1 minus its coefficient is the speed of adjustment
    unit, year  columns of the two effects; errors are clustered by unit
    bias        "none", or "half-panel": twice the estimate less the mean of those on each unit's earlier and later
                half. A lag beside fixed effects pulls its coefficient down by about (1 + keep)/T (Nickell 1981);
                the jackknife takes that out (Dhaene and Jochmans 2015) and needs about 20 years a unit.
    frame, level  as `logit`

    Raises EstimationError when the data cannot be fitted.
    """
    if bias not in ("none", "half-panel"):
        msg = f'bias is "{bias}"; it must be "none" or "half-panel"'
        raise InputError(msg)
    frame = frame.sort(unit, year)
    names = (lagged, *predictors)
    whole = _within(frame, outcome, names, unit, year)
    if bias == "none":
        return _fit(whole, whole.values, whole.influence, "least squares", level)
    early = pl.int_range(pl.len()).over(unit) < pl.len().over(unit) // 2
    halves = [_within(frame.filter(part), outcome, names, unit, year) for part in (early, ~early)]
    values = 2 * whole.values - (halves[0].values + halves[1].values) / 2
    influence = 2 * whole.influence
    for half in halves:
        # A unit of one year has no earlier half.
        influence[np.searchsorted(whole.units, half.units)] -= half.influence / 2
    return _fit(whole, values, influence, "least squares, half-panel jackknife", level)


def adjustment(fit: Fit, lagged: str) -> Term:
    """Return the share of the gap closed in a year, one less the coefficient of the lag, with its interval.

    fit     of `partial_adjustment`
    lagged  the name of its lagged outcome
    """
    keep = fit[lagged]
    return Term("adjustment", 1 - keep.value, keep.error, 1 - keep.high, 1 - keep.low, float("nan"))


def long_run(fit: Fit, name: str, lagged: str) -> Term:
    """Return a predictor's effect when adjustment is done, coefficient / (1 - keep), with a delta-method interval.

    fit     of `partial_adjustment`
    name    the predictor
    lagged  the name of its lagged outcome

    Raises EstimationError when nothing adjusts (keep of one or more).
    """
    keep, effect = fit[lagged].value, fit[name].value
    if keep >= 1:
        msg = f"{lagged} has coefficient {keep:.3f}: nothing adjusts, so there is no long run"
        raise EstimationError(msg)
    names = [t.name for t in fit.terms]
    slope = np.zeros(len(names))
    slope[names.index(name)] = 1 / (1 - keep)
    slope[names.index(lagged)] = effect / (1 - keep) ** 2
    error = float(np.sqrt(slope @ fit.covariance @ slope))
    return wald(f"{name}, long run", effect / (1 - keep), error, fit.level, freedom(fit.clusters))


@dataclass(frozen=True, eq=False)
class _Within:
    """Coefficients [k]; what each unit moves them, [units, k]; swept outcome and residual, [n]."""

    names: tuple[str, ...]
    values: Floats
    units: NDArray[np.int64]
    influence: Floats
    outcome: Floats
    residual: Floats


def _within(frame: pl.DataFrame, outcome: str, names: tuple[str, ...], unit: str, year: str) -> _Within:
    made = design(frame, outcome, names, (unit,), constant=False)
    years = np.unique(frame[year].to_numpy(), return_inverse=True)[1]
    swept = _swept(np.column_stack([made.outcome, made.matrix]), made.labels[0], years)
    y, x = swept[:, 0], swept[:, 1:]
    if (flat := np.abs(x).max(axis=0) < 1e-9).any():
        msg = f"{names[int(np.argmax(flat))]} does not vary within states and years, so the effects swallow it"
        raise EstimationError(msg)
    bread = np.linalg.inv(x.T @ x)
    values = bread @ (x.T @ y)
    residual = y - x @ values
    units = np.unique(frame[unit].to_numpy()).astype(np.int64)
    sums = sum_by_group(x * residual[:, None], made.labels[0])
    return _Within(names, values, units, sums @ bread, y, residual)


def _fit(whole: _Within, values: Floats, influence: Floats, how: str, level: float) -> Fit:
    groups = len(influence)
    if groups < 2:
        msg = "partial adjustment needs two states or more; there is one"
        raise EstimationError(msg)
    covariance = sandwich(-np.eye(len(values)), influence)
    errors = np.sqrt(np.diag(covariance))
    return Fit(
        model=f"partial adjustment, fixed effects of state and year, {how}",
        terms=tuple(
            wald(n, float(v), float(e), level, freedom(groups))
            for n, v, e in zip(whole.names, values, errors, strict=True)
        ),
        covariance=covariance,
        rows=len(whole.outcome),
        events=None,
        errors="by state",
        clusters=groups,
        log_likelihood=_normal(whole.residual),
        null_log_likelihood=_normal(whole.outcome),
        level=level,
    )


def _swept(columns: Floats, unit: NDArray[np.int64], year: NDArray[np.int64]) -> Floats:
    """Take out means of unit and year in turn until they stay out (unbalanced panels need several turns)."""
    swept = columns.copy()
    for _ in range(MOST_SWEEPS):
        before = swept
        for group in (unit, year):
            count = np.bincount(group)
            means = np.column_stack([np.bincount(group, c) / count for c in swept.T])
            swept = swept - means[group]
        if np.max(np.abs(swept - before)) < 1e-11 * max(1.0, float(np.abs(columns).max())):
            return swept
    msg = f"means of state and year did not come out in {MOST_SWEEPS} turns; is the panel connected?"
    raise EstimationError(msg)


def _normal(residual: Floats) -> float:
    return float(-0.5 * len(residual) * (np.log(2 * np.pi * np.mean(residual**2)) + 1))
