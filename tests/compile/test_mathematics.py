"""Own functions in single precision: at most 2 units in the last place over the full range, and sound at the ends."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.compile import mathematics
from foedus.compile.mathematics import SMALLEST, NumpyArithmetic
from foedus.compile.operations import FUNCTIONS
from foedus.normal import quantile

EVERY = np.arange(0, 2**32, 16411, dtype=np.uint64).astype(np.uint32).view(np.float32)
"""A quarter of a million floats of every size and sign, denormal numbers and infinities too."""

NEAR = np.linspace(-12.0, 12.0, 20_001).astype(np.float32)
"""Where the model calls them."""


def last_places(name: str, given: np.ndarray, exact: np.ndarray) -> float:
    """Largest error in units of the last place; infinite where one is no number, or infinite, and the other is not."""
    with np.errstate(all="ignore"):
        found = FUNCTIONS[name](NumpyArithmetic, given)
        exact = np.where(np.abs(exact) < SMALLEST, 0.0, exact)
        wanted = exact.astype(np.float32)
        finite = np.isfinite(wanted)
        agree = (found == wanted) | (np.isnan(found) & np.isnan(wanted))
        if not agree[~finite].all():
            return np.inf
        unit = np.maximum(np.spacing(np.abs(wanted[finite])).astype(float), SMALLEST)
        return float((np.abs(found[finite].astype(float) - exact[finite]) / unit).max())


@pytest.mark.parametrize("name", ["exp", "tanh", "log", "log1p"])
def test_functions_are_within_two_units_of_the_last_place(name: str) -> None:
    """A denormal number, given or wanted, counts as zero."""
    given = np.concatenate([EVERY, NEAR, np.geomspace(1e-30, 1.0, 50_001).astype(np.float32)])
    given = given[~np.isnan(given)]
    with np.errstate(all="ignore"):
        exact = getattr(np, name)(np.where(np.abs(given) < SMALLEST, 0.0, given.astype(np.float64)))
    assert last_places(name, given, exact) <= 2.0


def test_the_normal_quantile_is_within_two_units_for_every_draw_there_is() -> None:
    draws = ((np.arange(0, 2**23, 61) + np.float32(0.5)) * np.float32(2.0**-23)).astype(np.float32)
    assert last_places("normal", draws, quantile(draws.astype(np.float64))) <= 2.0


def test_a_logistic_response_is_as_near_as_the_sum_that_it_stands_for() -> None:
    """Within 1e-7 of 1/2 + 1/2 tanh x everywhere, and a small chance within five millionths of itself."""
    given = np.concatenate([EVERY, NEAR, np.linspace(-43.0, 43.0, 50_001).astype(np.float32)])
    given = given[~np.isnan(given)]
    with np.errstate(all="ignore"):
        exact = 1.0 / (1.0 + np.exp(-2.0 * given.astype(np.float64)))
        found = mathematics.logistic(NumpyArithmetic, given).astype(np.float64)
    assert np.abs(found - exact).max() < 1e-7
    small = given > -43.0
    assert (np.abs(found - exact)[small] < 5e-6 * exact[small]).all()
    assert found[given < -43.5].max() == 0.0
    assert (found[given == np.inf] == 1.0).all()


def test_powers_hold_five_digits_and_anything_to_the_power_of_zero_is_one() -> None:
    base, exponent = np.meshgrid(np.linspace(0.05, 3.0, 60), np.linspace(-20.0, 20.0, 41))
    given = base.astype(np.float32), exponent.astype(np.float32)
    found = mathematics.power(NumpyArithmetic, *given)
    assert np.allclose(found, given[0].astype(float) ** given[1].astype(float), rtol=1e-5)
    with np.errstate(all="ignore"):
        assert mathematics.power(NumpyArithmetic, np.float32([0.0]), np.float32([0.0])) == 1.0
        assert mathematics.power(NumpyArithmetic, np.float32([0.0]), np.float32([2.0])) == 0.0


def test_what_is_no_number_stays_none() -> None:
    with np.errstate(all="ignore"):
        for name in ("exp", "tanh", "logistic", "log", "log1p"):
            assert np.isnan(getattr(mathematics, name)(NumpyArithmetic, np.float32([np.nan])))
        assert np.isnan(mathematics.log(NumpyArithmetic, np.float32([-1.0])))
        assert mathematics.log(NumpyArithmetic, np.float32([0.0])) == -np.inf


def test_what_is_below_the_smallest_normal_number_counts_as_zero() -> None:
    assert mathematics.exp(NumpyArithmetic, np.float32([-87.4, -1000.0])).tolist() == [0.0, 0.0]
    assert mathematics.exp(NumpyArithmetic, np.float32([-87.33]))[0] >= SMALLEST
    with np.errstate(all="ignore"):
        assert mathematics.log(NumpyArithmetic, np.float32([1e-40]))[0] == -np.inf
