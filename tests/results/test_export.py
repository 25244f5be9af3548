"""A run in the forms other programs read: the same figures, units and origin, whichever form."""

from __future__ import annotations

import numpy as np
import pytest

import studies
from foedus.errors import InputError, UnknownName
from foedus.facade import needs
from foedus.results import Results
from foedus.study import run as run_study


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("export") / "run"
    run_study(studies.study(futures=8, last=2028), folder, threads=1)
    return Results.open(folder)


def test_xarray_has_every_measure_by_posture_year_place_and_future(results: Results) -> None:
    data = results.to_xarray()
    assert dict(data.sizes) == {"posture": 2, "year": 3, "ally": len(results.allies), "future": 8}
    found = data["spending"].sel(posture="steady", ally="POL").to_numpy()
    assert np.array_equal(found, results.ally("spending", "against")[:, results.allies.index("POL")])
    assert data["loss"].attrs["units"] == "% of GDP a year"
    assert (data.attrs["futures"], data.attrs["ensemble"], data.attrs["seed"]) == (8, results.ensemble, results.seed)
    assert np.array_equal(data["parameter_moral_hazard"].to_numpy(), results.parameters()["moral_hazard"].to_numpy())


def test_pandas_is_the_long_table(results: Results) -> None:
    frame = results.to_pandas("guarantor")
    assert frame.to_dict("list") == results.tidy(group="guarantor").to_dict(as_series=False)
    assert frame.attrs["source"].startswith("Foedus")


def test_iamc_has_its_seven_columns_and_the_mean_of_the_long_table(results: Results) -> None:
    frame = results.to_iamc()
    assert list(frame.columns) == ["model", "scenario", "region", "variable", "unit", "year", "value"]
    one = frame[(frame.variable == "Allies|Loss|Mean") & (frame.region == "Poland") & (frame.year == 2027)]
    long = results.tidy(["loss"]).filter(ally="POL", year=2027)
    assert dict(zip(one.scenario, one.value, strict=True)) == pytest.approx(
        dict(long.select("posture", "mean").iter_rows())
    )
    assert not frame.duplicated(["model", "scenario", "region", "variable", "year"]).any()
    assert {"Guarantors|Cost|Mean", "Regions|Powers|5th Percentile"} <= set(frame.variable)


def test_another_group_is_refused(results: Results) -> None:
    with pytest.raises(UnknownName, match='Did you mean "ally"'):
        results.to_xarray("allys")


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.facade.find_spec", lambda name: None if name == "xarray" else True)
    with pytest.raises(InputError, match=r'this needs xarray: pip install "foedus\[explore\]"'):
        needs("pandas", "xarray")
