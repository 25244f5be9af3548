"""Whom advice to a group is for: allies of one guarantor, and Europe without its guarantors overseas."""

from __future__ import annotations

from foedus.advise.asking import left_out, members
from foedus.world import World
from foedus.world.groups import groups


def test_a_group_leaves_out_allies_of_another_guarantor_and_says_so() -> None:
    world = World.load()
    found = members(world, ["Indo-Pacific"])
    assert {"JPN", "KOR", "AUS"} <= set(found)
    assert "PRK" not in found
    assert left_out(world, ["Indo-Pacific"], found) == "Left out, as allies of another guarantor: North Korea."
    assert left_out(world, ["JPN"], ("JPN",)) == ""
    assert members(world, ["PRK"]) == ("PRK",)


def test_nato_europe_is_nato_without_the_united_states_and_canada() -> None:
    assert set(groups()["NATO"]) - set(groups()["NATO Europe"]) == {"USA", "CAN"}
