"""What a run keeps of loss and war by challenger agrees with what it keeps of each ally."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import studies
from foedus.results import Results, stake_gdp
from foedus.study import run


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A run of one future, so that means are what happened in it."""
    folder = tmp_path_factory.mktemp("pairs") / "run"
    run(studies.study("retrench", None, futures=1), folder, threads=1)
    return Results.open(folder)


def by(end: str, results: Results, column: str) -> dict[tuple[str, int], list[float]]:
    frame = results.pair_years().group_by(end, "year").agg(pl.col(column))
    return {(state, year): values for state, year, values in frame.iter_rows()}


def test_losses_to_all_challengers_and_in_own_wars_add_up_to_the_loss_of_the_ally_and_offers_are_the_worst_ones(
    tmp_path: Path,
) -> None:
    run(studies.study("retrench", None, futures=24), tmp_path / "run", threads=1)
    results = Results.open(tmp_path / "run")
    total = (results.loss() * stake_gdp(results)).mean(axis=2, dtype=np.float64)
    pairs, own = by("target", results, "loss"), by("challenger", results, "loss_own")
    for y, year in enumerate(results.years):
        for a, ally in enumerate(results.allies):
            lost = sum(pairs.get((ally, year), [])) + sum(own.get((ally, year), []))
            assert 100.0 * lost == pytest.approx(total[y, a], rel=1e-5, abs=1e-9)
    assert (results.ally("loss_conceded") > 0.0).any()


def test_force_short_of_war_is_a_part_of_the_loss(one: Results) -> None:
    frame = one.pair_years()
    assert (frame["loss_limited"] <= frame["loss"] * (1.0 + 1e-6)).all()
    assert frame["loss_limited"].max() > 0.0


def test_the_chance_of_a_war_against_an_ally_is_that_of_any_of_its_challengers(one: Results) -> None:
    pairs, war = by("target", one, "war"), one.ally("war")
    for y, year in enumerate(one.years):
        for a, ally in enumerate(one.allies):
            peace = np.prod([1.0 - chance for chance in pairs.get((ally, year), [])])
            assert war[y, a, 0] == pytest.approx(1.0 - peace, rel=1e-4, abs=1e-6)
