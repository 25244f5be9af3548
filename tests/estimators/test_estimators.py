"""Estimators against independent programs, closed forms and brute force; and what they refuse."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from statsmodels.api import OLS, Logit

from estimators import recovery
from foedus.errors import EstimationError, UnknownName
from foedus.estimators import firth_logit, logit, long_run, ordered_logit, partial_adjustment, ridge_logit
from foedus.estimators.binary import Logit as BinaryLogit
from foedus.estimators.logits import offset_logit
from foedus.estimators.ordered import chances

NUCLEAR = pl.DataFrame({"joined": [0] * 35 + [1] * 10 + [0] * 311, "nuclear": [1] * 35 + [0] * 321})
"""0 of 35 against 10 of 321: a predictor that separates."""


def rows(count: int = 400, seed: int = 3) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    x, z = random.normal(size=count), random.normal(size=count)
    event = (-1 + 0.8 * x - 0.4 * z + random.logistic(size=count) > 0).astype(int)
    return pl.DataFrame({"event": event, "x": x, "z": z, "dyad": np.arange(count) // 5})


def test_firths_penalty_in_a_two_by_two_table_adds_half_a_case_to_each_cell() -> None:
    # Closed form: Firth (1993); Heinze and Schemper (2002).
    fit = firth_logit(NUCLEAR, "joined", ["nuclear"])
    assert fit["constant"].value == pytest.approx(np.log(10.5 / 311.5), abs=1e-6)
    assert fit["nuclear"].value == pytest.approx(np.log((0.5 / 35.5) / (10.5 / 311.5)), abs=1e-6)


def test_firths_interval_under_separation_is_open_towards_the_empty_cell() -> None:
    term = firth_logit(NUCLEAR, "joined", ["nuclear"])["nuclear"]
    assert term.low < -5
    assert 1 < term.high < 1.5
    assert term.p > 0.3


def test_maximum_likelihood_refuses_a_predictor_that_separates() -> None:
    with pytest.raises(EstimationError, match="need firth_logit"):
        logit(NUCLEAR, "joined", ["nuclear"])


@pytest.mark.parametrize(
    ("x", "event"),
    [([1.0, 2, 3, 4, 5, 6], [0, 0, 0, 1, 1, 1]), ([1.0, 2, 3, 3, 4, 5], [0, 0, 0, 1, 1, 1])],
    ids=["every row is told", "all but a tie is told"],
)
def test_no_logit_climbs_to_a_maximum_that_separation_puts_at_infinity(x: list[float], event: list[int]) -> None:
    likelihood = BinaryLogit(np.array(event, float), np.column_stack([np.ones(6), x]))
    with pytest.raises(EstimationError, match="mine has no maximum"):
        likelihood.fit("mine")


def test_a_logit_of_weighted_rows_is_that_of_rows_written_out() -> None:
    frame = rows(60)
    y, x = frame["event"].to_numpy().astype(float), np.column_stack([np.ones(60), frame["x"].to_numpy()])
    times = np.random.default_rng(1).integers(4, size=(12, 60)).astype(float)
    together = BinaryLogit(y, x).climb(np.zeros((12, 2)), times).coefficients
    for weight, found in zip(times, together, strict=True):
        drawn = np.repeat(np.arange(60), weight.astype(int))
        assert found == pytest.approx(BinaryLogit(y[drawn], x[drawn]).fit("one"), abs=1e-8)


def test_the_logit_is_statsmodels_own_and_its_clustered_errors_are_too() -> None:
    frame = rows()
    fit = logit(frame, "event", ["x", "z"], ["dyad"])
    x = np.column_stack([np.ones(frame.height), frame.select("x", "z").to_numpy()])
    groups = {"groups": frame["dyad"].to_numpy(), "use_correction": False}
    theirs = Logit(frame["event"].to_numpy(), x).fit(disp=0, cov_type="cluster", cov_kwds=groups)
    assert fit.values == pytest.approx(theirs.params, abs=1e-8)
    assert [t.error for t in fit.terms] == pytest.approx(theirs.bse * np.sqrt(80 / 79), rel=1e-6)
    assert (fit.rows, fit.events, fit.clusters) == (400, int(frame["event"].sum()), 80)
    assert fit.log_loss_reduction == pytest.approx(theirs.prsquared, abs=1e-9)


def test_errors_by_shared_state_sum_over_all_pairs_of_pairs_that_meet() -> None:
    random = np.random.default_rng(5)
    one, two = (np.tile(a, 2) for a in np.triu_indices(7, 1))
    x = random.normal(size=len(one))
    frame = pl.DataFrame(
        {"event": (x + random.logistic(size=len(one)) > 0).astype(int), "x": x, "ccode1": one, "ccode2": two}
    )
    fit = logit(frame, "event", ["x"], ["ccode1", "ccode2"])
    design = np.column_stack([np.ones(len(x)), x])
    chance = fit.chance(frame)
    bread = np.linalg.inv(design.T @ (design * (chance * (1 - chance))[:, None]))
    scores = design * (frame["event"].to_numpy() - chance)[:, None]
    meat = np.zeros((2, 2))
    for i in range(len(x)):
        for j in range(len(x)):
            if {one[i], two[i]} & {one[j], two[j]}:
                meat += np.outer(scores[i], scores[j])
    values, vectors = np.linalg.eigh(meat)
    meat = (vectors * np.maximum(values, 0)) @ vectors.T
    assert fit.covariance == pytest.approx(7 / 6 * bread @ meat @ bread, rel=1e-9)


def test_the_ridge_is_scikit_learns_on_scaled_predictors() -> None:
    from sklearn.linear_model import LogisticRegression

    frame = rows(120)
    x = frame.select("x", "z").to_numpy()
    scale = x.std(axis=0)
    theirs = LogisticRegression(C=0.25, tol=1e-10, max_iter=1000).fit(x / scale, frame["event"].to_numpy())
    fit = ridge_logit(frame, "event", ["x", "z"], spread=0.5)
    assert fit.values[1:] == pytest.approx(theirs.coef_[0] / scale, abs=1e-5)
    assert fit["constant"].value == pytest.approx(theirs.intercept_[0], abs=1e-5)


def test_the_constant_beside_given_weights_makes_forecast_and_count_meet() -> None:
    frame = rows().with_columns(given=0.8 * pl.col("x") - 0.4 * pl.col("z"))
    fit = offset_logit(frame, "event", "given", ["dyad"])
    chance = 1 / (1 + np.exp(-(fit["constant"].value + frame["given"].to_numpy())))
    assert chance.sum() == pytest.approx(frame["event"].sum(), abs=1e-8)
    assert fit["constant"].low < -1 < fit["constant"].high
    shifted = offset_logit(frame.with_columns(pl.col("given") + 2.5), "event", "given", ["dyad"])
    assert shifted["constant"].value == pytest.approx(fit["constant"].value - 2.5, abs=1e-8)


def test_an_ordered_logit_of_two_outcomes_is_a_logit() -> None:
    frame = rows()
    two = ordered_logit(frame, "event", ["x", "z"], ["dyad"])
    one = logit(frame, "event", ["x", "z"], ["dyad"])
    assert two["x"].value == pytest.approx(one["x"].value, abs=1e-4)
    assert two["x"].error == pytest.approx(one["x"].error, rel=1e-3)
    assert two["cutpoint 1"].value == pytest.approx(-one["constant"].value, abs=1e-4)
    assert chances(two, frame)[:, 1] == pytest.approx(one.chance(frame), abs=1e-4)


def test_partial_adjustment_is_least_squares_with_a_dummy_for_each_state_and_year() -> None:
    random = np.random.default_rng(8)
    frame = pl.DataFrame({"ccode": np.repeat(np.arange(6), 9), "year": np.tile(np.arange(9), 6)})
    frame = frame.with_columns(y=random.normal(size=54), before=random.normal(size=54), x=random.normal(size=54))
    frame = frame.filter((pl.col("ccode") != 2) | (pl.col("year") > 3))
    dummies = frame.select("ccode", "year").to_dummies(["ccode", "year"]).drop("year_0").to_numpy()
    theirs = OLS(frame["y"].to_numpy(), np.column_stack([frame.select("before", "x").to_numpy(), dummies])).fit()
    fit = partial_adjustment(frame, "y", "before", ["x"])
    assert fit.values == pytest.approx(theirs.params[:2], abs=1e-9)
    effect = long_run(fit, "x", "before")
    assert effect.value == pytest.approx(theirs.params[1] / (1 - theirs.params[0]), abs=1e-9)


def test_the_jackknife_brings_the_lag_back_to_what_made_the_data() -> None:
    means = {
        bias: np.mean([
            recovery.spending_paths(np.random.default_rng(seed), bias)[0]["before"].value for seed in range(20)
        ])
        for bias in ("none", "half-panel")
    }  # fmt: skip
    assert means["none"] < 0.78
    assert means["half-panel"] == pytest.approx(0.8, abs=0.01)


def test_a_missing_value_is_named_with_its_row() -> None:
    frame = rows().with_columns(x=pl.when(pl.col("dyad") == 2).then(None).otherwise("x"))
    with pytest.raises(EstimationError, match="x is missing or infinite in row 10 of 400"):
        logit(frame, "event", ["x"])


def test_a_predictor_that_the_others_fix_is_named() -> None:
    frame = rows().with_columns(again=2 * pl.col("x") - pl.col("z"))
    with pytest.raises(EstimationError, match="again is fixed by the columns before it"):
        firth_logit(frame, "event", ["x", "z", "again"])


def test_an_outcome_of_one_kind_is_refused() -> None:
    with pytest.raises(EstimationError, match="event is 0 in all"):
        ridge_logit(rows().filter(pl.col("event") == 0), "event", ["x"])


def test_an_outcome_that_skips_a_grade_is_refused() -> None:
    with pytest.raises(EstimationError, match="without a gap"):
        ordered_logit(rows().with_columns(event=2 * pl.col("event")), "event", ["x"])


def test_an_unknown_column_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match='Did you mean "event"'):
        logit(rows(), "evnt", ["x"])


def test_a_weighted_sum_of_coefficients_carries_their_covariance() -> None:
    fit = logit(rows(), "event", ["x", "z"])
    both = fit.combination({"x": 1, "z": 1})
    assert both.value == pytest.approx(fit["x"].value + fit["z"].value)
    assert both.error**2 == pytest.approx(fit.covariance[1:, 1:].sum())
