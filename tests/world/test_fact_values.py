"""What a fact table and a scenario may say of a state: code lists, ranges, years, file names."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.errors import FactError, UnknownName
from foedus.world.tables import FACTS, read_tables
from foedus.world.variables import TABLES


def overlay(folder: Path, table: str, *rows: str, before: str = "") -> Path:
    head = (FACTS / table).read_text(encoding="utf-8").splitlines()[0]
    (folder / table).write_text(before + "\n".join((head, *rows)) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        (
            "nuclear.csv",
            "POL,nuclear_pursuit,2025,2.5,,,status 0-3,fas_notebook2025,R,",
            "nuclear.csv:2  nuclear_pursuit: 2.5 is not a whole number (status 0-3: 0 none, 1 explores",
        ),
        (
            "wars.csv",
            "RUS,POL,at_war,2025,0.5,,,flag,military_balance2025,R,",
            "wars.csv:2  at_war: 0.5 is not a whole number (flag: 1 when the challenger wages",
        ),
        (
            "pairs.csv",
            "RUS,POL,maritime,2025,0.5,,,flag,military_balance2025,R,",
            "pairs.csv:2  maritime: 0.5 is not a whole number (flag",
        ),
        (
            "economy.csv",
            "POL,price_level,2025,2,2.5,1.5,ratio to market rate,imf_weo2025,R,",
            "economy.csv:2  price_level 2 lies outside its own range 2.5 to 1.5",
        ),
        (
            "economy.csv",
            "POL,price_level,2025,2,0.1,3,ratio to market rate,imf_weo2025,R,",
            "economy.csv:2  low of price_level is 0.1; legal values are 0.5 to 10",
        ),
        ("economy.csv", "POL,gdp,2025,1000,,inf,billion USD,imf_weo2025,R,", 'high is "inf", not a number'),
        (
            "economy.csv",
            "POL,gdp,2025.9,1000,,,billion USD,imf_weo2025,R,",
            'year is "2025.9"; it must be a whole year',
        ),
        (
            "economy.csv",
            "POL,gdp,25,1000,,,billion USD,imf_weo2025,R,",
            'year is "25"; it must be a whole year from 1800',
        ),
        ("economy.csv", "POL,gdp,inf,1000,,,billion USD,imf_weo2025,R,", 'year is "inf", not a number'),
    ],
)
def test_a_figure_outside_its_list_or_range_is_named_by_file_and_line(
    tmp_path: Path, table: str, row: str, message: str
) -> None:
    with pytest.raises(FactError) as caught:
        read_tables(overlay(tmp_path, table, row))
    assert message in str(caught.value)


def test_a_row_that_stands_twice_stops_even_in_an_overlay(tmp_path: Path) -> None:
    row = "POL,gdp,2025,{},,,billion USD,imf_weo2025,R,"
    with pytest.raises(FactError, match=r"economy.csv:3  repeats line 2 \(POL gdp 2025\). Keep one."):
        read_tables(overlay(tmp_path, "economy.csv", row.format(1000), row.format(1100)))


@pytest.mark.parametrize("name", ["econmy.csv", "Economy.csv", "states.csv", "economy.CSV", "economy.parquet"])
def test_an_overlay_table_that_nobody_reads_stops(tmp_path: Path, name: str) -> None:
    overlay(tmp_path, "economy.csv")
    (tmp_path / name).write_text("iso3\n", encoding="utf-8")
    if name.lower() == "economy.csv" and len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this file system does not tell cases apart")
    with pytest.raises(UnknownName, match=f"{name}: no such fact table"):
        read_tables(tmp_path)


def test_an_overlay_without_any_table_stops_and_other_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(FactError, match="holds no fact table"):
        read_tables(tmp_path)
    read_tables(overlay(tmp_path, "economy.csv"))


def test_a_byte_order_mark_before_a_fact_table_changes_nothing(tmp_path: Path) -> None:
    row = "POL,gdp,2025,1000,,,billion USD,imf_weo2025,R,"
    tables = read_tables(overlay(tmp_path, "economy.csv", row, before="\ufeff"))
    assert tables.latest("economy.csv")[("POL",), "gdp"].value == 1000


def test_every_flag_status_and_index_is_declared_whole() -> None:
    named = [v for _, variables in TABLES.values() for v in variables.values()]
    assert all(v.whole for v in named if v.unit in ("flag", "index of class", "status 0-3"))
