"""Parameter points: even along every parameter, unrelated between them, and stable when there are more."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import qmc

from foedus.engine.draws import to_unit
from foedus.ledger import sobol_points
from foedus.ledger.sampling import SHUFFLED, STRETCH
from foedus.ledger.sobol import Sequence
from foedus.normal import probability, quantile

MANY = 196
FEW = np.arange(64)


def test_each_parameter_is_spread_evenly_in_every_block_of_32_points() -> None:
    points = sobol_points(np.arange(192), MANY, 5)
    for block in range(6):
        strata = np.sort((points[32 * block : 32 * (block + 1)] * 32).astype(int), axis=0)
        assert (strata == np.arange(32)[:, None]).all()


def test_no_two_parameters_are_drawn_alike() -> None:
    related = np.abs(np.corrcoef(sobol_points(np.arange(768), MANY, 5).T)[np.triu_indices(MANY, 1)])
    assert related.max() < 0.25
    assert np.sqrt((related**2).mean()) < 0.04


def test_more_points_leave_the_first_ones_as_they_were() -> None:
    every = sobol_points(np.arange(500), MANY, 5)
    assert (every[:70] == sobol_points(np.arange(70), MANY, 5)).all()
    assert (every[[430, 7]] == sobol_points(np.array([430, 7]), MANY, 5)).all()


def test_another_seed_gives_other_points() -> None:
    assert not np.isclose(sobol_points(FEW, 8, 1), sobol_points(FEW, 8, 2)).any()


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_scrambled_points_are_those_of_scipy_to_the_last_bit(width: int) -> None:
    sequence = Sequence.of(width, np.random.default_rng([7, width]))
    theirs = qmc.Sobol(width, scramble=True, rng=np.random.default_rng([7, width])).random_base2(10)
    assert (sequence.at(np.arange(1024)) == theirs).all()


def test_points_far_into_a_run_are_spread_evenly_in_their_blocks_too() -> None:
    far = STRETCH * SHUFFLED * 3 + np.arange(SHUFFLED)
    strata = np.sort((sobol_points(far, 4, 5) * SHUFFLED).astype(int), axis=0)
    assert (strata == np.arange(SHUFFLED)[:, None]).all()


def test_normal_draws_are_those_of_scipy_to_the_last_bit() -> None:
    some = to_unit(np.arange(0, 2**32, 2**12 * 77, dtype=np.uint64).astype(np.uint32))
    assert (quantile(some).astype(np.float32) == ndtri(some)).all()


@pytest.mark.slow
def test_every_normal_draw_there_can_be_is_that_of_scipy() -> None:
    for part in np.split(np.arange(0, 2**32, 2**9, dtype=np.uint64).astype(np.uint32), 16):
        assert (quantile(to_unit(part)).astype(np.float32) == ndtri(to_unit(part))).all()


def test_chance_below_a_value_and_quantile_undo_each_other() -> None:
    levels = np.array([1e-9, 0.1, 0.5, 0.9, 1.0 - 1e-9])
    assert [probability(float(x)) for x in quantile(levels)] == pytest.approx(levels, rel=1e-7)
