"""Adaptive importance sampling: known densities are found again, and draws not to be believed are refused."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.errors import EstimationError
from foedus.estimators.importance import sample, tail_index

CENTRE = np.array([1.0, -2.0, 0.5])
SPREAD = np.array([[1.0, 0.6, 0.0], [0.6, 2.0, -0.3], [0.0, -0.3, 0.25]])
PRECISION = np.linalg.inv(SPREAD)


def normal(point: np.ndarray) -> float:
    apart = point - CENTRE
    return float(-0.5 * apart @ PRECISION @ apart)


def test_a_normal_density_is_found_again_from_a_poor_start() -> None:
    drawn = sample(normal, np.zeros(3), 4.0 * np.eye(3), rounds=5, count=800, seed=3)
    assert drawn.mean() == pytest.approx(CENTRE, abs=0.08)
    assert drawn.covariance() == pytest.approx(SPREAD, abs=0.12)
    assert drawn.tail_index < 0.5
    assert drawn.effective > 1500


def test_a_bent_density_has_the_mean_that_integration_gives() -> None:
    def bent(point: np.ndarray) -> float:
        return float(-0.5 * point[0] ** 2 - 0.5 * (point[1] - 0.5 * point[0] ** 2) ** 2)

    drawn = sample(bent, np.zeros(2), np.eye(2), rounds=6, count=1500, seed=1)
    assert drawn.mean() == pytest.approx([0.0, 0.5], abs=0.06)


def test_a_density_that_is_zero_on_one_side_is_not_drawn_there() -> None:
    drawn = sample(lambda x: -float(x[0]) if x[0] > 0 else -np.inf, np.ones(1), np.eye(1), rounds=4, count=1000)
    members = drawn.members(400, seed=2)
    assert (members > 0).all()
    assert members.mean() == pytest.approx(1.0, abs=0.15)


def test_the_same_seed_draws_the_same_points() -> None:
    one, two = (sample(normal, np.zeros(3), np.eye(3), rounds=2, count=300, seed=7) for _ in range(2))
    assert (one.points == two.points).all()
    assert (one.weights == two.weights).all()


def test_draws_that_miss_the_density_are_refused() -> None:
    def far(point: np.ndarray) -> float:
        return normal(point * 40.0)

    with pytest.raises(EstimationError, match=r"do not represent this posterior|lie where the posterior is above zero"):
        sample(far, np.full(3, 3.0), 0.01 * np.eye(3), rounds=1, count=200)


def test_equal_weights_have_a_thin_tail_and_one_giant_a_heavy_one() -> None:
    even = np.random.default_rng(1).normal(0, 0.1, 4000)
    heavy = np.random.default_rng(1).pareto(0.8, 4000)
    assert tail_index(even) < 0.2
    assert tail_index(np.log(heavy)) > 0.9


def test_rounds_are_added_until_there_are_enough_independent_points_and_at_most_as_many_again() -> None:
    def density(point: np.ndarray) -> float:
        return float(-0.5 * point @ point)

    rounds: list[int] = []
    few = sample(density, np.zeros(2), np.eye(2), rounds=2, count=100, progress=lambda done, _: rounds.append(done))
    assert rounds == [1, 2]
    more: list[int] = []
    again = sample(
        density, np.zeros(2), np.eye(2), rounds=2, count=100, enough=1e9, progress=lambda done, _: more.append(done)
    )
    assert more == [1, 2, 3, 4]
    np.testing.assert_array_equal(few.points, again.points[: len(few.points)])
