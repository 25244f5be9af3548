"""The pairs command: chances of every directed pair agree with the run they come from, and bad input is one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.cli import main
from foedus.results import Results
from foedus.results.pairs import pair_chances

ASKED = ("--futures", "24", "--years", "2026:2029", "--threads", "1")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder that the command left."""
    out = tmp_path_factory.mktemp("pairs") / "run"
    assert called(["pairs", *ASKED, "--out", str(out), "--json"]) == 0
    return out


def called(arguments: list[str]) -> int:
    try:
        main(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_the_chance_of_a_war_by_a_year_never_falls_and_begins_with_the_first_year(kept: Path) -> None:
    frame = Results.open(kept).pair_years()
    for pair in pair_chances(Results.open(kept)):
        chances = list(pair.war_by.values())
        assert chances == sorted(chances)
        assert list(pair.war_by) == [2026, 2027, 2028, 2029]
    first = frame.filter(frame["year"] == 2026)
    assert first["war_by"].to_list() == pytest.approx(first["war"].to_list(), abs=2e-7)


def test_chances_lie_in_order_war_and_force_below_challenge(kept: Path) -> None:
    frame = Results.open(kept).pair_years()
    assert (frame["force"] + frame["war"] <= frame["challenge"] + frame["fighting"] + 1e-9).all()
    chances = ("challenge", "force", "war", "help", "war_by")
    assert all(frame[name].is_between(0.0, 1.0 + 1e-9).all() for name in chances)


def test_expected_challenges_are_near_those_drawn(kept: Path) -> None:
    results = Results.open(kept)
    expected = float(results.pair_years()["challenge"].sum()) * results.futures
    drawn = float(results.pairs()["challenges"].sum())
    assert abs(drawn - expected) < 5.0 * expected**0.5


def test_two_states_show_both_directions_and_one_state_all_its_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["pairs", "rus", "Estonia", *ASKED, "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert {(pair["challenger"], pair["target"]) for pair in body["pairs"]} == {("RUS", "EST"), ("EST", "RUS")}
    assert set(body["pairs"][0]) == {
        "challenger",
        "target",
        "challenge",
        "force",
        "blockade",
        "grab",
        "war",
        "help",
        "war_by",
    }
    assert body["posture"] == "steady"
    assert "does not predict" in body["limits"]
    assert called(["pairs", "KOR", *ASKED, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["pairs"]
    assert found
    assert all("KOR" in (pair["challenger"], pair["target"]) for pair in found)


def test_the_table_fits_eighty_columns_and_says_its_limits(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert called(["pairs", *ASKED]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    assert "does not predict" in out
    assert "24 futures" in out


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["EST", "EST"], "are one state"),
        (["EST", "POL"], "no pair of the world has EST and POL"),
        (["Atlantis"], "no such state"),
        (["EST", "POL", "LVA"], "takes two names at most"),
        (["EST", "--posture", "stedy"], 'Did you mean "steady"'),
        (["EST", "--years", "2030:2026"], "--years 2030:2026"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_exit_2(
    asked: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    small = [] if "--years" in asked else list(ASKED)
    assert called(["pairs", *asked, *small]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
