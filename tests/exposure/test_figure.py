"""Figures: arithmetic keeps parents, ranges come from common draws, what is changed is worked out again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.exposure import Leaf, Unit
from foedus.exposure.explain import strongest
from foedus.exposure.figure import combine, drawn, total
from foedus.exposure.spread import DRAWS, two_sided

ONE = Unit()


def leaf(name: str, low: float, value: float, high: float) -> Leaf:
    return Leaf(name, name, ONE, value, low, high, source="s", grade="A")


def test_a_figure_less_itself_is_exactly_zero_on_every_draw() -> None:
    a = leaf("a", 1.0, 2.0, 5.0)
    assert (a - a).band == (0.0, 0.0)


def test_a_share_of_a_whole_stays_between_nought_and_one_on_every_draw() -> None:
    a, b = leaf("a", 1.0, 2.0, 5.0), leaf("b", 0.0, 1.0, 9.0)
    share = a / (a + b)
    assert share.draws.min() >= 0.0
    assert share.draws.max() <= 1.0


def test_the_draws_of_a_leaf_depend_on_its_name_alone() -> None:
    assert np.array_equal(leaf("a", 1, 2, 5).draws, leaf("a", 1, 2, 5).draws)
    assert not np.array_equal(leaf("a", 1, 2, 5).draws, leaf("b", 1, 2, 5).draws)


def test_two_leaves_are_nearly_uncorrelated() -> None:
    names = [leaf(f"leaf {i}", 0.0, 1.0, 2.0).draws for i in range(30)]
    between = np.corrcoef(names)[np.triu_indices(30, 1)]
    assert np.abs(between).max() < 0.4
    assert abs(between.mean()) < 0.02


@given(st.floats(-10, 10), st.floats(0, 10), st.floats(0, 10))
def test_a_leaf_has_its_value_as_median_and_never_leaves_its_range(value: float, below: float, above: float) -> None:
    level = (np.arange(DRAWS) + 0.5) / DRAWS
    draws = two_sided(level, value - below, value, value + above)
    assert draws.min() >= value - below - 1e-9
    assert draws.max() <= value + above + 1e-9
    assert float(np.mean(draws <= value + 1e-12)) >= 0.5
    assert np.all(np.diff(draws) >= -1e-12)


def test_the_band_of_a_sum_of_independent_leaves_is_narrower_than_the_sum_of_bands() -> None:
    parts = tuple(leaf(f"part {i}", 0.0, 1.0, 2.0) for i in range(9))
    whole = total("whole", "whole", parts)
    spread = whole.high - whole.low
    assert spread < sum(part.high - part.low for part in parts) / 2
    assert whole.value == 9.0


def test_a_result_is_worked_out_again_with_a_leaf_changed() -> None:
    a, b = leaf("a", 1.0, 2.0, 3.0), leaf("b", 1.0, 4.0, 5.0)
    product = combine("ab", "ab", ONE, (a, b), lambda x, y: x * y, "product")
    assert product.given({"a": 10.0}) == 40.0
    assert np.array_equal(product.given({"a": 1.0}, drawn), b.draws)


def test_the_grade_of_a_result_is_its_weakest_leaf() -> None:
    strong = Leaf("v", "v", ONE, 1.0, source="x", grade="V")
    weak = Leaf("r", "r", ONE, 1.0, source="y", grade="R")
    assert (strong * weak).grade == "R"
    assert (strong * weak).source == "x;y"


def test_what_a_range_hangs_on_is_the_leaf_that_moves_it() -> None:
    wide, narrow = leaf("wide", 0.0, 5.0, 10.0), leaf("narrow", 0.99, 1.0, 1.01)
    first, rank = strongest(wide * narrow, 1)[0]
    assert first.name == "wide"
    assert rank == pytest.approx(1.0, abs=0.01)
