"""The likelihood along one coefficient is the best that the other coefficients can do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.optimize import minimize

from estimators.strategic.examples import WAR, example, small_table
from foedus.errors import InputError, UnknownName
from foedus.estimators import strategic

SMALL = "a1 + a2 ~ x - 1 | 0 | z | w"


def test_the_others_are_fitted_again_as_scipy_fits_them() -> None:
    fit = strategic.egame12(SMALL, data=small_table()).fit()
    name, values = "u2(war):w", [-0.3, 0.0, 0.2]
    place = fit.names.index(name)
    others = np.delete(np.arange(len(fit.names)), place)
    for value, found in zip(values, fit.likelihood_profile(name, values)["log_likelihood"], strict=True):

        def loss(at: np.ndarray, value: float = value) -> float:
            full = np.insert(at, place, value)
            return -float(fit.model.problem.value(full[None, :], None)[0])

        assert found == pytest.approx(-minimize(loss, fit.estimates[others]).fun, abs=1e-6)


def test_a_profile_peaks_at_the_estimate_and_falls_by_half_a_squared_standard_error_near_it() -> None:
    fit = strategic.egame12(SMALL, data=small_table(2000)).fit()
    name = "u2(war):w"
    error = fit.standard_errors[name]
    middle = fit.coefficients[name]
    profile = fit.likelihood_profile(name, [middle - error, middle, middle + error])
    fall = fit.log_likelihood - profile["log_likelihood"].to_numpy()
    assert fall == pytest.approx([0.5, 0.0, 0.5], abs=0.02)
    assert profile["settled"].all()
    whole = fit.likelihood_profile(name)
    limits = whole.filter(pl.col("inside"))["value"]
    assert (limits.min(), limits.max()) == pytest.approx(
        (middle - 1.96 * error, middle + 1.96 * error), abs=0.3 * error
    )


@pytest.mark.data
def test_the_likelihood_of_war1800_levels_off_along_a_constant_of_player_1(data: Path) -> None:
    fit = strategic.egame12(WAR, data=example(data, "war1800")).fit()
    name = "u1(war):(Intercept)"
    far = 40 * fit.standard_errors[name]
    # A parabola would have fallen by 800; the 99 % limit is a fall of 3.3, the 95 % limit one of 1.9.
    assert fit.likelihood_profile(name, [-far, far], level=0.99)["inside"].all()
    assert not fit.likelihood_profile(name, [-far, far], level=0.95)["inside"].any()


def test_profiles_check_names_values_and_level() -> None:
    fit = strategic.egame12(SMALL, data=small_table()).fit()
    with pytest.raises(UnknownName, match=r'Did you mean "u2\(war\):w"'):
        fit.likelihood_profile("u2(war):v")
    with pytest.raises(InputError, match="one or more finite numbers"):
        fit.likelihood_profile("u2(war):w", [np.nan])
    with pytest.raises(InputError, match="level is 95"):
        fit.likelihood_profile("u2(war):w", level=95)
