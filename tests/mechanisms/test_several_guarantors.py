"""R35: second guarantors decide each for itself, bring what they have, and are believed by what they do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import small_world
import studies
from foedus.engine.chunk import run_chunk
from foedus.engine.policy import SecondLevels
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State, at_start
from foedus.engine.support import given_beside
from foedus.engine.year import step
from foedus.equations import intervention
from foedus.terms import Channel
from small_run import EAST, Case, mean, on_and_off, setting

BESIDE = Case(second=small_world.beside(nuclear=0.5), pooled=False, years=6)
EAGER = {"challenger_war_cost": -3.0, "challenge_cost": -3.0, "yielding_cost": 5.0, "limited_cost": 3.0}
"""Rivals that would rather fight: every future has wars."""


def first_year(case: Case) -> tuple[Situation, State]:
    held = setting(case)
    return step(0, at_start(held), None, held)


def gone(case: Case) -> Case:
    """The case once the guarantor has left."""
    return case.but(levels={channel.key: 0.0 for channel in Channel})


def test_r35_off_is_as_if_there_were_no_second_guarantor() -> None:
    without, off = (first_year(case)[0] for case in (BESIDE.but(second=None), BESIDE.but(without=("R35",))))
    assert off.outlook.loss_fought == pytest.approx(without.outlook.loss_fought, rel=1e-5)
    assert off.outlook.helped == pytest.approx(without.outlook.helped, rel=1e-5)
    study = studies.study(without=("R35",))
    assert len(study.world.second.ally) > 0
    assert len(study.layout.backing) == 0


def test_r35_help_is_likelier_and_the_loss_smaller_with_a_second_guarantor_and_most_when_the_first_leaves() -> None:
    on, off = on_and_off("R35", BESIDE)
    assert mean(on, "others_help", EAST) > 0.02
    assert mean(off, "others_help", EAST) == 0.0
    spared = mean(off, "loss_fought", EAST) - mean(on, "loss_fought", EAST)
    alone_on, alone_off = on_and_off("R35", gone(BESIDE))
    spared_alone = mean(alone_off, "loss_fought", EAST, 3) - mean(alone_on, "loss_fought", EAST, 3)
    assert 0.0 < spared < spared_alone


def test_r35_the_tree_sees_the_chance_that_anybody_comes_and_the_account_that_the_guarantor_does() -> None:
    situation, _ = first_year(BESIDE)
    outlook, others = situation.outlook, situation.standoffs.others
    assert others is not None
    threatened = (setting(BESIDE).layout.challenger == 1) & (setting(BESIDE).layout.target == 2)
    assert (outlook.helped > outlook.promise)[threatened].all()
    assert (outlook.helped == outlook.promise)[~threatened].all()
    assert outlook.helped == pytest.approx(1.0 - (1.0 - outlook.promise) * (1.0 - others.true), abs=1e-6)


def test_r35_who_comes_is_drawn_by_each_one_s_own_chance_and_the_guarantor_s_luck_stays() -> None:
    case = BESIDE.but(fixed=EAGER, futures=2048, years=1)
    situation, state = first_year(case)
    events, second = state.moves.events, situation.second
    asked = events.asked[:, 0] > 0.0
    assert asked.sum() > 500
    assert events.came[asked].mean() == pytest.approx(second.chance[0, events.future[asked]].mean(), abs=0.04)
    _, before = first_year(case.but(second=None))
    both = set(zip(before.moves.events.pair, before.moves.events.future, before.moves.events.fought, strict=True))
    now = list(zip(events.pair, events.future, events.fought, strict=True))
    assert sum(entry in both for entry in now) > 0.9 * len(now)


def test_r35_one_that_does_not_come_is_believed_less_and_one_that_comes_more() -> None:
    held = setting(BESIDE.but(fixed=EAGER, futures=512, years=2))
    situation, state = step(0, at_start(held), None, held)
    came, stayed = (
        state.moves.events.future[(state.moves.events.asked[:, 0] > 0.0) & (state.moves.events.came[:, 0] == flag)]
        for flag in (1.0, 0.0)
    )
    after, _ = step(1, state, situation.origin, held)
    moved = after.state.second_ally[0] - state.second_ally[0]
    assert moved[came].min() > 0.0 > moved[stayed].max()


def test_r35_a_fellow_member_of_the_pool_adds_only_what_the_pool_does_not_count_on() -> None:
    pooled, alone = (first_year(BESIDE.but(pooled=flag))[0] for flag in (True, False))
    assert pooled.second.spared.max() < alone.second.spared.max()


def test_r35_a_guarantor_that_challenges_its_own_ally_is_believed_less_by_all() -> None:
    greedy = {"challenger": np.array([1, 1, 1, 1, 0, 0]), "target": np.array([2, 3, 4, 0, 1, 2])}
    on, off = on_and_off("R35", Case(pairs=greedy, fixed={"challenge_cost": -3.0}, pooled=False, years=4))
    assert mean(on, "promise_ally", EAST, 1) < 0.9 * mean(off, "promise_ally", EAST, 1)
    assert mean(on, "promise_ally", EAST + 1, 1) < mean(off, "promise_ally", EAST + 1, 1)


def test_r35_supplies_of_a_second_guarantor_hold_the_front_and_may_make_up_for_the_first() -> None:
    war = {
        "at_war": np.array([1.0, 0, 0, 0, 0, 0]),
        "war_years": np.array([3.0, 0, 0, 0, 0, 0]),
        **dict.fromkeys(("front", "front_low", "front_high"), np.array([0.2, 0, 0, 0, 0, 0])),
    }
    case = BESIDE.but(
        pairs=war,
        second=small_world.beside(arms=0.4, money=0.4),
        fixed={"war_ends_later": 0.01, "front_luck": 0.01},
        levels={"arms": 0.0, "money": 0.0},
        years=9,
    )

    def held(level: float) -> float:
        made = setting(case)
        factor, nothing = (np.full((case.years, 1), value, dtype=np.float32) for value in (1.0, np.nan))
        levels = np.full((case.years, 1, len(Channel)), np.nan, dtype=np.float32)
        levels[2:, :, [Channel.ARMS, Channel.MONEY]] = level
        given = SecondLevels(factor, levels, nothing)
        changed: Setting = replace(made, policy=replace(made.policy, second=given))
        return float(run_chunk(changed).allies["conceded"][-1, EAST].mean())

    assert held(0.0) > held(0.4) > held(0.8)


RANGED = {"troops_low": 0.0, "troops_high": 4000.0, "stakes_low": 0.3, "stakes_high": 0.7}
"""Ends of the ranges of Core's link; its troops are 1,000, its stakes 0.6."""


