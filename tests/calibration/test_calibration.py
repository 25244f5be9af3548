"""The calibration finds what made the rates, says when it ended at a limit, and asks the world that a run has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from foedus.calibration.calibrated_world import calibrated_world, first_year, through_the_run
from foedus.calibration.crisis_tree import FREE, CalibrationProblem, Key, downhill, from_the_ledger, measured, problem
from foedus.estimators.fit import Floats
from foedus.ledger import load_ledger

WAR: Key = (("all",), "war")
FORCE: Key = (("all",), "force")
BOX = {"war": (-4.0, 0.0), "force": (-2.0, 2.0)}


def made_up(war: float = 0.02, force: float = 0.7, drift: float = 1.0) -> CalibrationProblem:
    """A world with one parameter a rate: its log."""

    def rates_at(point: Floats) -> Mapping[Key, float]:
        return {WAR: float(np.exp(point[0])), FORCE: float(np.exp(point[1]))}

    return CalibrationProblem(
        rates={WAR: war, FORCE: force},
        spread={WAR: 0.3, FORCE: 0.15},
        error={WAR: 0.3, FORCE: 0.02},
        drift={WAR: drift, FORCE: drift},
        rates_at=rates_at,
    )


def test_rates_that_can_be_met_are_met_with_the_error_of_the_historical_figure() -> None:
    found = downhill(made_up(), np.array([-3.0, 0.1]), BOX)
    assert found.values == pytest.approx({"war": np.log(0.02), "force": np.log(0.7)}, abs=1e-4)
    assert found.errors == pytest.approx({"war": 0.3, "force": 0.02}, rel=1e-3)
    assert found.bounds == {}
    assert found.misfit == pytest.approx(0.0, abs=1e-6)


def test_a_rate_that_halves_in_a_run_is_met_half_way_in_logs() -> None:
    found = downhill(made_up(drift=0.5), np.array([-3.0, 0.1]), BOX)
    assert found.values["force"] == pytest.approx(np.log(0.7 * np.sqrt(2.0)), abs=1e-4)


def test_a_best_value_beyond_the_box_stands_at_its_bound_and_is_not_hidden() -> None:
    found = downhill(made_up(), np.array([-3.0, 0.1]), BOX | {"force": (0.0, 2.0)})
    assert found.bounds == {"force": 0.0}
    assert found.values["force"] == 0.0
    assert found.values["war"] == pytest.approx(np.log(0.02), abs=1e-4)
    shown = measured(found, "force", BOX | {"force": (0.0, 2.0)})
    assert (shown.at_bound, shown.low, shown.value) == (True, 0.0, 0.0)
    assert not measured(found, "war", BOX).at_bound


def test_a_search_that_starts_at_a_limit_may_leave_it() -> None:
    """The ledger's value may lie at a limit or beyond it."""
    found = downhill(made_up(), np.array([-9.0, 2.0]), BOX)
    assert found.bounds == {}
    assert found.values == pytest.approx({"war": np.log(0.02), "force": np.log(0.7)}, abs=1e-4)


def test_the_ledger_holds_nothing_that_the_calibration_calls_inadmissible() -> None:
    ledger = load_ledger()
    for name, (low, high) in FREE.items():
        assert low <= ledger[name].low < ledger[name].high <= high, name
    assert -ledger["back_down_cost"].low <= ledger["demand_share"].default
    assert ledger["war_cost_relief"].default <= ledger["challenger_war_cost"].default


def test_the_first_year_asked_is_the_first_year_of_the_run() -> None:
    world = calibrated_world(1)
    asked = first_year(world, list(FREE), np.array([world.defaults[name] for name in FREE]))
    run = through_the_run(replace(world, setting=replace(world.setting, years=world.setting.years[:1])))
    assert asked == pytest.approx(run, rel=1e-5)


def test_the_calibration_finds_the_parameters_that_made_the_rates() -> None:
    posed = problem()
    true = np.array([load_ledger()[name].default for name in FREE])
    true[[list(FREE).index(name) for name in ("back_down_cost", "limited_gain")]] = -0.05, 0.4
    made = {k: v for k, v in posed.rates_at(true).items() if k in posed.rates}
    known = replace(posed, rates=made, drift=dict.fromkeys(made, 1.0))
    found = downhill(known, true + np.array([0.02, 0.03, -0.04, 0.02, 0.03, 0.1, 0.1]))
    assert list(found.values.values()) == pytest.approx(true.tolist(), abs=0.01)
    assert found.bounds == {}


def test_nothing_but_the_cost_of_backing_down_stands_at_a_limit() -> None:
    """It presses on its lower one, and docs/model.md says so; the rest is found inside."""
    assert set(from_the_ledger().bounds) <= {"back_down_cost"}
