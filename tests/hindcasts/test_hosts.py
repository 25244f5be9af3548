"""Hosts of American troops: who counts as one, and what the record says of their burdens."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.estimators.fit import Term
from foedus.hindcasts.hosts import IN_NATO, _figure, hosts_of, record
from foedus.panels import DataFolder
from foedus.past import measured, world_of

SEEN = Term("in_nato", 0.02, 0.03, -0.04, 0.08, 0.5)


@pytest.mark.data
def test_hosts_of_1985_are_told_by_pact_and_garrison(data: Path) -> None:
    folder = DataFolder.open(data)
    members, others = hosts_of(world_of(1985, folder), measured.members_of_nato(folder, 1985))
    assert {"DEU", "GBR", "ITA", "TUR", "ESP", "ISL"} <= set(members)
    assert set(others) == {"EGY", "SAU"}
    assert "JPN" not in {*members, *others}


def test_an_elasticity_is_the_mean_of_the_worlds() -> None:
    figure = _figure(IN_NATO, [np.full(4, 0.1), np.full(4, 0.3)], SEEN)
    assert (figure.ours, figure.low, figure.high) == pytest.approx((0.2, 0.2, 0.2))
    assert figure.published == 0.02


def test_hosts_that_nothing_moves_are_not_judged() -> None:
    assert _figure(IN_NATO, [np.zeros(4)], SEEN).ours is None
    assert _figure(IN_NATO, [], SEEN).ours is None


@pytest.mark.data
@pytest.mark.slow
def test_the_record_has_the_signs_of_the_literature_and_neither_is_sure(data: Path) -> None:
    """About twelve seconds: the chance of a fatal dispute is fitted on the way."""
    fit = record(DataFolder.open(data))
    assert fit["in_nato"].value == pytest.approx(0.0206, abs=1e-3)
    assert fit["in_nato"].error == pytest.approx(0.0355, abs=1e-3)
    assert fit["without_pact"].value == pytest.approx(-0.0387, abs=1e-3)
    assert fit["without_pact"].error == pytest.approx(0.0231, abs=1e-3)
