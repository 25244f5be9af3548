"""R36: a sponsored group wages campaigns, likelier where its sponsor fights, at a cost to target, host and itself."""

from __future__ import annotations

import numpy as np
import pytest

import small_world
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State, at_start
from foedus.engine.year import step
from foedus.equations import sponsorship
from small_run import CORE, EAST, Case, mean, on_and_off, run, setting

CASE = Case(fighters=small_world.fighters(), years=4, futures=64)
BEGUN = CASE.but(fighters=small_world.fighters(on=True))
RIVAL, OF_EAST, FAR = 1, 2, 4


def years(case: Case, count: int = 1) -> tuple[Situation, State, Setting]:
    held = setting(case)
    situation, state = step(0, at_start(held), None, held)
    for year in range(1, count):
        situation, state = step(year, state, situation.origin, held)
    return situation, state, held


def test_r36_off_nobody_wages_a_campaign_and_nothing_moves() -> None:
    on, off = on_and_off("R36", BEGUN)
    assert mean(off, "loss_sponsored", EAST) == mean(off, "campaign", EAST) == 0.0
    assert mean(on, "loss_sponsored", EAST) > 0.0
    _, none = on_and_off("R36", BEGUN.but(fighters=None))
    assert off.allies["loss_fought"] == pytest.approx(none.allies["loss_fought"], rel=1e-5)


def test_r36_a_campaign_that_is_on_costs_its_target_what_the_facts_say_and_nobody_else() -> None:
    situation, _, held = years(BEGUN)
    assert (situation.sponsored.on == 1.0).all()
    assert situation.sponsored.loss[0] == pytest.approx(0.01 / held.p["stake_share_of_gdp"], rel=1e-5)
    on, off = on_and_off("R36", BEGUN.but(years=1))
    cost = mean(on, "loss_fought", EAST) - mean(off, "loss_fought", EAST)
    assert cost == pytest.approx(mean(on, "loss_sponsored", EAST), rel=1e-4)
    assert mean(on, "loss_sponsored", CORE) == 0.0


def test_r36_the_loss_counts_as_lost_to_the_sponsor() -> None:
    held = setting(BEGUN)
    on, layout = run(BEGUN), held.layout
    ends = [(int(a), int(b)) for a, b in zip(layout.challenger, layout.target, strict=True)]
    pair = ends.index((RIVAL, OF_EAST))
    lost = on.pair_years["loss_sponsored"]
    of_east = on.allies["loss_sponsored"][:, EAST] * held.p["stake_share_of_gdp"]
    assert lost[:, pair] == pytest.approx(of_east.sum(axis=1), rel=1e-5)
    assert (on.pair_years["loss"][:, pair] > lost[:, pair]).all()
    assert np.delete(lost, pair, axis=1).max() == 0.0


def test_r36_a_group_begins_likelier_when_its_sponsor_uses_force_against_its_target_or_the_guarantor() -> None:
    fights = {"challenge_cost": -6.0, "limited_cost": -3.0, "campaign_unleashed": 3.0}
    calm, busy = (years(CASE.but(fixed=fixed))[0].sponsored for fixed in ({"campaign_unleashed": 3.0}, fights))
    assert calm.calm == pytest.approx(busy.calm)
    assert (calm.calm < calm.on).all()
    assert (calm.on < busy.on).all()
    assert (busy.on <= busy.unleashed * (1.0 + 1e-6)).all()
    assert calm.calm[0, 0] == pytest.approx(0.12, rel=1e-5)


def test_r36_a_sponsor_that_has_lost_forces_unleashes_fewer() -> None:
    able, spent = (
        float(sponsorship.chance_of_campaign(0.12, 0.0, 1.5, np.log(share), 1.0, 1.0)) for share in (1.0, 0.5)
    )
    assert able == pytest.approx(0.12)
    assert spent == pytest.approx(0.12 / 0.88 * 0.5 / (1.0 + 0.12 / 0.88 * 0.5))


def test_r36_a_campaign_wears_the_group_down_and_quiet_years_bring_it_back() -> None:
    _, state, _ = years(BEGUN.but(fixed={"campaign_ends": 1.0, "campaign_begins": 1e-6, "campaign_unleashed": 0.0}), 2)
    assert state.strength == pytest.approx(0.8 + 0.2 * 0.2)
    assert (state.campaigns == 0.0).all()
    assert sponsorship.strength_next(0.0012, 1.0, 0.5, 0.2) == 0.001


def test_r36_its_host_loses_product_and_a_target_under_fire_has_less_to_attack_with() -> None:
    with_host, without = (years(BEGUN.but(fighters=small_world.fighters(on=True, host_loss=x))) for x in (0.05, 0.0))
    assert (with_host[1].ruin - without[1].ruin)[FAR] == pytest.approx(0.05, abs=1e-6)
    assert with_host[1].gdp[FAR] == pytest.approx(0.95 * without[1].gdp[FAR], rel=1e-5)
    tied, free = (years(BEGUN.but(fighters=small_world.fighters(on=True, tied=x))) for x in (0.2, 0.0))
    layout = tied[2].layout
    fall = tied[0].standoffs.log_challenger - free[0].standoffs.log_challenger
    own = layout.challenger == OF_EAST
    assert fall[own] == pytest.approx(np.log(0.8), abs=1e-5)
    assert (fall[~own] == 0.0).all()


def test_r36_a_campaign_is_a_dispute_of_sponsor_and_target() -> None:
    held, calm = (years(case)[1] for case in (BEGUN, BEGUN.but(without=("R36",))))
    layout = setting(BEGUN).layout
    ends = {RIVAL, OF_EAST}
    own = np.array([{int(a), int(b)} == ends for a, b in zip(layout.challenger, layout.target, strict=True)])
    assert own.sum() == 2
    assert (held.hostility >= calm.hostility)[own].all()
    assert held.hostility[own].mean() > calm.hostility[own].mean()
    assert (held.hostility == calm.hostility)[~own].all()


def test_r36_campaigns_are_drawn_at_their_chance_and_end_at_theirs() -> None:
    case = BEGUN.but(futures=2048, years=1, fixed={"campaign_unleashed": 0.0})
    _, state, _ = years(case)
    assert state.campaigns.mean() == pytest.approx(1.0 - 0.16, abs=0.02)
    _, begun, _ = years(case.but(fighters=small_world.fighters()))
    assert begun.moves.campaigns.mean() == pytest.approx(0.12, abs=0.02)
