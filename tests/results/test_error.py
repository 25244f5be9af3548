"""Monte Carlo error: twins count once, and the error is what another seed would move."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.results.error import needed, standard_error
from foedus.words import plus_minus

NONE = np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)


def test_without_twins_it_is_the_textbook_standard_error() -> None:
    values = np.array([1.0, 2.0, 4.0, 9.0])
    assert standard_error(values, NONE) == pytest.approx(values.std(ddof=1) / 2.0)


def test_two_twins_that_agree_are_worth_one_future() -> None:
    once = np.array([1.0, 5.0, 3.0])
    twice = np.concatenate([once, once])
    twins = np.arange(3), np.arange(3, 6)
    assert standard_error(twice, twins) == pytest.approx(standard_error(once, NONE))


def test_another_seed_moves_a_mean_by_as_much_as_the_error_says() -> None:
    rng = np.random.default_rng(3)
    shared = rng.normal(size=(2000, 30))
    values = np.concatenate([shared, shared[:, :10]], axis=1) + 0.7 * rng.normal(size=(2000, 40))
    twins = np.arange(10), np.arange(30, 40)
    told = np.mean([standard_error(row, twins) for row in values])
    assert told == pytest.approx(values.mean(axis=1).std(), rel=0.05)
    assert np.mean([standard_error(row, NONE) for row in values]) < 0.93 * told


def test_one_future_has_no_error() -> None:
    assert np.isnan(standard_error(np.array([1.0]), NONE))


def test_half_the_error_needs_four_times_the_futures() -> None:
    assert needed(1000, 0.1, 0.05) == 4000


@pytest.mark.parametrize(
    ("error", "value", "said"),
    [(0.053, 0.41, "±.05"), (0.7, 18.0, "±1"), (0.006, 0.18, "±.01"), (0.0, 100.0, "±0"), (float("nan"), 1.0, "")],
)
def test_an_error_is_told_to_one_digit_and_no_finer_than_its_figure(error: float, value: float, said: str) -> None:
    assert plus_minus(error, value) == said
