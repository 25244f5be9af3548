"""Data simulated from known coefficients give them back, and intervals cover them as often as they say.

The everyday check is small; the slow study has 1,000 samples an estimator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import polars as pl
import pytest

from estimators.strategic.examples import small_table
from foedus.estimators import strategic
from foedus.estimators.covariance import from_hessian
from foedus.estimators.newton import maximise
from foedus.estimators.strategic import StrategicModel
from foedus.estimators.strategic.games import TreeGame

CASES: dict[str, tuple[Callable[..., StrategicModel], str, dict[str, str], list[float]]] = {
    "egame12 probit agent": (strategic.egame12, "a1 + a2 ~ x - 1 | 0 | z | w", {}, [0.8, 0.3, 0.9, 0.2, -0.8]),
    "egame12 logit agent": (
        strategic.egame12,
        "a1 + a2 ~ x - 1 | 0 | z | w",
        {"link": "logit"},
        [1.2, 0.4, 1.5, 0.3, -1.2],
    ),
    "egame12 probit private": (
        strategic.egame12,
        "a1 + a2 ~ x - 1 | 0 | z | w",
        {"error": "private"},
        [0.8, 0.3, 0.9, 0.2, -0.8],
    ),
    "egame12 probit scale": (
        strategic.egame12,
        "a1 + a2 ~ x - 1 | 0 | z | w",
        {"scale": "~ x - 1"},
        [0.9, 0.4, 1.0, 0.4, -1.0, 0.3],
    ),
    "egame122 probit agent": (
        strategic.egame122,
        "a1 + a2 ~ x - 1 | 1 | 0 | z | w | x",
        {},
        [0.8, 0.3, 0.2, 0.9, 0.3, -0.8, -0.2, 0.7],
    ),
    "egame122 probit private": (
        strategic.egame122,
        "a1 + a2 ~ x - 1 | 1 | 0 | z | w | x",
        {"error": "private"},
        [0.8, 0.3, 0.2, 0.9, 0.3, -0.8, -0.2, 0.7],
    ),
    "egame123 probit agent": (
        strategic.egame123,
        "a1 + a2 + a3 ~ x | 0 | z - 1 | w - 1 | 0 | z | w | x",
        {},
        [-0.6, 0.8, 0.8, -0.8, 0.6, 0.7, 0.5, 0.9, 0.1, -0.8],
    ),
    "egame123 probit private": (
        strategic.egame123,
        "a1 + a2 + a3 ~ x | 0 | z - 1 | w - 1 | 0 | z | w | x",
        {"error": "private"},
        [-0.6, 0.8, 0.8, -0.8, 0.6, 0.7, 0.5, 0.9, 0.1, -0.8],
    ),
    "crisis logit agent": (
        strategic.crisis,
        "a1 + a2 + a3 + a4 ~ x - 1 | 0 | z - 1 | w - 1 | x - 1 | z - 1 | 1 | w - 1 | x",
        {"link": "logit"},
        [1.2, 1.2, 1.0, -1.0, 1.1, 0.4, -1.2, 0.2, 1.3],
    ),
}


def coverage(name: str, rows: int, samples: int, seed: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Shares of 95 % intervals that hold the truth, mean errors in standard errors, and share of samples fitted."""
    build, formula, options, truth = CASES[name]
    model = build(formula, data=small_table(rows, seed=seed), **options)
    assert isinstance(model.game, TreeGame)
    at = model.vector(truth)
    upto = np.cumsum(model.game.choice.chances(model.indices(at))[1], axis=1)[:, :-1]
    random = np.random.default_rng(seed)
    ratios = []
    for _ in range(samples):
        came = (random.random((rows, 1)) > upto).sum(axis=1)
        taken = model.game.choice.taken(came)
        problem = replace(model.problem, rows=partial(model.game.choice.log_likelihood, taken=taken))
        ends = maximise(problem, at[None, :])
        if ends.settled[0]:
            hessian = problem.evaluate(ends.coefficients, None).hessian[0]
            ratios.append((ends.coefficients[0] - at) / np.sqrt(np.diag(from_hessian(hessian))))
    ratio = np.array(ratios)
    return (np.abs(ratio) < 1.959964).mean(axis=0), ratio.mean(axis=0), len(ratios) / samples


@pytest.mark.parametrize("name", CASES)
def test_intervals_cover_in_a_small_study(name: str) -> None:
    held, _, fitted = coverage(name, rows=600, samples=60, seed=11)
    assert fitted > 0.95
    # 60 samples times 5 or more coefficients, partly dependent: .95 plus or minus .04 is over 3 standard errors.
    assert held.mean() == pytest.approx(0.95, abs=0.04)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_intervals_cover_at_the_nominal_rate(name: str) -> None:
    held, shift, fitted = coverage(name, rows=1500, samples=1000, seed=12)
    assert fitted > 0.99
    # Binomial standard error of one coverage: .0069. Four of them, for the least favourable of up to 10 coefficients.
    assert np.abs(held - 0.95).max() < 0.028
    assert held.mean() == pytest.approx(0.95, abs=0.01)
    assert np.abs(shift).max() < 0.25


def ultimatum_coverage(samples: int, rows: int, seed: int) -> np.ndarray:
    truth = np.array([5.0, -2.0, 8.0, 2.0, np.log(3.0), 0.0])
    table = small_table(rows, seed=seed).with_columns(offer=pl.lit(1.0))
    model = strategic.ultimatum("offer + a1 ~ x | z", data=table, maximum=15)
    held = []
    for sample in range(samples):
        drawn = model.simulate(truth, seed=1000 * seed + sample)
        fit = strategic.ultimatum("offer + a1 ~ x | z", data=table.with_columns(**drawn), maximum=15).fit(starts=1)
        held.append(np.abs(fit.estimates - truth) < 1.959964 * np.array(list(fit.standard_errors.values())))
    return np.mean(held, axis=0)


def test_intervals_of_the_ultimatum_game_cover_in_a_small_study() -> None:
    assert ultimatum_coverage(samples=50, rows=300, seed=2).mean() == pytest.approx(0.95, abs=0.04)


@pytest.mark.slow
def test_intervals_of_the_ultimatum_game_cover_at_the_nominal_rate() -> None:
    held = ultimatum_coverage(samples=1000, rows=500, seed=3)
    assert np.abs(held - 0.95).max() < 0.028


def test_simulated_columns_have_the_names_and_codes_of_those_observed() -> None:
    table = small_table().with_columns(y=pl.col("kind"))
    model = strategic.egame12("y ~ x - 1 | 0 | z | w", data=table, outcomes=["b", "a", "c"])
    drawn = model.simulate([0.5, 0.2, 0.3, 0.4, 0.5], seed=1)
    assert set(drawn) == {"y"}
    assert set(drawn["y"].tolist()) == {"a", "b", "c"}
    moves = strategic.egame122("a1 + a2 ~ x - 1 | 1 | 0 | z | w | x", data=table).simulate([0.5] * 8, seed=1)
    assert list(moves) == ["a1", "a2"]
    assert all(np.isin(column, (0.0, 1.0)).all() for column in moves.values())
