"""Regressors as people have them: years, dollars, powers that were not centred, text, duplicates."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from foedus.errors import EstimationError
from foedus.estimators.logits import firth_logit, logit, ridge_logit

Fitter = Callable[..., object]


def rows() -> pl.DataFrame:
    """Three hundred rows, a trend over years and a rich and a poor half, drawn once."""
    luck = np.random.default_rng(15)
    year = np.tile(np.arange(1946, 2006), 5)
    gdp = np.exp(luck.normal(27, 1.5, 300))
    odds = -1 + 0.03 * (year - 1975) - 0.001 * (year - 1975) ** 2 / 3 + 0.3 * (np.log(gdp) - 27)
    return pl.DataFrame(
        {
            "onset": (luck.random(300) < 1 / (1 + np.exp(-odds))).astype(int),
            "year": year,
            "gdp": gdp,
            "t": (year - 1975.5) / 17,
            "rich": gdp / 1e12,
            "dyad": np.repeat(np.arange(60), 5),
            "kind": ["land", "sea"] * 150,
        }
    ).with_columns(
        year2=pl.col("year").cast(float) ** 2,
        year3=pl.col("year").cast(float) ** 3,
        t2=pl.col("t") ** 2,
        t3=pl.col("t") ** 3,
    )


@pytest.mark.parametrize("clusters", [(), ("dyad",)])
def test_raw_years_and_dollars_give_the_coefficients_and_errors_of_scaled_ones(clusters: tuple[str, ...]) -> None:
    raw, scaled = (logit(rows(), "onset", names, clusters) for names in (["year", "gdp"], ["t", "rich"]))
    for name, other, unit in (("year", "t", 17.0), ("gdp", "rich", 1e12)):
        assert raw[name].value * unit == pytest.approx(scaled[other].value, rel=1e-9)
        assert raw[name].error * unit == pytest.approx(scaled[other].error, rel=1e-9)
    assert raw.log_likelihood == pytest.approx(scaled.log_likelihood, rel=1e-12)


def test_powers_of_years_that_were_not_centred_are_not_separation() -> None:
    raw = logit(rows(), "onset", ["year", "year2", "year3"])
    centred = logit(rows(), "onset", ["t", "t2", "t3"])
    assert raw.log_likelihood == pytest.approx(centred.log_likelihood, abs=1e-7)
    assert raw["year3"].value * 17**3 == pytest.approx(centred["t3"].value, rel=1e-4)
    assert raw["year3"].error * 17**3 == pytest.approx(centred["t3"].error, rel=1e-4)
    assert raw.chance(rows()) == pytest.approx(centred.chance(rows()), abs=1e-5)


def test_firth_and_ridge_take_raw_years_and_dollars_too() -> None:
    firth, plain = (firth_logit(rows(), "onset", names) for names in (["year", "gdp"], ["t", "rich"]))
    assert firth["gdp"].low * 1e12 == pytest.approx(plain["rich"].low, abs=1e-4)
    assert firth["year"].value * 17 == pytest.approx(plain["t"].value, abs=1e-4)
    ridge, scaled = (ridge_logit(rows(), "onset", names) for names in (["year", "gdp"], ["t", "rich"]))
    assert ridge["gdp"].value * 1e12 == pytest.approx(scaled["rich"].value, rel=1e-8)
    assert ridge["year"].error * 17 == pytest.approx(scaled["t"].error, rel=1e-8)


def test_what_parts_events_from_the_rest_is_still_called_so() -> None:
    frame = rows().with_columns(split=pl.col("onset") * 1e9 + 1)
    with pytest.raises(EstimationError, match=r"predictors part events from the rest. Rare or separated events need"):
        logit(frame, "onset", ["split"])


@pytest.mark.parametrize("fitter", [logit, firth_logit, ridge_logit])
def test_duplicate_text_and_impossible_arguments_get_a_sentence(fitter: Fitter) -> None:
    frame = rows().with_columns(again=pl.col("gdp") * 3)
    with pytest.raises(EstimationError, match="predictors name gdp twice"):
        fitter(frame, "onset", ["gdp", "gdp"])
    with pytest.raises(EstimationError, match="again is fixed by the columns before it"):
        fitter(frame, "onset", ["gdp", "again"])
    with pytest.raises(EstimationError, match=r"kind holds String, such as \['land'\]; it must hold numbers"):
        fitter(frame, "onset", ["kind"])
    with pytest.raises(EstimationError, match="onset is the outcome and a predictor"):
        fitter(frame, "onset", ["onset"])
    with pytest.raises(EstimationError, match=r"level is 95; .* below 1: 0.95 for 95 %"):
        fitter(frame, "onset", ["t"], level=95)
    with pytest.raises(EstimationError, match=r"level is '95%'; .* such as 0.95"):
        fitter(frame, "onset", ["t"], level="95%")


def test_a_row_without_a_cluster_is_refused_and_no_cluster_of_its_own() -> None:
    for column in (pl.col("dyad"), pl.col("kind")):
        frame = rows().with_columns(of=pl.when(pl.col("t") < 1).then(column))
        with pytest.raises(EstimationError, match=r"of is missing in \d+ of 300 rows; every row needs a cluster"):
            logit(frame, "onset", ["t"], ["of"])
