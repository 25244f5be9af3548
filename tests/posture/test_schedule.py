"""Dated levels: nothing changes before the first date."""

from __future__ import annotations

import numpy as np
import pytest

from foedus import terms
from foedus.errors import ScenarioError
from foedus.posture import Change, Event, Posture, Scenario, Schedule
from foedus.posture.event import added_hostility
from foedus.study import prepare

YEARS = range(2026, 2033)


def test_a_cut_dated_later_leaves_support_as_today_until_then() -> None:
    posture = Posture("later", "later", "", (Change("all", "troops", Schedule((2030, 2032), (0.2, 0.0))),))
    level = posture.levels(["EST"], ["Europe"], ["USA"], YEARS)[:, 0, terms.Channel.TROOPS]
    assert level == pytest.approx([1.0, 1.0, 1.0, 1.0, 0.2, 0.1, 0.0])


def test_equipment_switched_off_later_works_until_then() -> None:
    posture = Posture("later", "later", "", (), (Change("EST", "switch_off", Schedule((2031,), (1.0,))),))
    assert posture.switched_off(["EST"], ["Europe"], ["USA"], YEARS)[:, 0].tolist() == [0, 0, 0, 0, 0, 1, 1]


def test_an_event_dated_later_adds_no_hostility_before() -> None:
    event = Event("RUS", "Europe", Schedule((2029,), (0.3,)))
    added = added_hostility([event], [("RUS", "EST", "Europe")], YEARS)
    assert added is not None
    assert added[:, 0] == pytest.approx(np.array([0, 0, 0, 0.3, 0.3, 0.3, 0.3]))


def test_one_level_holds_in_every_year() -> None:
    posture = Posture("now", "now", "", (Change("all", "arms", Schedule((0,), (0.4,))),))
    level = posture.levels(["EST"], ["Europe"], ["USA"], YEARS)[:, 0, terms.Channel.ARMS]
    assert level == pytest.approx(np.full(7, 0.4))


def test_a_run_that_begins_before_its_facts_is_refused() -> None:
    scenario = Scenario.of("steady", years=(1960, 1970), futures=8)
    with pytest.raises(ScenarioError, match=r"1960-1970 begin before the world's facts, those of 2026"):
        prepare(scenario)


def test_levels_dated_after_the_run_are_refused() -> None:
    later = Posture("x", "x", "", (Change("EST", "troops", Schedule((2060,), (0.2,))),))
    with pytest.raises(ScenarioError, match=r"EST\.troops: begins in 2060, after the years that are run, 2026-2050"):
        prepare(Scenario.of(later, futures=8))
