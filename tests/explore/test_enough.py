"""How many futures are enough: errors beside their levels, and halves that should agree."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import studies
from foedus.cli.until import share_asked
from foedus.errors import InputError
from foedus.explore.enough import Precision, _halves_apart, precisions
from foedus.results import Results, headlines
from foedus.study import run as run_study

NONE = np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)


def test_errors_are_those_of_the_headline_and_a_change_is_judged_by_the_loss_it_changes(tmp_path: Path) -> None:
    run_study(studies.study(futures=16, last=2028), tmp_path / "run", threads=1)
    results = Results.open(tmp_path / "run")
    row = next(row for row in headlines(results) if row.ally == "KOR")
    loss, change, war = (p for p in precisions(results, ["KOR"], ("loss", "war")))
    assert (loss.figure, change.figure, war.figure) == ("loss", "change", "war")
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
