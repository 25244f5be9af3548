"""Numbers in words: what a person reads is what the number is, and never a bare zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.brief import ranges
from foedus.brief.reading import Simulated


def number(value: float, low: float | None = None, high: float | None = None) -> Simulated:
    return Simulated("n", "n", value, value if low is None else low, value if high is None else high, "", (), "", ())


@pytest.mark.parametrize(
    ("value", "said"),
    [(2.468, "2.5 %"), (0.2468, "0.25 %"), (0.0246, "0.025 %"), (0.004, "under 0.01 %"), (0.0, "under 0.01 %")],
)
def test_a_loss_has_two_digits_and_a_floor(value: float, said: str) -> None:
    assert ranges.percent_of_gdp(value) == said


def test_a_range_below_the_floor_begins_at_nothing() -> None:
    assert ranges.gdp_band(number(0.03, 0.004, 0.31)) == "0.030 % (<0.01-0.31 %)"
    assert ranges.gdp_band(number(0.001, 0.0001, 0.009)) == "under 0.01 %"


def test_a_chance_is_a_fraction_with_its_range() -> None:
    assert ranges.chance(number(0.39, 0.3, 0.5)) == "about two in five (30-50 %)"
    assert ranges.chance(number(0.39)) == "about two in five (39 %)"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "in no future"),
        (0.001, "in 1 of 100 futures"),
        (0.15, "in 15 of 100 futures"),
        (0.999, "in 99 of 100 futures"),
        (1.0, "in every future"),
    ],
)
def test_only_no_future_is_none_and_only_every_future_is_all(share: float, said: str) -> None:
    assert ranges.futures(share) == said


def test_what_a_what_if_changes_has_the_sign_of_the_loss() -> None:
    assert ranges.changed(number(0.34, 0.03, 0.55)) == "-34 % (-55 to -3 %)"
    assert ranges.changed(number(-0.03, -0.16, 0.01)) == "+3 % (-1 to +16 %)"
    assert ranges.changed(number(0.001, -0.002, 0.004)) == "0 %"


@given(st.floats(0.0, 60.0), st.floats(0.0, 1.0), st.floats(1.0, 9.0))
def test_no_loss_is_ever_printed_as_zero(value: float, below: float, above: float) -> None:
    said = ranges.gdp_band(number(value, value * below, value * above))
    assert "0.00" not in said
    assert not said.startswith("0 ")
