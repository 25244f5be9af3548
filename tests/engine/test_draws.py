"""Luck: uniform, independent across keys and in series, in the manner of Knuth's and Marsaglia's batteries."""

from __future__ import annotations

import numpy as np
from scipy import stats

from foedus.engine.draws import Draws, identities

ACTORS = identities([f"A{i}>B{i}" for i in range(200)])
DRAWS = Draws(3, np.arange(2000, dtype=np.uint64))


def test_draws_are_uniform() -> None:
    luck = DRAWS.uniform(4, "challenge", ACTORS).ravel()
    assert 0.0 < luck.min() <= luck.max() < 1.0
    counts = np.bincount((luck * 256).astype(int), minlength=256)
    assert stats.chisquare(counts).pvalue > 1e-4


def test_pairs_in_series_fill_the_square_evenly() -> None:
    luck = DRAWS.uniform(4, "challenge", ACTORS).ravel()
    cells = (luck[:-1:2] * 16).astype(int) * 16 + (luck[1::2] * 16).astype(int)
    assert stats.chisquare(np.bincount(cells, minlength=256)).pvalue > 1e-4


def test_gaps_between_small_values_are_geometric() -> None:
    luck = DRAWS.uniform(9, "war", ACTORS).ravel()
    gaps = np.diff(np.flatnonzero(luck < 0.1)) - 1
    counts = np.bincount(np.minimum(gaps, 30), minlength=31)
    expected = 0.1 * 0.9 ** np.arange(31)
    expected[30] = 0.9**30
    assert stats.chisquare(counts, expected / expected.sum() * counts.sum()).pvalue > 1e-4


def test_draws_are_independent_across_years_uses_actors_and_futures() -> None:
    one = DRAWS.uniform(4, "challenge", ACTORS)
    for other in (
        DRAWS.uniform(5, "challenge", ACTORS),
        DRAWS.uniform(4, "concede", ACTORS),
        Draws(4, DRAWS.futures).uniform(4, "challenge", ACTORS),
        np.roll(one, 1, axis=0),
        np.roll(one, 1, axis=1),
    ):
        assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 0.008


def test_ranks_of_triples_are_equally_likely() -> None:
    luck = DRAWS.uniform(2, "move", ACTORS).ravel()
    triples = luck[: len(luck) // 3 * 3].reshape(-1, 3)
    ranks = np.argsort(triples, axis=1) @ np.array([9, 3, 1])
    counts = np.unique(ranks, return_counts=True)[1]
    assert len(counts) == 6
    assert stats.chisquare(counts).pvalue > 1e-4


def test_sparse_draws_equal_the_dense_ones() -> None:
    dense = DRAWS.uniform(1, "x", ACTORS)
    rows, columns = np.array([3, 7, 199]), np.array([0, 1999, 12])
    assert (DRAWS.sparse(1, "x", ACTORS[rows], columns) == dense[rows, columns]).all()


def test_a_draw_does_not_depend_on_who_else_is_there() -> None:
    few = DRAWS.uniform(1, "x", ACTORS[5:9])
    assert (few == DRAWS.uniform(1, "x", ACTORS)[5:9]).all()
