"""What a prototype of the model taught, on the small world: structure that every later version must keep."""

from __future__ import annotations

import pytest

from foedus.engine.record import Record
from small_run import CORE, EAST, Case, mean, run

GONE = {"troops": 0.1, "reinforcement": 0.3, "pledge": 0.3, "intelligence": 0.3, "sustainment": 0.6, "nuclear": 0.3}


def loss(record: Record, ally: int, first: int = 4) -> float:
    """What it loses to others: without its own wars."""
    parts = {part: mean(record, part, ally, first) for part in ("loss_conceded", "loss_fought", "loss_own")}
    return parts["loss_conceded"] + parts["loss_fought"] - parts["loss_own"]


@pytest.fixture(scope="module")
def steady() -> Record:
    return run(Case(years=12))


def test_cutting_intelligence_and_sustainment_alone_raises_expected_loss(steady: Record) -> None:
    cut = run(Case(levels={"intelligence": 0.3, "sustainment": 0.6}, years=12))
    assert 1.1 < loss(cut, EAST) / loss(steady, EAST) < 1.8
    assert 1.005 < loss(cut, CORE) / loss(steady, CORE) < 1.8


def test_retrenchment_multiplies_what_is_conceded_and_what_is_fought(steady: Record) -> None:
    gone = run(Case(levels=GONE, years=12))
    assert loss(gone, EAST) > 1.75 * loss(steady, EAST)
    for part in ("loss_conceded", "loss_fought"):
        assert mean(gone, part, EAST, 4) > 1.3 * mean(steady, part, EAST, 4)


def test_no_stock_falls_in_ten_years_for_want_of_a_past(steady: Record) -> None:
    capability = steady.allies["capability"].mean(axis=2)
    for ally in (EAST, CORE):
        assert 0.85 < capability[10, ally] / capability[0, ally] < 1.2


def test_an_ally_sure_to_lose_still_arms() -> None:
    gone, steady = run(Case(levels=GONE, years=16)), run(Case(years=16))
    assert mean(gone, "spending", EAST, 8) > mean(steady, "spending", EAST, 8)
