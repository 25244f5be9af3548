"""Which rows a panel has."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import DataError
from foedus.panels import DataFolder, dyad_years, state_years
from panels.small_data import write_small


def test_two_states_of_which_one_begins_the_day_after_the_other_ends_never_form_a_pair(
    tmp_path: Path,
) -> None:
    panel = dyad_years(1816, 2016, data=write_small(tmp_path)).collect()
    assert panel.filter(pl.col("ccode1") == 255, pl.col("ccode2") == 260).is_empty()


def test_both_german_codes_are_states_in_1990(tmp_path: Path) -> None:
    panel = state_years(1989, 1991, data=write_small(tmp_path)).collect()
    germany = panel.filter(pl.col("ccode").is_in([255, 260])).rows()
    assert germany == [(255, 1990), (255, 1991), (260, 1989), (260, 1990)]


def test_an_undirected_panel_has_half_the_rows_and_the_lower_code_first(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    directed, undirected = (dyad_years(1816, 2016, directed=d, data=folder).collect() for d in (True, False))
    assert directed.height == 2 * undirected.height
    assert (undirected["ccode1"] < undirected["ccode2"]).all()


def test_rows_come_ordered_by_codes_and_year(tmp_path: Path) -> None:
    panel = dyad_years(1950, 1995, data=write_small(tmp_path)).collect()
    assert panel.equals(panel.sort("ccode1", "ccode2", "year"))


def test_years_outside_the_membership_file_stop_with_its_years(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="1700-1720: cow_state_system covers 1816-2016"):
        dyad_years(1700, 1720, data=write_small(tmp_path))
    with pytest.raises(DataError, match="the first year comes after the last"):
        dyad_years(1950, 1940, data=write_small(tmp_path))


@settings(max_examples=25, deadline=None)
@given(first=st.integers(1816, 2016), span=st.integers(0, 30))
def test_a_shorter_panel_is_the_same_rows_of_the_longer(small: DataFolder, first: int, span: int) -> None:
    last = min(first + span, 2016)
    whole = dyad_years(1816, 2016, data=small).collect()
    assert dyad_years(first, last, data=small).collect().equals(whole.filter(pl.col("year").is_between(first, last)))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return DataFolder(write_small(tmp_path_factory.mktemp("small")))


@pytest.mark.data
def test_directed_cow_pairs_1816_to_2016_are_as_many_as_counted_spell_by_spell(data: Path) -> None:
    spells = pl.read_csv(data / "cow_state_system.csv").select(
        "ccode",
        pl.date("styear", "stmonth", "stday").alias("start"),
        pl.date("endyear", "endmonth", "endday").alias("end"),
    )
    common, same_year = set(), set()
    for (a, a_start, a_end), (b, b_start, b_end) in permutations(spells.rows(), 2):
        if a == b:
            continue
        start, end = max(a_start, b_start), min(a_end, b_end)
        if start <= end:
            common.update((a, b, year) for year in range(start.year, end.year + 1))
        same_year.update((a, b, year) for year in range(start.year, end.year + 1))
    panel = dyad_years(1816, 2016, data=data).collect()
    assert set(panel.rows()) == common
    assert (panel.height, len(same_year)) == (1_912_290, 1_912_350)


@pytest.mark.data
def test_gleditsch_ward_state_years_include_states_that_cow_leaves_out(data: Path) -> None:
    years = state_years(1946, 1950, system="gw", data=data).collect()
    germany = years.filter(pl.col("gwcode") == 260)["year"].to_list()
    assert germany == [1949, 1950]
