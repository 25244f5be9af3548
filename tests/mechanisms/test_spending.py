"""R31, and orders of doctrines: what is announced is delivered as the record says, what is ordered is spent."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.engine.chunk import run_chunk
from foedus.engine.policy import Planned
from foedus.engine.state import at_start
from foedus.engine.year import step
from foedus.equations import effort
from foedus.posture import Schedule
from foedus.posture.doctrine import Doctrine
from foedus.study.policy import planned_of, policy_of
from foedus.world import Plan
from small_run import CORE, EAST, Case, layout, mean, on_and_off, run
from studies import FEW, study

YEARS = 10
TARGET = 0.035


def plan(ally: str, year: int, share: float, status: str = "pledge") -> Plan:
    return Plan(ally, year, share, share, share, status, "", 2025)


def planned(*plans: Plan, case: Case) -> Planned:
    found = planned_of(plans, layout(case), 2026, tuple(range(2026, 2026 + case.years)))
    assert found is not None
    return found


def with_plan(*plans: Plan, **changed: object) -> Case:
    case = Case(years=YEARS, futures=512).but(**changed)
    return case.but(policy={"planned": planned(*plans, case=case)})


PLEDGED = with_plan(plan("COR", 2031, TARGET))


def test_r31_an_announced_path_is_met_as_often_as_past_pledges_were() -> None:
    spent = run(PLEDGED).allies["spending"][5, CORE]
    assert (spent >= TARGET - 1e-5).mean() == pytest.approx(0.68, abs=0.05)
    start = float(layout(PLEDGED).states.defence_share[3])
    missed = spent[spent < TARGET - 1e-5]
    assert (missed.mean() - start) / (TARGET - start) == pytest.approx(0.37, abs=0.05)


def test_r31_off_nothing_is_announced() -> None:
    _, off = on_and_off("R31", PLEDGED)
    without = run(PLEDGED.but(policy={}))
    np.testing.assert_array_equal(off.allies["spending"], without.allies["spending"])
    np.testing.assert_array_equal(off.allies["loss_fought"], without.allies["loss_fought"])


def test_r31_a_budget_is_surer_than_a_pledge_and_kept_wherever_the_pledge_is() -> None:
    pledged = run(PLEDGED).allies["spending"][5, CORE] >= TARGET - 1e-5
    voted = run(with_plan(plan("COR", 2031, TARGET, "budget"))).allies["spending"][5, CORE] >= TARGET - 1e-5
    assert voted.mean() == pytest.approx(0.9, abs=0.04)
    assert not (pledged & ~voted).any()


def test_r31_doubt_comes_on_top_of_what_is_announced() -> None:
    left = {"troops": 0.1, "reinforcement": 0.3, "pledge": 0.4, "intelligence": 0.4}
    told = plan("EAS", 2028, 0.04)
    kept, alone = run(with_plan(told)), run(with_plan(told, levels=left))
    assert mean(alone, "spending", EAST, 6) > mean(kept, "spending", EAST, 6)


def test_what_is_planned_but_not_carried_by_opinion_is_recorded() -> None:
    high = run(with_plan(plan("COR", 2027, 0.08, "law"), fixed={"budget_kept": 1.0}))
    np.testing.assert_allclose(high.allies["spending"][1, CORE], 0.08, rtol=1e-6)
    assert (high.allies["beyond"][1, CORE] > 0.02).all()
    assert run(Case()).allies["beyond"].max() == pytest.approx(0.0, abs=1e-6)


def test_pledges_of_the_hague_are_met_in_the_share_in_which_the_pledge_of_2014_was() -> None:
    held = study("steady", None, states=(*FEW, "FRA", "GBR", "ITA", "CAN", "NOR", "ROU"), futures=256, last=2035)
    chunks = [run_chunk(held.setting(c, "posture")) for c in range(held.chunks())]
    spent = np.concatenate([chunk.allies["spending"][-1] for chunk in chunks], axis=-1)
    names = [held.world.states.iso3[i] for i in held.layout.allies]
    pledges = [p for p in held.world.plans if p.ally in names and (p.year, p.status) == (2035, "pledge")]
    assert len(pledges) >= 6
    met = np.mean([(spent[names.index(p.ally)] >= p.share * 0.999).mean() for p in pledges])
    assert met == pytest.approx(19 / 28, abs=0.06)


def test_a_path_runs_through_its_points_and_stays_at_the_last() -> None:
    case = Case(years=6)
    found = planned(plan("COR", 2026, 0.02, "budget"), plan("COR", 2030, 0.04), plan("FAR", 2020, 0.05), case=case)
    firm, pledged = found.rise[:, :, 3]
    np.testing.assert_allclose(firm, 0.002, atol=1e-6)
    np.testing.assert_allclose(pledged, [0.0, 0.005, 0.01, 0.015, 0.02, 0.02], atol=1e-6)
    np.testing.assert_array_equal(found.runs[:, 3], [True, True, True, True, True, False])
    np.testing.assert_allclose(found.rise[1, :, 4], 0.03, atol=1e-6)
    assert not found.states[2]


def test_without_any_plan_of_a_state_that_is_there_nothing_is_planned() -> None:
    assert planned_of((plan("XXX", 2030, 0.04),), layout(Case()), 2026, (2026, 2027)) is None


@pytest.mark.parametrize(("luck", "delivered"), [(0.0, 1.0), (0.67, 1.0), (0.84, 0.37), (0.68, 0.0), (1.0, 0.74)])
def test_a_missed_plan_delivers_from_nothing_to_twice_the_mean(luck: float, delivered: float) -> None:
    assert effort.delivery(luck, 0.68, 0.37) == pytest.approx(delivered, abs=1e-6)


def test_at_most_all_is_delivered_and_a_sure_plan_is_kept() -> None:
    assert effort.delivery(0.999, 0.0, 0.9) == 1.0
    assert effort.delivery(0.999, 1.0, 0.1) == 1.0


def test_the_record_of_2014_lies_inside_the_range_of_pledges_kept() -> None:
    from foedus.ledger import load_ledger

    kept = load_ledger()["pledge_kept"]
    assert kept.default == pytest.approx(19 / 28, abs=0.005)
    assert kept.low < 15 / 28 < kept.high


def test_debt_beyond_the_limit_slows_spending_and_does_not_stop_it() -> None:
    space = effort.fiscal_space(2.3, 1.6, 0.0, 1.0)
    ceiling = effort.ceiling(0.014, 0.014, 0.05, 0.0, space, 0.2, 0.0027, 0.25, 1.0, 1.0)
    assert ceiling == pytest.approx(0.0167)
    solvent = effort.ceiling(0.014, 0.014, 0.05, 0.0, effort.fiscal_space(0.3, 1.6, 0.0, 1.0), 0.2, 0.0027, 0.25, 1, 1)
    assert solvent > ceiling


ORDER = Doctrine("TWN", spending=Schedule((2027, 2030), (0.033, 0.05)))


def test_what_a_doctrine_orders_is_spent_to_the_last_digit() -> None:
    held = study("steady", None, doctrines=(ORDER, Doctrine("JPN", spending=0.035)))
    observed = {name: [] for name in ("TWN", "JPN")}
    state, origin, chunk = at_start(held.setting(0, "posture")), None, held.setting(0, "posture")
    for year in range(len(chunk.years)):
        for name, shares in observed.items():
            shares.append(state.share[held.world.index(name)])
        found, state = step(year, state, origin, chunk)
        origin = found.origin
    path = np.array([0.033, 0.033 + 0.017 / 3, 0.033 + 0.034 / 3, 0.05, 0.05, 0.05, 0.05])
    np.testing.assert_allclose(observed["TWN"][1:], np.broadcast_to(path[:, None], (7, 40)), rtol=1e-5)
    np.testing.assert_allclose(observed["JPN"], 0.035, rtol=1e-5)


def test_an_order_beats_a_plan_and_holds_whatever_is_announced() -> None:
    case = with_plan(plan("COR", 2028, 0.06, "law"))
    spending = np.full((YEARS, 5), np.nan, dtype=np.float32)
    spending[:, 3] = 0.02
    found = run(case.but(policy={**case.policy, "spending": spending}))
    np.testing.assert_allclose(found.allies["spending"][:, CORE], 0.02, rtol=1e-6)


def test_a_rule_with_a_condition_orders_the_year_after_it_holds() -> None:
    rule = Doctrine("POL", (("spending", 1, 0.0),), spending=Schedule((2028,), (0.06,)))
    held = study("steady", None, doctrines=(rule,))
    policy = policy_of(held.scenario.posture, (rule,), held.layout, held.scenario.years)
    assert np.isnan(policy.rules[0].spending[:2]).all()
    state, origin, chunk = at_start(held.setting(0, "posture")), None, held.setting(0, "posture")
    row = held.world.index("POL")
    for year in range(3):
        if year < 2:
            assert (np.abs(state.share[row] - 0.06) > 1e-4).any()
        else:
            np.testing.assert_allclose(state.share[row], 0.06, rtol=1e-5)
        found, state = step(year, state, origin, chunk)
        origin = found.origin


def test_who_meets_the_end_of_a_path_meets_its_way() -> None:
    found = run(PLEDGED).allies["spending"]
    met = found[5, CORE] >= TARGET - 1e-5
    halfway = found[3, CORE] >= found[0, CORE] + 0.6 * (TARGET - found[0, CORE]) - 1e-5
    np.testing.assert_array_equal(met, halfway)


def test_an_order_with_dates_sets_the_budgets_of_the_years_after_those_in_which_it_decides() -> None:
    order = Doctrine("POL", spending=0.07, since=2027, until=2028)
    found = run_chunk(study("steady", None, doctrines=(order,), futures=8, last=2031).setting(0, "posture"))
    free = run_chunk(study("steady", None, futures=8, last=2031).setting(0, "posture"))
    row = study("steady", None).layout.allies.tolist().index(study("steady", None).world.index("POL"))
    spending, without = found.allies["spending"][:, row], free.allies["spending"][:, row]
    np.testing.assert_array_equal(spending[:2], without[:2])
    np.testing.assert_allclose(spending[2:4], 0.07, rtol=1e-6)
    assert (spending[4:] != np.float32(0.07)).all()
