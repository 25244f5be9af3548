"""Where the spread comes from: on answers made of known parts, the shares are those parts."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.results import answer
from foedus.results.shares import split

POINTS, TWINS = 1500, 500


def made(taught: float, assumed: float, luck: float, seed: int = 1) -> tuple[np.ndarray, tuple, np.ndarray]:
    """Four answers over points and their twins, a sum of three sources with these variances; the taught columns."""
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(POINTS, 6))
    of_points = np.sqrt(taught / 6) * columns.sum(axis=1) + np.sqrt(assumed) * rng.normal(size=(4, POINTS))
    whole = np.concatenate([of_points, of_points[:, :TWINS]], axis=1)
    whole += np.sqrt(luck) * rng.normal(size=whole.shape)
    twins = np.arange(TWINS), np.arange(POINTS, POINTS + TWINS)
    return whole, twins, np.concatenate([columns, columns[:TWINS]])


@pytest.mark.parametrize("parts", [(0.2, 0.3, 0.5), (0.6, 0.1, 0.3), (0.0, 0.9, 0.1)])
def test_the_shares_are_those_the_answer_was_made_of(parts: tuple[float, float, float]) -> None:
    found = split(*made(*parts))
    for share, part in zip((found.posterior, found.prior, found.luck), parts, strict=True):
        assert share.value == pytest.approx(part, abs=0.05)
        assert share.low - 0.03 <= part <= share.high + 0.03
        assert share.high - share.low < 0.2
    assert found.posterior.value + found.prior.value + found.luck.value == pytest.approx(1.0)


def test_a_square_counts_as_taught() -> None:
    values, twins, columns = made(0.0, 0.0, 0.2)
    assert split(values, twins, columns).posterior.value < 0.02
    assert split(values + columns[:, 0] ** 2, twins, columns).posterior.value > 0.5


def test_where_points_are_too_few_for_a_regression_only_luck_is_told() -> None:
    values, _, columns = made(0.2, 0.3, 0.5)
    few = np.r_[:30, POINTS : POINTS + 30]
    found = split(values[:, few], (np.arange(30), np.arange(30, 60)), columns[few])
    assert not found.split
    said = answer.spread(found, paired=True)
    assert "is chance" in said
    assert "the rest is uncertainty about parameters" in said


def test_a_run_that_does_not_say_what_it_drew_from_tells_luck_alone() -> None:
    values, twins, _ = made(0.2, 0.3, 0.5)
    assert not split(values, twins, None).split


def test_the_sentence_has_three_shares_with_intervals() -> None:
    said = answer.spread(split(*made(0.2, 0.3, 0.5)), paired=False)
    assert said.startswith("Of the spread of losses between futures")
    assert said.count("(") == 4
    assert "assumptions that no record has tested" in said
