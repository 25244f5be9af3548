"""Comparing two runs: what cannot be paired is refused, and what else than the posture differs is said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import studies
from foedus.equations import contest
from foedus.errors import FoedusWarning, RunFolderError
from foedus.report.report import page
from foedus.results import Results, answer
from foedus.study import run
from foedus.study.belonging import MANIFEST, sum_of
from foedus.study.swap import swap
from foedus.world import World

NO_IRAN = tuple(name for name in studies.FEW if name != "IRN")


def made(folder: Path, posture: str = "retrench", **changed: object) -> Results:
    """A run of one posture, read back."""
    run(studies.study(posture, None, futures=8, last=2027, **changed), folder, threads=1)
    return Results.open(folder)


def with_manifest(results: Results, **changed: object) -> Results:
    """The same run with other words in its manifest, as another version would have written."""
    path = results.folder.path / MANIFEST
    said = {**json.loads(path.read_text()), **changed}
    del said["sum"]
    path.write_text(json.dumps({**said, "sum": sum_of(said)}))
    return Results.open(results.folder.path)


def test_two_postures_of_one_study_differ_in_nothing_else(tmp_path: Path) -> None:
    both = made(tmp_path / "a").compare(made(tmp_path / "b", "surge"))
    assert both.differences == ()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"code": "0ld0ld00", "foedus": "0.1.0"}, "the model's code (versions 0.1.0, 0ld0ld00 and "),
        ({"code": None}, "the model's code (versions "),
        ({"ledger": "another"}, "the ledger (another and "),
        ({"world": "another"}, "the facts (another and "),
        ({"seed": 6}, "the seed (6 and 5)"),
        ({"seed": 0}, "the seed (0 and 5)"),
        ({"chunk": 64}, "the size of chunks (64 and 512)"),
    ],
)
def test_runs_of_another_model_or_luck_are_not_compared(tmp_path: Path, changed: dict[str, object], says: str) -> None:
    other = made(tmp_path / "b", "surge")
    old = with_manifest(made(tmp_path / "a"), **changed)
    with pytest.raises(RunFolderError, match=re.escape(f"differ in {says}")):
        old.compare(other)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"without": ("R05",)}, "the mechanisms switched off (none and R05)"),
        ({"fixed": (("friction", 0.2),)}, "the parameters fixed (none and friction = 0.2)"),
        ({"ranges": (("friction", 0.1, 0.3),)}, "the ranges of parameters"),
        ({"figures": (("POL", "personnel", 250.0),)}, "the figures of states changed"),
        ({"states": NO_IRAN}, "the states they cover"),
    ],
)
def test_what_else_than_the_posture_differs_is_said(tmp_path: Path, changed: dict[str, object], says: str) -> None:
    one, other = made(tmp_path / "a"), made(tmp_path / "b", "surge", **changed)
    with pytest.warns(FoedusWarning, match=re.escape(f"differ in more than the posture: {says}.")):
        both = one.compare(other)
    assert both.differences == (says,)
    assert answer.apart(both) == f"The two runs differ in more than the posture: {says}."


def test_a_report_says_on_its_first_screen_what_else_than_the_posture_differs(tmp_path: Path) -> None:
    with pytest.warns(FoedusWarning):
        both = made(tmp_path / "a").compare(made(tmp_path / "b", "surge", without=("R05",)))
    told = "<strong>The two runs differ in more than the posture: the mechanisms switched off (none and R05).</strong>"
    assert told in page(both, World.load()).partition("</section>")[0]


def test_an_equation_replaced_for_one_run_is_said(tmp_path: Path) -> None:
    one = made(tmp_path / "a")
    published = contest.chance_challenger_wins

    def halved(*args: float) -> float:
        return published(*args) * 0.5

    halved.__signature__ = __import__("inspect").signature(published)  # type: ignore[attr-defined]
    with swap("contest.chance_challenger_wins", halved):
        other = made(tmp_path / "b", "surge")
    with pytest.warns(FoedusWarning, match=r"the equations replaced \(none and contest.chance_challenger_wins\)"):
        one.compare(other)
