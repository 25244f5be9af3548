"""R10, R32, R33, R34: war as a state, what supplies do at its front, what it costs, and force short of it by kind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from foedus.engine.record import Record
from foedus.engine.state import at_start
from foedus.engine.year import step
from foedus.equations import war
from small_run import EAST, FAR, Case, mean, on_and_off, run, setting

INVADED = {
    "at_war": np.array([1.0, 0, 0, 0, 0, 0]),
    "war_years": np.array([3.0, 0, 0, 0, 0, 0]),
    **dict.fromkeys(("front", "front_low", "front_high"), np.array([0.2, 0, 0, 0, 0, 0])),
}
"""The rival has fought East for three years and holds a fifth of it."""

AT_WAR = Case(pairs=INVADED, pooled=False, years=10, futures=2048)
LASTING = AT_WAR.but(fixed={"war_ends_later": 0.01, "front_luck": 0.01})
"""The same where wars hardly end, and luck hardly moves the front."""


def ground(record: Record, year: int) -> float:
    """Share of East that the rival holds or was given when a year begins."""
    return float(record.allies["conceded"][year, EAST].mean())


def moved(channel: str, year: int) -> float:
    """Ground lost by a year for the cut of one channel, in the third, alone."""
    return ground(run(LASTING.but(levels={channel: 0.0})), year) - ground(run(LASTING), year)


def test_r32_a_war_that_is_on_lasts_by_its_hazard_and_off_there_is_none() -> None:
    on, off = on_and_off("R32", AT_WAR)
    fighting = on.allies["at_war"][:, EAST].mean(axis=1)
    assert fighting[0] == 1.0
    assert fighting[1:4] == pytest.approx([0.78, 0.78**2, 0.78**3], abs=0.03)
    assert off.allies["at_war"].max() == 0.0
    assert ground(on, 0) == pytest.approx(0.2)
    assert ground(off, 0) == 0.0


def test_r32_no_crisis_opens_between_two_that_fight() -> None:
    held = setting(LASTING)
    situation, _ = step(0, at_start(held), None, held)
    there = (held.layout.challenger == 1) & (held.layout.target == 2)
    back = held.layout.reverse[there]
    assert (situation.outlook.crisis.challenge[there] == 0.0).all()
    assert (situation.outlook.crisis.challenge[back] == 0.0).all()
    assert (situation.outlook.loss_fought[there] > 0.0).all()


def test_r32_an_army_at_war_is_absent_elsewhere_and_whole_where_it_fights() -> None:
    at_war, at_peace = (step(0, at_start(s), None, s)[0] for s in map(setting, (LASTING, LASTING.but(pairs={}))))
    change = (at_war.standoffs.log_challenger - at_peace.standoffs.log_challenger)[:, 0]
    pairs = setting(LASTING).layout
    of_rival, at_front = pairs.challenger == 1, (pairs.challenger == 1) & (pairs.target == 2)
    assert (change[of_rival & ~at_front] < np.log(0.9)).all()
    assert change[at_front] == pytest.approx(0.0, abs=1e-5)


def test_r32_the_share_of_new_wars_that_go_on_is_the_ledgers() -> None:
    eager = Case(fixed={"challenger_war_cost": -3.0}, futures=2048, years=6)
    on, off = on_and_off("R32", eager)
    assert on.pairs["wars"].sum() > 500
    assert on.pairs["lasting"].sum() / on.pairs["wars"].sum() == pytest.approx(0.29, abs=0.04)
    assert off.pairs["lasting"].sum() == 0.0


def test_r10_each_cut_shows_its_own_speed_at_the_front() -> None:
    soon, late = 3, 8
    intelligence, arms, money = ((moved(c, soon), moved(c, late)) for c in ("intelligence", "arms", "money"))
    assert min(*intelligence, *arms, *money) > 0.0
    assert intelligence[0] > money[0], "a picture goes dark at once, a treasury empties in years"
    assert intelligence[0] / intelligence[1] > arms[0] / arms[1] > money[0] / money[1]
    assert arms[1] > intelligence[1], "in the end arms weigh most"


def test_r10_all_cut_yields_most_and_off_a_front_does_not_yield_for_want() -> None:
    cut = LASTING.but(levels={"arms": 0.0, "sustainment": 0.0, "intelligence": 0.0, "money": 0.0})
    on, off = on_and_off("R10", cut)
    assert ground(on, 8) > ground(run(LASTING), 8) + 0.15
    assert ground(on, 8) > ground(off, 8) + 0.15


def test_r33_the_site_loses_product_and_recovers_over_a_decade() -> None:
    on, off = on_and_off("R33", AT_WAR)
    ruin = on.allies["ruin"][:, EAST].mean(axis=1)
    assert ruin[0] == pytest.approx(0.3 * (1.0 - 0.7**3), rel=1e-4)
    assert 0.0 < ruin[9] < ruin[2]
    assert off.allies["ruin"][:, EAST].max() == 0.0, "East touches its rival, and nobody blockades by land"


def test_r33_third_parties_miss_what_is_published_of_the_site_and_recover_when_its_war_ends() -> None:
    on, off = on_and_off("R33", LASTING.but(fixed={**LASTING.fixed, "blockade_share": 0.0}))
    fought, ruin = on.allies["at_war"][1, EAST] > 0.0, on.allies["ruin"][2, FAR]
    assert ruin[fought].min() == pytest.approx(0.02), "East's war costs others two per cent"
    assert ruin[~fought].min() == pytest.approx(0.02 * 0.8), "a fifth comes back in the first year of peace"
    assert off.allies["ruin"][:, FAR].max() == 0.0
    assert off.allies["abroad"].max() == 0.0
    far, east = (on.allies["abroad"][1, ally][fought] for ally in (FAR, EAST))
    assert far.min() > 0.02, "a war that is on is certain, and Core's is possible"
    assert east.max() < 0.02, "what its own war costs a state is not lost by wars of others"


def test_what_third_parties_lose_adds_up_over_war_and_blockade() -> None:
    assert war.lost_abroad(1.0, 0.086, 1.0, 0.041, 0.5) == pytest.approx(0.0635)
    assert war.lost_abroad(0.1, 0.086, 0.0, 0.041, 1.0) == pytest.approx(0.0086)
    assert war.ruin_next(0.0, 0.0, 0.3, 0.5, 0.2, 0.0, 0.086) == 0.086
    assert war.ruin_next(0.086, 0.0, 0.3, 0.5, 0.2, 0.0, 0.0) == pytest.approx(0.0688)
    assert war.ruin_next(0.2, 1.0, 0.3, 0.5, 0.2, 0.0, 0.086) == pytest.approx(0.25), "its own war costs more"


def test_r33_a_state_that_starts_wars_bears_their_cost() -> None:
    eager = Case(fixed={"challenger_war_cost": 0.2})
    on, off = on_and_off("R33", eager)
    assert mean(off, "loss_own", EAST) == 0.0
    own = mean(on, "loss_own", EAST)
    assert own > 0.0
    assert mean(on, "loss_fought", EAST) - mean(off, "loss_fought", EAST) == pytest.approx(own, rel=0.1)


def test_r34_grabs_are_by_land_blockades_across_water_and_both_cost_more_than_raids() -> None:
    fierce = Case(fixed={"challenge_cost": 0.2, "blockade_share": 0.2, "grab_share": 0.2}, futures=512)
    on, off = on_and_off("R34", fierce)
    land = setting(fierce).layout.pairs.land > 0.0
    assert on.pairs["grabs"][~land].sum() == on.pairs["blockades"][land].sum() == 0.0
    assert on.pairs["grabs"].sum() / on.pairs["limited"][land].sum() == pytest.approx(0.2, abs=0.05)
    assert on.pairs["blockades"].sum() / on.pairs["limited"][~land].sum() == pytest.approx(0.2, abs=0.05)
    assert off.pairs["grabs"].sum() == off.pairs["blockades"].sum() == 0.0
    assert mean(on, "ruin", FAR) > 0.0
    assert mean(on, "loss_fought", EAST, 0) > mean(off, "loss_fought", EAST, 0)


def test_a_ceasefire_freezes_the_front_and_a_decision_gives_all_or_nothing() -> None:
    def given(decisive: float) -> set[float]:
        held = setting(AT_WAR.but(fixed={"war_ends_later": 1.0, "war_decisive": decisive}, futures=64))
        start = at_start(held)
        start = replace(start, hostility=np.zeros_like(start.hostility))
        _, state = step(0, start, None, held)
        place = int(np.flatnonzero((held.layout.challenger == 1) & (held.layout.target == 2))[0])
        return {round(float(x), 3) for x in state.conceded[place]}

    assert given(0.0) == {0.2}
    assert given(1.0) == {0.0, 1.0}


def test_years_of_war_add_up_to_the_record() -> None:
    assert war.mean_years(0.71, 0.5, 0.22) == pytest.approx(1.95, abs=0.01)
    assert war.mean_years(1.0, 0.5, 0.22) == 1.0
