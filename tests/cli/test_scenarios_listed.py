"""Scenarios that ship are listed and run by name; --ally narrows tables; --force replaces runs and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from foedus.cli import main
from foedus.files import locked
from foedus.posture import preset_names
from foedus.posture.shipped import names, shipped, shipped_files

SMALL = ("--futures", "4", "--years", "2026:2027", "--threads", "1")


def called(*arguments: str) -> int:
    try:
        main(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A small run folder."""
    assert called("run", "retrench", *SMALL, "--out", str(tmp_path / "run")) == 0
    return tmp_path / "run"


def test_scenarios_are_listed_with_question_years_and_what_their_sides_differ_in(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert called("scenarios", "--json") == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert set(found) == set(shipped_files())
    assert found["estonia-without-the-pool"]["differs"] == ["the mechanisms switched off"]
    assert found["taiwan"]["differs"] == ["the posture"]
    assert found["taiwan"]["years"] == [2026, 2040]
    assert found["taiwan"]["comment"] == "Do more arms and training make up for less willingness to come?"
    assert called("scenarios") == 0
    assert "Sides differ in the posture and the doctrines of allies." in capsys.readouterr().out


def test_no_scenario_that_ships_compares_a_side_with_itself_or_bears_the_name_of_a_preset() -> None:
    assert [one.name for one in shipped() if not one.differs] == []
    assert set(preset_names()).isdisjoint(shipped_files())
    assert len(names()) == len(set(names()))


def test_a_scenario_that_ships_runs_by_its_name_and_a_misspelt_one_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert called("run", "european-umbrella", *SMALL, "--ally", "Baltics", "--json") == 0
    assert [row["ally"] for row in json.loads(capsys.readouterr().out)["headlines"]]
    assert called("run", "european-umbrela") == 2
    assert 'Did you mean the scenario "european-umbrella"?' in capsys.readouterr().err


def test_an_ally_narrows_every_table(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert called("compare", str(kept), "--ally", "baltics", "--ally", "Poland", "--json") == 0
    assert {row["ally"] for row in json.loads(capsys.readouterr().out)["headlines"]} == {"EST", "LTU", "LVA", "POL"}
    assert called("compare", str(kept), "--ally", "Estonia") == 0
    said = capsys.readouterr().out
    assert "Estonia" in said
    assert "Japan" not in said
    assert called("table", str(kept), "--out", str(tmp_path / "long.parquet"), "--ally", "Nordics") == 0
    assert set(pl.read_parquet(tmp_path / "long.parquet")["ally"].to_list()) == {"DNK", "FIN", "ISL", "NOR", "SWE"}
    assert called("pairs", "RUS", "--ally", "Baltics", *SMALL, "--json") == 0
    body = capsys.readouterr().out
    assert {pair["target"] for pair in json.loads(body[body.index("{") :])["pairs"]} == {"EST", "LTU", "LVA"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--ally", "Balticks"), 'Did you mean "Baltics"?'),
        (("--ally", "RUS"), "--ally RUS: no ally here. Allies: "),
        (("--ally", "Africa"), "--ally Africa: no ally here"),
    ],
)
def test_an_ally_that_is_none_stops_before_anything_is_run(
    words: tuple[str, ...], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called("run", "retrench", *SMALL, "--out", str(tmp_path / "run"), *words) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_measures_of_guarantors_have_no_allies_to_narrow(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("table", str(kept), "--of", "guarantor", "--out", str(kept.parent / "long.csv"), "--ally", "EST")
    assert called(*arguments) == 2
    assert "--ally: does not apply with measures of each guarantor" in capsys.readouterr().err


def test_force_replaces_another_run_of_any_format_and_of_any_number_of_futures(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called("run", "surge", *SMALL, "--out", str(kept)) == 2
    assert "holds another run" in capsys.readouterr().err
    assert called("run", "surge", *SMALL, "--out", str(kept), "--force") == 0
    manifest = kept / "manifest.json"
    assert json.loads(manifest.read_text())["roles"]["posture"] == "surge"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 1}))
    assert called("run", "surge", "--futures", "2", *SMALL[2:], "--out", str(kept), "--force") == 0
    assert json.loads(manifest.read_text())["futures"] == 2


def test_force_removes_nothing_that_no_run_wrote(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kept / "notes.txt").write_text("mine")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "manifest.json").write_text('{"name": "a web page"}')
    (tmp_path / "file").write_text("mine")
    for place, says in (
        (kept, "holds notes.txt as well, which no run wrote"),
        (tmp_path / "other", "is no run folder of Foedus, so --force does not replace it"),
        (tmp_path / "file", "is a file, not a run folder"),
    ):
        before = sorted(path.name for path in tmp_path.rglob("*"))
        assert called("run", "surge", *SMALL, "--out", str(place), "--force") == 2
        assert says in capsys.readouterr().err
        assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_force_waits_for_nobody_and_takes_nothing_from_a_running_process(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with locked(kept):
        assert called("run", "surge", *SMALL, "--out", str(kept), "--force") == 2
    assert "another process is running here" in capsys.readouterr().err
    assert (kept / "manifest.json").exists()


def test_a_bad_scenario_leaves_the_folder_that_force_would_replace(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('posture = "retrenched"\n', encoding="utf-8")
    assert called("run", str(path), "--out", str(kept), "--force") == 2
    assert (kept / "manifest.json").exists()


def test_force_makes_a_new_folder_where_none_is(tmp_path: Path) -> None:
    assert called("run", "surge", *SMALL, "--out", str(tmp_path / "new"), "--force") == 0
    assert (tmp_path / "new" / "manifest.json").exists()
