"""The pairs of a past world carry what the hindcasts' pair-years carry: one definition of every covariate."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from foedus.calibration.pairs import dyads
from foedus.panels import DataFolder
from foedus.past import world_of
from foedus.world import World

pytestmark = pytest.mark.data

YEARS = (1984, 1994, 2009)
"""Worlds of these years know what the pair-years after them were given."""

ENDED_AND_BEGAN_IN_1945 = (255, 290)
"""Germany left the system of states in May 1945 and Poland came back in June: the year has both, no day has."""


def fillers(folder: DataFolder) -> set[tuple[int, int]]:
    """Pairs that the contiguity file lists as not contiguous, which the onset sample takes in and counts as near."""
    spells = folder.read("cow_contiguity").filter(pl.col("conttype") == 0)
    return set(spells.select("ccode1", "ccode2").iter_rows())


def both(world: World, held: dyads.DyadYears, year: int) -> list[tuple[int, int, int, tuple[int, int]]]:
    """Pairs that both have: place in the world, row of the pair-years, side of the challenger, codes."""
    code = [state.ccode for state in world.tables.states]
    ends = zip(world.pairs.challenger, world.pairs.target, strict=True)
    place = {(code[a], code[b]): i for i, (a, b) in enumerate(ends)}
    found = []
    for row in held.within((year, year)).tolist():
        one, two = (int(held.frame[name][row]) for name in ("ccode1", "ccode2"))
        for side, key in ((0, (one, two)), (1, (two, one))):
            if key in place:
                found.append((place[key], row, side, (one, two)))
    return found


@pytest.mark.parametrize("year", YEARS)
def test_a_past_world_gives_every_pair_the_covariates_of_the_pair_year_after_it(year: int, data: Path) -> None:
    world, held = world_of(year, data), dyads.read_pairs(DataFolder(data))
    found = both(world, held, year + 1)
    assert len(found) > 400
    place, row, side = (np.array(x) for x in list(zip(*found, strict=True))[:3])
    ours, theirs = world.pairs, held
    listed = fillers(DataFolder(data))
    touching = np.array([codes not in listed and codes[::-1] not in listed for *_, codes in found])
    for name in ("land", "one_major", "two_majors", "claim", "democracy"):
        np.testing.assert_allclose(getattr(ours, name)[place], getattr(theirs, name)[row], atol=1e-6, err_msg=name)
    np.testing.assert_array_equal(ours.water[place][touching], theirs.water[row][touching])
    np.testing.assert_array_equal(ours.owes[place], theirs.owes[side, row])
    np.testing.assert_allclose(ours.size[place], theirs.log_size[row], atol=1e-6)
    km, nearest = np.log1p(ours.capitals[place]), np.log1p(ours.nearest[place])
    np.testing.assert_allclose(km - dyads.DISTANCE_ORIGIN, theirs.log_distance[row], atol=1e-4)
    np.testing.assert_allclose(nearest - dyads.NEAREST_ORIGIN, theirs.log_nearest[row], atol=1e-5)


@pytest.mark.parametrize("year", YEARS)
def test_a_past_world_remembers_every_dispute_that_the_pair_year_after_it_does(year: int, data: Path) -> None:
    world, held = world_of(year, data), dyads.read_pairs(DataFolder(data))
    past, history = world.pairs.past, held.history
    assert (past.first, past.last) == (history.first, year)
    for place, row, side, codes in both(world, held, year + 1):
        pair, until = history.pair[row], history.column[row]
        np.testing.assert_array_equal(past.began[:, place], history.began[:until, side, pair], err_msg=f"{codes} began")
        for name in ("alive", "dispute", "war", "rival"):
            mine, theirs = getattr(past, name)[:, place], getattr(history, name)[:until, pair]
            if codes == ENDED_AND_BEGAN_IN_1945 and name in ("alive", "rival") and (mine != theirs).any():
                assert np.flatnonzero(mine != theirs).tolist() == [1945 - past.first]
            else:
                np.testing.assert_array_equal(mine, theirs, err_msg=f"{codes} {name}")
        assert world.pairs.rival[place] == history.rival[until - 1, pair]
