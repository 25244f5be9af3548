"""The sentences of the answer: what they name first, and what they refuse to claim."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from foedus import words
from foedus.results import Headline, Range, Rate, Results, answer, as_mapping, by_change, wording
from foedus.results.headline import ratio
from foedus.results.sources import LossTo

NAMES = {"UKR": "Ukraine", "PHL": "Philippines", "LVA": "Latvia", "ESP": "Spain", "RUS": "Russia"}
HELD = {"years": [2026, 2050], "manifest": {}}
COMPARED = cast("Results", SimpleNamespace(roles={"posture": "cut", "against": "steady"}, **HELD))


def span(middle: float, half: float) -> Range:
    return Range(middle - half, middle - half / 2, middle, middle + half / 2, middle + half, middle, 100)


def row(ally: str, before: float, after: float, half: float, worse: float, **changed: Any) -> Headline:
    plain = Headline(
        ally,
        span(after, 0.0),
        span(0.4 * after, 0),
        span(0.6 * after, 0),
        span(0.3, 0),
        span(0.3, 0),
        span(0.3, 0),
        3,
        2030,
        0.4,
    )
    parts = {"conceded": span(0.25 * before, 0), "fought": span(0.75 * before, 0)}
    other = replace(plain, loss=span(before, 0.0), years_exposed=2, **parts)
    gap = span(after - before, half)
    return replace(plain, against=other, difference=gap, chance_worse=worse, difference_luck=0.3, **changed)


LATVIA = row("LVA", 0.012, 0.024, 0.005, 0.99)
PHILIPPINES = row("PHL", 0.11, 0.18, 0.02, 0.95)
UKRAINE = row("UKR", 3.2, 5.1, 4.0, 0.86)
SPAIN = row("ESP", 0.01, 0.01, 0.0, 0.0)


def test_of_one_ally_alone_nothing_is_said_to_move_most_and_none_are_counted() -> None:
    (only,) = answer.summary(COMPARED, [PHILIPPINES], NAMES)
    assert only.startswith("Under cut, the Philippines' expected loss rises, from 0.11 to 0.18 % of GDP a year")


def test_the_sentence_names_what_rises_most_and_what_doubles() -> None:
    first, second = answer.summary(COMPARED, [PHILIPPINES, LATVIA, SPAIN], NAMES)
    assert first.startswith("Under cut, the Philippines' expected loss rises most, from 0.11 to 0.18 % of GDP a year")
    assert "(+0.070; +0.050 to +0.090 in nine futures of ten, same random draws)" in first
    assert "in proportion Latvia's about doubles (0.012 to 0.024)" in first
    assert "Of that loss 40 % is from concessions (25 % under steady), the rest from fighting." in first
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
    assert only == (
        "Between cut and steady no ally's expected loss moves visibly: by 0.001 % of GDP a year or more, and in its "
        "first two digits."
    )


def test_a_loss_that_is_shown_as_it_was_does_not_fall() -> None:
    same = row("PHL", 0.644, 0.6422, 0.001, 0.05)
    assert same.moved
    assert "0.64 to 0.64" not in " ".join(answer.summary(COMPARED, [same, LATVIA], NAMES))
    assert answer.summary(COMPARED, [same], NAMES)[0].startswith("Between cut and steady no ally's expected loss")


def test_war_and_ground_lead_and_name_who_rises_and_who_falls() -> None:
    def with_figures(held: Headline, war: float, ground: float, before: tuple[float, float]) -> Headline:
        assert held.against is not None
        against = replace(held.against, war=before[0], ground=before[1])
        return replace(held, war=war, ground=ground, against=against)

    rows = [
        with_figures(PHILIPPINES, 0.155, 0.30, (0.084, 0.30)),
        with_figures(LATVIA, 0.027, 0.04, (0.0141, 0.03)),
        with_figures(UKRAINE, 0.241, 0.79, (0.32, 0.62)),
        with_figures(SPAIN, 0.0, 0.0, (0.004, 0.009)),
    ]
    first, second, third, *_ = answer.summary(COMPARED, rows, NAMES)
    assert first == (
        "Under cut, the chance of at least one war by 2050 rises most for the Philippines (8.4 to 16 %) and Latvia "
        "(1.4 to 2.7 %), and falls most for Ukraine (32 to 24 %)."
    )
    assert (
        second
        == "Ground lost by 2050, of what is at issue, rises most for Ukraine (62 to 79 %) and Latvia (3.0 to 4.0 %)."
    )
    assert third.startswith("Under cut, the Philippines' expected loss rises most")


def test_whom_most_is_lost_to_is_said_by_loss() -> None:
    held = replace(LATVIA, sources=(LossTo("RUS", 0.02, 0.001, 0.83), LossTo("ESP", 0.004, 0.004, 0.17)))
    assert "the rest from fighting; 83 % is lost to Russia." in answer.summary(COMPARED, [held], NAMES)[0]
    by_fighters = replace(held, sources=(LossTo("RUS", 0.02, 0.001, 0.83, 0.015), *held.sources[1:]))
    told = answer.summary(COMPARED, [by_fighters], NAMES)[0]
    assert "83 % is lost to Russia, of which 75 % to fighters whom it sponsors." in told
    assert wording.lost_to(held) == "RUS 83"
    assert held.limited_share == pytest.approx(0.005 / 0.024)
    assert (LATVIA.source, LATVIA.limited_share, wording.lost_to(LATVIA)) == (None, 0.0, "–")


def test_a_direction_needs_nine_futures_in_ten() -> None:
    assert (LATVIA.direction, PHILIPPINES.direction, UKRAINE.direction, SPAIN.direction) == (1, 1, 0, 0)
    assert [wording.arrow(r) for r in (LATVIA, UKRAINE)] == ["▲", "·"]
    assert row("UKR", 5.1, 3.2, 4.0, 0.08).direction == -1


def test_levels_are_told_where_nothing_is_compared() -> None:
    alone = cast("Results", SimpleNamespace(roles={"posture": "steady"}, **HELD))
    (only,) = answer.summary(alone, [replace(UKRAINE, against=None, difference=None)], NAMES)
    assert only == "Under steady, expected losses are largest for Ukraine 5.1 % of GDP a year (means over futures)."


def test_a_row_adds_up_before_and_change_give_after_and_the_ratio_is_of_the_two_levels() -> None:
    before = np.array([0.0, 0.01, 0.02, 0.5] * 8, dtype=np.float32)
    after = np.array([0.04, 0.0, 0.03, 0.99] * 8, dtype=np.float32)
    one, two, gap = Range.of(before), Range.of(after), Range.of(after - before)
    assert one.mean + gap.mean == pytest.approx(two.mean)
    assert one.median + gap.median != pytest.approx(two.median)
    assert ratio(two.mean, one.mean) == pytest.approx(2.0)
    assert ratio(1.0, 0.0) is None


def test_a_change_shown_as_zero_has_no_arrow() -> None:
    tiny = row("ESP", 0.0100, 0.01004, 0.00001, 1.0)
    assert (words.signed(tiny.difference.mean), wording.arrow(tiny)) == ("0", "·")  # type: ignore[union-attr]
    assert wording.arrow(row("ESP", 0.01, 0.0101, 0.00001, 1.0)) == "▲"


def test_a_change_that_is_no_number_has_no_arrow_is_listed_and_is_null_in_json() -> None:
    broken = row("ESP", 0.01, float("nan"), 0.0, float("nan"))
    assert broken.direction == 0
    assert wording.change(cast("Range", broken.difference)) == ("–", "–")
    assert answer.listed([broken, LATVIA])[0] == [broken, LATVIA]
    assert "NaN" not in json.dumps(as_mapping(broken))
    assert by_change([LATVIA, broken]) == [broken, LATVIA]


def test_an_arrow_needs_the_mean_and_nine_futures_in_ten_to_agree() -> None:
    assert replace(PHILIPPINES, chance_worse=0.05).direction == 0
    assert replace(PHILIPPINES, chance_worse=0.95).direction == 1


def test_too_few_futures_give_neither_range_nor_arrow_and_the_answer_says_so() -> None:
    few = replace(PHILIPPINES, loss=one(0.18), difference=one(0.07))
    assert (wording.change(few.difference), wording.arrow(few)) == (("+0.070±0", "–"), "·")  # type: ignore[arg-type]
    lines = answer.summary(COMPARED, [few], NAMES)
    assert lines[-1] == "Ranges and directions need 16 futures or more; this run has one future."
    assert "nine futures" not in " ".join(lines)
    assert cast("dict[str, Any]", as_mapping(few)["difference"])["low90"] is None


def one(value: float) -> Range:
    return replace(span(value, 0.0), futures=1)


def test_allies_whose_change_is_too_small_to_show_are_counted_and_not_listed() -> None:
    shown, hidden = answer.listed([PHILIPPINES, LATVIA, SPAIN], most=1)
    assert [r.ally for r in shown] == ["PHL"]
    assert answer.left_out(hidden) == "2 more allies change less, 1 of them by less than 0.001 % of GDP."
    assert answer.left_out([SPAIN]) == "1 more ally changes by less than 0.001 % of GDP."
    assert answer.left_out([]) == ""


def test_both_postures_are_shown_for_years_exposed_and_for_the_share_conceded() -> None:
    assert wording.exposed(PHILIPPINES) == "2→3"
    assert wording.conceded(PHILIPPINES) == "25→40"
    assert wording.exposed(replace(PHILIPPINES, against=None)) == "3"


def test_base_rates_missed_by_class_are_named_with_both_figures() -> None:
    rates = [
        Rate("all", "war", 0.1, 0.01, None, None),
        Rate("rival", "war", 0.02, 0.021, None, None),
        Rate("contiguous", "war", 0.013, 0.004, None, None),
        Rate("major", "war_with_major_ally", 0.011, 0.0, None, None),
    ]
    assert answer.missed(rates) == (
        "By class of pair, 1 of 2 lie beyond a factor of two of the record: "
        "neighbours, challenges that become war: 1.3 % against 0.40."
    )
    assert answer.missed(rates[1:2]) == ""


def test_a_mean_beyond_nine_futures_in_ten_is_explained() -> None:
    gap = replace(span(0.01, 0.005), mean=0.2)
    assert answer.lopsided([LATVIA]) == ""
    assert answer.lopsided([LATVIA, replace(LATVIA, difference=gap)]) == (
        "A mean outside its band comes from a few extreme futures."
    )


def test_the_error_of_a_mean_falls_with_the_root_of_the_futures_and_is_told() -> None:
    values = np.array([0.0, 1.0] * 50, dtype=np.float32)
    assert Range.of(values).error == pytest.approx(0.5025189 / 10.0, rel=1e-5)
    assert np.isnan(Range.of(values[:1]).error)
    known = replace(
        LATVIA, loss=replace(span(0.02, 0.0), error=0.001), difference=replace(span(0.01, 0.0), error=0.002)
    )
    assert answer.precision([known]) == (
        "With 100 futures the Monte Carlo standard error is about 5 % of a mean, 20 % of a change (median ally listed)."
    )
    assert answer.precision([replace(known, loss=one(0.02), difference=one(0.01))]) == ""
