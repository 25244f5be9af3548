"""Runs of the past: the same luck under any posture, and the record beside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

from foedus.hindcasts import HindcastSetting, find, judge
from foedus.hindcasts.dynamics import lag_coefficient
from foedus.hindcasts.experiments import EFFECT, SPILL, Experiment, shocked
from foedus.hindcasts.indirect import logit
from foedus.panels.files import DataFolder
from foedus.past import measured, run_past, world_of
from foedus.posture import Change, Schedule

pytestmark = pytest.mark.data

FEW = ("USA", "RUS", "CHN", "PRK", "KOR", "JPN", "TWN", "VNM", "VDR", "AUS", "NZL")


@pytest.fixture
def small(data: Path) -> HindcastSetting:
    return HindcastSetting(data=DataFolder(data), draws=20, futures=8, threads=1)


def test_a_run_of_1974_keeps_every_state_year_and_crisis(data: Path) -> None:
    world = world_of(1974, data).subset(FEW)
    past = run_past(world, 1977, futures=16, threads=1)
    assert past.years == (1974, 1975, 1976, 1977)
    assert past.spending.shape == past.nuclear.shape == (4, len(FEW), 16)
    np.testing.assert_allclose(past.spending[0].mean(axis=1), world.states.defence_share, rtol=1e-5)
    assert past.crises.pair.max() < len(past.pairs)
    assert not (past.crises.war & past.crises.limited).any()
    assert not (past.crises.fought & ~past.crises.due).any()


def test_futures_do_not_depend_on_how_many_run_beside_them(data: Path) -> None:
    world = world_of(1974, data).subset(FEW)
    one, two = (run_past(world, 1976, futures=16, threads=threads) for threads in (1, 2))
    np.testing.assert_array_equal(one.spending, two.spending)


def test_leaving_saigon_lowers_belief_there_most_and_elsewhere_a_little(data: Path) -> None:
    world = world_of(1974, data).subset(FEW)
    leave = shocked("leave", [Change("VDR", "all", Schedule((1974, 1975), (1.0, 0.0)))])
    left, stayed = (run_past(world, 1975, futures=32, threads=1, posture=p) for p in (leave, shocked("stay", [])))
    fall = {
        iso: float((stayed.belief[1, stayed.link(iso)] - left.belief[1, left.link(iso)]).mean()) for iso in FEW[4:6]
    }
    there = float((stayed.belief[1, stayed.link("VDR")] - left.belief[1, left.link("VDR")]).mean())
    assert there > 0.2
    assert all(0.0 < value < there / 2 for value in fall.values())


def test_an_experiment_without_a_shock_finds_no_effect(small: HindcastSetting) -> None:
    nothing = Experiment(1974, 1976, lambda _: shocked("nothing", []), ("KOR",), ("AUS",), 1974, 1976)
    figures = {f.measure: f for f in nothing(small).figures}
    assert (figures[SPILL].low, figures[SPILL].ours, figures[SPILL].high) == (0.0, 0.0, 0.0)
    assert figures[EFFECT].ours is None
    assert figures[EFFECT].note == "exactly 0 in every future, so it tests nothing"


@pytest.mark.parametrize(
    ("name", "verdicts"), [("anzus-1985", {"pass", "not identified"}), ("nato-gradient-2014", {"pass", "fail"})]
)
def test_a_hindcast_of_the_engine_gives_every_figure_its_criteria_ask_for(
    name: str, verdicts: set[str], small: HindcastSetting
) -> None:
    (test,) = find([name])
    outcome = judge(test, test.run(small))
    assert {j.criterion.measure for j in outcome.judgements} <= {f.measure for f in outcome.figures}
    assert outcome.verdict in verdicts


@pytest.mark.slow
def test_every_hindcast_of_the_engine_runs_to_a_verdict(small: HindcastSetting) -> None:
    """About forty seconds: sixteen worlds are built."""
    ours = [t for t in find([]) if t.needs == "engine" and t.run.__module__.startswith("foedus.hindcasts.")]
    assert len(ours) >= 12
    for test in ours:
        assert judge(test, test.run(small)).verdict in ("pass", "fail", "not identified")


def test_burdens_of_korea_and_taiwan_rose_from_1975_to_1979_and_australias_fell(data: Path) -> None:
    korea, taiwan, australia = np.exp(measured.rise(DataFolder(data), ("KOR", "TWN", "AUS"), 1975, 1979))
    assert korea == pytest.approx(1.53, abs=0.01)
    assert taiwan == pytest.approx(2.46, abs=0.01)
    assert australia == pytest.approx(0.92, abs=0.01)


def test_the_gradient_of_natos_burdens_is_that_of_the_model_document(data: Path) -> None:
    folder = DataFolder(data)
    allies = [iso for iso in measured.members_of_nato(folder, 2024) if iso not in ("USA", "ISL")]
    before, after = (measured.defence_share(folder, allies, year) for year in (2014, 2024))
    km = measured.km_from(folder, "RUS", allies, 2014)
    assert spearmanr(km, after - before).statistic == pytest.approx(-0.83, abs=0.005)


def test_the_logit_is_that_of_statsmodels() -> None:
    from statsmodels.discrete.discrete_model import Logit

    rng = np.random.default_rng(3)
    design = np.column_stack([np.ones(400), rng.normal(size=(400, 2))])
    event = (rng.uniform(size=400) < 1 / (1 + np.exp(-design @ [-1.0, 0.5, -0.3]))).astype(float)
    theirs = Logit(event, design).fit(disp=0)
    beta, errors = logit(design, event)
    np.testing.assert_allclose(beta, theirs.params, atol=1e-6)
    np.testing.assert_allclose(errors, theirs.bse, atol=1e-6)


def test_the_coefficient_of_the_lag_is_that_of_least_squares_with_a_dummy_for_every_state_and_year() -> None:
    rng = np.random.default_rng(4)
    table = np.cumsum(rng.normal(size=(7, 9)), axis=1)
    table[2, 5:] = np.nan
    table[6, :3] = np.nan
    now, before = table[:, 1:], table[:, :-1]
    known = ~np.isnan(now) & ~np.isnan(before)
    state, year = np.nonzero(known)
    dummies = np.column_stack([np.eye(7)[state], np.eye(8)[year]])
    theirs = np.linalg.lstsq(np.column_stack([before[known], dummies]), now[known], rcond=None)[0][0]
    assert lag_coefficient([table]) == pytest.approx(theirs, abs=1e-8)
