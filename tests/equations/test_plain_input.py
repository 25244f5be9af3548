"""What a scholar types: plain floats, lists where an axis is meant, and the edges a docstring allows."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.equations import alignment, choice, contest, crisis, hedging, order, stocks

PLAIN = {
    "stake": 1.0, "win_alone": 0.5, "help_effect": 0.37, "promise_seen_by_challenger": 0.5,
    "promise_seen_by_target": 0.5, "hostility": 0.2, "challenger_war_cost": 0.9, "target_war_cost": 0.9,
    "guarantor_nuclear_cost": 0.0, "target_nuclear_cost": 0.0, "recognition_gain": 0.0, "limited_gain": 0.15,
    "limited_cost": 0.1, "limited_damage": 0.02, "demand_share": 0.25, "challenge_cost": 0.6, "back_down_cost": -0.023,
    "audience_cost": 0.178, "hostility_weight": 0.1, "precision": 8.0,
}  # fmt: skip


def test_minus_infinity_closes_limited_force_as_a_hopeless_gain_does() -> None:
    closed = crisis.solve(**dict(PLAIN, limited_gain=-np.inf))
    assert closed.limited_force == 0.0
    assert closed == pytest.approx(crisis.solve(**dict(PLAIN, limited_gain=-1e9)))


def test_limited_force_stays_closed_when_nothing_is_at_stake() -> None:
    assert crisis.solve(**dict(PLAIN, limited_gain=-np.inf, stake=0.0)).limited_force == 0.0
    assert crisis.solve(**dict(PLAIN, stake=0.0)).limited_force > 0.0


def test_limited_force_closed_in_one_future_leaves_the_others_as_they_were() -> None:
    gain = np.array([0.15, -np.inf, 0.3], dtype=np.float32)
    together = crisis.solve(**dict(PLAIN, limited_gain=gain))
    for index in range(3):
        alone = crisis.solve(**dict(PLAIN, limited_gain=gain[index]))
        assert [entry[index] for entry in together] == pytest.approx(list(alone))


def test_solving_plain_floats_equals_solving_arrays_of_them() -> None:
    arrays = crisis.solve(**{name: np.array([value]) for name, value in PLAIN.items()})
    assert list(crisis.solve(**PLAIN)) == pytest.approx([float(entry[0]) for entry in arrays])


@pytest.mark.parametrize("precision", [0.0, 1.0])
def test_an_option_closed_by_minus_infinity_has_no_share_at_any_precision(precision: float) -> None:
    assert choice.shares([0.0, 0.0, -np.inf], precision) == pytest.approx([0.5, 0.5, 0.0])


def test_a_precision_of_zero_in_one_future_spreads_evenly_there_alone() -> None:
    got = choice.shares([[1.0, 1.0], [-np.inf, -np.inf], [0.0, 0.0]], np.array([0.0, 1.0]))
    tilted = np.e / (np.e + 1)
    assert got == pytest.approx(np.array([[0.5, tilted], [0.0, 0.0], [0.5, 1 - tilted]]))


def test_out_of_range_a_negative_stake_gives_nan_and_a_chance_of_winning_above_one_goes_unnoticed() -> None:
    with np.errstate(invalid="ignore"):
        assert np.isnan(crisis.solve(**dict(PLAIN, stake=-1.0)).challenge)
    assert 0.0 < crisis.solve(**dict(PLAIN, win_alone=1.7)).challenge < 1.0


def test_money_is_water_filled_from_lists() -> None:
    assert hedging.water_filled([3.0, 1.0], [2.0, 5.0]) == pytest.approx([2.0, 2.0])


def test_shares_are_raised_from_lists() -> None:
    assert hedging.raised_shares([0.5, 0.3, 0.2], [0.0, 0.2, 0.0]) == pytest.approx([0.5 * 5 / 7, 0.5, 0.2 * 5 / 7])


def test_a_portfolio_is_chosen_from_lists() -> None:
    got = hedging.portfolio_shares([0.0, 0.0, 9.0], 3.0, [0.0, 0.0, 0.0], [1, 1, 0], [0.6, 0.2, 0.2])
    assert got == pytest.approx([0.75, 0.25, 0.0])


def test_alignment_is_shared_out_from_lists() -> None:
    got = alignment.patron_shares([1.0, 0.0], 1.0, [0.0, 1.0], 1.0, [0.0, 0.0], 1.0, [0.0, 0.0], 1.0)
    assert got == pytest.approx([0.5, 0.5])


def test_power_in_a_theatre_takes_its_weights_from_a_list() -> None:
    got = contest.log_power(np.e, 1.0, 1.0, np.e**2, [0.4, 0.3, 0.1, 0.2])
    assert got == pytest.approx(0.8)


def test_a_lone_power_leads_a_second_that_does_not_exist_as_it_leads_one_without_power() -> None:
    assert order.lead_of_first([1.0]) == order.lead_of_first([1.0, 0.0]) == 1e12
    assert order.lead_of_first([0.6, 0.1, 0.3]) == pytest.approx(2.0)


def test_one_pipeline_takes_many_orders_at_once() -> None:
    kept, arrived = stocks.pipeline_step([3.0, 6.0, 9.0], np.array([0.0, 1.0]), 6.0)
    assert kept == pytest.approx(
        np.array([[2.0, 2.0 + 2 / 3], [4.0 + 2 / 3, 4.0 + 8 / 9], [7.0 + 5 / 9, 7.0 + 17 / 27]])
    )
    assert arrived == pytest.approx([3.0 + 7 / 9, 3.0 + 22 / 27])


def test_pipelines_take_orders_with_an_axis_they_lack_and_lead_times_with_another() -> None:
    stages = np.arange(6.0).reshape(3, 2)
    order_sizes, lead_time = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([3.0, 6.0])
    kept, arrived = stocks.pipeline_step(stages, order_sizes, lead_time)
    assert kept.shape == (3, 4, 2)
    assert arrived.shape == (4, 2)
    for row, column in np.ndindex(4, 2):
        one, came = stocks.pipeline_step(stages[:, column], order_sizes[row, 0], lead_time[column])
        assert kept[:, row, column] == pytest.approx(one)
        assert arrived[row, column] == pytest.approx(came)


def test_a_pipeline_step_leaves_its_stages_as_they_were() -> None:
    stages = np.array([1.0, 2.0, 3.0])
    stocks.pipeline_step(stages, np.array([1.0, 2.0]), 3.0)
    stocks.pipeline_step(stages, 1.0, 3.0)
    assert stages.tolist() == [1.0, 2.0, 3.0]
