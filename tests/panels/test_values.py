"""Values outside a file's types, ranges and code lists stop with file, row, column, value and what is legal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from foedus.errors import DataError
from foedus.panels import DataFolder, dyad_years, state_years
from foedus.panels.tables import TABLES
from panels.small_data import CONTIGUITY, MAJORS, NMC, STATES, write_small

NOT_HELD = ("gw_gdp_pop", "gw_democracy")
"""Files that the research folder of this project lacks; `test_native.py` reads small ones."""
REGIME = "ccode,year,polity2,v2x_polyarchy,euds,aeuds\n2,1958,10,0.5,1,1\n200,1958,{},0.5,1,1\n"
TRADE = "ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2\n2,200,1958,{},5,6,7\n"
NUCLEAR = "ccode,year,nuclear_weapons_status\n2,1958,{}\n"


def stops(folder: Path, name: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        DataFolder(folder).read(name)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "cow_contiguity",
            CONTIGUITY.replace("200,260,4", "200,260,6"),
            r"csv:2  conttype is \"6\"; it must be 0 \(no",
        ),
        ("cow_nmc", NMC.replace("0.125", "1.25"), r"csv:4  cinc is \"1.25\"; it must be a number from 0 to 1; or, for"),
        (
            "cow_nmc",
            NMC.replace("260,1959,5", "260,1959,-5"),
            r"csv:4  milex is \"-5\"; it must be a number, 0 or more",
        ),
        ("regime_democracy", REGIME.format(11), r"csv:3  polity2 is \"11\"; it must be a whole number from -10 to 10"),
        ("cow_trade_dyad_year", TRADE.format(-8), r"csv:2  flow1 is \"-8\"; it must be a number, 0 or more"),
        ("nuclear_proliferation_status", NUCLEAR.format(4), r"csv:2  nuclear_weapons_status is \"4\"; .* 3 \(possess"),
        ("cow_state_system", STATES.replace("255,1990,10", "255,1990,13"), r"csv:5  stmonth is \"13\"; .* 1 to 12"),
        ("cow_nmc", NMC.replace("2,1958", "2,19580"), r"csv:2  year is \"19580\"; .* from 1400 to 2100"),
        ("cow_nmc", NMC.replace("2,1958", "2,1958.5"), r"csv:2  year is \"1958.5\"; it must be a whole number"),
        ("cow_nmc", NMC.replace("0.5\n", "nan\n"), r"csv:2  cinc is \"nan\"; it must be a number"),
        ("cow_nmc", NMC.replace("2,1958,10", "2,1958,inf"), r"csv:2  milex is \"inf\"; it must be a number"),
        ("cow_contiguity", CONTIGUITY.replace("1955-05-01", "19550"), r"csv:2  stdate is \"19550\"; it must be a date"),
        ("cow_contiguity", CONTIGUITY.replace("2,200,0", "2,2,0"), r"csv:6  ccode1 and ccode2 are both 2; a pair is"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_what_is_legal(tmp_path: Path, name: str, text: str, message: str) -> None:
    stops(write_small(tmp_path, **{name: text}), name, message)


def test_the_publishers_codes_for_missing_are_read_as_empty_and_counted(tmp_path: Path) -> None:
    folder = write_small(tmp_path, cow_nmc=NMC.replace("2,1958,10", "2,1958,-9"), regime_democracy=REGIME.format(-66))
    panel = state_years(1958, 1958, data=folder).nmc().democracy()
    assert panel.collect().select("milex", "polity2").rows() == [(None, 10), (None, None), (None, None)]
    assert "cow_nmc.csv: 1 values of milex are -9, which is missing; read as empty" in panel.notes
    assert (
        "regime_democracy.csv: 1 values of polity2 are -66 or -77 or -88, which is missing; read as empty"
        in panel.notes
    )
    DataFolder(write_small(tmp_path, cow_trade_dyad_year=TRADE.format(-9))).read("cow_trade_dyad_year")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"ccode": [2.0, 20.7]}, r"parquet:2  ccode is 20.7; it must be a whole number"),
        ({"year": [1958.0, 1990.9]}, r"parquet:2  year is 1990.9; it must be a whole number"),
        ({"year": [date(1958, 1, 1), date(1959, 1, 1)]}, r"parquet:1  year is 1958-01-01; it must be a whole number"),
        ({"cinc": [0.5, float("nan")]}, r"parquet:2  cinc is nan; it must be a number from 0 to 1"),
        ({"milex": [float("inf"), 1.0]}, r"parquet:1  milex is inf; it must be a number, 0 or more"),
        ({"milex": [[1.0], [2.0]]}, r"parquet:1  milex is \[1.0\]; it must be a number"),
    ],
)
def test_parquet_is_not_turned_into_other_values(tmp_path: Path, change: dict[str, list[object]], message: str) -> None:
    made = {
        "ccode": [2, 200],
        "year": [1958, 1958],
        **{c: [1.0, 1.0] for c in ("milex", "milper", "irst", "pec", "tpop", "upop")},
    }
    pl.DataFrame(made | {"cinc": [0.5, 0.25]} | change).write_parquet(tmp_path / "cow_nmc.parquet")
    stops(tmp_path, "cow_nmc", message)


def test_a_date_given_as_a_number_of_days_stops(tmp_path: Path) -> None:
    rows = {"ccode1": [2], "ccode2": [200], "conttype": [1], "stdate": [1000], "enddate": [2000]}
    pl.DataFrame(rows).write_parquet(tmp_path / "cow_contiguity.parquet")
    stops(tmp_path, "cow_contiguity", r"parquet:1  stdate is 1000; it must be a date like 1990-10-03")


def test_whole_numbers_that_other_programs_write_as_decimals_are_whole_numbers(tmp_path: Path) -> None:
    folder = write_small(
        tmp_path, cow_nmc=NMC.replace("2,1958,10", "2.0,1958.0,1e1").replace("200,1958,", "200,1958,NA")
    )
    frame = DataFolder(folder).read("cow_nmc")
    assert frame.select("ccode", "year", "milex").rows() == [(2, 1958, 10.0), (200, 1958, None), (260, 1959, 5.0)]
    assert frame.schema["ccode"] == pl.Int32


def test_numbers_keep_the_precision_of_the_file(tmp_path: Path) -> None:
    folder = write_small(tmp_path, cow_nmc=NMC.replace("2,1958,10", "2,1958,662049001"))
    assert state_years(1958, 1958, data=folder).nmc().collect()["milex"][0] == 662_049_001.0
    folder = write_small(tmp_path, cow_trade_dyad_year=TRADE.format("123456789.25"))
    assert dyad_years(1958, 1958, data=folder).trade().collect()["flow1"][0] == 123_456_789.25


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (NMC.replace("260,1959,5,1,1,1,1,1,0.125", "260,1959,5,1,1"), r"cow_nmc.csv:4  has 5 of 9 fields"),
        (NMC.replace("milper", "milex"), r"cow_nmc.csv:1  names the column milex more than once"),
        (NMC.replace(",", ";"), r"cow_nmc.csv:1  is separated by ';'. Save it with commas"),
        (NMC.replace("0.5\n", "0.5,7\n"), r"cow_nmc.csv: cannot be read as comma-separated UTF-8 text"),
        ("", r"cow_nmc.csv:1  lacks the column ccode|cow_nmc.csv: cannot be read"),
        (NMC.replace("milex", "milexp"), r'lacks the column milex \(is it "milexp"\?\)'),
    ],
)
def test_a_csv_file_of_the_wrong_shape_is_named_by_line(tmp_path: Path, text: str, message: str) -> None:
    stops(write_small(tmp_path, cow_nmc=text), "cow_nmc", message)


def test_a_byte_order_mark_and_empty_lines_change_nothing(tmp_path: Path) -> None:
    plain = DataFolder(write_small(tmp_path)).read("cow_nmc")
    marked = DataFolder(write_small(tmp_path, cow_nmc="\ufeff" + NMC + "\n,,,,,,,,\n")).read("cow_nmc")
    assert marked.equals(plain)


def test_two_files_of_one_name_stop_until_the_manifest_says_which(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    pl.read_csv(folder / "cow_nmc.csv").write_parquet(folder / "cow_nmc.parquet")
    stops(folder, "cow_nmc", "cow_nmc.csv and cow_nmc.parquet are both in")
    (folder / "MANIFEST.toml").write_text('[[dataset]]\nname = "cow_nmc"\nfile = "cow_nmc.csv"\n', encoding="utf-8")
    assert DataFolder(folder).read("cow_nmc").height == 3


def test_brackets_in_the_name_of_a_folder_are_part_of_the_name(tmp_path: Path) -> None:
    folder = tmp_path / "data [2026]"
    folder.mkdir()
    assert DataFolder(write_small(folder)).read("cow_nmc").height == 3


def test_an_impossible_day_of_membership_stops(tmp_path: Path) -> None:
    folder = write_small(tmp_path, cow_state_system=STATES.replace("255,1990,10,3", "255,1990,2,30"))
    with pytest.raises(DataError, match="cow_state_system: record 4"):
        dyad_years(1958, 1960, data=folder)
    stops(write_small(tmp_path, cow_major_powers=MAJORS.replace("8,13", "8,32")), "cow_major_powers", "stday is")


@pytest.mark.data
@pytest.mark.parametrize("name", [name for name in TABLES if name not in NOT_HELD])
def test_every_published_file_fits_its_declaration(data: Path, name: str) -> None:
    loaded = DataFolder(data).load(name)
    assert (loaded.first, loaded.last) == (loaded.table.first, loaded.table.last)
