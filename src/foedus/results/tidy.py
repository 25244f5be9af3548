"""A run as one long table, for R, Stata, spreadsheets and plots: a row a posture, year, ally and measure.

Losses are in per cent of GDP a year here, as in every table that Foedus prints; a run's parts hold them in stakes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from foedus.engine.record import ALLY_MEASURES
from foedus.errors import InputError, UnknownName
from foedus.results.headline import Values, stake_gdp
from foedus.results.results import Results


@dataclass(frozen=True)
class Measure:
    """A measure of an ally in a year.

    name     as the tables call it
    meaning  what it is
    unit     "% of GDP a year", "chance", "share", "share of GDP", "billion USD", "index" or "uses a year"
    """

    name: str
    meaning: str
    unit: str


UNITS = {
    "loss_conceded": "% of GDP a year",
    "loss_fought": "% of GDP a year",
    "promise_true": "chance",
    "promise_ally": "chance",
    "promise_adversary": "chance",
    "win_alone": "chance",
    "spending": "share of GDP",
    "capability": "billion USD",
    "completeness": "share",
    "dependence": "share",
    "conceded": "share",
    "nuclear": "index",
    "lean_rival": "share",
    "tension": "index",
    "support": "index",
    "home_share": "share",
    "loyalty": "share",
    "pool_resolve": "chance",
    "own_force": "uses a year",
    "hostility": "share",
    "cohesion": "share",
}
"""Unit of every measure of the record, by name."""

LOSSES = ("loss_conceded", "loss_fought")
WHOLE = Measure("loss", "expected yearly loss, conceded and fought", "% of GDP a year")
MEASURES: tuple[Measure, ...] = (
    WHOLE,
    *(Measure(name, said.replace(", stakes", ""), UNITS[name]) for name, said in ALLY_MEASURES.items()),
)
"""Every measure: the whole loss first, then as the record holds them."""

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def measures() -> pl.DataFrame:
    """Name, meaning and unit of every measure of an ally."""
    rows = [(m.name, m.meaning, m.unit) for m in MEASURES]
    return pl.DataFrame(rows, schema=["measure", "meaning", "unit"], orient="row")


def tidy(
    results: Results,
    of: Sequence[str] = (),
    *,
    futures: bool = False,
    quantiles: Sequence[float] = QUANTILES,
) -> pl.DataFrame:
    """Every measure of every ally in every year, long.

    results    a run, or two compared
    of         names of measures, as in `measures()`; all when empty
    futures    a row for each future with its `value`, instead of their mean and quantiles: many rows
    quantiles  shares of futures below, between 0 and 1; a column each, `q05` for 0.05, `q025` for 0.025

    Columns: role (`posture` or `against`), posture (its name), year, ally (iso3), measure, unit; then mean and
    quantiles over futures, or future and value. A row is named by role, year, ally, measure and future.
    The role `posture` comes first where two are compared. In one future both postures meet the same luck, so their
    difference by future is paired. Raises UnknownName for a measure nobody declared, InputError for one named
    twice and for a quantile that is no share.
    """
    known = {m.name: m for m in MEASURES}
    for name in of:
        if name not in known:
            raise UnknownName("measure", name, list(known))
    if twice := [name for name in of if of.count(name) > 1]:
        msg = f"measures: {twice[0]} is named twice. Name it once"
        raise InputError(msg)
    if wrong := [q for q in quantiles if not 0.0 <= q <= 1.0]:
        msg = f"quantiles {wrong[0]:g}: a share of futures lies between 0 and 1"
        raise InputError(msg)
    frames = [
        _long(results, role, known[name], futures=futures, quantiles=quantiles)
        for role in results.roles
        for name in (of or known)
    ]
    return pl.concat(frames)


def _long(results: Results, role: str, measure: Measure, *, futures: bool, quantiles: Sequence[float]) -> pl.DataFrame:
    values = _values(results, role, measure.name)
    years, allies, count = values.shape
    each = count if futures else 1
    columns: dict[str, object] = {
        "role": pl.repeat(role, years * allies * each, eager=True),
        "posture": pl.repeat(results.roles[role], years * allies * each, eager=True),
        "year": np.repeat(np.array(results.years, dtype=np.int32), allies * each),
        "ally": np.tile(np.repeat(results.allies, each), years),
        "measure": pl.repeat(measure.name, years * allies * each, eager=True),
        "unit": pl.repeat(measure.unit, years * allies * each, eager=True),
    }
    if futures:
        columns["future"] = np.tile(np.arange(count, dtype=np.int32), years * allies)
        columns["value"] = values.reshape(-1)
        return pl.DataFrame(columns)
    columns["mean"] = values.mean(axis=2, dtype=np.float64).reshape(-1)
    for share in quantiles:
        columns[column_of(share)] = np.quantile(values, share, axis=2).astype(np.float64).reshape(-1)
    return pl.DataFrame(columns)


def column_of(share: float) -> str:
    """Name of a quantile's column: `q05`, `q50`, `q025`."""
    digits = f"{share:.10f}".rstrip("0").replace(".", "")
    return "q" + digits[1:].ljust(2, "0") if share < 1.0 else "q100"


def _values(results: Results, role: str, name: str) -> Values:
    """A measure by year, ally and future, [Y, A, N], losses in per cent of GDP."""
    if name == WHOLE.name:
        return np.asarray(results.loss(role) * stake_gdp(results), dtype=np.float32)
    values = results.ally(name, role)
    return np.asarray(values * stake_gdp(results), dtype=np.float32) if name in LOSSES else values
