"""Numbers in words: what a person reads is what the number is, and never a bare zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.brief import words
from foedus.brief.reading import Simulated


def number(value: float, low: float | None = None, high: float | None = None) -> Simulated:
    return Simulated("n", "n", value, value if low is None else low, value if high is None else high, "", (), "", ())


@pytest.mark.parametrize(
    ("value", "said"),
    [(2.468, "2.5 %"), (0.2468, "0.25 %"), (0.0246, "0.025 %"), (0.004, "under 0.01 %"), (0.0, "under 0.01 %")],
)
def test_a_loss_has_two_digits_and_a_floor(value: float, said: str) -> None:
    assert words.percent_of_gdp(value) == said


def test_a_range_below_the_floor_begins_at_nothing() -> None:
    assert words.gdp_band(number(0.03, 0.004, 0.31)) == "0.030 % (<0.01-0.31 %)"
    assert words.gdp_band(number(0.001, 0.0001, 0.009)) == "under 0.01 %"


@pytest.mark.parametrize(
    ("billions", "said"),
    [(0.0001, "under $1 million"), (0.0037, "$3.7 million"), (0.25, "$250 million"), (1.94, "$1.9 billion")],
)
def test_money_is_in_the_unit_a_person_would_use(billions: float, said: str) -> None:
    assert words.money(billions) == said


def test_a_chance_is_a_fraction_with_its_range() -> None:
    assert words.chance(number(0.39, 0.3, 0.5)) == "about two in five (30-50 %)"
    assert words.chance(number(0.39)) == "about two in five (39 %)"


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
    assert words.futures(share) == said


def test_what_a_what_if_changes_has_the_sign_of_the_loss() -> None:
    assert words.changed(number(0.34, 0.03, 0.55)) == "-34 % (-55 to -3 %)"
    assert words.changed(number(-0.03, -0.16, 0.01)) == "+3 % (-1 to +16 %)"
    assert words.changed(number(0.001, -0.002, 0.004)) == "0 %"


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (0.4, "less than half of"),
        (0.8, "20 % below"),
        (1.0, "much the same as"),
        (1.4, "40 % above"),
        (2.0, "about twice"),
        (2.5, "about two and a half times"),
        (7.2, "about 7 times"),
    ],
)
def test_a_ratio_in_words(ratio: float, said: str) -> None:
    assert words.times(ratio) == said


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.004, "less than 1 % of the time"),
        (0.03, "about 3 % of the time"),
        (0.47, "about 45 % of the time"),
        (0.97, "about 97 % of the time"),
    ],
)
def test_how_often(chance: float, said: str) -> None:
    assert words.of_the_time(chance) == said


@given(st.floats(0.0, 60.0), st.floats(0.0, 1.0), st.floats(1.0, 9.0))
def test_no_loss_is_ever_printed_as_zero(value: float, below: float, above: float) -> None:
    said = words.gdp_band(number(value, value * below, value * above))
    assert "0.00" not in said
    assert not said.startswith("0 ")


def test_lists_read_as_running_text() -> None:
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"


def test_counts_agree_with_their_nouns() -> None:
    assert [words.counted(n, "war", "wars") for n in (0.0, 1.0, 1214.0)] == ["no wars", "1 war", "1,214 wars"]
