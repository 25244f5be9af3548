"""Who a helper is: its weight, whether it touches the ally, its own quarrel with the challenger (13a, 13b)."""

from __future__ import annotations

import numpy as np
import pytest

import small_world
from foedus.engine.situation import Situation, assess
from foedus.engine.state import at_start
from foedus.equations import intervention
from small_run import LEDGER, Case, setting

FACED = Case(second=small_world.beside(), pooled=False, years=1, futures=2)
RIVAL, GUARANTOR, EAST, CORE = 1, 0, 2, 3


def first_year(case: Case) -> Situation:
    held = setting(case)
    return assess(0, at_start(held), None, held)


def place(case: Case, challenger: int, target: int) -> int:
    layout = setting(case).layout
    return int(np.flatnonzero((layout.challenger == challenger) & (layout.target == target))[0])


def test_a_great_power_that_is_no_neighbour_pulls_neither_way_against_its_rival() -> None:
    assert intervention.standing(intervention.GREAT_POWER, 10.0, 0.0, 1.3) == 0.0
    assert intervention.enmity(intervention.RIVALS, 3.8) == 0.0
    assert intervention.standing(0.02, 10.0, 1.0, 1.3) == pytest.approx(10.0 * (0.02 - 0.12) + 1.3)
    assert intervention.enmity(0.0, 3.8) == pytest.approx(-3.8 * 0.75)


def test_who_has_a_quarrel_of_its_own_with_the_challenger_is_found_either_way_round() -> None:
    layout = setting(FACED).layout
    east = place(FACED, RIVAL, EAST)
    assert layout.own_enemy[east] == place(FACED, GUARANTOR, RIVAL)
    assert layout.own_enemy[place(FACED, EAST, RIVAL)] == len(layout.challenger), "the rival has no guarantor"
    (case,) = np.flatnonzero(layout.backing.pair == east)
    assert layout.backing.own_enemy[case] == place(FACED, RIVAL, CORE)


def test_the_log_odds_of_a_pair_move_with_the_guarantor_s_own_quarrel_by_its_weight() -> None:
    default = LEDGER.parameters["enmity_weight"].default
    with_it, without = (first_year(FACED.but(fixed={"enmity_weight": w})) for w in (default, 0.0))
    east = place(FACED, RIVAL, EAST)
    own = setting(FACED).hostility_at_start[place(FACED, RIVAL, GUARANTOR)]
    moved = with_it.standoffs.inclination[east] - without.standoffs.inclination[east]
    assert moved == pytest.approx(default * (own - 0.75), abs=1e-5)


def test_a_second_guarantor_that_is_small_and_has_no_quarrel_comes_less_often_and_a_neighbour_more() -> None:
    silent = dict.fromkeys(("capability_weight", "contiguity_weight", "enmity_weight"), 0.0)
    # The weight of the pledge at its default changes nothing, and stands for all three off.
    weights = {"pledge_weight": 0.9, "capability_weight": 10.0, "contiguity_weight": 1.3, "enmity_weight": 3.8}
    fights = {
        name: float(first_year(FACED.but(fixed=silent | {name: weight})).second.fights.mean())
        for name, weight in weights.items()
    }
    plain = fights["pledge_weight"]
    assert fights["capability_weight"] < plain < fights["contiguity_weight"]
    assert fights["enmity_weight"] < plain
