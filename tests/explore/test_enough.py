"""How many futures are enough: errors beside their levels, and halves that should agree."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import studies
from foedus.cli import until
from foedus.cli.until import Until, share_asked
from foedus.errors import FoedusWarning, InputError, ScenarioError, UnknownName
from foedus.explore.enough import Precision, _halves_apart, precisions
from foedus.explore.inputs import inputs_of
from foedus.results import Results, headlines
from foedus.study import prepare, span
from foedus.study import run as run_study
from foedus.study import study as study_module

NONE = np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)


def test_errors_are_those_of_the_headline_and_a_change_is_judged_by_the_loss_it_changes(tmp_path: Path) -> None:
    run_study(studies.study(futures=16, last=2028), tmp_path / "run", threads=1)
    results = Results.open(tmp_path / "run")
    row = next(row for row in headlines(results) if row.ally == "KOR")
    loss, change, war, ground = precisions(results, ["KOR"], ("loss", "war", "ground"))
    assert [one.figure for one in (loss, change, war, ground)] == ["loss", "change", "war", "ground"]
    assert ground.error == pytest.approx(row.ground_error, rel=1e-4)
    assert loss.error == pytest.approx(row.loss.error, rel=1e-4)
    assert change.error == pytest.approx(row.difference.error, rel=1e-4)
    assert change.level == pytest.approx(row.against.loss.mean, rel=1e-4)
    assert war.error == pytest.approx(row.war_error, rel=1e-4)


def test_what_is_needed_grows_with_the_square_of_the_error() -> None:
    known = Precision("POL", "loss", 1.0, 0.1, 1.0, 0.0, 1000)
    assert known.needed(0.05) == 4000
    assert known.needed(0.1) == 0
    assert Precision("POL", "loss", 0.0, float("nan"), 0.0, 0.0, 1).relative == float("inf")


def test_halves_of_one_population_agree_and_of_two_do_not() -> None:
    rng = np.random.default_rng(2)
    alike = rng.normal(size=(1, 400))
    assert abs(_halves_apart(alike, NONE)[0]) < 3.0
    shifted = alike + (np.arange(400) < 200)
    assert abs(_halves_apart(shifted, NONE)[0]) > 3.0


def test_a_twin_stays_in_the_half_of_its_point() -> None:
    values = np.array([[1.0, 1.0, 5.0, 5.0, 1.0, 1.0]])
    apart = _halves_apart(values + 1e-3 * np.arange(6), (np.arange(2), np.arange(4, 6)))
    assert apart[0] < -100.0


@pytest.mark.parametrize(("text", "value"), [("5%", 0.05), ("5 %", 0.05), ("0.05", 0.05), ("0.1%", 0.001)])
def test_a_share_is_read_in_per_cent_or_as_a_number(text: str, value: float) -> None:
    assert share_asked("--until", text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["five", "5", "0", "90%", ""])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="--until"):
        share_asked("--until", text)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of eight futures, so that a run until something is precise takes a second."""
    for module in (span, study_module, until):
        monkeypatch.setattr(module, "CHUNK", 8)
    for function in (span.span_of, span.spans_of, span.points_of):
        monkeypatch.setattr(function, "__defaults__", (8,))
    monkeypatch.setattr(until, "LEAST_FUTURES", 16)


@pytest.mark.usefixtures("small")
def test_a_run_until_it_is_precise_is_to_the_byte_a_run_of_as_many_futures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = studies.scenario("retrench", None, futures=4, last=2027, command=("foedus", "run", "x", "--futures", "4"))
    until.run_until(asked, tmp_path / "until", 1, Until(0.15, allies=("KOR",), most=400))
    said = capsys.readouterr().err
    assert "15 % was asked for" in said
    results = Results.open(tmp_path / "until")
    assert results.futures % 8 == 0
    assert precisions(results, ["KOR"])[0].relative <= 0.15
    assert results.manifest["command"][-1] == str(results.futures)
    again = studies.scenario("retrench", None, futures=results.futures, last=2027)
    run_study(prepare(again), tmp_path / "once", threads=1)
    assert studies.bytes_of(tmp_path / "until") == studies.bytes_of(tmp_path / "once")
    until.run_until(asked, tmp_path / "until", 1, Until(0.15, allies=("KOR",), most=400))
    assert Results.open(tmp_path / "until").futures == results.futures


@pytest.mark.usefixtures("small")
def test_a_run_that_may_not_grow_further_says_how_far_it_came(tmp_path: Path) -> None:
    asked = studies.scenario("retrench", "steady", last=2027)
    with pytest.warns(FoedusWarning, match=r"no more than 16 futures were allowed\. Allow more: --futures"):
        until.run_until(asked, tmp_path / "until", 1, Until(0.001, most=16))


def test_a_run_until_it_is_precise_is_made_by_the_engine_asked_for(tmp_path: Path) -> None:
    asked = studies.scenario("retrench", None, futures=4, last=2027)
    with pytest.raises(UnknownName, match='Did you mean "compiled"'):
        until.run_until(asked, tmp_path / "until", 1, Until(0.15), "compile")


def test_what_until_asks_is_checked_before_anything_runs() -> None:
    with pytest.raises(UnknownName, match='Did you mean "loss"'):
        until.until_asked("5%", ["los"], [], None)
    with pytest.raises(InputError, match="goes with --until"):
        until.until_asked("", ["loss"], [], None)
    for wrong in (0, -1, 10**11):
        with pytest.raises(ScenarioError, match="--futures"):
            until.until_asked("5%", [], [], wrong)
    assert until.until_asked("", [], [], None) is None
    assert until.until_asked("5%", [], ["POL"], 4096) == Until(0.05, ("loss",), ("POL",), 4096)


def test_of_one_future_neither_an_error_nor_a_driver_can_be_told(tmp_path: Path) -> None:
    run_study(studies.study("steady", None, futures=1, last=2027), tmp_path / "one", threads=1)
    results = Results.open(tmp_path / "one")
    with pytest.raises(InputError, match="has 1 future; an error takes 2 or more"):
        precisions(results, ["KOR"])
    with pytest.raises(InputError, match="1 future with 1 parameter points"):
        inputs_of(results)
