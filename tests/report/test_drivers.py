"""Drivers: rank correlation is Spearman's, and what does not vary drives nothing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import rankdata, spearmanr

from foedus.results.correlation import rank_correlation, rank_scores
from foedus.results.ranks import ranks


def test_rank_correlation_is_spearmans_with_ties_sharing_their_rank() -> None:
    luck = np.random.default_rng(5)
    one = np.round(luck.random(60), 1)
    other = one + luck.normal(0.0, 0.4, 60)
    assert rank_correlation(one, other) == pytest.approx(spearmanr(one, other).statistic, rel=1e-12)
    assert rank_correlation(one, -one) == -1.0
    assert rank_correlation(one, np.full(60, 3.0)) == 0.0


def test_rank_scores_are_centred_and_of_norm_one() -> None:
    assert rank_scores(np.array([1.0, 1.0, 9.0, 4.0])).tolist() == pytest.approx(
        [-1.0 / np.sqrt(4.5), -1.0 / np.sqrt(4.5), 1.5 / np.sqrt(4.5), 0.5 / np.sqrt(4.5)]
    )
    assert rank_scores(np.full(4, 2.0)).tolist() == [0.0, 0.0, 0.0, 0.0]


def test_ranks_are_those_of_scipy_row_by_row_and_a_row_with_a_gap_has_none() -> None:
    values = np.round(np.random.default_rng(3).random((4, 50)), 1)
    values[3, 7] = np.nan
    assert (ranks(values[:3]) == rankdata(values[:3], axis=1)).all()
    assert (ranks(values[0]) == rankdata(values[0])).all()
    assert np.isnan(ranks(values)[3]).all()
    assert ranks(np.zeros((0, 3))).shape == (0, 3)
