"""foedus panel, as someone who works in R types it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl
import pytest

from foedus.cli import main
from foedus.panels import VARIABLES, dyad_years
from foedus.panels.tables import TABLES

sys.path.insert(0, str(Path(__file__).parents[1] / "panels"))

from small_data import write_small


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(["panel", *arguments])
    return capsys.readouterr().out


def test_the_file_holds_what_the_same_verbs_give_in_python(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder, out = write_small(tmp_path), tmp_path / "panel.csv"
    asked = ("--years", "1956:1962", "--add", "contiguity", "nmc", "majors", "--data", str(folder), "--out", str(out))
    said = output(capsys, *asked)
    panel = dyad_years(1956, 1962, data=folder).contiguity().majors().nmc()
    made = pl.read_csv(out)
    assert set(made.columns) == set(panel.columns)
    assert made.height == panel.collect().height
    assert said.startswith(f"{out}: {made.height} rows, {len(made.columns)} columns")
    assert "Stinnett et al. (2002)" in said


def test_json_names_file_rows_columns_and_works_to_cite(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder, out = write_small(tmp_path), tmp_path / "states.parquet"
    body = json.loads(
        output(capsys, "state-year", "--years", "1958:1958", "--data", str(folder), "--out", str(out), "--json")
    )
    assert body["columns"] == ["ccode", "year"]
    assert (body["kind"], body["rows"], body["file"]) == ("state-year", pl.read_parquet(out).height, str(out))
    assert body["citations"][0].startswith("Correlates of War Project (2017)")


def test_undirected_pairs_are_half_of_the_directed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    asked = ("--years", "1958:1960", "--data", str(folder), "--out", str(tmp_path / "p.parquet"), "--json")
    both, one = (json.loads(output(capsys, *asked, *more))["rows"] for more in ((), ("--undirected",)))
    assert both == 2 * one == 18


def test_the_list_gives_every_variable_and_fits_eighty_columns(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "--list")
    assert all(name in text for name in VARIABLES)
    assert max(map(len, text.splitlines())) <= 80
    assert [held["name"] for held in json.loads(output(capsys, "--list", "--json"))] == list(VARIABLES)


def test_the_files_of_a_folder_are_listed_with_what_is_missing_and_where_to_get_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = write_small(tmp_path)
    text = " ".join(output(capsys, "--files", "--data", str(folder)).split())
    assert text.startswith("4 of 40 research files ready")
    assert "atop_dyad_year: missing. From http" in text
    state = {
        held["name"]: held["state"] for held in json.loads(output(capsys, "--files", "--data", str(folder), "--json"))
    }
    assert (state["cow_nmc"], state["atop_dyad_year"]) == ("ready", "missing")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give --out FILE, ending in .parquet, .csv, .csv.gz or .dta"),
        (["--out", "p.csv"], "give --years, like 1946:2010"),
        (["--out", "p.csv", "--years", "1946"], "--years 1946: is not like 1946:2010"),
        (["dyad-yeer", "--out", "p.csv"], 'Did you mean "dyad-year"?'),
        (["--system", "gww", "--out", "p.csv"], 'Did you mean "gw"?'),
        (["--out", "p.csv", "--years", "1956:1960", "--add", "nmcc"], 'Did you mean "nmc"?'),
        (["--out", "p.xlsx", "--years", "1956:1960"], 'the ending is ".xlsx"'),
        (["state-year", "--undirected", "--out", "p.csv", "--years", "1956:1960"], "--undirected: a state-year panel"),
        (["dispute-dyad-year", "--system", "gw", "--out", "p.csv"], "--system gw: disputes are coded by COW states"),
    ],
)
def test_bad_input_exits_2_with_one_clear_line_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.setenv("FOEDUS_DATA", str(write_small(tmp_path)))
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(SystemExit) as stop:
        main(["panel", *arguments])
    error = capsys.readouterr().err
    assert stop.value.code == 2
    assert said in error
    assert error.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_without_a_data_folder_it_says_how_to_name_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FOEDUS_DATA", raising=False)
    with pytest.raises(SystemExit) as stop:
        main(["panel", "--years", "1956:1960", "--out", str(tmp_path / "p.csv")])
    assert stop.value.code == 2
    assert capsys.readouterr().err == (
        "foedus: no data folder: give data=DIR (on the command line --data DIR) or set FOEDUS_DATA\n"
    )


def test_without_a_data_folder_the_files_are_listed_with_where_each_is_to_be_had(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FOEDUS_DATA", raising=False)
    said = output(capsys, "--files")
    assert f"{len(TABLES)} research files; no data folder" in said
    assert said.count(": missing. From") == len(TABLES)
    assert "set FOEDUS_DATA" in said
    assert {row["state"] for row in json.loads(output(capsys, "--files", "--json"))} == {"missing"}


def test_a_dash_writes_the_panel_to_standard_output_and_the_works_to_cite_beside_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["panel", "state-year", "--years", "1958:1958", "--data", str(write_small(tmp_path)), "--out", "-"])
    shown = capsys.readouterr()
    assert shown.out == "ccode,year\n2,1958\n200,1958\n260,1958\n"
    assert "- Correlates of War Project (2017)" in shown.err


def test_a_compressed_panel_holds_what_a_plain_one_does(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    for name in ("p.csv", "p.csv.gz"):
        output(capsys, "--years", "1958:1959", "--add", "nmc", "--data", str(folder), "--out", str(tmp_path / name))
    assert pl.read_csv(tmp_path / "p.csv").equals(pl.read_csv(tmp_path / "p.csv.gz"))
