"""The account is not tied to one guarantor, one year or all states."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.errors import InputError
from foedus.exposure import account, accounts
from foedus.past.build import world_of
from foedus.world import World


def test_france_can_be_the_guarantor_and_carries_less_than_the_united_states() -> None:
    world = World.load()
    french = account(world.guaranteed_by("FRA"), "POL")
    assert french.guarantor_name == "France"
    assert 0.0 < french.index.value < account(world, "POL").index.value


def test_belarus_rests_on_russia() -> None:
    assert account(World.load(), "BLR").guarantor_name == "Russia"


def test_a_subset_of_states_has_accounts_of_its_own() -> None:
    world = World.load().subset(("POL", "DEU", "RUS", "USA", "EST"))
    assert {held.ally for held in accounts(world, "Europe")} == {"POL", "DEU", "EST"}
    assert account(world, "POL").replace("mass").bill.cost.value > 0.0


def test_an_ally_without_a_challenger_left_in_the_world_has_no_account() -> None:
    with pytest.raises(InputError, match="nothing to measure it against"):
        account(World.load().subset(("POL", "USA")), "POL")


def test_a_figure_changed_outside_its_sourced_range_stays_inside_its_own() -> None:
    held = account(World.load().replace("POL", price_level=3.0), "POL")
    for leaf in held.index.leaves:
        assert leaf.range_low <= leaf.value <= leaf.range_high, leaf.name


@pytest.mark.data
def test_west_germany_of_1980_rested_more_on_the_united_states_than_germany_does(data: Path) -> None:
    then = account(world_of(1980, data), "DEU")
    assert then.challenger_name == "Russia"
    assert then.index.value > account(World.load(), "DEU").index.value
    assert sum(f.value for f in (then.overall.own, then.overall.pool, then.index, then.overall.unmet)) == pytest.approx(
        1
    )
    with pytest.raises(InputError, match="world of 1980"):
        then.replace("mass")
