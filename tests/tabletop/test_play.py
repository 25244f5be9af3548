"""One future is what happened: the past stays, the next year is among those expected, and anybody can run it again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from table import begun, first, kept

from foedus.engine.chunk import run_chunk
from foedus.posture import Scenario
from foedus.posture.writing import scenario_text
from foedus.study import prepare
from foedus.tabletop import chosen_future, played_scenario
from foedus.tabletop.playing import fanned


def test_the_past_stays_as_it_was_whatever_is_ordered_later() -> None:
    one = (
        first()
        .move("guarantor", "posture.switch_off = 1.0\nposture.all = 0.0")
        .move("adversary", "events.RUS.all = 1.0")
    )
    other = first().move("treasury", "doctrine.all.spending = 0.01")
    one, other = (exercise.close(at_once=True).close(at_once=True) for exercise in (one, other))
    before = first().played().happened
    assert one.played().happened[:1] == other.played().happened[:1] == before
    assert one.played().happened[1] != other.played().happened[1]


def test_what_happens_next_is_one_of_the_futures_that_were_expected() -> None:
    played = first().played()
    then = first().close(at_once=True).close(at_once=True).played()
    for name, values in played.fan.allies.items():
        np.testing.assert_array_equal(values[1:3, :, played.chosen], then.fan.allies[name][1:3, :, 0])
    assert np.ptp(played.fan.allies["spending"][2:4], axis=2).max() > 0.0


def test_what_happened_is_a_future_of_the_scenario_that_the_orders_make(tmp_path: Path) -> None:
    exercise = kept().exercise
    file = tmp_path / "played.toml"
    file.write_text(scenario_text(played_scenario(exercise)), encoding="utf-8")
    scenario = Scenario.read(file)
    record = run_chunk(prepare(scenario).setting(0, "posture"))
    played = exercise.played()
    assert played.chosen == chosen_future(scenario.seed, scenario.futures)
    for name, values in record.allies.items():
        np.testing.assert_array_equal(values[:3, :, played.chosen], played.fan.allies[name][:3, :, 0])


def test_before_the_first_turn_nothing_has_happened_and_every_future_is_open() -> None:
    played = begun().played()
    assert (played.closed, played.happened, played.open_years) == (0, (), tuple(range(2026, 2031)))
    np.testing.assert_array_equal(
        played.fan.allies["spending"], run_chunk(prepare(begun().scenario).setting(0, "posture")).allies["spending"]
    )


def test_in_years_that_are_over_every_future_is_what_happened() -> None:
    fan = kept().exercise.played().fan
    assert np.ptp(fan.allies["spending"][:3], axis=2).max() == 0.0
    assert np.ptp(fan.allies["loss_fought"][3:], axis=2).max() > 0.0


def test_nobody_is_told_of_which_type_a_guarantor_is() -> None:
    setting = prepare(first().carried_out()).setting(0, "posture")
    from foedus.engine.state import at_start
    from foedus.tabletop.playing import _unknown_types

    state = fanned(at_start(setting), 3, setting)
    assert np.ptp(state.reliable, axis=1).max() == 0.0
    seen = _unknown_types(1, state, 3, setting)
    assert np.ptp(seen.reliable, axis=1).max() == 1.0
    np.testing.assert_array_equal(seen.reliable[:, 3], state.reliable[:, 3])


def test_a_seed_has_one_future_and_seeds_reach_all_of_them() -> None:
    assert {chosen_future(seed, 8) for seed in range(200)} == set(range(8))
    assert chosen_future(3, 16) == chosen_future(3, 16)


def test_a_fan_is_of_futures_that_run_side_by_side() -> None:
    from foedus.tabletop import play

    with pytest.raises(ValueError, match="at most 512"):
        play(prepare(begun().scenario.but(futures=1000)), 0)
