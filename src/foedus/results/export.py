"""A run in the forms that other programs read: pandas, xarray, and the long format of the IAMC.

Losses are in per cent of GDP a year, as in every table. What a frame cannot say of itself, futures, years, ensemble and
seed, is in its attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.facade import needs
from foedus.results import Results
from foedus.results.tidy import GROUPS, column_of, measure_values, measures, tidy
from foedus.version import __version__
from foedus.world import World

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

IAMC_QUANTILES = (0.05, 0.5, 0.95)
"""Shares of futures whose quantiles are variables beside the mean."""


def attributes(results: Results) -> dict[str, Any]:
    """What is said of a run beside its figures; plain values, as netCDF and parquet keep them."""
    manifest = results.manifest
    return {
        "source": f"Foedus {__version__}",
        "scenario": str(manifest["scenario"]["name"]),
        **results.stamps,
        "digest": str(manifest["digest"]),
        "limits": "Compares policies under stated assumptions; it does not predict.",
    }


def to_pandas(results: Results, group: str = "ally", *, futures: bool = False) -> pd.DataFrame:
    """The long table of `Results.tidy` as a pandas frame, with `attributes` in its attrs.

    group    whose measures: "ally", "guarantor" or "region"
    futures  a row for each future, instead of mean and quantiles

    Raises UnknownName for another group, InputError where the extra is missing.
    """
    needs("pandas")
    import pandas as pd

    long = tidy(results, futures=futures, group=group)
    frame = pd.DataFrame({name: long[name].to_numpy() for name in long.columns})
    frame.attrs.update(attributes(results))
    return frame


def to_xarray(results: Results, group: str = "ally") -> xr.Dataset:
    """Every measure of a group as a variable over posture, year, place and future, with units; parameters over future.

    group  whose measures: "ally", "guarantor" or "region"; it names the axis of places

    Raises UnknownName for another group, InputError where the extra is missing.
    """
    needs("xarray", "pandas")
    import xarray as xr

    units = {name: (unit, meaning) for name, meaning, unit in measures(group).iter_rows()}
    axes = ("posture", "year", group, "future")
    found: dict[str, Any] = {}
    for name, (unit, meaning) in units.items():
        values = np.stack([measure_values(results, role, group, name) for role in results.roles])
        found[name] = (axes, values, {"units": unit, "long_name": meaning})
    parameters = results.parameters().drop("future")
    found |= {f"parameter_{name}": (("future",), parameters[name].to_numpy()) for name in parameters.columns}
    places = {
        "posture": list(results.roles.values()),
        "year": results.years,
        group: results.rows(GROUPS[group]),
        "future": np.arange(results.futures),
    }
    return xr.Dataset(found, coords=places, attrs=attributes(results))


def to_iamc(results: Results, world: World | None = None) -> pd.DataFrame:
    """Means and quantiles in the long format of the Integrated Assessment Modelling Consortium, as a pandas frame.

    world  whose names of states stand under `region`; that of 2026 without it

    Columns: model, scenario, region, variable, unit, year, value; pyam.IamDataFrame reads it. A variable is
    `Allies|Loss|Mean`, or `…|Standard Error of the Mean` (of Monte Carlo), `…|5th Percentile`, and so on. The posture
    is the scenario.

    Raises InputError where the extra is missing.
    """
    needs("pandas")
    import pandas as pd

    names = (world or World.load()).states.names
    frames = []
    for group, whose in (("ally", "Allies"), ("guarantor", "Guarantors"), ("region", "Regions")):
        long = tidy(results, quantiles=IAMC_QUANTILES, group=group)
        figures = {"mean": "Mean", "error": "Standard Error of the Mean"} | {
            column_of(q): f"{100 * q:.0f}th Percentile" for q in IAMC_QUANTILES
        }
        for column, word in figures.items():
            frames.append(
                pd.DataFrame(
                    {
                        "model": f"Foedus {__version__}",
                        "scenario": long["posture"].to_numpy(),
                        "region": [names.get(place, place) for place in long[group]],
                        "variable": [f"{whose}|{_title(name)}|{word}" for name in long["measure"]],
                        "unit": long["unit"].to_numpy(),
                        "year": long["year"].to_numpy(),
                        "value": long[column].to_numpy(),
                    }
                )
            )
    frame = pd.concat(frames, ignore_index=True)
    frame.attrs.update(attributes(results))
    return frame


def _title(name: str) -> str:
    return name.replace("_", " ").title()
