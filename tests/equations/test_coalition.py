"""How forces add up: help, friction, power in a theatre."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.equations import capability, coalition, contest, stocks

share = st.floats(0.0, 1.0)
force = st.floats(0.01, 1e4)


def test_two_fellow_members_send_what_they_are_willing_to_as_far_as_it_gets() -> None:
    willing = coalition.willingness(0.5, 1.0, 0.4, 1.0)
    sent = coalition.help_sent([[10.0], [20.0]], willing, [[[0.5]], [[0.25]]])
    assert willing == pytest.approx(0.2)
    assert sent.tolist() == [[pytest.approx(0.2 * (10 * 0.5 + 20 * 0.25))]]


def test_who_has_left_the_pool_or_finds_pools_closed_sends_nothing() -> None:
    assert coalition.willingness(0.5, 0.0, 0.4, 1.0) == 0.0
    assert coalition.willingness(0.5, 1.0, 0.4, 0.0) == 0.0


def test_neighbours_count_as_three_hundred_kilometres_apart_at_least() -> None:
    assert coalition.distance_to_fellow(40.0) == 300.0
    assert coalition.distance_to_fellow(1200.0) == 1200.0


@given(force, st.floats(0.0, 1e4), share)
def test_nobody_is_weaker_for_help_however_badly_it_fits(own: float, brought: float, kept: float) -> None:
    together = coalition.joined(own, brought, kept)
    assert own <= together <= own + brought or together == own


def test_no_more_than_half_of_a_guarantors_force_stands_with_one_ally() -> None:
    assert coalition.share_forward(28_500.0, 1_320_000.0) == pytest.approx(28_500 / 1_320_000)
    assert coalition.share_forward(9e5, 1_320_000.0) == 0.5


def test_reinforcement_loses_its_stated_share_once_every_base_is_closed() -> None:
    whole = coalition.share_coming(1.0, 0.3, 0.6, 0.8, 0.8, 0.4)
    assert whole == pytest.approx(0.3 * 0.6)
    assert coalition.share_coming(1.0, 0.3, 0.6, 0.0, 0.8, 0.4) == pytest.approx(0.6 * whole)


@given(st.floats(0.05, 0.95), st.floats(0.2, 4.0), st.floats(0.5, 3.0), force)
def test_the_power_needed_holds_the_challengers_chance_to_what_is_tolerable(
    tolerable: float, decisiveness: float, edge: float, challenger: float
) -> None:
    needed = challenger * contest.power_needed(tolerable, decisiveness, edge)
    chance = contest.chance_challenger_wins(np.log(challenger), np.log(needed), decisiveness, np.log(edge))
    assert chance == pytest.approx(tolerable)


@given(st.floats(0.0, 20_000.0), st.lists(st.floats(100.0, 9000.0), min_size=4, max_size=4), st.sampled_from([0, 1]))
def test_fading_every_domain_lowers_log_power_by_the_fading_of_the_whole(
    distance: float, reach: list[float], theatre: int
) -> None:
    weights = contest.THEATRE_WEIGHTS[theatre].astype(float)
    faded = [1e30 * contest.delivered_share(distance, km) for km in reach]
    fall = contest.log_power(1e30, 1e30, 1e30, 1e30, weights) - contest.log_power(*faded, weights)
    floor = all(x > contest.LEAST_POWER for x in faded)
    assert not floor or fall == pytest.approx(contest.log_fading(distance, reach, weights), abs=1e-6)


def test_theatre_weights_sum_to_one() -> None:
    assert contest.THEATRE_WEIGHTS.sum(axis=1) == pytest.approx(1.0)


def test_an_absent_domain_leaves_the_log_of_power_finite() -> None:
    assert contest.log_power(0.0, 1.0, 1.0, 1.0, [0.5, 0.2, 0.2, 0.1]) == pytest.approx(0.5 * np.log(1e-3))


def test_a_pool_with_more_enablers_lifts_its_members_and_one_with_fewer_holds_nobody_down() -> None:
    assert capability.enablers_at_hand(capability.enablers_over_need(2.0, 8.0), 0.5, 0.1) == pytest.approx(0.6)
    assert capability.enablers_at_hand(capability.enablers_over_need(6.0, 8.0), 0.5, 0.1) == pytest.approx(0.85)


def test_outage_runs_to_where_it_settles() -> None:
    outage = 0.0
    for _ in range(60):
        outage = capability.outage_next(outage, 0.3, 0.5, 1.0)
    assert outage == pytest.approx(capability.outage_settled(0.3, 0.5)) == pytest.approx(0.85)


@given(st.floats(0.0, 5.0), st.floats(0.1, 9.0), share, st.floats(0.1, 1.0))
def test_more_c4isr_raises_a_force_as_its_fuller_picture_does(
    added: float, needed: float, completeness: float, floor: float
) -> None:
    fuller = min(completeness + added / needed, 1.0)
    before, after = (capability.effective_capability(10.0, c, floor, 0.0, 0.0, 0.0) for c in (completeness, fuller))
    gain = capability.gain_by_c4isr(added, needed, completeness, floor)
    assert before * (1.0 + gain) == pytest.approx(after)


@given(share, st.floats(0.0, 0.4), st.floats(0.6, 1.0))
def test_orders_in_the_share_bought_leave_dependence_as_it_is(share_now: float, home: float, bought: float) -> None:
    dependence = min(max(share_now, home), bought)
    part = stocks.bought_share(dependence, home, bought)
    arrived = part * bought + (1.0 - part) * home
    assert stocks.dependence_next(dependence, 10.0, 1.0, arrived, 0.1) == pytest.approx(dependence)
