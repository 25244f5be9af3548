"""The contest equation as an ordered logit, and equation (14) on allies called on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from foedus.calibration.joining.posterior import chance_joined, joining
from foedus.calibration.joining.third_states import Calls, read_calls
from foedus.calibration.pairs.structure import ledger_values
from foedus.hindcasts.joining import promise
from foedus.hindcasts.outcomes import chances, fit, read_outcomes
from foedus.panels import DataFolder

LEDGER = ledger_values()


def test_even_powers_without_an_edge_win_equally_often() -> None:
    given = chances(np.zeros(1), 0.8, 0.0, 2.0)[:, 0]
    assert given[0] == pytest.approx(given[2])
    assert given.sum() == pytest.approx(1)


def test_a_wider_band_means_more_stalemates_and_none_means_none() -> None:
    assert chances(np.zeros(1), 0.8, 0.0, 3.0)[1, 0] > chances(np.zeros(1), 0.8, 0.0, 1.0)[1, 0]
    assert chances(np.ones(1), 0.8, 0.3, 0.0)[1, 0] == pytest.approx(0)


def test_simulated_outcomes_give_their_parameters_back() -> None:
    random = np.random.default_rng(8)
    ratio = random.normal(0, 2, 20_000)
    edges = np.cumsum(chances(ratio, 0.5, 0.4, 3.0), axis=0)
    won = (random.uniform(size=20_000) > edges).sum(axis=0).clip(0, 2)
    found = fit(pl.DataFrame({"ratio": ratio, "won": won}))
    assert found == (pytest.approx(0.5, abs=0.03), pytest.approx(0.4, abs=0.1), pytest.approx(3.0, abs=0.2))


def called(n: int, seed: int = 1) -> Calls:
    random = np.random.default_rng(seed)
    numbers, zeros = np.arange(n), np.zeros(n)
    return Calls(
        dispute=numbers,
        year=numbers,
        challenger=numbers,
        target=numbers,
        defender=numbers,
        joined=zeros,
        war=zeros,
        owed=np.ones(n),
        armed=(random.uniform(size=n) < 0.3).astype(float),
        help_effect=random.uniform(0, 0.5, n),
        major=zeros,
        capability=np.full(n, 0.05),
        contiguous=zeros,
        hostility=zeros,
        log_km=zeros,
        log_ratio=zeros,
    )


def test_exposure_to_nuclear_arms_lowers_and_usefulness_raises_the_promise() -> None:
    calls = called(400)
    given = promise(calls, LEDGER)
    alike = promise(calls, LEDGER | {"homeland_exposure_weight": 0.0})
    assert (given[calls.armed == 1] < alike[calls.armed == 1]).all()
    assert (given[calls.armed == 0] == alike[calls.armed == 0]).all()
    order = np.argsort(calls.help_effect[calls.armed == 0])
    assert (np.diff(given[calls.armed == 0][order]) >= 0).all()


def test_simulated_joiners_lie_within_the_posterior_drawn_from_them() -> None:
    plain, random = called(3000), np.random.default_rng(4)
    calls = replace(
        plain,
        war=(random.uniform(size=3000) < 0.3).astype(float),
        owed=(random.uniform(size=3000) < 0.5).astype(float),
        capability=random.uniform(0.0, 0.3, 3000),
        contiguous=(random.uniform(size=3000) < 0.3).astype(float),
        hostility=random.uniform(0.0, 1.0, 3000),
    )
    truth = {"pledged": 0.5, "help_weight": 2.0, "homeland_exposure_weight": 1.0, "capability_weight": 10.0}
    truth |= {"contiguity_weight": 1.5, "enmity_weight": 3.0, "no_treaty": -1.5, "short_of_war": -2.0}
    joined = random.uniform(size=3000) < chance_joined(calls, LEDGER | truth, calls.war)
    found = joining(replace(calls, joined=joined.astype(float)))
    means, spreads = found.draws.mean(), np.sqrt(np.diag(found.draws.covariance()))
    for one, mean, spread in zip(found.free, means, spreads, strict=True):
        assert abs(mean - truth[one.name]) < 3 * spread, one.name
        assert spread < one.spread, f"{one.name}: the calls taught nothing"


def test_a_dispute_of_unknown_end_lies_between_war_and_none() -> None:
    calls = replace(called(300), war=np.repeat([0.0, 0.0, 1.0], 100), joined=np.tile([0.0, 0.0, 0.0, 1.0], 75))
    found = joining(calls)
    never, always = (replace(found, war=share).chance(calls) for share in (0.0, 1.0))
    assert found.war == pytest.approx(1 / 3)
    assert found.chance(calls) == pytest.approx(never + (always - never) / 3)


@pytest.mark.data
def test_allies_called_on_are_counted(data: Path) -> None:
    calls = read_calls(DataFolder.open(data))
    assert (len(calls.year), int(calls.joined.sum()), int(calls.war.sum())) == (8_203, 45, 109)
    ours = calls.only(calls.defender == 2)
    assert (len(ours.year), int(ours.joined.sum()), int(ours.armed.sum())) == (264, 8, 62)


@pytest.mark.data
def test_outcomes_are_those_published_without_unclear_ones(data: Path) -> None:
    frame = read_outcomes(DataFolder.open(data))
    assert frame.group_by("won").len().sort("won")["len"].to_list() == [110, 1606, 215]
