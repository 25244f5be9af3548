"""The worth of another's help, new pacts, and paths of spending."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.calibration.pairs.defenders import Defenders
from foedus.hindcasts.alliances import read_ties
from foedus.hindcasts.spending import expected_next, fitted_adjustment, paths, read_burdens
from foedus.hindcasts.threats import worth_of_help
from foedus.panels import DataFolder


def three_states(power: list[float], km: float = 500.0) -> Defenders:
    """One year of three states, all as far from each other."""
    square = np.ones((1, 3, 3), dtype=np.float32) - np.eye(3, dtype=np.float32)
    flat = np.zeros((1, 3), dtype=np.float32)
    nobody = np.zeros((1, 3, 3), dtype=np.bool_)
    return Defenders(
        first=1950,
        codes=np.array([2, 20, 70]),
        alive=square > 0,
        power=np.array([power], dtype=np.float32),
        armed=flat,
        major=flat,
        owed=np.zeros((1, 3, 3), dtype=np.float32),
        distance=square * km,
        helpers=np.zeros((1, 3, 3), dtype=np.float32),
        major_helper=nobody,
        nuclear_helper=nobody,
    )


def threat(target: int, challenger: int) -> np.ndarray:
    held = np.zeros((1, 3, 3), dtype=np.float32)
    held[0, target, challenger] = 1.0
    return held


NO_LAND = np.zeros((1, 3, 3), dtype=np.bool_)


def test_only_the_threatened_gain_from_help_and_never_from_their_threat() -> None:
    worth = worth_of_help(three_states([0.1, 0.1, 0.1]), threat(0, 1), NO_LAND)[0]
    assert worth[0, 2] > 0
    assert worth[0, 1] == 0
    assert worth[1:].tolist() == [[0.0] * 3, [0.0] * 3]


def test_stronger_and_nearer_help_is_worth_more() -> None:
    weak, strong = (worth_of_help(three_states([0.1, 0.1, p]), threat(0, 1), NO_LAND)[0, 0, 2] for p in (0.05, 0.2))
    assert strong > weak
    near, far = (
        worth_of_help(three_states([0.1, 0.1, 0.1], km), threat(0, 1), np.ones((1, 3, 3), bool))[0, 0, 2]
        for km in (100.0, 4000.0)
    )
    assert near > far


def test_a_share_at_its_habit_is_expected_to_stay() -> None:
    held = np.array([0.01, 0.03])
    assert expected_next(held, held, 0.2).tolist() == pytest.approx([0.01, 0.03])


def test_a_gap_to_habit_closes_by_the_adjustment() -> None:
    assert expected_next(np.array([0.02]), np.array([0.03]), 0.2)[0] == pytest.approx(0.022)


def test_the_adjustment_that_made_paths_is_found_again() -> None:
    random = np.random.default_rng(6)
    habit = random.uniform(0.01, 0.04, 60)
    made = paths(habit * random.uniform(0.5, 1.5, 60), habit, 0.25, random.normal(0, 0.01, (60, 14, 1)))[:, :, 0]
    assert fitted_adjustment(made) == pytest.approx(0.25, abs=0.06)


def test_paths_without_shocks_and_adjustment_stay_where_they_are() -> None:
    drawn = paths(np.array([0.02]), np.array([0.05]), 0.0, np.zeros((1, 5, 2)))
    assert drawn.ravel().tolist() == pytest.approx([0.02] * 10)


@pytest.mark.data
def test_states_with_a_whole_record_have_shares_between_nought_and_a_fifth(data: Path) -> None:
    codes, share = read_burdens(DataFolder.open(data))
    assert share.shape == (len(codes), 24)
    assert len(codes) > 40
    assert share.min() > 0
    assert 2 in codes


@pytest.mark.data
@pytest.mark.slow
def test_pairs_at_risk_of_a_tie_and_new_ties_are_counted(data: Path) -> None:
    """About ten seconds."""
    ties = read_ties(DataFolder.open(data))
    late = ties.year >= 1990
    assert (int((~late).sum()), int(ties.tied[~late].sum())) == (309_142, 628)
    assert (int(late.sum()), int(ties.tied[late].sum())) == (305_188, 827)
