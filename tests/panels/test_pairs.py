"""Direction and existence: which order of a pair a row speaks for, and whether there was such a pair."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from foedus.errors import DataError
from foedus.panels import adopt_dyad_years, dispute_dyad_years, dyad_years, state_years
from foedus.panels.tables import TABLES
from panels.small_data import CONTIGUITY, MAJORS, NMC, write_small

ONCE = """ccode1,ccode2,conttype,stdate,enddate
200,260,4,1955-05-01,1990-10-01
2,200,0,1816-01-01,2016-12-01
"""
TRADE = "ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2\n"
DISTANCE = "ccode1,ccode2,year,mindist\n"
MID = TABLES["gml_mid_directed_dyad_dispute_year"].columns


def dispute(one: int, two: int, *, side: int, onset: int = 1) -> dict[str, int]:
    """A dispute of 1958 in which `one` stands on side A when `side` is 1; every other value is 1."""
    chosen = {"dispnum": 7, "ccode1": one, "ccode2": two, "year": 1958, "sidea1": side, "sidea2": 1 - side}
    return dict.fromkeys(MID, 1) | chosen | {"hiact1": 10 + side, "hiact2": 11 - side, "midonset": onset}


def both(folder: Path, name: str) -> list[object]:
    """A column for France and the Federal Republic in 1958, in both orders."""
    panel = dyad_years(1958, 1958, data=folder)
    method = {"conttype": "contiguity", "flow1": "trade", "mindist": "minimum_distance", "hiact1": "gml_mids"}[name]
    frame = getattr(panel, method)().collect()
    return [frame.filter(ccode1=a, ccode2=b)[name].item() for a, b in ((200, 260), (260, 200))]


def test_a_contiguity_file_with_each_pair_once_serves_both_orders(tmp_path: Path) -> None:
    assert both(write_small(tmp_path, cow_contiguity=ONCE), "conttype") == [4, 4]
    turned = ONCE.replace("200,260,4", "260,200,4")
    assert both(write_small(tmp_path, cow_contiguity=turned), "conttype") == [4, 4]


def test_two_orders_of_contiguity_that_disagree_stop(tmp_path: Path) -> None:
    folder = write_small(tmp_path, cow_contiguity=CONTIGUITY.replace("260,200,4", "260,200,2"))
    with pytest.raises(DataError, match="200 and 260 in 1955 have conttype 2 in one order and 4 in the other"):
        dyad_years(1955, 1962, data=folder).contiguity()
    filler = write_small(tmp_path, cow_contiguity=CONTIGUITY.replace("260,200,4", "260,200,0"))
    with pytest.raises(DataError, match="conttype 4 in one order and 0 in the other"):
        dyad_years(1955, 1962, data=filler).contiguity()


def test_an_undirected_file_may_give_a_pair_in_either_order_or_the_same_in_both(tmp_path: Path) -> None:
    high = TRADE + "260,200,1958,1,2,3,4\n"
    assert both(write_small(tmp_path, cow_trade_dyad_year=high), "flow1") == [2.0, 1.0]
    twice = high + "200,260,1958,2,1,4,3\n"
    assert both(write_small(tmp_path, cow_trade_dyad_year=twice), "flow1") == [2.0, 1.0]
    near = DISTANCE + "260,200,1958,350\n200,260,1958,350\n"
    assert both(write_small(tmp_path, cow_min_distance=near), "mindist") == [350.0, 350.0]


def test_two_orders_of_an_undirected_pair_that_disagree_stop(tmp_path: Path) -> None:
    apart = DISTANCE + "260,200,1958,350\n200,260,1958,360\n"
    with pytest.raises(DataError, match=r"cow_min_distance.csv:2  mindist is 350.0, and row 3 says 360.0 of the same"):
        both(write_small(tmp_path, cow_min_distance=apart), "mindist")
    flows = TRADE + "200,260,1958,2,1,4,3\n260,200,1958,2,1,4,3\n"
    with pytest.raises(DataError, match=r"cow_trade_dyad_year.csv:2  flow1 is 2.0, and row 3 says 1.0"):
        both(write_small(tmp_path, cow_trade_dyad_year=flows), "flow1")


def test_a_dispute_that_stands_in_one_order_counts_for_both(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    name = "gml_mid_directed_dyad_dispute_year.parquet"
    pl.DataFrame([dispute(200, 260, side=1)]).write_parquet(folder / name)
    assert both(folder, "hiact1") == [11, 10]
    assert (
        f"{name}: 1 rows have one order of a pair; the other was added"
        in dyad_years(1958, 1958, data=folder).gml_mids().notes
    )
    pl.DataFrame([dispute(200, 260, side=1), dispute(260, 200, side=0, onset=0)]).write_parquet(folder / name)
    with pytest.raises(DataError, match=r"midonset is 1, and row 2 says 0 of the same pair"):
        both(folder, "hiact1")


def test_a_dispute_of_an_unknown_state_stops(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    rows = [dispute(200, 999, side=1), dispute(999, 200, side=0)]
    pl.DataFrame(rows).write_parquet(folder / "gml_mid_directed_dyad_dispute_year.parquet")
    with pytest.raises(DataError, match="ccode1 is 999, a code that the state system does not know"):
        dispute_dyad_years(1958, 1958, data=folder)


def test_a_treaty_file_with_each_pair_once_says_that_the_other_order_is_not_recorded(tmp_path: Path) -> None:
    text = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n2,200,1958,1,0,0,0,0\n"
    panel = dyad_years(1958, 1958, data=write_small(tmp_path, atop_dyad_year=text)).atop()
    assert panel.notes == (
        "atop_dyad_year.csv: has each pair once, ccode1 below ccode2: nothing is recorded of the other order",
    )


def test_a_pair_that_was_not_gets_missing_values_and_is_counted(tmp_path: Path) -> None:
    own = pl.DataFrame({"ccode1": [200, 200], "ccode2": [260, 260], "year": [1990, 1991], "mine": [1, 2]})
    panel = adopt_dyad_years(own, data=write_small(tmp_path), name="mine").relevant()
    assert panel.collect().select("mine", "conttype", "cowmaj2", "prd").rows() == [(1, 2, 0, 1), (2, None, None, None)]
    (note,) = panel.notes
    assert note.startswith(
        "mine: 1 of 2 rows are of pairs without a common day as members that year (first: 200 and 260"
    )


def test_two_codes_of_one_country_in_a_year_without_a_common_day_are_no_pair(tmp_path: Path) -> None:
    own = pl.DataFrame({"ccode1": [255], "ccode2": [260], "year": [1990]})
    row = adopt_dyad_years(own, data=write_small(tmp_path)).contiguity().majors().collect()
    assert row.select("conttype", "cowmaj1", "cowmaj2").row(0) == (None, 0, 0)


def test_rows_under_a_code_that_had_ended_move_to_the_code_of_their_year(tmp_path: Path) -> None:
    folder = write_small(tmp_path, cow_nmc=NMC + "260,1992,9,1,1,1,1,1,0.1\n")
    panel = state_years(1989, 1993, data=folder).nmc()
    assert panel.filter(pl.col("ccode") == 255, pl.col("year") == 1992).collect()["milex"].to_list() == [9.0]
    assert "cow_nmc.csv: 1 rows of ccode 260 after 1990 recoded to 255" in panel.notes
    twice = write_small(tmp_path, cow_nmc=NMC + "255,1992,8,1,1,1,1,1,0.1\n260,1992,9,1,1,1,1,1,0.1\n")
    with pytest.raises(DataError, match=r"cow_nmc.csv:6  repeats row 5 \(ccode 255, year 1992\)"):
        state_years(1989, 1993, data=twice).nmc()


def test_a_spell_under_a_code_that_ends_on_the_way_is_parted(tmp_path: Path) -> None:
    folder = write_small(
        tmp_path,
        cow_contiguity=ONCE.replace("1990-10-01", "2016-12-01"),
        cow_major_powers=MAJORS + "260,1960,1,1,2016,12,31\n",
    )
    panel = dyad_years(1989, 1992, directed=False, data=folder).contiguity().majors().collect()
    germany = panel.filter(ccode1=200).select("ccode2", "year", "conttype", "cowmaj2").rows()
    assert germany == [(255, 1990, 0, 0), (255, 1991, 4, 1), (255, 1992, 4, 1), (260, 1989, 4, 1), (260, 1990, 4, 1)]


def test_rows_that_find_no_place_are_counted(tmp_path: Path) -> None:
    folder = write_small(tmp_path, cow_nmc=NMC + "260,1950,9,1,1,1,1,1,0.1\n255,1950,9,1,1,1,1,1,0.1\n")
    panel = state_years(1949, 1960, data=folder).nmc()
    (note,) = panel.notes
    assert note == (
        "cow_nmc: 2 of 5 rows of 1949-1960 could not be placed: no such member of the system that year "
        "(first: 260 in 1950)"
    )


@pytest.mark.data
def test_canada_and_soviet_russia_before_1920_are_disputants_but_no_pair(data: Path) -> None:
    panel = dispute_dyad_years(1918, 1919, project="cow", data=data).contiguity()
    strange = panel.filter(pl.col("ccode1") == 20, pl.col("ccode2") == 365).collect()
    assert strange.select("year", "conttype").rows() == [(1918, None), (1919, None)]
    assert panel.notes[0].startswith("cow_mid_directed_dyad_dispute_year: 4 of ")


@pytest.mark.data
def test_a_gleditsch_ward_pair_that_cow_never_saw_together_has_no_contiguity(data: Path) -> None:
    panel = dyad_years(1945, 1945, system="gw", data=data).contiguity().igos()
    row = panel.filter(pl.col("gwcode1") == 210, pl.col("gwcode2") == 255).collect()
    assert row.select("conttype", "dyadigos").row(0) == (None, None)


@pytest.mark.data
def test_gleditsch_ward_years_after_the_cow_list_keep_what_files_say_of_them(data: Path) -> None:
    panel = state_years(2018, 2018, system="gw", data=data).nmc().filter(pl.col("gwcode") == 2)
    assert panel.collect()["milex"].null_count() == 0
