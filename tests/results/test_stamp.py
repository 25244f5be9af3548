"""What tables say of the futures behind them: one wording, and errors that hold."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.results.error import jackknifed
from foedus.results.stamp import chances_note, errors_note, most_error, ranks_note, stamp


def test_the_stamp_names_futures_years_ensemble_seed_and_another_model() -> None:
    told = stamp("512 futures", (2026, 2050), "record-2010", 1)
    assert told == "512 futures, 2026-2050, ensemble record-2010, seed 1"
    assert stamp("8 futures", (2026, 2027), "prior", 2, "half").endswith("seed 2, model half")


def test_no_chance_has_a_larger_error_than_the_bound() -> None:
    rng = np.random.default_rng(7)
    for shape in ((0.1, 2.0), (0.5, 0.5), (2.0, 8.0)):
        means = rng.beta(*shape, size=(4000, 64)).mean(axis=1)
        assert means.std() <= most_error(float(means.mean()), 64)
    yes_or_no = (rng.uniform(size=(4000, 64)) < 0.1).mean(axis=1)
    assert yes_or_no.std() == pytest.approx(most_error(0.1, 64), rel=0.05)


def test_the_note_tells_the_bound_at_three_chances() -> None:
    assert chances_note(384) == (
        "Monte Carlo standard error of a chance: at most ±0.51 points of 1 %, ±1.5 points of 10 %, ±2.6 points of 50 %."
    )


def test_the_jackknife_gives_the_error_of_a_mean_and_takes_a_future_under_all_postures_as_one() -> None:
    values = np.random.default_rng(8).normal(size=4800)
    assert jackknifed(values) == pytest.approx(1.0 / np.sqrt(4800), rel=0.35)
    assert jackknifed(np.stack([values, values])) == pytest.approx(jackknifed(values))
    assert np.isnan(jackknifed(values[:1]))
    assert jackknifed(values, "worst") > jackknifed(values)


def test_the_largest_errors_of_several_means_are_told_and_what_no_two_futures_differ_in_is_left_out() -> None:
    assert errors_note({"war": 0.203, "loss": 0.0312, "armed": 0.0, "one future": float("nan")}) == (
        "Monte Carlo standard error of a mean: at most ±0.20 (war), ±0.031 (loss)."
    )
    assert errors_note({"armed": 0.0}).endswith("none can be told where no two futures differ.")


def test_a_rank_correlation_of_nothing_lies_as_far_from_zero_as_the_note_says() -> None:
    rng = np.random.default_rng(9)
    found = [np.corrcoef(rng.permutation(50), rng.permutation(50))[0, 1] for _ in range(4000)]
    assert ranks_note(50) == f"Monte Carlo standard error of a correlation: about ±{np.std(found):.2f}."
    assert ranks_note(2) == ""
