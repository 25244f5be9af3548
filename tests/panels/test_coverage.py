"""Years covered are read from the files: outside them a value is missing, never zero."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from foedus.errors import DataError
from foedus.panels import DataFolder, dyad_years
from panels.small_data import CONTIGUITY, MAJORS, write_small

ATOP = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
PACT = ATOP + "".join(f"{a},{b},{year},1,0,0,0,0\n" for year in (1958, 1959) for a, b in ((2, 200), (200, 2)))
MANIFEST = '[[dataset]]\nname = "{}"\nyears = {}\n'


def defence(folder: Path, first: int = 1957, last: int = 1961) -> list[int | None]:
    panel = dyad_years(first, last, data=folder).atop()
    return panel.filter(pl.col("ccode1") == 2, pl.col("ccode2") == 200).collect()["atop_defense"].to_list()


def test_a_treaty_file_cut_short_is_missing_beyond_its_own_years_whatever_the_manifest_says(tmp_path: Path) -> None:
    folder = write_small(tmp_path, atop_dyad_year=PACT)
    assert defence(folder) == [None, 1, 1, None, None]
    (folder / "MANIFEST.toml").write_text(MANIFEST.format("atop_dyad_year", '"1815-2018"'), encoding="utf-8")
    assert defence(folder) == [None, 1, 1, None, None]
    notes = dyad_years(1957, 1961, data=folder).atop().notes
    assert notes == (
        "MANIFEST.toml says that atop_dyad_year covers 1815-2018, its rows 1958-1959: years outside either are missing",
    )


def test_inside_its_years_a_treaty_file_without_a_row_says_none(tmp_path: Path) -> None:
    panel = dyad_years(1958, 1959, data=write_small(tmp_path, atop_dyad_year=PACT)).atop()
    assert panel.filter(pl.col("ccode1") == 2, pl.col("ccode2") == 260).collect()["atop_defense"].to_list() == [0, 0]


def test_a_header_without_rows_stops(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"atop_dyad_year.csv: has no rows, so every value would be missing"):
        defence(write_small(tmp_path, atop_dyad_year=ATOP))
    header = CONTIGUITY.partition("\n")[0]
    with pytest.raises(DataError, match=r"cow_contiguity.csv: has no rows"):
        dyad_years(1957, 1961, data=write_small(tmp_path, cow_contiguity=header)).contiguity()


def test_years_cut_out_of_the_middle_of_a_treaty_file_stop(tmp_path: Path) -> None:
    gap = PACT + "2,200,1962,1,0,0,0,0\n200,2,1962,1,0,0,0,0\n"
    with pytest.raises(DataError, match=r"atop_dyad_year.csv: has no row of 1960-1961"):
        defence(write_small(tmp_path, atop_dyad_year=gap))


def test_spells_that_end_early_leave_later_years_missing(tmp_path: Path) -> None:
    folder = write_small(
        tmp_path,
        cow_contiguity=CONTIGUITY.replace("2016-12-01", "1990-10-01"),
        cow_major_powers=MAJORS.replace("2016", "1991"),
    )
    panel = dyad_years(1989, 1993, data=folder).contiguity().majors()
    row = panel.filter(pl.col("ccode1") == 2, pl.col("ccode2") == 200).collect()
    assert row["conttype"].to_list() == [0, 0, None, None, None]
    assert row["cowmaj1"].to_list() == [1, 1, 1, None, None]


def test_an_empty_cell_inside_the_years_is_missing_and_not_none(tmp_path: Path) -> None:
    folder = write_small(tmp_path, atop_dyad_year=PACT.replace("2,200,1958,1,0", "2,200,1958,,0"))
    assert defence(folder, 1958, 1959) == [None, 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            MANIFEST.format("cow_nmc", '"1816 to 2016"'),
            r"MANIFEST.toml:1  cow_nmc: years is '1816 to 2016'; it must be like",
        ),
        (MANIFEST.format("cow_nmc", "[1816, 2016]"), r"years is \[1816, 2016\]; it must be like"),
        (MANIFEST.format("cow_nmc", "1816"), r"years is 1816; it must be like"),
        (MANIFEST.format("cow_nmc", '"2016-1816"'), r"years is '2016-1816'; .* the earlier first"),
        (MANIFEST.format("cow_nmc", '"1816-2016"') * 2, r"MANIFEST.toml:4  cow_nmc is described twice"),
        (MANIFEST.format("cow_nmcc", '"1816-2016"'), r'no such file is read: "cow_nmcc". Did you mean "cow_nmc"'),
        (
            '[[dataset]]\nname = "power"\nfile = "cow_nmc.csv"\n',
            r'no such file is read: "power". Did you mean "cow_nmc"',
        ),
        ('[[dataset]]\nname = "cow_nmc"\nfile = "gone.csv"\n', r"cow_nmc: the file gone.csv is not in"),
        ("a = 1" + "0" * 5000, r"not a readable manifest .*digits"),
        ("a = " + "[" * 5000, "not a readable manifest"),
        ("[[dataset]]\nname = 5\n", r"name is 5; it must be text in quotes"),
        ('dataset = "cow_nmc"\n', r"dataset must be tables"),
        (MANIFEST.format("cow_nmc", '"1900-1910"'), r"its rows 1958-1959: .*No year is left"),
    ],
)
def test_a_manifest_that_cannot_be_meant_stops(tmp_path: Path, text: str, message: str) -> None:
    folder = write_small(tmp_path)
    (folder / "MANIFEST.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        DataFolder(folder).read("cow_nmc")


def test_records_of_files_that_nothing_reads_are_passed_over(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    own = '\ufeff[[dataset]]\nname = "my_interviews"\nyears = "static"\n'
    (folder / "MANIFEST.toml").write_text(own, encoding="utf-8")
    assert DataFolder(folder).coverage("cow_nmc") == (1958, 1959)
