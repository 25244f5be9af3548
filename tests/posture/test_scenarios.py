"""The scenarios that ship: each reads, asks a question in ten to thirty lines, and runs to sensible numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.posture import Scenario
from foedus.results import Results
from foedus.study import prepare, run

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = sorted(FOLDER.glob("*.toml"))


def read(path: Path) -> Scenario:
    return Scenario.read(path)


def test_there_are_at_least_twelve_scenarios_of_ten_to_thirty_lines_that_ask_a_question() -> None:
    assert len(FILES) >= 12
    for path in FILES:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert 10 <= len(lines) <= 30, path.name
        assert lines[0].startswith("# "), path.name
        assert any("Look at:" in line for line in lines), path.name
        assert read(path).question.endswith("?"), path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_scenario_runs_and_its_posture_differs_from_the_one_it_is_compared_with(
    path: Path, tmp_path: Path
) -> None:
    scenario = read(path)
    assert scenario.against is not None
    study = prepare(scenario.but(futures=4, last=scenario.first + 3))
    results = Results.open(run(study, tmp_path / "run", threads=1).path)
    loss, other = results.loss(), results.loss("against")
    assert np.isfinite(loss).all()
    assert (loss >= 0.0).all()
    assert loss.max() < 5.0
    assert not np.array_equal(loss, other)


def test_codes_of_states_and_mechanisms_are_read_in_either_case(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text('extends = "retrench"\nstates = ["usa", "EST", "rus"]\nwithout = ["r17"]\n', encoding="utf-8")
    assert (read(path).states, read(path).without) == (("USA", "EST", "RUS"), ("R17",))
