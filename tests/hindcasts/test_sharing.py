"""Burden-sharing in NATO: what is ranked, and the record's own path."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.errors import DataError
from foedus.hindcasts.sharing import of_the_day, product, ranked
from foedus.panels import DataFolder


def test_one_swap_among_four_members_costs_two_tenths() -> None:
    assert ranked(np.array([1.0, 5.0, 20.0, 400.0]), np.array([0.02, 0.01, 0.03, 0.09])) == pytest.approx(0.8)


def test_when_the_small_bear_more_the_ranks_oppose() -> None:
    assert ranked(np.array([1.0, 5.0, 20.0]), np.array([0.05, 0.03, 0.01])) == pytest.approx(-1.0)


@pytest.mark.data
def test_the_record_falls_from_the_sixties_to_the_nineties(data: Path) -> None:
    folder = DataFolder.open(data)
    found = [round(of_the_day(folder, (year,)), 2) for year in (1965, 1985, 1995, 2010)]
    assert found == [0.62, 0.35, 0.20, 0.31]


@pytest.mark.data
def test_a_member_without_product_is_named(data: Path) -> None:
    with pytest.raises(DataError, match="no product of XKX in 1961"):
        product(DataFolder.open(data), ("USA", "XKX"), 1961)
