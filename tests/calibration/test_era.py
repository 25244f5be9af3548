"""The level of an age, and verdicts on too few events."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.calibration.pairs.era import MOVES, PRIOR, level
from foedus.hindcasts import Criterion, Found, FoundMeasure, judge
from hindcasts.test_registry import declared


def test_without_recent_disputes_the_level_is_the_priors() -> None:
    found = level(np.empty(0), np.empty(0))
    assert (found.mean, found.spread) == (0.0, pytest.approx(PRIOR))


def test_the_level_is_that_of_many_recent_disputes_and_towards_none_for_few() -> None:
    many, few = (level(np.tile([1.0, 0.0], n // 2), np.full(n, 0.8)) for n in (2000, 4))
    assert many.mean == pytest.approx(np.log(0.5 / 0.5) - np.log(0.8 / 0.2), abs=0.02)
    assert many.mean < few.mean < 0
    assert many.spread < few.spread < PRIOR


def test_chances_ahead_move_with_the_level_and_towards_a_half_with_what_is_not_known() -> None:
    down = level(np.zeros(400), np.full(400, 0.5))
    assert (down.ahead(np.array([0.2, 0.5, 0.8])) < np.array([0.2, 0.5, 0.8])).all()
    none = level(np.tile([1.0, 0.0], 2000), np.full(4000, 0.5))
    low, middle, high = none.ahead(np.array([0.05, 0.5, 0.95]))
    assert low > 0.05
    assert middle == pytest.approx(0.5, abs=1e-6)
    assert high < 0.95
    assert MOVES > 0


def test_with_fewer_events_than_declared_nothing_is_judged() -> None:
    test = declared(Criterion("slope", 0.8, 1.2, events=10))
    figure = FoundMeasure("slope", 3.0)
    assert judge(test, Found((figure,), 400, 9)).verdict == "not identified"
    assert judge(test, Found((figure,), 400, 10)).verdict == "fail"


def test_fewest_events_are_part_of_what_was_declared() -> None:
    assert declared(Criterion("slope", 0.8)).digest != declared(Criterion("slope", 0.8, events=10)).digest
