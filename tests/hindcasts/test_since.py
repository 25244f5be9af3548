"""Years since the record: what UCDP and ICB count among the pairs that stood in 2010, and futures of those pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.calibration.pairs.dyads import read_pairs
from foedus.calibration.pairs.posterior import Members
from foedus.hindcasts.since import (
    DEATHS,
    REGIONS,
    WAR_DEATHS,
    Standing,
    converted,
    crises,
    deadly,
    futures,
    standing,
)
from foedus.ledger.ensemble import load_ensemble
from foedus.panels import DataFolder

pytestmark = pytest.mark.data
RUSSIA, UKRAINE, IRAN, ISRAEL, INDIA, PAKISTAN = 365, 369, 630, 666, 750, 770


@pytest.fixture(scope="module")
def folder(data: Path) -> DataFolder:
    return DataFolder.open(data)


@pytest.fixture(scope="module")
def held(folder: DataFolder) -> Standing:
    return standing(read_pairs(folder))


def test_pairs_with_a_dispute_under_way_in_2010_stand_too(held: Standing) -> None:
    assert len(held.rows) == 1814
    assert (RUSSIA, UKRAINE) in held.keys
    assert (INDIA, PAKISTAN) in held.keys
    assert (IRAN, ISRAEL) not in held.keys


def test_a_pair_is_of_the_region_of_the_weaker(held: Standing) -> None:
    assert REGIONS[held.region[held.keys[RUSSIA, UKRAINE]]] == "Europe"
    assert REGIONS[held.region[held.keys[INDIA, PAKISTAN]]] == "Asia and Oceania"


def test_one_war_since_2010_was_of_these_pairs_and_one_was_not(held: Standing, folder: DataFolder) -> None:
    wars = deadly(folder, held, WAR_DEATHS)
    assert wars.within(DEATHS).tolist() == [held.keys[RUSSIA, UKRAINE]]
    assert wars.elsewhere == 1


def test_a_crisis_is_counted_in_the_year_it_began(held: Standing, folder: DataFolder) -> None:
    counted = crises(folder, held)
    assert 0 < len(counted.within((2011, 2019))) < len(counted.within((1990, 2010)))


def test_war_is_force_and_force_is_a_dispute_and_the_same_seed_plays_the_same(held: Standing) -> None:
    members = Members.of(load_ensemble("record-2010"), 4)
    first, again = (futures(held, members, 3, seed=2) for _ in range(2))
    assert first.shape == (4, 3, 3, len(held.rows))
    assert (first == again).all()
    assert (first[:, :, 0] <= first[:, :, 1]).all()
    assert (first[:, :, 1] <= first[:, :, 2]).all()
    assert 5 < first[:, :, 2].sum(axis=2).mean() < 60


def test_a_dispute_makes_the_next_one_likelier(held: Standing) -> None:
    played = futures(held, Members.of(load_ensemble("record-2010"), 32), 2, seed=3)
    before, after = played[:, 0, 2], played[:, 1, 2]
    assert after[before].mean() > 5 * after[~before].mean()
    assert np.isfinite(after[before].mean())


def test_a_share_known_from_few_events_widens_the_band_and_leaves_its_middle() -> None:
    counts = np.full((2, 4000), 200)
    few, many = (converted(counts, 11 * k, 400 * k, np.random.default_rng(3)) for k in (1, 100))
    assert few.mean() == pytest.approx(200 * 11.5 / 401, rel=0.03)
    assert many.mean() == pytest.approx(200 * 11 / 400, rel=0.03)
    assert many.std() == pytest.approx(np.sqrt(5.5 * (1 - 0.0275)), rel=0.05)
    assert few.std() > 1.2 * many.std()
