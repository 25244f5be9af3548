"""Peace years as binary time-series analysis counts them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.panels import dyad_years
from foedus.panels.spells import peace_years
from panels.small_data import write_small


def counted(events: list[int | None], years: list[int] | None = None, *, pad: bool = False) -> list[int | None]:
    frame = pl.DataFrame(
        {"_unit": [1] * len(events), "year": years or list(range(1900, 1900 + len(events))), "event": events},
        schema={"_unit": pl.UInt32, "year": pl.Int16, "event": pl.Int8},
    )
    return frame.select(peace_years("event", "spell", pad=pad))["spell"].to_list()


def test_the_event_year_carries_the_count_and_the_next_starts_at_nought() -> None:
    assert counted([0, 0, 0, 1, 0, 0]) == [0, 1, 2, 3, 0, 1]


def test_a_second_year_of_the_same_event_counts_nought() -> None:
    assert counted([0, 1, 1, 1, 0, 0]) == [0, 1, 0, 0, 0, 1]


def test_outside_coverage_the_count_is_missing() -> None:
    assert counted([0, 1, 0, None, None]) == [0, 1, 0, None, None]


def test_a_gap_counts_only_when_padded() -> None:
    events, years = [0, 1, 0, 0], [1900, 1901, 1910, 1911]
    assert counted(events, years) == [0, 1, 0, 1]
    assert counted(events, years, pad=True) == [0, 1, 8, 9]


@given(st.lists(st.sampled_from([0, 1]), min_size=1, max_size=60))
def test_the_count_equals_the_years_walked_one_by_one(events: list[int]) -> None:
    expected, count = [], 0
    for k in range(len(events)):
        count = 0 if k == 0 or events[k - 1] == 1 else count + 1
        expected.append(count)
    assert counted(events) == counted(events, pad=True) == expected


def test_peace_years_without_disputes_stop(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="add gml_mids, cow_mids, mics, wars or ucdp first"):
        dyad_years(1958, 1960, data=write_small(tmp_path)).peace_years()


@pytest.mark.data
def test_each_pair_starts_its_own_count(data: Path) -> None:
    panel = dyad_years(1816, 1850, data=data).gml_mids().peace_years().collect()
    first = panel.group_by("ccode1", "ccode2").agg(pl.col("gmlmidspell").sort_by("year").first())
    assert set(first["gmlmidspell"]) == {0}


def test_the_count_can_be_cubed_without_overflow() -> None:
    spell = pl.Series("spell", counted([0] * 200), dtype=pl.Int32).to_numpy()
    frame = pl.DataFrame({"_unit": [1] * 200, "year": range(1816, 2016), "event": [0] * 200})
    assert frame.select(peace_years("event", "spell", pad=False)).to_series().to_numpy().dtype == spell.dtype
    assert (spell**3)[-1] == 199**3
