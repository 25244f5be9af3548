"""Members at the level of their age: force moves by what was drawn, and as many disputes are expected as before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.calibration.pairs.dyads import read_pairs
from foedus.calibration.pairs.era import MOVES, EraLevel
from foedus.calibration.pairs.lately import moved_to
from foedus.calibration.pairs.structure import (
    WITH_HOSTILITY,
    chance_of_onset,
    chances_of_endings,
    face,
    held_values,
    hostilities,
    solve,
)
from foedus.ledger.ensemble import load_ensemble
from foedus.panels import DataFolder
from foedus.panels.samples.onset import CODINGS, Coding

pytestmark = pytest.mark.data


def test_a_level_makes_force_rarer_and_leaves_the_number_of_disputes_as_it_was(data: Path) -> None:
    pairs, base = read_pairs(DataFolder.open(data)), held_values()
    names = [f.name for f in WITH_HOSTILITY]
    before = load_ensemble("record-1989").members[::128]
    found = EraLevel(-0.8, 0.0)
    after = moved_to(found, pairs, 1989, WITH_HOSTILITY, base, before, seed=1)
    rows = pairs.within((1980, 1989))
    facing, coded = face(pairs, rows), np.flatnonzero(pairs.ending[rows] >= 0)
    side = pairs.challenger[rows][coded]
    odds = []
    for old, new in zip(before.tolist(), after.tolist(), strict=True):
        p, q = ({**base, **dict(zip(names, point, strict=True))} for point in (old, new))
        was, now = (solve(facing, v, hostilities(pairs.history, v)[:, rows]) for v in (p, q))
        assert chance_of_onset(now).sum() == pytest.approx(chance_of_onset(was).sum(), rel=1e-3)
        force = [chances_of_endings(s, coded, side)[2:].sum(axis=0) for s in (was, now)]
        odds.append([np.log(f / (1.0 - f)).mean() for f in force])
    moved = np.diff(np.array(odds), axis=1).ravel()
    assert moved.mean() == pytest.approx(-0.8, abs=0.1)
    assert 0.5 * MOVES < moved.std() < 1.5 * MOVES
    untouched = [names.index(n) for n in names if n not in ("back_down_cost", "challenge_cost")]
    np.testing.assert_array_equal(before[:, untouched], after[:, untouched])


@pytest.mark.slow
@pytest.mark.parametrize("coding", CODINGS)
def test_somebody_began_every_dispute_of_every_coding(coding: Coding, data: Path) -> None:
    record = read_pairs(DataFolder.open(data), coding=coding).history
    assert np.array_equal(record.began.max(axis=1), record.dispute)
