"""Scoring rules, against figures worked by hand and laws they obey."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.estimators import scores

EVENT = [0, 0, 1, 1]
CHANCE = [0.1, 0.4, 0.35, 0.8]


def test_auc_counts_pairs_in_order() -> None:
    assert scores.auc(EVENT, CHANCE) == 0.75


def test_tied_forecasts_count_half() -> None:
    assert scores.auc(EVENT, [0.5] * 4) == 0.5
    assert scores.aupr(EVENT, [0.5] * 4) == 0.5


def test_aupr_sums_precision_over_steps_of_recall() -> None:
    assert scores.aupr(EVENT, CHANCE) == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)


def test_brier_is_the_mean_squared_error() -> None:
    assert scores.brier(EVENT, CHANCE) == pytest.approx((0.01 + 0.16 + 0.4225 + 0.04) / 4)


def test_skill_of_the_observed_rate_is_nought() -> None:
    assert scores.brier_skill(EVENT, [0.5] * 4) == 0
    assert scores.log_loss_reduction(EVENT, [0.5] * 4) == pytest.approx(0)


def test_skill_of_certainty_is_one() -> None:
    assert scores.brier_skill(EVENT, EVENT) == 1
    assert scores.log_loss_reduction(EVENT, EVENT) == pytest.approx(1)


def test_crps_of_one_draw_is_the_absolute_error() -> None:
    assert scores.crps([[3.0]], [5.0]).tolist() == [2.0]


def test_crps_of_two_draws_worked_by_hand() -> None:
    assert scores.crps([[0.0, 2.0]], [1.0]).tolist() == [0.5]


def test_calibration_of_a_true_forecast_is_close_to_nought_and_one() -> None:
    random = np.random.default_rng(3)
    chance = random.uniform(0.02, 0.98, 40_000)
    intercept, slope = scores.calibration_slope(random.uniform(size=40_000) < chance, chance)
    assert (intercept, slope) == (pytest.approx(0, abs=0.05), pytest.approx(1, abs=0.05))


def test_an_overconfident_forecast_has_half_the_slope() -> None:
    random = np.random.default_rng(3)
    odds = random.normal(size=40_000)
    event = random.uniform(size=40_000) < 1 / (1 + np.exp(-odds))
    assert scores.calibration_slope(event, 1 / (1 + np.exp(-2 * odds)))[1] == pytest.approx(0.5, abs=0.03)


def test_reliability_bins_hold_every_forecast_once() -> None:
    found = scores.reliability(EVENT, CHANCE, bins=2)
    assert found.count.tolist() == [2, 2]
    assert found.forecast.tolist() == pytest.approx([0.225, 0.6])
    assert found.observed.tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("event", "chance"),
    [([0, 1], [0.5]), ([0, 2], [0.5, 0.5]), ([0, 1], [0.5, 1.5]), ([0, 1], [0.5, np.nan])],
)
def test_what_is_no_forecast_stops(event: list[float], chance: list[float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        scores.brier(event, chance)


def test_auc_without_events_stops() -> None:
    with pytest.raises(ValueError, match="at least one event"):
        scores.auc([0, 0], [0.1, 0.2])


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0.01, 0.99)), min_size=2, max_size=40).filter(
        lambda r: len({e for e, _ in r}) == 2
    )
)
def test_forecasting_the_opposite_event_turns_auc_round(rows: list[tuple[bool, float]]) -> None:
    event, chance = np.array([e for e, _ in rows], float), np.array([c for _, c in rows])
    assert scores.auc(event, chance) + scores.auc(1 - event, chance) == pytest.approx(1)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=20), st.floats(-100, 100))
def test_crps_is_never_negative(draws: list[float], came: float) -> None:
    assert scores.crps([draws], [came])[0] >= -1e-9
