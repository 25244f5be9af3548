"""Bootstrap fits worked on together are the fits one would make one at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.optimize import minimize

from estimators.strategic.examples import WAR, example, small_table
from foedus.errors import EstimationError, InputError
from foedus.estimators import strategic
from foedus.estimators.covariance import from_hessian, sandwich
from foedus.estimators.strategic.estimate import bootstrap_weights, refit

SMALL = "a1 + a2 ~ x - 1 | 0 | z | w"


@pytest.mark.data
def test_fits_together_equal_scipy_fits_one_at_a_time(data: Path) -> None:
    fit = strategic.egame12(WAR, data=example(data, "war1800")).fit()
    problem, weights = fit.model.problem, bootstrap_weights(fit.rows, 12, 1)
    together, good = refit(problem, fit.estimates, weights)
    assert good.sum() >= 10
    for found, weight in zip(together[good], weights[good], strict=True):

        def loss(at: np.ndarray, weight: np.ndarray = weight) -> tuple[float, np.ndarray]:
            there = problem.evaluate(at[None, :], weight[None, :])
            return -float(there.value[0]), -there.gradient[0]

        alone = minimize(loss, fit.estimates, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 2000})
        assert found == pytest.approx(alone.x, abs=2e-4)
        assert loss(found)[0] <= alone.fun + 1e-9


def test_weights_are_the_rows_drawn_again() -> None:
    table = small_table()
    fit = strategic.egame12(SMALL, data=table).fit()
    weights = bootstrap_weights(300, 3, seed=9)
    found, _ = refit(fit.model.problem, fit.estimates, weights)
    again = table[np.repeat(np.arange(300), weights[1].astype(int)).tolist()]
    assert found[1] == pytest.approx(strategic.egame12(SMALL, data=again).fit().estimates, abs=1e-7)
    assert (weights.sum(axis=1) == 300).all()


def test_draws_depend_on_the_seed_and_their_own_number_only() -> None:
    fit = strategic.egame12(SMALL, data=small_table()).fit()
    many, few, again = (fit.bootstrap(draws, seed=4) for draws in (60, 20, 60))
    assert many.replicates is not None
    assert few.replicates is not None
    assert few.replicates == pytest.approx(many.replicates[:20], abs=1e-9)
    assert np.array_equal(many.replicates, again.replicates)


def test_clusters_are_drawn_whole() -> None:
    groups = np.repeat(np.arange(50), 4)
    weights = bootstrap_weights(200, 5, 1, groups).reshape(5, 50, 4)
    assert (weights == weights[:, :, :1]).all()
    assert (weights[:, :, 0].sum(axis=1) == 50).all()


def test_twice_the_same_rows_in_clusters_leave_clustered_errors_as_they_were() -> None:
    table = small_table().with_row_index("who")
    once = strategic.egame12(SMALL, data=table).fit()
    twice = strategic.egame12(SMALL, data=pl.concat([table, table])).fit()
    one = np.array(list(once.robust("who").standard_errors.values()))
    both = np.array(list(twice.robust("who").standard_errors.values()))
    assert both == pytest.approx(one, rel=1e-6)
    assert list(twice.standard_errors.values()) == pytest.approx(
        [e / np.sqrt(2) for e in once.standard_errors.values()], rel=1e-6
    )


def test_bootstrap_errors_are_near_those_of_the_hessian_where_the_model_holds() -> None:
    model = strategic.egame12(SMALL, data=small_table(1200))
    truth = dict(zip(model.names, (0.8, 0.4, 0.9, 0.3, -0.7), strict=True))
    table = small_table(1200).with_columns(**model.simulate(truth, seed=2))
    fit = strategic.egame12(SMALL, data=table).fit()
    drawn = fit.bootstrap(400, seed=1)
    ratio = np.array(list(drawn.standard_errors.values())) / np.array(list(fit.standard_errors.values()))
    assert ratio == pytest.approx(np.ones(5), abs=0.15)
    assert (drawn.errors_from, drawn.failed) == ("bootstrap", 0)
    limits = drawn.interval(0.9)
    assert drawn.replicates is not None
    assert limits["low"].to_numpy() == pytest.approx(np.quantile(drawn.replicates, 0.05, axis=0))


def test_offers_are_bootstrapped_as_outcomes_are() -> None:
    table = small_table(600).with_columns(offer=pl.lit(1.0))
    model = strategic.ultimatum("offer + a1 ~ x | z", data=table, maximum=15)
    drawn = model.simulate([5.0, -2.0, 8.0, 2.0, 1.1, 0.0], seed=4)
    fit = strategic.ultimatum("offer + a1 ~ x | z", data=table.with_columns(**drawn), maximum=15).fit()
    again = fit.bootstrap(100, seed=1)
    ratio = np.array(list(again.standard_errors.values())) / np.array(list(fit.standard_errors.values()))
    assert again.failed == 0
    assert ratio == pytest.approx(np.ones(6), abs=0.3)


@pytest.mark.data
def test_draws_without_a_strict_maximum_are_left_out_and_counted(data: Path) -> None:
    drawn = strategic.egame12(WAR, data=example(data, "war1800")).fit().bootstrap(200, seed=1)
    assert drawn.replicates is not None
    assert 0 < drawn.failed < 20
    assert len(drawn.replicates) == 200 - drawn.failed
    assert f"from {200 - drawn.failed} bootstrap draws ({drawn.failed} left out)" in drawn.summary()


def test_covariances_refuse_what_has_no_strict_maximum_and_groups_with_gaps() -> None:
    with pytest.raises(EstimationError, match="not negative definite"):
        from_hessian(np.diag([-1.0, 1.0]))
    with pytest.raises(InputError, match="groups is missing in 1 rows"):
        sandwich(-np.eye(2), np.ones((3, 2)), np.array([1.0, 2.0, np.nan]))


def test_the_sandwich_of_ones_own_rows_is_as_in_stata() -> None:
    scores = np.array([[1.0, 2.0], [0.5, -1.0], [-1.5, -1.0]])
    hessian = -np.array([[2.0, 0.5], [0.5, 1.0]])
    bread = np.linalg.inv(-hessian)
    assert sandwich(hessian, scores) == pytest.approx(bread @ scores.T @ scores @ bread * 3 / 2)
