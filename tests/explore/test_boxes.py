"""Scenario discovery: on published data and on a box that is known, it finds them, and refuses what it cannot tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from foedus.errors import InputError
from foedus.explore.boxes import discover


def test_too_few_failures_are_refused_before_anything_is_searched() -> None:
    with pytest.raises(InputError, match="holds in 3 of 100 futures"):
        discover(["a"], np.random.default_rng(1).uniform(size=(100, 1)), np.arange(100) < 3)


@pytest.mark.slow
def test_a_box_that_is_known_is_found_and_its_limits_hold_in_every_half() -> None:
    at = np.random.default_rng(1).uniform(size=(1000, 6))
    fails = (at[:, 0] > 0.6) & (at[:, 1] < 0.5)
    found = discover(["a", "b", "c", "d", "e", "f"], at, fails)
    assert {limit.name for limit in found.box.limits} == {"a", "b"}
    sides = {limit.name: limit for limit in found.box.limits}
    assert sides["a"].low == pytest.approx(0.6, abs=0.04)
    assert sides["a"].high is None
    assert sides["b"].high == pytest.approx(0.5, abs=0.04)
    assert found.box.coverage > 0.9
    assert found.box.density > 0.9
    for limit in found.box.limits:
        assert limit.quasi_p < 0.001
        assert limit.reproduced[1] == pytest.approx(1.0)
    assert found.leaves[0].density > 0.9
    denser = discover(["a", "b", "c", "d", "e", "f"], at, fails, density=0.99)
    assert denser.box.density >= 0.99


@pytest.mark.slow
@pytest.mark.data
def test_the_box_of_bryant_and_lempert_is_found_in_their_data(data: Path) -> None:
    file = data / "examples" / "bryant_lempert_2010.csv"
    if not file.exists():
        pytest.skip("the examples are absent")
    table = pl.read_csv(file)
    names = table.columns[2:11]
    fails = table[table.columns[15]].to_numpy().astype(bool)
    found = discover(names, table.select(names).to_numpy().astype(np.float64), fails, peel=0.1)
    assert (found.cases, found.failures) == (882, 89)
    published = [(step.coverage, step.density, step.limited) for step in found.trajectory]
    assert any(step == pytest.approx((0.752809, 0.770115, 4), abs=1e-6) for step in published)
    sides = {limit.name: (limit.low is not None, limit.high is not None) for limit in found.box.limits}
    assert sides == {
        "Total biomass": (False, True),
        "Demand elasticity": (True, False),
        "Biomass backstop price": (True, False),
    }
    assert found.box.coverage > 0.7
    assert found.box.density > 0.7
