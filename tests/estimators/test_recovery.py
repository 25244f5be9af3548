"""Intervals hold the coefficients that made the data as often as they say: a small check daily, a large one slow."""

from __future__ import annotations

import numpy as np
import pytest

from estimators import recovery

DRAWS = {
    "common_events": recovery.common_events,
    "events_of_pairs": recovery.events_of_pairs,
    "rare_events": recovery.rare_events,
    "from_the_prior": recovery.from_the_prior,
    "ranked_outcomes": recovery.ranked_outcomes,
    "spending_paths": recovery.spending_paths,
}
"""One simulated world for each estimator."""


def test_intervals_of_every_estimator_hold_the_truth_in_most_of_forty_worlds() -> None:
    # When intervals cover 95 %, 33 of 40 or fewer has a chance of 3 in 1,000.
    found = {name: recovery.coverage(draw, 40) for name, draw in DRAWS.items()}
    assert min(share for shares in found.values() for share in shares.values()) >= 0.83, found


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAWS)
def test_intervals_hold_the_truth_at_the_nominal_rate(name: str) -> None:
    """Six estimators, 1,000 worlds each, about 110 s of processor in all; three and a half standard errors each way."""
    reach = 3.5 * np.sqrt(0.95 * 0.05 / 1000)
    for term, share in recovery.coverage(DRAWS[name], 1000, seed=2).items():
        assert abs(share - 0.95) < reach, f"{term} is held in {share:.3f} of worlds"


def test_without_the_jackknife_a_lag_beside_fixed_effects_is_held_almost_never() -> None:
    found = recovery.coverage(lambda random: recovery.spending_paths(random, "none"), 40)
    assert found["before"] < 0.2
