"""A run as one long table, for R, Stata, spreadsheets and plots: a row a posture, year, ally and measure.

Losses are in per cent of GDP a year here, as in every table that Foedus prints; a run's parts hold them in stakes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.errors import InputError, UnknownName
from foedus.results.error import standard_errors
from foedus.results.headline import Values, stake_gdp
from foedus.results.results import Results

GROUPS = {group.key: group for group in (Group.ALLY, Group.GUARANTOR, Group.REGION)}
"""Whose measures make a long table, by the word for one of them."""

LOSS = "loss"
"""The whole expected loss of an ally, the sum of two measures of the record."""

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def measures(group: str = "ally") -> pl.DataFrame:
    """Name, meaning and unit of every measure in the long table; losses first.

    group  whose: "ally", "guarantor" or "region"

    Raises UnknownName for another group.
    """
    rows = [(m.name, m.meaning, _unit(m.unit)) for m in MEASURES[_group(group)].values()]
    if group == "ally":
        rows.insert(0, (LOSS, "expected yearly loss, conceded and fought", _unit("stakes")))
    return pl.DataFrame(rows, schema=["measure", "meaning", "unit"], orient="row")


def tidy(
    results: Results,
    of: Sequence[str] = (),
    *,
    futures: bool = False,
    quantiles: Sequence[float] = QUANTILES,
    group: str = "ally",
) -> pl.DataFrame:
    """Every measure of every ally, guarantor or region in every year, long.

    results    a run, or two compared
    of         names of measures, as in `measures()`; all that the run kept when empty
    futures    a row for each future with its `value`, instead of their mean and quantiles: many rows
    quantiles  shares of futures below, between 0 and 1; a column each, `q05` for 0.05, `q025` for 0.025
    group      whose measures: "ally", "guarantor" or "region"

    Columns: role (`posture` or `against`), posture (its name), year, ally (iso3; or guarantor, or region), measure,
    unit; then mean, its Monte Carlo standard error and quantiles over futures, or future and value; then of how many
    futures, of which ensemble and seed. A row is named by role, year, ally, measure and future. The role `posture`
    comes first where two are compared. In one future both postures meet the same luck, so their difference by future is
    paired. Raises UnknownName for a measure or group nobody declared, NotKept for one that the run did not keep,
    InputError for one named twice and for a quantile that is no share.
    """
    units = dict(measures(group).select("measure", "unit").iter_rows())
    kept = {LOSS, *results.kept(_group(group))}
    for name in of:
        if name not in units:
            raise UnknownName("measure", name, list(units))
    if twice := [name for name in of if of.count(name) > 1]:
        msg = f"measures: {twice[0]} is named twice. Name it once"
        raise InputError(msg)
    if wrong := [q for q in quantiles if not 0.0 <= q <= 1.0]:
        msg = f"quantiles {wrong[0]:g}: a share of futures lies between 0 and 1"
        raise InputError(msg)
    frames = []
    for role, posture in results.roles.items():
        for name in of or (name for name in units if name in kept):
            columns = _columns(
                results, measure_values(results, role, group, name), group, futures=futures, quantiles=quantiles
            )
            told = {
                "role": pl.lit(role),
                "posture": pl.lit(posture),
                "measure": pl.lit(name),
                "unit": pl.lit(units[name]),
            }
            order = ["role", "posture", "year", group, "measure", "unit"]
            frames.append(pl.DataFrame(columns).with_columns(**told).select(*order, pl.exclude(order)))
    stamps = {name: pl.lit(value) for name, value in results.stamps.items() if not name.endswith("year")}
    return pl.concat(frames).with_columns(**stamps)


def column_of(share: float) -> str:
    """Name of a quantile's column: `q05`, `q50`, `q025`."""
    digits = f"{share:.10f}".rstrip("0").replace(".", "")
    return "q" + digits[1:].ljust(2, "0") if share < 1.0 else "q100"


def _columns(
    results: Results, values: Values, group: str, *, futures: bool, quantiles: Sequence[float]
) -> dict[str, object]:
    """Columns of one measure of one posture: year and whose, then its figures."""
    years, rows, count = values.shape
    each = count if futures else 1
    columns: dict[str, object] = {
        "year": np.repeat(np.array(results.years, dtype=np.int32), rows * each),
        group: np.tile(np.repeat(results.rows(GROUPS[group]), each), years),
    }
    if futures:
        columns["future"] = np.tile(np.arange(count, dtype=np.int32), years * rows)
        columns["value"] = values.reshape(-1)
        return columns
    columns["mean"] = values.mean(axis=2, dtype=np.float64).reshape(-1)
    columns["error"] = standard_errors(values.reshape(years * rows, count), results.twins())
    for share in quantiles:
        columns[column_of(share)] = np.quantile(values, share, axis=2).astype(np.float64).reshape(-1)
    return columns


def measure_values(results: Results, role: str, group: str, name: str) -> Values:
    """A measure by year, row and future, [Y, rows, N], losses in per cent of GDP.

    name  as in `measures(group)`; raises UnknownName for another
    """
    if group == "ally" and name == LOSS:
        return np.asarray(results.loss(role) * stake_gdp(results), dtype=np.float32)
    values = results.measure(GROUPS[group], name, role)
    if MEASURES[GROUPS[group]][name].unit == "stakes":
        return np.asarray(values * stake_gdp(results), dtype=np.float32)
    return values


def _group(name: str) -> Group:
    if name not in GROUPS:
        raise UnknownName("group of measures", name, GROUPS)
    return GROUPS[name]


def _unit(unit: str) -> str:
    """Unit of a measure in the long table: what the record holds in stakes is told in per cent of GDP."""
    return "% of GDP a year" if unit == "stakes" else unit
