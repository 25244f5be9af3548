"""Draws of dyads: every score on a draw equals the plain score of the rows drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.estimators import scores
from foedus.estimators.resample import GroupDraws, interval
from foedus.hindcasts.measures import (
    AUC,
    AUPR,
    BRIER,
    EXPECTED,
    POINTS,
    REDUCTION,
    SKILL,
    SLOPE,
    Forecast,
    event_figures,
    score_on_draws,
)

RANDOM = np.random.default_rng(11)
CHANCE = RANDOM.beta(1, 6, 600).round(2)
EVENT = (RANDOM.uniform(size=600) < CHANCE).astype(float)
DYAD = RANDOM.integers(80, size=600)
DRAWS = GroupDraws(DYAD, draws=7, seed=3)


@pytest.mark.parametrize("measure", [AUC, AUPR, BRIER, SKILL, REDUCTION, SLOPE])
def test_a_score_on_a_draw_equals_the_score_of_the_rows_drawn(measure: str) -> None:
    found = score_on_draws(measure, EVENT, CHANCE, DRAWS)
    for k in range(7):
        rows = np.repeat(np.arange(600), DRAWS.times[k][DYAD].astype(int))
        assert found[k] == pytest.approx(POINTS[measure](EVENT[rows], CHANCE[rows]), abs=1e-5)


def test_any_statistic_of_a_draw_is_that_of_the_rows_drawn() -> None:
    found = DRAWS.of(lambda columns: scores.auc(columns[0], columns[1]), [EVENT, CHANCE])
    assert found == pytest.approx(DRAWS.auc(EVENT, CHANCE), abs=1e-12)
    assert len(set(found)) == 7


def test_every_draw_has_as_many_dyads_as_there_are() -> None:
    assert DRAWS.times.sum(axis=1).tolist() == [80.0] * 7


def test_dyads_are_drawn_whole() -> None:
    one_dyad = GroupDraws(np.zeros(600, dtype=np.int64), draws=5)
    assert set(one_dyad.auc(EVENT, CHANCE).round(12)) == {round(scores.auc(EVENT, CHANCE), 12)}


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    again, other = GroupDraws(DYAD, 7, 3), GroupDraws(DYAD, 7, 4)
    assert (again.times == DRAWS.times).all()
    assert (other.times != DRAWS.times).any()


def test_a_forecast_less_itself_is_nought_on_every_draw() -> None:
    forecast = Forecast(EVENT, CHANCE, DYAD)
    by_name = {f.measure: f for f in event_figures(forecast, forecast.draws(20, 1), CHANCE)}
    gap = by_name["AUC less baseline"]
    assert (gap.ours, gap.low, gap.high) == (0.0, 0.0, 0.0)
    assert by_name[AUC].ours == by_name[AUC].baseline == scores.auc(EVENT, CHANCE)
    assert by_name[EXPECTED].ours == pytest.approx(CHANCE.sum() / EVENT.sum())


def test_an_interval_covers_nine_draws_in_ten() -> None:
    assert interval(np.arange(101.0)) == pytest.approx((5.0, 95.0))


def test_an_interval_most_of_whose_draws_are_undefined_is_none() -> None:
    assert interval(np.array([1.0, np.nan, np.nan, np.nan])) == (None, None)


def test_a_separable_draw_has_no_slope() -> None:
    event, chance = np.array([0.0, 0, 1, 1]), np.array([0.1, 0.2, 0.8, 0.9])
    assert np.isnan(GroupDraws(np.zeros(4, dtype=np.int64), 3).slope(event, chance)).all()


def test_intervals_by_dyad_cover_at_the_nominal_rate() -> None:
    random, inside = np.random.default_rng(2), 0
    for _ in range(200):
        level = np.repeat(random.normal(size=60), 10)
        draws = GroupDraws(np.repeat(np.arange(60), 10), draws=200, seed=1)
        low, high = interval(draws.mean(level + random.normal(size=600)))
        assert low is not None
        assert high is not None
        inside += low < 0 < high
    assert 0.84 <= inside / 200 <= 0.95


@settings(max_examples=40)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.2, 0.5])), min_size=4, max_size=30))
def test_ties_are_scored_on_draws_as_in_the_plain_score(rows: list[tuple[bool, float]]) -> None:
    event, chance = np.array([e for e, _ in rows], float), np.array([c for _, c in rows])
    if event.min() == event.max():
        return
    whole = GroupDraws(np.zeros(len(rows), dtype=np.int64), draws=1)
    measures: list[tuple[Callable[..., float], np.ndarray]] = [
        (scores.auc, whole.auc(event, chance)),
        (scores.aupr, whole.aupr(event, chance)),
    ]
    for plain, drawn in measures:
        assert drawn[0] == pytest.approx(plain(event, chance))
