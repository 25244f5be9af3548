"""Facts that belong to a day or to a state that ended: capitals on 1 January, rivalries of Austria."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from foedus.panels import dyad_years
from panels.small_data import write_small

CAPITALS = """ccode,lat,lng,stdate,enddate
2,0,0,1816-01-01,2024-12-31
200,0,90,1816-01-01,1960-04-20
200,0,0,1960-04-21,2024-12-31
260,0,45,1955-08-01,2024-12-31
"""
QUARTER = 10_007.5
"""Kilometres from the equator to a pole of a sphere of 6,371 km."""


def test_a_capital_moved_in_spring_counts_from_the_next_first_of_january(tmp_path: Path) -> None:
    panel = dyad_years(1959, 1961, data=write_small(tmp_path, cow_capitals=CAPITALS)).capital_distance()
    found = panel.filter(pl.col("ccode1") == 2, pl.col("ccode2") == 200).collect()
    assert found["capdist"].to_list() == pytest.approx([QUARTER, QUARTER, 0.0], abs=0.5)


def test_a_state_without_a_capital_on_the_first_of_january_has_its_first_of_the_year(tmp_path: Path) -> None:
    panel = dyad_years(1955, 1956, data=write_small(tmp_path, cow_capitals=CAPITALS)).capital_distance()
    found = panel.filter(pl.col("ccode1") == 2, pl.col("ccode2") == 260).collect()
    assert found["capdist"].to_list() == pytest.approx([QUARTER / 2, QUARTER / 2], abs=0.5)


@pytest.mark.data
def test_brazil_is_ruled_from_rio_on_the_first_day_of_1960(data: Path) -> None:
    panel = dyad_years(1959, 1961, directed=False, data=data).capital_distance()
    found = panel.filter(pl.col("ccode1") == 2, pl.col("ccode2") == 140).collect()
    assert found["capdist"].to_list() == pytest.approx([7722, 7722, 6005], abs=0.5)


@pytest.mark.data
def test_the_rivalry_of_austria_and_yugoslavia_outlives_the_empire(data: Path) -> None:
    panel = dyad_years(1917, 1921, data=data).rivalries().filter(pl.col("ongoingrivalry") == 1)
    found = panel.filter(pl.col("ccode1").is_in([300, 305]), pl.col("ccode2") == 345).collect()
    assert found.select("ccode1", "year", "tssr_id").rows() == [
        (300, 1917, 76), (300, 1918, 76), (305, 1919, 76), (305, 1920, 76),
    ]  # fmt: skip
