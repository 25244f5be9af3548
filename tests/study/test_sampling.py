"""Parameter points: even along every parameter, unrelated between them, and stable when there are more."""

from __future__ import annotations

import numpy as np

from foedus.ledger import sobol_points

MANY = 196


def test_each_parameter_is_spread_evenly_in_every_block_of_32_points() -> None:
    points = sobol_points(192, MANY, 5)
    for block in range(6):
        strata = np.sort((points[32 * block : 32 * (block + 1)] * 32).astype(int), axis=0)
        assert (strata == np.arange(32)[:, None]).all()


def test_no_two_parameters_are_drawn_alike() -> None:
    related = np.abs(np.corrcoef(sobol_points(768, MANY, 5).T)[np.triu_indices(MANY, 1)])
    assert related.max() < 0.25
    assert np.sqrt((related**2).mean()) < 0.04


def test_more_points_leave_the_first_ones_as_they_were() -> None:
    assert (sobol_points(500, MANY, 5)[:70] == sobol_points(70, MANY, 5)).all()


def test_another_seed_gives_other_points() -> None:
    assert not np.isclose(sobol_points(64, 8, 1), sobol_points(64, 8, 2)).any()