def ranged(**policy: SecondLevels) -> Setting:
    link = small_world.beside(nuclear=0.5)
    ends = {name: np.full_like(getattr(link, name), end) for name, end in RANGED.items()}
    levels = {"channels_low": link.channels * 0.2, "channels_high": link.channels + 0.1}
    return setting(BESIDE.but(second=replace(link, **ends, **levels), futures=512, policy=policy))


def test_r35_what_a_second_guarantor_gives_differs_between_futures_within_its_range() -> None:
    held = ranged()
    level, troops, stakes = held.second_channels[0, Channel.NUCLEAR], held.second_troops[0], held.second_stakes[0]
    assert 0.1 <= level.min() < 0.15 < 0.57 < level.max() <= 0.6
    assert level.mean() == pytest.approx((0.1 + 0.5 + 0.6) / 3, abs=0.02)
    assert troops.mean() == pytest.approx((0.0 + 1000.0 + 4000.0) / 3, rel=0.05)
    assert stakes.mean() == pytest.approx((0.3 + 0.6 + 0.7) / 3, abs=0.02)
    assert abs(np.corrcoef([level, troops, stakes]) - np.eye(3)).max() < 0.15
    certain = replace(held, p={**held.p, "pair_figure_spread": np.zeros(512, dtype=np.float32)})
    assert (certain.second_channels[0, Channel.NUCLEAR] == np.float32(0.5)).all()


def test_r35_a_factor_scales_what_each_future_has_and_an_ordered_level_is_the_same_in_all() -> None:
    years = BESIDE.years
    factor, troops = (np.full((years, 1), value, dtype=np.float32) for value in (0.5, np.nan))
    levels = np.full((years, 1, len(Channel)), np.nan, dtype=np.float32)
    levels[:, :, Channel.ARMS] = 0.7
    held = ranged(second=SecondLevels(factor, levels, troops))
    given, persons = given_beside(0, held)
    assert (given[0, Channel.NUCLEAR] == held.second_channels[0, Channel.NUCLEAR] / 2).all()
    assert (persons == held.second_troops / 2).all()
    assert (given[0, Channel.ARMS] == np.float32(0.7)).all()


def test_somebody_is_the_union_and_help_times_its_chance_the_fall_that_is_expected() -> None:
    assert intervention.chance_of_somebody(0.5, 0.4) == pytest.approx(0.7)
    assert intervention.chance_of_somebody(0.5, 0.0) == 0.5
    fall = intervention.help_of_somebody(0.8, 0.4, 0.5, 0.4, 0.25)
    assert fall * 0.7 == pytest.approx(0.8 - (0.8 - 0.5 * 0.4) * (1.0 - 0.4 * 0.25))
    assert intervention.help_of_somebody(0.8, 0.4, 0.0, 0.0, 0.0) == 0.0
    assert intervention.umbrella_of_somebody(0.0, 0.5, 2.0, 0.4) == pytest.approx(2.0 * 0.4 / 0.7)
    assert intervention.umbrella_of_somebody(3.0, 0.5, 2.0, 0.4) == pytest.approx((0.5 * 3.0 + 0.5 * 0.4 * 2.0) / 0.7)
