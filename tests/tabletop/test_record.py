"""The record holds what was decided, replays exactly, and shows each seat what is its own."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from table import GUARANTOR, begun, kept

from foedus import cli
from foedus.errors import InputError
from foedus.posture.writing import scenario_text
from foedus.results.stamp import origin_of
from foedus.tabletop import (
    FACILITATOR,
    KeptExercise,
    Team,
    export,
    log,
    markdown,
    page,
    read,
    replay,
    seat_allies,
    view,
)
from foedus.tabletop.keeping import of_text, text_of


def test_a_record_reads_back_as_it_was_written_and_replays_exactly() -> None:
    again = of_text(text_of(kept()), "record")
    assert again.answers == kept().answers
    assert again.exercise.turns == kept().exercise.turns
    found = replay(again)
    assert (found.differ, found.same_code) == ((), True)


def test_a_move_changed_by_hand_shows_in_the_year_in_which_it_happened() -> None:
    body = json.loads(text_of(kept()))
    body["turns"][1]["moves"]["treasury"] = "doctrine.POL.spending = 0.02"
    assert replay(of_text(json.dumps(body), "record")).differ == (2027, 2028)


@pytest.mark.parametrize("text", ["", "{}", '{"format": 1}', '{"format": 2}', "[]"])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        of_text(text, "record")


def test_a_seat_sees_its_own_move_and_the_facilitator_all() -> None:
    secret = "posture.JPN.arms = 0.1"
    assert view(kept(), "guarantor").sealed == secret
    assert view(kept(), FACILITATOR).moves == {"guarantor": secret}
    seen = view(kept(), "adversary")
    assert secret not in repr(seen)
    assert "Hold on" not in repr(seen)
    assert [message.text for message in view(kept(), "allies").messages] == ["Hold on"]
    assert seen.waiting == ("allies", "treasury", "adversary")


def test_each_role_has_figures_of_its_own() -> None:
    heads = {
        seat: [h.name for h in view(kept(), seat).table.headings] for seat in ("guarantor", "adversary", "treasury")
    }
    assert "tension, 0-2" in heads["guarantor"]
    assert "help, as you expect, %" in heads["adversary"]
    assert "help, as it believes, %" not in heads["adversary"]
    assert "beyond what is carried" in heads["treasury"]


def test_allies_that_a_team_decides_for_come_first_in_the_tables_of_those_who_decide_for_all() -> None:
    teams = (Team("all", "guarantor"), Team("north", "treasury", ("EST", "DEU")), Team("east", "adversary", ("RUS",)))
    played = begun().played()
    everybody, north, east = (seat_allies(played, team, teams) for team in teams)
    assert set(north) == {"EST", "DEU"}
    assert everybody[:2] == east[:2] == seat_allies(played, None, teams)[:2] == north
    assert set(seat_allies(played, teams[0])) == set(everybody)


def test_the_answer_says_what_happened_and_what_the_orders_changed() -> None:
    first, second, _ = kept().answers
    assert any("Poland 4.8 to 6.0 %" in line for line in first.happened)
    assert first.changed[0].startswith("This turn's orders change expected loss, 2026 to 2030")
    assert any("Poland" in line for line in first.unordered)
    assert second.expected[0].startswith("Chance of a war against it in 2028, and by the end of 2030")


def test_the_account_tells_orders_reasons_injects_and_messages_of_turns_that_are_over() -> None:
    text = markdown(kept())
    assert GUARANTOR in text
    assert "forces are wanted elsewhere" in text
    assert origin_of(kept().exercise.scenario) in text
    assert "Monte Carlo standard error of a chance: at most ±" in text
    assert origin_of(kept().exercise.scenario) in view(kept(), FACILITATOR).table.title
    assert "suspended intelligence sharing with Poland" in text
    assert "guarantor to allies: Hold on" in text
    assert "a secret" not in text + page(kept())
    assert "<script" not in page(kept())
    assert "http" not in page(kept())


def test_the_log_is_a_table_that_no_spreadsheet_runs() -> None:
    said = kept().exercise.say("allies", "=1+1")
    rows = list(csv.DictReader(io.StringIO(log(said))))
    assert [row["kind"] for row in rows[:4]] == ["move"] * 4
    assert {row["text"] for row in rows if row["kind"] == "message"} == {"Hold on", "'=1+1"}


def test_what_is_exported_leaves_out_what_is_sealed_but_in_the_record(tmp_path: Path) -> None:
    paths = {path.name: path.read_text(encoding="utf-8") for path in export(kept(), tmp_path / "out")}
    assert set(paths) == {"record.json", "scenario.toml", "log.csv", "account.md", "account.html"}
    assert [name for name, text in paths.items() if "JPN.arms" in text or "[posture.JPN]" in text] == ["record.json"]


def test_the_commands_play_a_turn_and_replay_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("few.toml").write_text(scenario_text(begun().scenario), encoding="utf-8")
    for command in (
        "new table few.toml --years 2026:2027 --seed 3 --analysts 16",
        "move table guarantor posture.Europe.troops=0.5 --why economy",
        "inject table seizure whom=POL",
        "say table facilitator hurry",
        "close table --at-once",
        "show table --as adversary",
        "export table --out after",
        "replay after/record.json",
    ):
        cli.main(["tabletop", *command.split()])
    said = capsys.readouterr().out
    assert "guarantor, 2026: 1 line sealed. Still to move: allies, treasury, adversary" in said
    assert "Russia has raised its claim on Poland" in said
    assert "1 turns replayed on the code of the record: the same happened in every one" in said
    assert read("table").exercise.closed == 1
    with pytest.raises(SystemExit):
        cli.main(["tabletop", "new", "table"])
    assert "an exercise is there already" in capsys.readouterr().err


def test_answers_that_are_kept_are_not_worked_out_again() -> None:
    marked = replace(kept().answers[0], digest="kept")
    assert KeptExercise.of(kept().exercise, (marked, *kept().answers[1:])).answers[0].digest == "kept"
