"""Events outside the model, and watching a chunk as it runs."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from foedus.engine.chunk import run_chunk
from foedus.engine.outside import apply_events
from foedus.engine.situation import Situation
from foedus.engine.state import State, at_start
from foedus.errors import UnknownName
from foedus.ledger import load_ledger
from foedus.posture import Event, Schedule, read_scenario
from foedus.posture.event import added_hostility
from foedus.world import World
from studies import scenario, study

PAIRS = [("RUS", "EST", "Europe"), ("RUS", "USA", "Americas"), ("CHN", "TWN", "Indo-Pacific")]


def test_events_add_up_over_the_pairs_and_years_they_name() -> None:
    events = (
        Event("RUS", "Europe", Schedule((2013, 2014), (0.0, 0.2))),
        Event("RUS", "EST", Schedule((2013, 2015), (0.0, 0.1))),
    )
    added = added_hostility(events, PAIRS, (2013, 2014, 2015))
    assert added is not None
    np.testing.assert_allclose(added, [[0, 0, 0], [0.25, 0, 0], [0.3, 0, 0]], atol=1e-6)
    assert added_hostility((), PAIRS, (2013,)) is None


def _hostility(events: tuple[Event, ...]) -> tuple[list[np.ndarray], list[str]]:
    tested = study(against=None, futures=8, events=events)
    kept: list[np.ndarray] = []

    def watch(situation: Situation, after: State) -> None:
        assert situation.year == len(kept)
        kept.append(situation.state.hostility.copy())

    run_chunk(tested.setting(0, "posture"), watch)
    names = tested.world.states.iso3
    layout = tested.layout
    return kept, [f"{names[a]}>{names[b]}" for a, b in zip(layout.challenger, layout.target, strict=True)]


def test_an_event_moves_its_own_pairs_in_its_own_year_and_nothing_before() -> None:
    event = Event("RUS", "EST", Schedule((2028, 2029), (0.0, -0.3)))
    with_event, pairs = _hostility((event,))
    without, _ = _hostility(())
    at = pairs.index("RUS>EST")
    for year in range(3):
        np.testing.assert_array_equal(with_event[year], without[year])
    fallen = with_event[3][at] - without[3][at]
    np.testing.assert_allclose(fallen, -0.3, atol=1e-6)
    others = np.arange(len(pairs)) != at
    np.testing.assert_array_equal(with_event[3][others], without[3][others])


def test_a_study_knows_runs_with_and_without_an_event_apart() -> None:
    event = Event("RUS", "Europe", Schedule((2026,), (0.1,)))
    assert study().digest != dataclasses.replace(study(), scenario=scenario(events=(event,))).digest


def test_a_scenario_file_names_events_by_challenger_and_scope(tmp_path: Path) -> None:
    states = World.load().states.iso3
    path = tmp_path / "crimea.toml"
    path.write_text("[events.RUS]\nEurope = { 2029 = 0.0, 2030 = 0.2 }\nEST = 0.1\n", encoding="utf-8")
    read = read_scenario(path, states, load_ledger())
    assert read.events == (
        Event("RUS", "Europe", Schedule((2029, 2030), (0.0, 0.2))),
        Event("RUS", "EST", Schedule((0,), (0.1,))),
    )
    path.write_text("[events.RUS]\nEurop = 0.2\n", encoding="utf-8")
    with pytest.raises(UnknownName, match=r'crimea.toml:2 .*Did you mean "Europe"'):
        read_scenario(path, states, load_ledger())


def test_an_event_that_is_over_leaves_no_pair_less_hostile_than_it_rests() -> None:
    event = Event("RUS", "all", Schedule((2026, 2027), (0.7, 0.0)))
    setting = study(against=None, futures=8, events=(event,)).setting(0, "posture")
    before = at_start(setting)
    during = apply_events(0, before, setting)
    assert during.hostility.max() == 1.0
    after, rest = apply_events(1, during, setting).hostility, setting.hostility_at_rest
    assert (after >= np.minimum(before.hostility, rest) - 1e-6).all()
    assert (after <= before.hostility + 1e-6).all()


def test_a_thaw_lowers_hostility_that_memory_left_above_its_rest() -> None:
    event = Event("RUS", "all", Schedule((2026,), (-0.3,)))
    setting = study(against=None, futures=8, events=(event,)).setting(0, "posture")
    before = at_start(setting)
    russian = setting.layout.challenger == setting.layout.states.iso3.index("RUS")
    warm = replace(before, hostility=np.full_like(before.hostility, 0.9))
    after = apply_events(0, warm, setting).hostility
    np.testing.assert_allclose(after[russian], 0.6, atol=1e-6)
    np.testing.assert_array_equal(after[~russian], warm.hostility[~russian])
