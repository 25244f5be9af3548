"""What a run keeps: the headline's measures always, others where they are asked for, and it says what it lacks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import studies
from foedus.cli.running import _write
from foedus.engine.keeping import EVERYTHING, HEADLINE, kept_of
from foedus.engine.measure import Group
from foedus.errors import InputError, NotKept, RunFolderError, UnknownName
from foedus.posture.writing import scenario_text
from foedus.results import Results, drivers, headlines
from foedus.results.tidy import tidy
from foedus.study import compute, run
from foedus.world import World

SMALL = {"futures": 40, "last": 2027, "states": ("USA", "RUS", "POL", "EST")}


@pytest.fixture(scope="module")
def whole() -> Results:
    """A run that keeps all."""
    return Results.of(compute(studies.study(**SMALL)))


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The same run, which keeps the headline and what allies spend."""
    study = studies.study(**SMALL, keep=("spending",))
    return Results(run(study, tmp_path_factory.mktemp("lean")))


def test_what_is_kept_is_as_in_a_run_that_keeps_all_and_so_is_the_headline(whole: Results, lean: Results) -> None:
    np.testing.assert_array_equal(lean.ally("spending", "against"), whole.ally("spending", "against"))
    assert [repr(row) for row in headlines(lean)] == [repr(row) for row in headlines(whole)]
    assert drivers(lean, headlines(lean)) == drivers(whole, headlines(whole))
    assert lean.pair_years().equals(whole.pair_years())


def test_a_lean_run_is_the_same_run_of_fewer_columns_and_says_which(whole: Results, lean: Results) -> None:
    assert lean.manifest["digest"] == whole.manifest["digest"]
    assert set(lean.kept(Group.ALLY)) == {*HEADLINE, "spending"}
    assert lean.kept(Group.GUARANTOR) == lean.kept(Group.REGION) == ()
    columns = lean.parts.table("posture", lean.spans[0], "allies").columns
    assert columns == ["year", "ally", "future", *lean.kept(Group.ALLY)]
    assert set(tidy(lean)["measure"]) == {"loss", *lean.kept(Group.ALLY)}


def test_what_was_not_kept_is_refused_by_name(lean: Results) -> None:
    with pytest.raises(NotKept, match=r"did not keep tension; of each ally it kept loss_conceded, .*spending"):
        lean.ally("tension")


def test_a_report_that_needs_more_than_was_kept_is_not_written_and_the_command_says_so(
    lean: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("foedus.report.write", lambda results, *_: results.ally("tension"))
    assert not _write(lean, World.load(), tmp_path / "report.html")
    assert capsys.readouterr().err.startswith("no report: ")


def test_a_folder_that_keeps_other_measures_is_not_continued(lean: Results) -> None:
    with pytest.raises(
        RunFolderError, match=r"keeps other measures of this run \(loss_conceded, .*spending, conceded\)"
    ):
        run(studies.study(**SMALL, keep=("headline",)), lean.folder.path)


def test_words_stand_for_measures_and_a_wrong_one_gets_the_nearest() -> None:
    assert kept_of(()) == EVERYTHING
    assert kept_of(("headline",)) == kept_of(("loss", "war"))
    assert kept_of(("cost",)).of(Group.GUARANTOR) == ("cost",)
    with pytest.raises(UnknownName, match="spending"):
        studies.study(keep=("spendin",))
    with pytest.raises(InputError, match="is not a list of measures"):
        kept_of("spending")


def test_a_scenario_file_says_what_is_kept() -> None:
    assert 'keep = ["spending", "cost"]' in scenario_text(studies.scenario(keep=("spending", "cost")))
