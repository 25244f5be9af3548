"""The scenarios that ship: each reads, asks a question in ten to thirty lines, and runs to sensible numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.posture import Scenario
from foedus.results import Results
from foedus.results.ordered import LEAST_BEYOND
from foedus.results.ordered import ordered as ordered_sentence
from foedus.study import prepare, run
from foedus.words import significant

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
    assert loss.max() < (15.0 if scenario.wars else 5.0), "an attack that is ordered costs its year in full"
    assert not np.array_equal(loss, other)


ORDERING = [path for path in FILES if any(doctrine.path for doctrine in read(path).doctrines)]


@pytest.mark.parametrize("path", ORDERING, ids=lambda path: path.stem)
def test_a_scenario_that_orders_spending_spends_it_and_says_what_is_not_carried(path: Path, tmp_path: Path) -> None:
    study = prepare(read(path).but(futures=8, last=read(path).first + 6))
    results = Results.open(run(study, tmp_path / "run", threads=1).path)
    for doctrine in study.scenario.doctrines:
        assert doctrine.path is not None
        assert doctrine.conditions == ()
        ordered = doctrine.path.at(results.years, np.nan)
        spent = results.ally("spending")[:, results.allies.index(doctrine.scope)]
        np.testing.assert_allclose(spent, np.broadcast_to(ordered[:, None], spent.shape), rtol=1e-5)
    (told,) = ordered_sentence(results, study.world.states.names)
    beyond = results.ally("beyond")[:, results.allies.index("TWN")].mean()
    carried = "all of it carried" if beyond < LEAST_BEYOND else f"{significant(100 * beyond)} beyond what is carried"
    assert f"Taiwan {significant(100 * spent.mean())} ({carried})" in told


def test_two_scenarios_order_spending() -> None:
    assert {path.stem for path in ORDERING} == {"taiwan", "taiwan-rearms"}


def test_codes_of_states_and_mechanisms_are_read_in_either_case(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text('extends = "retrench"\nstates = ["usa", "EST", "rus"]\nwithout = ["r17"]\n', encoding="utf-8")
    assert (read(path).states, read(path).without) == (("USA", "EST", "RUS"), ("R17",))
