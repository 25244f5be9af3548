"""The long table: units as printed, means as in the headline, a row for each future on request, files others read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import studies
from foedus import cli
from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.errors import InputError, UnknownName
from foedus.results import Results, headlines
from foedus.results.tidy import column_of, measures, tidy
from foedus.study import run
from foedus.terms import REGIONS


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    study = studies.study(futures=24, last=2028)
    return Results.open(run(study, tmp_path_factory.mktemp("tidy") / "run", threads=1).path)


def test_every_measure_of_the_record_has_its_meaning_and_unit() -> None:
    assert measures()["measure"].to_list() == ["loss", *MEASURES[Group.ALLY]]
    assert measures("guarantor")["measure"].to_list() == list(MEASURES[Group.GUARANTOR])
    assert measures().columns == ["measure", "meaning", "unit"]
    assert measures().filter(measure="loss_fought")["unit"].item() == "% of GDP a year"
    with pytest.raises(UnknownName, match="guarantor"):
        measures("guarantors")


def test_guarantors_and_regions_have_long_tables_of_their_own(results: Results) -> None:
    table = results.tidy(["cost"], group="guarantor")
    assert table.columns[:6] == ["role", "posture", "year", "guarantor", "measure", "unit"]
    at = table.filter(posture="steady", year=2028, guarantor="USA")
    values = results.guarantor("cost", "against")[2, results.guarantors.index("USA")]
    assert at["mean"].item() == pytest.approx(float(values.mean(dtype=np.float64)))
    assert set(results.tidy(group="region")["region"]) == set(REGIONS)


def test_losses_are_in_per_cent_of_gdp_and_agree_with_the_headline(results: Results) -> None:
    means = results.tidy(["loss"]).group_by("posture", "ally").agg(pl.col("mean").mean())
    for row in headlines(results):
        for role, held in (("posture", row), ("against", row.against)):
            assert held is not None
            at = (pl.col("posture") == results.roles[role]) & (pl.col("ally") == row.ally)
            assert means.filter(at)["mean"].item() == pytest.approx(held.loss.mean, rel=1e-5)


def test_a_row_is_a_posture_year_ally_and_measure_with_quantiles_of_the_futures(results: Results) -> None:
    table = tidy(results, ["spending", "loss_fought"])
    assert table.height == 2 * 2 * len(results.years) * len(results.allies)
    assert table.columns == [
        "role", "posture", "year", "ally", "measure", "unit", "mean", "error", "q05", "q25", "q50", "q75", "q95",
        "futures", "ensemble", "seed",
    ]  # fmt: skip
    assert table.select("futures", "ensemble", "seed").unique().rows() == [(results.futures, results.ensemble, 5)]
    at = table.filter(posture="steady", year=2027, ally="TWN", measure="spending")
    values = results.ally("spending", "against")[1, results.allies.index("TWN")]
    assert at["q50"].item() == pytest.approx(float(np.median(values)))
    assert at["unit"].item() == "share of GDP"


def test_every_future_is_there_on_request_in_the_same_order_under_both_postures(results: Results) -> None:
    table = tidy(results, ["promise_true"], futures=True)
    assert table.height == 2 * len(results.years) * len(results.allies) * results.futures
    at = table.filter(posture="retrench", year=2028, ally="JPN").sort("future")
    values = results.ally("promise_true")[2, results.allies.index("JPN")]
    assert at["value"].to_numpy().tolist() == values.tolist()


def test_a_measure_nobody_declared_is_refused_with_the_nearest(results: Results) -> None:
    with pytest.raises(UnknownName, match="spending"):
        tidy(results, ["spendin"])
    with pytest.raises(InputError, match="between 0 and 1"):
        tidy(results, quantiles=(5.0,))


@pytest.mark.parametrize(("share", "name"), [(0.05, "q05"), (0.5, "q50"), (0.025, "q025"), (0.0, "q00"), (1.0, "q100")])
def test_a_column_of_a_quantile_says_its_share(share: float, name: str) -> None:
    assert column_of(share) == name


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_command_line_writes_the_same_table(
    results: Results, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"run.{ending}"
    cli.main(["table", str(results.folder.path), "--measures", "loss", "--out", str(out), "--json"])
    assert json.loads(capsys.readouterr().out)["rows"] == tidy(results, ["loss"]).height
    found = pl.read_csv(out) if ending == "csv" else pl.read_parquet(out)
    assert found["mean"].to_list() == pytest.approx(tidy(results, ["loss"])["mean"].to_list())


def test_without_a_file_the_measures_are_listed_with_units(
    results: Results, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["table", str(results.folder.path)])
    said = capsys.readouterr().out
    cli.main(["table", "--list"])
    assert capsys.readouterr().out == said
    cli.main(["table", "--list", "--of", "region"])
    assert "concentration" in capsys.readouterr().out
    assert "loss_conceded" in said
    assert "% of GDP a year" in said
    assert max(map(len, said.splitlines())) <= 80
