"""The rules that make facts of published figures, and stocks of spending."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from foedus.errors import FactError, UnknownName
from foedus.past.figures import Facts
from foedus.world import rules
from foedus.world.inventory import DEPRECIATION, INVESTMENT_SHARE, US_DEFLATOR, at_prices, perpetual_inventory


def test_the_first_class_that_fits_is_the_pairs() -> None:
    assert rules.pair_class(rival=True, touching=True) == "rival"
    assert rules.pair_class(rival=False, touching=True) == "contiguous"
    assert rules.pair_class(rival=False, touching=False) == "major"


def test_force_travels_from_the_nearest_point_and_at_least_fifty_kilometres() -> None:
    assert rules.travelled(600.0) == 600.0
    assert rules.travelled(28.0) == rules.travelled(0.0) == 50.0


def test_a_fight_is_on_land_where_two_touch_and_not_across_the_gulf() -> None:
    assert rules.over_land(0.0, 1, island=True, same_region=False)
    assert not rules.over_land(28.0, 3, island=False, same_region=True)
    assert rules.over_land(215.0, 0, island=False, same_region=True)
    assert not rules.over_land(892.0, 0, island=False, same_region=True)
    assert not rules.over_land(215.0, 0, island=True, same_region=True)


def test_trade_of_a_billion_counts_for_nothing_and_of_six_hundred_for_everything() -> None:
    assert [rules.trade_weight(x) for x in (0.0, 1000.0, 600_000.0, 1e7)] == [0.0, 0.0, 1.0, 1.0]


def test_an_ally_that_buys_nothing_from_its_guarantor_still_needs_a_tenth() -> None:
    assert set(rules.arms_dependence(0.0).values()) == {0.1}
    assert rules.arms_dependence(1.0)["air"] == 0.95


def test_steady_real_spending_keeps_the_stock_where_it_began() -> None:
    spending = {year: 10.0 * US_DEFLATOR[year] / US_DEFLATOR[2024] for year in range(1950, 1971)}
    assert perpetual_inventory(spending, 10.0, until=1970) == pytest.approx(10.0 * INVESTMENT_SHARE / DEPRECIATION)


def test_a_stock_of_the_past_ends_with_its_year() -> None:
    spending = {1960: 1.0, 1961: 2.0}
    real = [at_prices(1.0, 1960), at_prices(2.0, 1961)]
    first = real[0] * INVESTMENT_SHARE / DEPRECIATION
    expected = first * (1 - DEPRECIATION) + real[1] * INVESTMENT_SHARE
    assert perpetual_inventory(spending, real[1], until=1961) == pytest.approx(expected)
    assert perpetual_inventory(spending, real[1]) > expected


def test_prices_rose_in_every_year_since_1946_but_1949() -> None:
    years = sorted(US_DEFLATOR)
    assert years == list(range(1946, 2025))
    fell = [b for a, b in itertools.pairwise(years) if US_DEFLATOR[b] <= US_DEFLATOR[a]]
    assert fell == [1949]
    assert np.isclose(US_DEFLATOR[1970] / US_DEFLATOR[2009], 0.228, atol=0.002)


def test_a_figure_of_a_past_year_obeys_the_rules_of_its_table() -> None:
    facts = Facts(1970)
    facts.add("forces.csv", ("KOR",), "personnel", 645.0, source="cow_nmc", grade="V")
    assert facts.frozen["forces.csv"][0].year == 1970
    with pytest.raises(FactError, match=r"forces.csv of 1970: KOR  personnel is -1; legal values are 0 to 20000"):
        facts.add("forces.csv", ("KOR",), "personnel", -1.0, source="cow_nmc", grade="V")
    with pytest.raises(UnknownName, match=r'Did you mean "cow_nmc"'):
        facts.add("forces.csv", ("KOR",), "personnel", 645.0, source="cow_nm", grade="V")
