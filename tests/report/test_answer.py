"""The sentences of the answer: what they name first, and what they refuse to claim."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from foedus.results import Headline, Range, Results, answer, words

NAMES = {"UKR": "Ukraine", "PHL": "Philippines", "LVA": "Latvia", "ESP": "Spain"}
COMPARED = cast("Results", SimpleNamespace(roles={"posture": "cut", "against": "steady"}))


def span(middle: float, half: float) -> Range:
    return Range(middle - half, middle - half / 2, middle, middle + half / 2, middle + half)


def row(ally: str, before: float, after: float, half: float, worse: float, **changed: Any) -> Headline:
    plain = Headline(
        ally, span(after, 0.0), span(0, 0), span(after, 0), span(0.3, 0), span(0.3, 0), span(0.3, 0), 3, 2030, 0.4
    )
    other = replace(plain, loss=span(before, 0.0))
    gap = span(after - before, half)
    return replace(plain, against=other, difference=gap, chance_worse=worse, difference_luck=0.3, **changed)


LATVIA = row("LVA", 0.012, 0.024, 0.005, 0.99)
PHILIPPINES = row("PHL", 0.11, 0.18, 0.02, 0.95)
UKRAINE = row("UKR", 3.2, 5.1, 4.0, 0.86)
SPAIN = row("ESP", 0.01, 0.01, 0.0, 0.0)


def test_the_sentence_names_what_rises_most_and_what_doubles() -> None:
    first, second = answer.summary(COMPARED, [PHILIPPINES, LATVIA, SPAIN], NAMES)
    assert first.startswith("Under cut, the Philippines' expected loss rises most, from 0.11 to 0.18 % of GDP a year")
    assert "in proportion Latvia's about doubles (0.012 to 0.024)" in first
    assert "for 2 of 3 allies" in second
    assert "rises for 2 and falls for 0" in second


def test_the_largest_change_is_named_first_even_where_its_direction_is_open() -> None:
    first, second = answer.summary(COMPARED, [UKRAINE, PHILIPPINES], NAMES)
    assert first.startswith("Under cut, Ukraine's expected loss moves most, from 3.2 to 5.1")
    assert "but falls in 14 futures of 100" in first
    assert "Where the direction is clear, the Philippines' expected loss rises most" in first
    assert "open for 1, most of all Ukraine" in second


def test_a_change_too_small_to_speak_of_is_not_spoken_of() -> None:
    (only,) = answer.summary(COMPARED, [SPAIN], NAMES)
    assert only == "Between cut and steady no ally's expected loss moves by 0.001 % of GDP a year or more."


def test_a_direction_needs_nine_futures_in_ten() -> None:
    assert (LATVIA.direction, PHILIPPINES.direction, UKRAINE.direction, SPAIN.direction) == (1, 1, 0, 0)
    assert [words.arrow(r) for r in (LATVIA, UKRAINE)] == ["▲", "·"]
    assert replace(UKRAINE, chance_worse=0.08).direction == -1


def test_levels_are_told_where_nothing_is_compared() -> None:
    alone = cast("Results", SimpleNamespace(roles={"posture": "steady"}))
    (only,) = answer.summary(alone, [replace(UKRAINE, against=None, difference=None)], NAMES)
    assert only == "Under steady, expected losses are largest for Ukraine 5.1 % of GDP a year (medians over futures)."
