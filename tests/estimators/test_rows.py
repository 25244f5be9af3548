"""Rows of the standard models against the publishers' own rows, counted by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from foedus.calibration.proliferation import baseline, hazard, proliferation_rows
from foedus.estimators.specifications import fatal_risk, intervention, new_ties, spending_response
from foedus.panels import DataFolder
from foedus.panels.samples import LAGGED, fatal_rows, intervention_rows, spending_rows, tie_rows


@pytest.fixture(scope="module")
def ties(data: Path) -> pl.DataFrame:
    return tie_rows(data, 1996, 1999)


def test_poland_ties_with_germany_in_the_year_of_signature(ties: pl.DataFrame) -> None:
    pair = ties.filter((pl.col("ccode1") == 255) & (pl.col("ccode2") == 290)).sort("year")
    found = list(pair.select("year", "tied_before", "tied").iter_rows())
    assert found == [(1996, 0, 0), (1997, 0, 1), (1998, 1, 1), (1999, 1, 1)]


def test_shared_allies_are_those_that_treaties_bind_to_both(data: Path, ties: pl.DataFrame) -> None:
    """Argentina and Chile at the end of 1995, counted from the published directed rows."""
    pacts = (
        DataFolder.open(data).read("atop_dyad_year").filter((pl.col("year") == 1995) & (pl.col("atop_defense") == 1))
    )
    bound = {
        code: {*pacts.filter(pl.col("ccode1") == code)["ccode2"], *pacts.filter(pl.col("ccode2") == code)["ccode1"]}
        for code in (155, 160)
    }
    row = ties.filter((pl.col("ccode1") == 155) & (pl.col("ccode2") == 160) & (pl.col("year") == 1996))
    shared = bound[155] & bound[160]
    assert len(shared) > 10
    assert row["shared_allies"][0] == pytest.approx(np.log1p(len(shared)))
    others = (bound[155] ^ bound[160]) - {155, 160}
    assert row["allies"][0] == pytest.approx(np.log1p(len(others)))


def test_indias_rivals_in_1966_are_pakistan_and_china_a_year_before(data: Path) -> None:
    rows = spending_rows(data, 1965, 1967)
    spent = {
        (c, y): m
        for c, y, m in DataFolder.open(data).read("cow_nmc").select("ccode", "year", "milex").iter_rows()
        if m is not None
    }
    india = rows.filter((pl.col("ccode") == 750) & (pl.col("year") == 1966)).row(0, named=True)
    assert india["log_rivals"] == pytest.approx(np.log(spent[770, 1965] + spent[710, 1965]), rel=1e-6)
    assert india[LAGGED] == pytest.approx(np.log(spent[750, 1965]), rel=1e-6)
    assert india["log_spending"] == pytest.approx(np.log(spent[750, 1966]), rel=1e-6)


def test_the_risk_of_a_fatal_dispute_follows_reach_and_neighbours(data: Path) -> None:
    """Russia, with many neighbours and reach, runs twenty times the risk of New Zealand."""
    risk = fatal_risk(fatal_rows(data, 1960, 1970))
    assert risk["fatal_risk"].is_between(0, 1).all()
    mean = {code: float(risk.filter(pl.col("ccode") == code)["fatal_risk"].to_numpy().mean()) for code in (365, 920)}
    assert mean[365] > 20 * mean[920]


def test_rows_with_a_missing_predictor_are_left_out_of_the_response(data: Path) -> None:
    rows = spending_rows(data, 1990, 1999)
    fit = spending_response(rows, "log_rivals")
    assert fit.rows == rows.drop_nulls(["log_rivals", "log_spending", LAGGED]).height
    assert fit.errors == "by state"


def test_the_standard_fits_have_the_signs_of_the_field(data: Path, ties: pl.DataFrame) -> None:
    """Help comes from the near and strong, and to wars; pacts join the near; rivalry and skill come before the bomb."""
    joins = intervention(intervention_rows(data))
    assert joins["log_distance"].value < 0 < min(joins[name].low for name in ("force", "war", "major"))
    assert joins["since_1946"].high < 0
    made = new_ties(ties, ["log_distance", "shared_allies"])
    assert made["log_distance"].high < 0
    assert made.errors == "by shared state"
    nuclear = proliferation_rows(data)
    assert hazard(nuclear, "explore")["latency"].low > 0
    alone = baseline(nuclear, "explore", {"threat": 0.0})
    rate = alone.events / alone.rows if alone.events else 0.0
    assert alone["constant"].value == pytest.approx(np.log(rate / (1 - rate)), abs=1e-8)
