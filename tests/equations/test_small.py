"""Belief, stocks, hedging and order: identities and properties."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.equations import capability, contest, hedging, hostility, nuclear, order, pooling, reliability, stocks
from foedus.equations.choice import logistic, shares

chance = st.floats(0.02, 0.98)
positive = st.floats(0.01, 1e4)


def brute_force_filter(prior: float, turns: float, returns: float, kept: list[tuple[float, float]]) -> float:
    """Posterior of the reliable type by summing over every path of types."""
    total = {True: 0.0, False: 0.0}
    for path in itertools.product([True, False], repeat=len(kept) + 1):
        weight = prior if path[0] else 1 - prior
        for before, after, (if_reliable, if_not) in zip(path, path[1:], kept, strict=False):
            step = (1 - turns if after else turns) if before else (returns if after else 1 - returns)
            weight *= step * (if_reliable if after else if_not)
        total[path[-1]] += weight
    return total[True] / (total[True] + total[False])


@given(chance, chance, chance, st.lists(st.tuples(chance, chance), min_size=1, max_size=6))
def test_belief_equals_a_brute_force_hidden_markov_filter(
    prior: float, turns: float, returns: float, kept: list[tuple[float, float]]
) -> None:
    belief = prior
    for if_reliable, if_not in kept:
        belief = reliability.after_regime_change(belief, turns, returns)
        belief = reliability.updated(belief, np.log(if_reliable) - np.log(if_not), 100.0)
    assert belief == pytest.approx(brute_force_filter(prior, turns, returns, kept), abs=1e-9)


@given(st.lists(positive, min_size=3, max_size=3), positive, st.floats(0.5, 12.0))
def test_a_pipeline_conserves_what_is_ordered(stages: list[float], order_size: float, lead_time: float) -> None:
    kept, arrived = stocks.pipeline_step(np.array(stages), order_size, lead_time)
    assert kept.sum() + arrived == pytest.approx(sum(stages) + order_size)
    assert (kept >= 0).all()


@given(st.floats(0.2, 12.0), st.integers(1, 4))
def test_an_order_arrives_after_its_lead_time_on_average_however_short(lead_time: float, stages: int) -> None:
    held, order_size, delay = np.zeros(stages), 1.0, 0.0
    for year in range(400):
        held, arrived = stocks.pipeline_step(held, order_size, lead_time)
        order_size, delay = 0.0, delay + year * float(arrived)
    assert delay == pytest.approx(lead_time, rel=1e-3)


@given(st.floats(0.05, 3.0))
def test_stages_done_in_a_year_average_their_rate_unless_more_than_three(rate: float) -> None:
    luck = (np.arange(20_000) + 0.5) / 20_000
    none, one, two = np.exp(-rate), rate * np.exp(-rate), rate**2 / 2 * np.exp(-rate)
    expected = one + 2 * two + 3 * (1 - none - one - two)
    assert nuclear.stages_done(luck, rate).mean() == pytest.approx(expected, abs=3e-4)
    assert nuclear.stages_done(0.999999, 0.1) == 0.0


@given(positive, st.floats(0.2, 12.0))
def test_a_steady_pipeline_delivers_what_it_is_fed(flow: float, lead_time: float) -> None:
    stages = stocks.steady_pipeline(flow, lead_time, 3)
    kept, arrived = stocks.pipeline_step(stages, flow, lead_time)
    assert arrived == pytest.approx(flow)
    assert kept == pytest.approx(stages)


@given(st.lists(positive, min_size=2, max_size=6), st.lists(positive, min_size=6, max_size=6))
def test_water_filling_spends_all_that_fits_and_no_option_above_its_room(
    wanted: list[float], room: list[float]
) -> None:
    want, cap = np.array(wanted), np.array(room[: len(wanted)])
    spent = hedging.water_filled(want, cap)
    assert (spent <= cap * (1 + 1e-9)).all()
    assert spent.sum() == pytest.approx(min(want.sum(), cap.sum()), rel=1e-6)


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=8), st.floats(0.0, 20.0))
def test_shares_sum_to_one(utilities: list[float], precision: float) -> None:
    assert shares(np.array(utilities), precision).sum() == pytest.approx(1.0)


@given(st.floats(-1e30, 1e30))
def test_logistic_stays_in_bounds_at_any_argument(utility: float) -> None:
    assert 0.0 <= logistic(utility) <= 1.0


def test_money_follows_habit_when_nothing_is_worth_anything() -> None:
    habit = np.array([0.5, 0.3, 0.2])
    got = hedging.portfolio_shares(np.zeros(3), 3.0, np.zeros(3), np.ones(3), habit)
    assert got == pytest.approx(habit)


def test_losing_intelligence_costs_completeness_at_once_and_sustainment_after_its_lag() -> None:
    assert capability.c4isr_completeness(0.4, 1.0, 1.0, 0.5) == pytest.approx(0.9)
    assert capability.c4isr_completeness(0.4, 1.0, 0.0, 0.5) == pytest.approx(0.4)
    first = capability.outage_next(0.0, 0.0, 0.0, 0.7)
    assert first == pytest.approx(1 - np.exp(-1 / 0.7))


def test_a_pool_of_many_who_share_nothing_can_be_weaker_than_a_few_who_share_all() -> None:
    assert 10 * contest.coalition_friction(0.0, 10, 0.5) < 6 * contest.coalition_friction(1.0, 6, 0.5)


def test_free_riding_falls_with_publicness() -> None:
    assert pooling.free_riding_contribution(1.0, 0.5, 1.0) == pytest.approx(0.5)
    assert pooling.free_riding_contribution(1.0, 0.5, 0.0) == pytest.approx(1.0)


def test_two_equal_powers_are_two_and_one_power_is_one() -> None:
    assert order.effective_powers(order.power_shares([1.0, 1.0])) == pytest.approx(2.0)
    assert order.effective_powers(order.power_shares([1.0, 0.0])) == pytest.approx(1.0)
    assert order.concentration(order.power_shares([1.0, 1.0, 1.0])) == pytest.approx(0.0, abs=1e-9)


def test_a_dispute_counts_in_full_for_the_side_that_began_it_and_by_a_share_for_the_other() -> None:
    assert hostility.weight_of_dispute(0.8, 1.0, 0.25) == 0.8
    assert hostility.weight_of_dispute(0.8, 0.0, 0.25) == 0.2
    assert hostility.weight_of_dispute(0.8, 0.0, 1.0) == 0.8
