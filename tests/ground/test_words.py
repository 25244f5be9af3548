"""Numbers in words: what a person reads is what the number is."""

from __future__ import annotations

import math

import pytest

from foedus import words


@pytest.mark.parametrize(
    ("billions", "said"),
    [(0.0001, "under $1 million"), (0.0037, "$3.7 million"), (0.25, "$250 million"), (1.94, "$1.9 billion")],
)
def test_money_is_in_the_unit_a_person_would_use(billions: float, said: str) -> None:
    assert words.money(billions) == said


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
    assert words.compared(ratio) == said


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


def test_lists_read_as_running_text() -> None:
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"


def test_counts_agree_with_their_nouns() -> None:
    assert [words.counted(n, "war", "wars") for n in (0.0, 1.0, 1214.0)] == ["no wars", "1 war", "1,214 wars"]


@pytest.mark.parametrize(
    ("number", "said"), [(0.0123, "0.012"), (1.54, "1.5"), (24.3, "24"), (0.0998, "0.10"), (1e-6, "0"), (math.nan, "–")]
)
def test_a_number_has_two_digits_and_no_power_of_ten(number: float, said: str) -> None:
    assert words.significant(number) == said


def test_a_difference_has_its_sign_and_none_where_it_would_not_show() -> None:
    assert [words.signed(x) for x in (0.0123, -1.54, 4e-5)] == ["+0.012", "-1.5", "0"]
    assert words.bracketed(-0.0001, 0.31) == "[0.00 0.31]"


def test_a_part_is_said_in_tenths_and_a_chance_in_cases() -> None:
    assert words.share(0.4) == "about two fifths"
    assert words.fraction(0.4) == "about two in five"


def test_a_range_without_width_is_not_said() -> None:
    assert words.percent_range(0.33, 0.24, 0.48) == "33 % (24-48 %)"
    assert words.percent_range(0.33, 0.331, 0.334) == "33 %"


@pytest.mark.parametrize(
    ("days", "said"),
    [((3, 1, 7), "3 days (1-7)"), ((243, 120, 600), "8 months (4-20)"), ((1461, 1461, 1461), "4 years")],
)
def test_a_time_is_in_the_unit_a_person_would_use(days: tuple[float, float, float], said: str) -> None:
    assert words.duration(*days) == said
