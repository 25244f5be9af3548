"""Robustness on a table that is worked out by hand, and the archive on points whose answer is plain."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.advise.archive import nondominated
from foedus.advise.conditions import box_of, condition
from foedus.advise.objectives import worst_decile
from foedus.advise.robust import domain, percentile, regret, regrets, robustness, worst_case
from foedus.advise.search import search

LOSSES = np.array([[1.0, 4.0, 2.0, 3.0], [2.0, 2.0, 2.0, 2.0], [0.0, 9.0, 0.0, 1.0]])
"""Three portfolios in four futures, as in a textbook payoff table."""


def test_regret_is_the_distance_to_the_best_portfolio_of_each_future() -> None:
    assert regrets(LOSSES).tolist() == [[1.0, 2.0, 2.0, 2.0], [2.0, 0.0, 2.0, 1.0], [0.0, 7.0, 0.0, 0.0]]


def test_minimax_regret_and_worst_case_choose_the_steady_portfolio_and_the_median_the_gambler() -> None:
    assert regret(LOSSES, 1.0).tolist() == [2.0, 2.0, 7.0]
    assert worst_case(LOSSES).tolist() == [4.0, 2.0, 9.0]
    assert percentile(LOSSES, 0.5).tolist() == [2.5, 2.0, 0.5]


def test_the_satisfying_domain_is_the_share_of_futures_that_keep_every_limit() -> None:
    costs = np.array([[1.0] * 4, [3.0] * 4, [1.0] * 4])
    assert domain({"loss": LOSSES}, {"loss": 2.0}).tolist() == [0.5, 1.0, 0.75]
    assert domain({"loss": LOSSES, "cost": costs}, {"loss": 2.0, "cost": 2.0}).tolist() == [0.5, 0.0, 0.75]


def test_the_criteria_disagree_where_a_gambler_is_best_but_for_one_future() -> None:
    found = robustness(LOSSES, LOSSES, {"loss": LOSSES}, {"loss": 1.0})
    assert found.best == {"regret": 0, "satisfying": 2, "worst case": 1, "percentile": 1}
    assert found.agreement["satisfying", "worst case"] == pytest.approx(-1.0)


def test_the_worst_decile_is_the_mean_of_the_largest_tenth() -> None:
    assert worst_decile(np.arange(20.0)) == 18.5


def test_the_archive_drops_what_is_beaten_and_keeps_one_of_a_box() -> None:
    points = np.array([[0.05, 2.05], [1.05, 1.05], [2.05, 0.05], [2.05, 2.05], [1.06, 1.06]])
    assert nondominated(points, np.array([0.1, 0.1])) == [0, 1, 2]
    assert len(nondominated(points, np.array([0.1, 0.1]), most=1)) == 1


def test_the_search_finds_the_front_of_a_problem_whose_front_is_known() -> None:
    def score(vectors: np.ndarray) -> np.ndarray:
        x, y = vectors[:, 0], vectors[:, 1]
        still = np.zeros((len(x), 7))
        return np.column_stack([x**2 + y, (x - 1.0) ** 2 + y, still])

    found = search(score, 2, [np.array([0.5, 0.5])], 120, seed=3)
    kept = nondominated(found.values[:, :2], np.array([0.05, 0.05]))
    first, later = found.vectors[:24], found.vectors[kept]
    assert found.moved.tolist() == [True, True] + [False] * 7
    assert later[:, 1].mean() < 0.1 < first[:, 1].mean()
    assert len(found.vectors) == 120
    again = search(score, 2, [np.array([0.5, 0.5])], 120, seed=3)
    assert np.array_equal(again.vectors, found.vectors)


def test_a_condition_names_the_variable_by_which_failures_were_made() -> None:
    rng = np.random.default_rng(1)
    variables = {"noise": rng.random(400), "exposure": rng.random(400)}
    found = condition(variables, variables["exposure"] > 0.7)
    assert found is not None
    assert (found.variable, found.sign, found.density, found.coverage) == ("exposure", 1, 1.0, 1.0)
    assert found.threshold == pytest.approx(0.7, abs=0.01)
    assert condition({"noise": variables["noise"]}, rng.random(400) > 0.5) is None


@pytest.mark.slow
def test_a_box_is_searched_over_several_limits_and_none_is_told_where_too_few_fail() -> None:
    rng = np.random.default_rng(2)
    variables = {name: rng.random(600) for name in ("noise", "exposure", "elections")}
    found = box_of(variables, (variables["exposure"] > 0.6) & (variables["elections"] > 0.5), 1)
    assert found is not None
    assert {limit.name for limit in found.limits} == {"exposure", "elections"}
    assert found.density > 0.8
    assert box_of(variables, variables["noise"] > 0.99, 1) is None
