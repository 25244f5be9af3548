"""Simulation-based calibration of the posterior: true parameters fall evenly among the draws given their records."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.calibration.pairs.simulated import FREE, blank_record, calibrated, played
from foedus.calibration.pairs.structure import held_values, ledger_values
from foedus.estimators.placed import Placed


def test_a_record_is_played_with_the_memory_it_makes() -> None:
    p = ledger_values() | held_values() | {f.name: f.mean for f in FREE}
    calm, hot = (played(blank_record(1), p | {"hostility_from_dispute": value}, seed=1) for value in (0.0, 1.0))
    assert 0 < calm.onset.sum() < hot.onset.sum()
    assert hot.history.dispute.sum() == hot.onset.sum()
    assert ((hot.ending >= 0) <= (hot.onset == 1)).all()


def test_places_that_crowd_at_the_ends_are_not_even() -> None:
    even = np.linspace(0.001, 0.999, 80)
    found = Placed(("even", "crowded"), np.stack([even, even**4], axis=1)).evenness()
    assert found["even"] > 0.99
    assert found["crowded"] < 1e-6


@pytest.mark.slow
def test_true_parameters_fall_evenly_among_draws_given_their_records() -> None:
    """32 records, chi-square of eight bins, each of four parameters: twenty seconds. docs/posterior.md has 240."""
    found = calibrated(32)
    assert min(found.evenness().values()) > 0.005
    np.testing.assert_allclose(found.places.mean(axis=0), 0.5, atol=0.15)
