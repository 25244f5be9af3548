"""The constrained ensemble: weights, what is left of the draws, targets left out in turn, and the whole chain."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.errors import EstimationError, UnknownName
from foedus.estimators.emulator import emulate, normal_ranks
from foedus.estimators.raking import rake
from foedus.hindcasts.constrained.chain import Labour, make_ensembles
from foedus.hindcasts.constrained.constrain import JoinedDraws, constrain
from foedus.hindcasts.constrained.simulated import calibrated
from foedus.hindcasts.constrained.targets import PastTarget, Runs, Shown, targets
from foedus.ledger import load_ledger
from foedus.ledger.ensemble import ensembles_from, load_ensemble, named_ensemble
from foedus.panels import DataFolder


def drawn(record: float, tolerance: float = 0.5) -> tuple[JoinedDraws, list[PastTarget]]:
    """One target that answers to the first of two parameters and one that is luck, each with a record."""
    random = np.random.default_rng(5)
    values = random.normal(size=(600, 2))
    luck = random.normal(size=(600, 2))
    shown = (
        Shown(values[:, 0] + 0.3 * luck[:, 0], record, tolerance),
        Shown(luck[:, 1], 4.0, 0.1),
    )
    runs = [PastTarget(name, "made up", 1990, lambda _: shown[0]) for name in ("answers", "luck")]
    return JoinedDraws(("one", "two"), values, shown), runs


def test_weights_of_one_normal_target_are_the_posterior_of_textbooks() -> None:
    values = np.random.default_rng(1).normal(size=(40000, 1))
    found = rake(values, np.array([1.0]), np.array([0.5]), ["one"])
    assert found.mean(values)[0] == pytest.approx(1.0 / (1.0 + 0.25), abs=0.02)
    assert found.spread(values)[0] == pytest.approx(np.sqrt(0.25 / 1.25), abs=0.02)
    assert found.effective < 40000
    members = values[found.members(2000, seed=3)]
    assert members.mean() == pytest.approx(0.8, abs=0.02)


def test_a_wide_tolerance_leaves_every_draw_its_weight() -> None:
    values = np.random.default_rng(1).normal(size=(500, 1))
    assert rake(values, np.array([0.3]), np.array([1e4]), ["one"]).effective == pytest.approx(500.0, rel=1e-6)


def test_targets_tighter_than_the_draws_can_meet_are_refused_and_the_farthest_is_named() -> None:
    values = np.random.default_rng(1).normal(size=(500, 2))
    with pytest.raises(EstimationError, match=r"worth 1\.\d under them.*Farthest: second, seen at 9 ± 0\.1"):
        rake(values, np.array([0.0, 9.0]), np.array([1.0, 0.1]), ["first", "second"])


def test_an_emulator_says_what_parameters_explain_and_what_is_luck() -> None:
    random = np.random.default_rng(2)
    values = random.normal(size=(400, 60))
    found = emulate(normal_ranks(values), 2.0 * values[:, 0] + random.normal(size=400))
    assert found.explained == pytest.approx(0.8, abs=0.06)
    assert found.luck == pytest.approx(1.0, abs=0.15)
    assert emulate(normal_ranks(values), random.normal(size=400)).explained < 0.05


def test_a_target_that_is_luck_weighs_nothing_and_one_that_answers_moves_its_parameter_alone() -> None:
    held, chosen = drawn(record=1.5)
    found = constrain(held, chosen)
    assert [one.role for one in found.met] == ["constrains", "luck"]
    mean = found.raked.mean(held.values)
    assert mean[0] > 0.8
    assert abs(mean[1]) < 0.15


def test_a_record_that_no_draw_gives_is_out_of_reach_and_does_not_bend_parameters() -> None:
    held, chosen = drawn(record=9.0)
    found = constrain(held, chosen)
    assert found.met[0].role == "out of reach"
    assert found.raked.effective == pytest.approx(len(held.values))


def test_a_target_is_judged_by_the_others_alone() -> None:
    held, chosen = drawn(record=1.5)
    first = constrain(held, chosen).met[0]
    assert first.others == pytest.approx(first.before)
    assert first.gain == pytest.approx(0.0, abs=1e-9)


def test_true_parameters_fall_evenly_among_weighed_draws() -> None:
    """Simulation-based calibration of the weights: 160 histories, chi-square of eight bins, each parameter."""
    found = calibrated(160)
    assert min(found.evenness().values()) > 0.01
    np.testing.assert_allclose(found.places.mean(axis=0), 0.5, atol=0.07)


def test_what_constrains_the_ensemble_that_ships_is_listed_with_every_target_left_out_in_turn() -> None:
    ensemble, parent = load_ensemble("record-2025"), load_ensemble("record-2010")
    assert (ensemble.parent, ensemble.last, ensemble.draws) == ("record-2010", 2024, 1536)
    assert ensemble.parameters[: len(parent.parameters)] == parent.parameters
    assert set(ensemble.parameters) <= set(load_ledger().parameters)
    assert ensemble.effective == pytest.approx(232.7, abs=0.1)
    role = {one.name: one.role for one in ensemble.targets}
    assert {name for name in role if role[name] == "constrains"} == {
        "drawdown-1991",
        "hosts-of-troops, NATO",
        "hosts-of-troops, no pact",
        "nato-gradient-2014, mean",
    }
    assert [one.name for one in ensemble.targets] == [one.name for one in targets()]


def test_what_other_targets_teach_does_not_foretell_a_target_left_out() -> None:
    """Why the constrained ensemble is not the default: the log score gained over all targets is next to nothing."""
    assert abs(sum(one.gain for one in load_ensemble("record-2025").targets)) < 0.3


def test_ensembles_of_a_folder_stand_before_those_that_ship_while_it_is_open(tmp_path: Path) -> None:
    text = load_ensemble("record-1989").written()
    (tmp_path / "record-1990.json").write_text(text.replace("record-1989", "record-1990"), encoding="utf-8")
    with ensembles_from(tmp_path):
        assert named_ensemble("record-1990") is not None
    with pytest.raises(UnknownName):
        named_ensemble("record-1990")


@pytest.mark.data
@pytest.mark.slow
def test_the_whole_chain_gives_the_same_bytes_for_the_same_seed(data: Path, tmp_path: Path) -> None:
    """From the data folder to constrained members, with few draws: about a minute."""
    few = targets()[:1]
    plan = Labour(dates=(1954,), rounds=3, count=500, enough=0.0, futures=128, targets=few)
    folder = DataFolder.open(data)
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made.append(make_ensembles(folder, tmp_path / name, plan))
    assert made[0] == made[1]
    assert set(made[0]) == {"record-1954", "record-2025"}
    for name in made[0]:
        assert (tmp_path / "one" / f"{name}.json").read_bytes() == (tmp_path / "two" / f"{name}.json").read_bytes()


def test_runs_of_targets_draw_from_the_ensemble_they_name() -> None:
    assert Runs(DataFolder(Path()), "record-1989", 8, 1, 1).of(None, 1990).keywords["ensemble"] == "record-1989"  # type: ignore[arg-type]
