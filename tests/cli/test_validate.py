"""foedus validate, as a user types it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from foedus.cli import main
from foedus.hindcasts import registered
from foedus.hindcasts.results import read_results


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(["validate", *arguments])
    return capsys.readouterr().out


def test_the_scoreboard_names_every_hindcast_and_fits_eighty_columns(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "--stored")
    assert all(test.name in text for test in registered())
    assert "What the data cannot identify:" in text
    assert max(map(len, text.splitlines())) <= 80


def test_failures_are_shown_with_their_reason(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "--stored")
    body = json.loads(output(capsys, "--stored", "--json"))
    for held in body["hindcasts"]:
        if held["verdict"] == "fail":
            assert f"FAIL {held['name']}:" in text


def test_json_carries_figures_and_verdicts(capsys: pytest.CaptureFixture[str]) -> None:
    body = json.loads(output(capsys, "onset-structure", "--stored", "--json"))
    (held,) = body["hindcasts"]
    assert held["verdict"] in ("pass", "fail", "not identified")
    assert {f["measure"] for f in held["found"]["figures"]} >= {"AUC", "AUPR", "Brier"}
    assert body["unidentified"]


def test_each_line_bears_its_kind_and_the_kinds_are_counted_first(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "--stored").splitlines()
    for test in registered():
        (line,) = [row for row in text if row[6:].startswith(f"{test.name} ")]
        assert line[33:46].strip() == test.kind
    body = json.loads(output(capsys, "--stored", "--json"))
    assert {held["name"]: held["kind"] for held in body["hindcasts"]} == {test.name: test.kind for test in registered()}
    for count in body["kinds"]:
        verdicts = [held["verdict"] for held in body["hindcasts"] if held["kind"] == count["kind"]]
        assert count["verdicts"] == {verdict: verdicts.count(verdict) for verdict in set(verdicts)}


def test_no_stored_hindcast_was_fitted_outside_the_ledgers_range(capsys: pytest.CaptureFixture[str]) -> None:
    body = json.loads(output(capsys, "--stored", "--json"))
    assert {held["name"]: held["outside_ledger"] for held in body["hindcasts"] if held["outside_ledger"]} == {}


def test_one_hindcast_is_shown_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "onset-structure", "--stored")
    assert "tested on 1990-2010" in text
    assert "log-loss reduction" in text


def test_a_theme_names_all_of_its_hindcasts(capsys: pytest.CaptureFixture[str]) -> None:
    body = json.loads(output(capsys, "onset", "--stored", "--json"))
    assert {h["theme"] for h in body["hindcasts"]} == {"onset"}


def test_the_list_runs_nothing_and_gives_criteria(capsys: pytest.CaptureFixture[str]) -> None:
    body = json.loads(output(capsys, "--list", "--json"))
    assert [t["name"] for t in body] == [t.name for t in registered()]
    assert all(t["criteria"] for t in body)


def test_without_data_the_stored_results_are_shown_and_said_to_be(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FOEDUS_DATA", raising=False)
    assert output(capsys).startswith("No research data")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["onset-structur"], 'Did you mean "onset-structure"?'),
        (["--draws", "3", "--stored"], "--draws 3: an interval needs 20 or more"),
        (["--data", "nowhere"], "nowhere: no such data folder"),
    ],
)
def test_bad_input_exits_2_with_one_clear_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["validate", *arguments])
    error = capsys.readouterr().err
    assert stop.value.code == 2
    assert said in error
    assert error.count("\n") == 1


def test_a_run_on_a_folder_without_files_names_the_file_and_where_to_get_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit):
        main(["validate", "onset-baselines", "--data", str(tmp_path)])
    assert "no such file" in capsys.readouterr().err


def test_without_statsmodels_a_run_says_what_to_install(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.cli.validate.find_spec", lambda _: None)
    with pytest.raises(SystemExit):
        main(["validate", "onset-structure", "--data", str(tmp_path)])
    assert 'pip install "foedus[history]"' in capsys.readouterr().err


def test_a_contest_fitted_outside_the_ledgers_range_is_shown_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = read_results()
    held = stored["outcomes-contest"]
    far = replace(held, found=replace(held.found, fitted=(("defender_edge", 0.2),)))
    monkeypatch.setattr("foedus.cli.validate.read_results", lambda: stored | {"outcomes-contest": far})
    body = json.loads(output(capsys, "outcomes-contest", "--stored", "--json"))
    assert {held["parameter"] for held in body["hindcasts"][0]["outside_ledger"]} == {"defender_edge"}
    assert "Fitted outside the ledger's range: defender_edge" in output(capsys, "outcomes-contest", "--stored")
