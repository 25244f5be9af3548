"""R01, R05, R06, R12, R25: what each channel carries, one switch at a time."""

from __future__ import annotations

import numpy as np
import pytest

import small_world
from foedus.engine import support
from foedus.engine.state import at_start
from foedus.terms import Channel
from small_run import CORE, EAST, FAR, LEDGER, Case, mean, on_and_off, run, setting

BLIND = Case(states={"stocks": small_world.thin_picture()})
CUT = BLIND.but(levels={"intelligence": 0.2})


def _provided(case: Case, year: int) -> support.Support:
    held = setting(case)
    return support.provide(year, at_start(held), held)


def test_r01_a_channel_moves_alone_and_off_the_whole_bundle_moves() -> None:
    apart, bundled = _provided(CUT, 2), _provided(CUT.but(without=("R01",)), 2)
    index = Channel.INTELLIGENCE
    others = np.delete(np.arange(len(Channel)), index)
    assert apart.relative[:, index] == pytest.approx(0.2)
    assert apart.relative[:, others] == pytest.approx(1.0)
    assert bundled.relative == pytest.approx(1.0 - 0.8 / len(Channel), abs=1e-6)


def test_r05_curtailed_intelligence_costs_completeness_at_once() -> None:
    alone = CUT.but(fixed={"enabler_weight": 0.0, "feedback_size": 0.0})
    on, off = on_and_off("R05", alone)
    lost = 0.8 * 0.8 * LEDGER["intelligence_value"].default
    before, after = (on.allies["completeness"][year, EAST].mean() for year in (1, 2))
    assert before - after == pytest.approx(lost, abs=0.03)
    before, after = (off.allies["completeness"][year, EAST].mean() for year in (1, 2))
    assert before == pytest.approx(after, abs=0.03)
    whole = run(alone.but(levels={}))
    assert on.allies["capability"][2, EAST].mean() < 0.92 * whole.allies["capability"][2, EAST].mean()


def test_r06_remote_denial_takes_dependent_weapons_out_of_action_within_the_lag() -> None:
    denied = Case(switch_off=0.8)
    (on, off), (base_on, base_off) = on_and_off("R06", denied), on_and_off("R06", Case())
    lost = 1.0 - mean(on, "capability", EAST, 5) / mean(base_on, "capability", EAST, 5)
    dependent = mean(base_on, "dependence", EAST, 5)
    assert 0.1 < lost < dependent
    assert mean(off, "capability", EAST, 2) > 0.97 * mean(base_off, "capability", EAST, 2)


def test_r06_a_sustainment_cut_is_felt_with_its_lag_and_not_before() -> None:
    cut = run(Case(levels={"sustainment": 0.2})).allies["capability"][:, CORE].mean(axis=1)
    base = run(Case()).allies["capability"][:, CORE].mean(axis=1)
    kept = cut / base
    assert kept[1] == pytest.approx(1.0)
    assert kept[2] > kept[3] > kept[5]
    assert kept[5] < 0.9


def test_r12_thin_enablers_cap_the_picture() -> None:
    lumpy = BLIND.but(fixed={"enabler_weight": 0.6, "intelligence_value": 0.8})
    on, off = on_and_off("R12", lumpy.but(levels={"reinforcement": 0.1}))
    assert mean(on, "completeness", EAST, 3) < mean(off, "completeness", EAST, 3) - 0.02
    whole_on, _ = on_and_off("R12", lumpy)
    assert mean(on, "completeness", EAST, 3) < mean(whole_on, "completeness", EAST, 3)


def test_r25_more_training_and_technology_make_up_for_part_of_fewer_forces() -> None:
    mix = Case(levels={"troops": 0.5, "arms": 0.7, "training": 1.5, "technology": 1.4})
    on, off = on_and_off("R25", mix)
    plain = run(mix.but(levels={"troops": 0.5, "arms": 0.7}))
    gained = mean(on, "capability", CORE, 3) / mean(plain, "capability", CORE, 3) - 1.0
    assert 0.005 < gained < 0.3
    off_plain = run(mix.but(levels={"troops": 0.5, "arms": 0.7}, without=("R25",)))
    assert mean(off, "capability", CORE, 3) == pytest.approx(mean(off_plain, "capability", CORE, 3), rel=0.01)


def test_r18_the_ally_whose_challenger_cannot_reach_the_guarantor_is_the_safer_commitment() -> None:
    world = Case(regional_rival=True, futures=64)
    on, off = on_and_off("R18", world)
    assert mean(on, "promise_true", FAR) > mean(off, "promise_true", FAR) + 0.02
    assert mean(on, "promise_true", EAST) < mean(off, "promise_true", EAST)


def test_r17_exposure_of_the_homeland_lowers_the_chance_of_help() -> None:
    on, off = on_and_off("R17", Case())
    for ally in (EAST, CORE, FAR):
        assert 0.02 < mean(off, "promise_true", ally) - mean(on, "promise_true", ally) < 0.5
    shielded = run(Case(policy={"homeland_defence": 1.0}))
    assert mean(shielded, "promise_true", EAST) == pytest.approx(mean(off, "promise_true", EAST), abs=0.02)
