"""Sums by group, down either of their two roads."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.engine.adder import Adder

GROUPS = {"few groups": np.array([0, 1, 0, 3, 0, 3, 0]), "many groups": np.array([0, 1, 2, 4, 4, 0, 5])}


@pytest.mark.parametrize("name", GROUPS)
def test_rows_of_each_group_are_summed_in_order_and_an_empty_group_is_nothing(name: str) -> None:
    group, count = GROUPS[name], 5
    values = np.random.default_rng(1).random((7, 3), dtype=np.float32)
    expected = np.zeros((count, 3), dtype=np.float32)
    for row, own in enumerate(group):
        if own < count:
            expected[own] += values[row]
    adder = Adder.of(group, count)
    assert (len(adder.groups) < len(adder.turns)) == (name == "few groups")
    assert (adder(values) == expected).all()


def test_nothing_to_sum_gives_nothing() -> None:
    assert (Adder.of(np.array([], dtype=int), 2)(np.zeros((0, 3), np.float32)) == np.zeros((2, 3))).all()
