"""On the research data: rows as stated, and stored results agree with a run now."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from foedus.calibration.pairs.dyads import DyadYears, read_pairs
from foedus.calibration.pairs.endings import ENDINGS
from foedus.hindcasts import HindcastSetting, registered
from foedus.hindcasts.results import lines_of, read_results, run
from foedus.panels import DataFolder

SLOW = 0.02
"""how far a figure may differ from the stored one, absolutely or relatively: fits end where their search settles"""


@pytest.fixture(scope="module")
def pairs(data: Path) -> DyadYears:
    return read_pairs(DataFolder.open(data))


@pytest.mark.data
def test_disputes_of_two_states_end_as_counted(pairs: DyadYears) -> None:
    counts = Counter(ENDINGS[k] for k in pairs.ending if k >= 0)
    assert counts == {"conceded": 17, "backed down": 277, "limited force": 752, "war": 21}


def row(pairs: DyadYears, one: int, two: int, year: int) -> int:
    """The number of one pair-year."""
    held = pairs.frame.with_row_index().filter(pl.col("ccode1") == one, pl.col("ccode2") == two, pl.col("year") == year)
    return int(held["index"].item())


@pytest.mark.data
@pytest.mark.parametrize(
    ("one", "two", "year", "challenger"), [(520, 530, 1977, 0), (630, 645, 1980, 1), (350, 640, 1974, 1)]
)
def test_known_wars_began_with_the_known_challenger(
    pairs: DyadYears, one: int, two: int, year: int, challenger: int
) -> None:
    at = row(pairs, one, two, year)
    assert (ENDINGS[pairs.ending[at]], int(pairs.challenger[at])) == ("war", challenger)


@pytest.mark.data
def test_power_is_that_of_the_year_before(pairs: DyadYears, data: Path) -> None:
    nmc = DataFolder.open(data).read("cow_nmc").filter(pl.col("ccode") == 365, pl.col("year") == 1979)["cinc"].item()
    assert np.exp(pairs.log_power[1, row(pairs, 2, 365, 1980)]) == pytest.approx(nmc, rel=1e-6)


@pytest.mark.data
def test_west_germany_has_nuclear_helpers_against_the_soviet_union_and_no_bomb_of_its_own(pairs: DyadYears) -> None:
    at = row(pairs, 260, 365, 1970)
    assert (pairs.major_helper[1, at], pairs.nuclear_helper[1, at], pairs.armed[1, at]) == (1, 1, 1)
    assert pairs.armed[0, at] == 0


@pytest.mark.data
def test_an_ally_of_both_sides_helps_neither(pairs: DyadYears) -> None:
    at = row(pairs, 350, 640, 1970)
    assert pairs.helpers[:, at].tolist() == pytest.approx([0.0, 0.0], abs=1e-3)
    assert pairs.owes[:, at].tolist() == [1, 1]


@pytest.mark.data
@pytest.mark.slow
def test_stored_results_agree_with_a_run_of_the_quick_ones(data: Path) -> None:
    """About half a minute on an idle core."""
    tests = [t for t in registered() if t.quick and t.needs == "panels"]
    now = {line.test.name: line for line in run(tests, HindcastSetting(DataFolder.open(data)))}
    for line in lines_of(read_results(), tests):
        assert line.outcome is not None
        again = now[line.test.name].outcome
        assert again is not None
        assert again.verdict == line.outcome.verdict, line.test.name
        for old, new in zip(line.outcome.figures, again.figures, strict=True):
            assert old.measure == new.measure
            if old.ours is not None:
                assert new.ours == pytest.approx(old.ours, abs=SLOW, rel=SLOW), (line.test.name, old.measure)
