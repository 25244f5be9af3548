"""Tables for papers and effects in chances, against statsmodels' and by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from foedus.charts import coefficients, svg
from foedus.errors import EstimationError, InputError, UnknownName
from foedus.estimators import average_chances, average_effects, logit, ordered_logit, regression_table


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    random = np.random.default_rng(5)
    x, z = random.standard_normal(800), random.integers(0, 2, 800).astype(float)
    y = (random.random(800) < 1 / (1 + np.exp(-(-0.5 + 0.8 * x - 0.6 * z)))).astype(float)
    return pl.DataFrame({"y": y, "x": x, "z": z, "x2": x**2, "state": random.integers(0, 40, 800)})


def test_average_effects_are_those_of_statsmodels(rows: pl.DataFrame) -> None:
    from statsmodels.discrete.discrete_model import Logit

    fit = logit(rows, "y", ["x", "z"])
    theirs = Logit(rows["y"].to_numpy(), np.column_stack([np.ones(800), rows.select("x", "z").to_numpy()])).fit(disp=0)
    expected = theirs.get_margeff(at="overall", dummy=True)
    found = average_effects(fit, rows)
    assert found["term"].to_list() == ["x", "z"]
    assert found["value"].to_numpy() == pytest.approx(expected.margeff, abs=1e-8)
    assert found["error"].to_numpy() == pytest.approx(expected.margeff_se, rel=1e-5)


def test_a_chance_is_the_mean_of_rows_with_the_value_put_in(rows: pl.DataFrame) -> None:
    fit = logit(rows, "y", ["x", "z"])
    found = average_chances(fit, rows, {"z": [0, 1]})
    by_hand = [fit.chance(rows.with_columns(z=pl.lit(value))).mean() for value in (0.0, 1.0)]
    assert found["chance"].to_list() == pytest.approx(by_hand)
    assert ((found["low"] < found["chance"]) & (found["chance"] < found["high"])).all()
    effect = average_effects(fit, rows, ["z"])["value"].item()
    assert found["chance"][1] - found["chance"][0] == pytest.approx(effect)


def test_a_power_goes_together_with_what_it_is_a_power_of(rows: pl.DataFrame) -> None:
    fit = logit(rows, "y", ["x", "x2", "z"])
    found = average_chances(fit, rows, {("x", "x2"): [(0, 0), (2, 4)], "z": [0, 1]})
    assert found.select("x", "x2", "z").rows() == [(0, 0, 0), (0, 0, 1), (2, 4, 0), (2, 4, 1)]
    with pytest.raises(InputError, match="gives 3 values for x, x2"):
        average_chances(fit, rows, {("x", "x2"): [(0, 0, 0)]})


def test_effects_of_what_is_no_logit_or_no_predictor_are_refused(rows: pl.DataFrame) -> None:
    fit = logit(rows, "y", ["x", "z"])
    with pytest.raises(UnknownName, match="no such predictor"):
        average_effects(fit, rows, ["w"])
    with pytest.raises(EstimationError, match="those of a logit; this fit is: ordered logit"):
        average_effects(ordered_logit(rows, "y", ["x"]), rows)
    with pytest.raises(EstimationError, match="missing values in the predictors"):
        average_effects(fit, rows.with_columns(x=pl.when(pl.col("z") == 0).then("x")))


def test_a_table_has_fits_side_by_side_in_every_form(rows: pl.DataFrame) -> None:
    fits = {"bare": logit(rows, "y", ["x"]), "full": logit(rows, "y", ["x", "z"], ["state"])}
    names = {"z": "Treaty_1", "x": "Power & size"}
    text = regression_table(fits, names=names, digits=2)
    value = f"{fits['full']['z'].value:.2f}"
    assert text.splitlines()[2].split() == ["Treaty_1", value]
    assert "(Intercept)" not in text
    markdown = regression_table(fits, "markdown", names=names, digits=2)
    assert f"| Treaty_1 |  | {value} ({fits['full']['z'].error:.2f}) |" in markdown.splitlines()
    latex = regression_table(fits, "latex", names=names, digits=2)
    assert rf"\quad Treaty\_1 &  & ${value}$ \\" in latex
    assert r"Power \& size" in latex
    html = regression_table(fits, "html", names=names, digits=2, intervals=True)
    assert "Power &amp; size" in html
    assert f"{value}<br>[{fits['full']['z'].low:.2f}, {fits['full']['z'].high:.2f}]" in html
    assert html.count("<tr>") == 7
    with pytest.raises(InputError, match="names holds w, which no fit has"):
        regression_table(fits, names={"w": "W"})
    with pytest.raises(UnknownName, match='Did you mean "latex"'):
        regression_table(fits, "latec")  # type: ignore[arg-type]


def test_a_chart_of_coefficients_draws_every_term_of_every_fit(rows: pl.DataFrame) -> None:
    fits = {"bare": logit(rows, "y", ["x"]).frame(), "full": logit(rows, "y", ["x", "z"]).frame()}
    drawn = svg(coefficients(fits, names={"x": "power", "z": "treaty"}), "of the record")
    assert drawn.startswith("<svg")
    assert all(word in drawn for word in ("power", "treaty", "bare", "full"))
    assert "constant" not in drawn
