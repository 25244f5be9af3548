"""Bad files stop with the file, the row and what is legal."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from foedus.errors import DataError, InputError, UnknownName
from foedus.panels import adopt_dyad_years, build_panel, dyad_years, state_years
from foedus.panels.data import status
from panels.small_data import CONTIGUITY, NMC, STATES, write_small


def stops(folder: Path, message: str, error: type[Exception] = DataError) -> None:
    with pytest.raises(error, match=message):
        dyad_years(1958, 1960, data=folder).contiguity().nmc()


def test_a_missing_folder_and_a_missing_file_say_where_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such data folder"):
        dyad_years(1958, 1960, data=tmp_path / "nowhere")
    with pytest.raises(DataError, match=r"^~nobodyhere/data: no such data folder"):
        dyad_years(1958, 1960, data="~nobodyhere/data")
    (write_small(tmp_path) / "cow_nmc.csv").unlink()
    stops(tmp_path, r"cow_nmc.parquet or cow_nmc.csv: no such file.*get it from https://correlatesofwar.org")


def test_no_folder_at_all_names_the_variable_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOEDUS_DATA", raising=False)
    with pytest.raises(DataError, match="set FOEDUS_DATA"):
        state_years(1958, 1960)


def test_a_lost_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    stops(
        write_small(tmp_path, cow_nmc=NMC.replace("cinc", "power")),
        r"cow_nmc.csv:1  lacks the column cinc. It has ccode",
    )


def test_a_word_for_a_number_is_named_by_row(tmp_path: Path) -> None:
    stops(
        write_small(tmp_path, cow_nmc=NMC.replace("260,1959,5", "260,1959,many")),
        r'cow_nmc.csv:4  milex is "many"',
    )


def test_a_repeated_key_names_both_rows(tmp_path: Path) -> None:
    stops(
        write_small(tmp_path, cow_nmc=NMC + "2,1958,1,1,1,1,1,1,0.1\n"),
        r"cow_nmc.csv:5  repeats row 2 \(ccode 2, year 1958\)",
    )


def test_an_empty_key_is_named_by_row(tmp_path: Path) -> None:
    stops(write_small(tmp_path, cow_nmc=NMC.replace("200,1958", "200,")), r"cow_nmc.csv:3  year is empty")


def test_an_unknown_code_is_named_by_row(tmp_path: Path) -> None:
    stops(
        write_small(tmp_path, cow_nmc=NMC.replace("260,1959", "999,1959")),
        r"cow_nmc.csv:4  ccode is 999, a code that",
    )


def test_an_impossible_date_and_a_reversed_spell_are_named(tmp_path: Path) -> None:
    stops(
        write_small(tmp_path, cow_contiguity=CONTIGUITY.replace("1955-05-01", "1955-13-01")),
        r"cow_contiguity.csv:2  stdate",
    )
    stops(
        write_small(tmp_path, cow_contiguity=CONTIGUITY.replace("1960-06-01\n260", "1950-06-01\n260")),
        "record 1 .*two dates in order",
    )


def test_a_membership_spell_that_ends_before_it_starts_stops(tmp_path: Path) -> None:
    stops(
        write_small(tmp_path, cow_state_system=STATES.replace("1945,5,8", "1815,5,8")),
        "cow_state_system: record 3",
    )


def test_a_folder_without_manifest_works_and_a_broken_manifest_stops(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    assert dyad_years(1958, 1958, data=folder).nmc().collect().height == 6
    (folder / "MANIFEST.toml").write_text("[[dataset]]\nname = ", encoding="utf-8")
    stops(folder, "MANIFEST.toml: not a readable manifest")


def test_the_manifest_narrows_coverage(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    (folder / "MANIFEST.toml").write_text(
        '[[dataset]]\nname = "cow_nmc"\nfile = "cow_nmc.csv"\nyears = "1959-1960"\n', encoding="utf-8"
    )
    assert (
        dyad_years(1958, 1959, data=folder).nmc().filter(pl.col("year") == 1958).collect()["milex1"].null_count() == 6
    )


def test_unknown_names_offer_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match='Did you mean "contiguity"'):
        build_panel(
            "dyad-year",
            directed=True,
            system="cow",
            years=(1958, 1958),
            add=["contguity"],
            relevant=False,
            data=write_small(tmp_path),
            out=tmp_path / "x.csv",
        )


def test_an_unknown_ending_writes_nothing(tmp_path: Path) -> None:
    panel = dyad_years(1958, 1958, data=write_small(tmp_path))
    with pytest.raises(InputError, match=r'the ending is ".xlsx"'):
        panel.write(tmp_path / "panel.xlsx")
    assert not list(tmp_path.glob("*panel*"))


ROWS = {"ccode1": [2, 2, 2], "ccode2": [200, 200, 200], "year": [1958, 1959, 1960]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"year": [1958, 1960, 1959]}, "mine:3 .*comes after a higher key"),
        ({"year": [1958, 1960, 1961]}, "mine:2 .*skips years"),
        ({"year": [1958, 1958, 1959]}, "mine:2 .*repeats the row before"),
        ({"ccode2": [200, 200, 999]}, "mine:3 .*does not know"),
        ({"ccode2": [200, None, 200]}, "mine:2 .*is empty"),
        ({"ccode1": [200, 200, 200]}, "mine:1 .*paired with itself"),
        ({"ccode1": ["2", "2", "2"]}, "whole-number column ccode1"),
        ({"year": [1758, 1759, 1760]}, "cow_state_system covers 1816-2016"),
    ],
)
def test_a_table_taken_in_is_checked_row_by_row(tmp_path: Path, change: dict[str, list[object]], message: str) -> None:
    with pytest.raises(DataError, match=message):
        adopt_dyad_years(pl.DataFrame(ROWS | change), name="mine", data=write_small(tmp_path))


def test_a_table_taken_in_keeps_its_columns_and_takes_verbs(tmp_path: Path) -> None:
    panel = adopt_dyad_years(pl.DataFrame(ROWS | {"mine": [7, 8, 9]}), data=write_small(tmp_path)).nmc().collect()
    assert panel["mine"].to_list() == [7, 8, 9]
    assert panel["cinc1"].to_list() == [0.5, None, None]


def test_status_says_what_is_there_missing_unusable_or_changed(tmp_path: Path) -> None:
    folder = write_small(tmp_path, cow_nmc=NMC.replace("cinc", "power"))
    (folder / "MANIFEST.toml").write_text('[[dataset]]\nname = "cow_contiguity"\nsha256 = "00"\n', encoding="utf-8")
    state = {s.name: s.state for s in status(folder)}
    assert state["cow_state_system"] == "ready"
    assert state["cow_contiguity"] == "changed"
    assert state["cow_nmc"] == "unusable"
    assert state["atop_dyad_year"] == "missing"
