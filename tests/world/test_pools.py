"""Members of pools: a row each, checked as every fact is."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.errors import FactError, UnknownName
from foedus.world import World

MEMBERS = "pool,iso3,variable,year,value,low,high,unit,source,grade,note"
POOLS = "pool,variable,year,value,low,high,unit,source,grade,note"


def overlay(folder: Path, members: str = "", pools: str = "") -> Path:
    """A folder of the two tables; rows are `pool,iso3,value` and `pool,interoperability,note`."""
    if members:
        rows = [line.split(",") for line in members.split()]
        text = [f"{pool},{iso},member,2026,{value},,,flag,foedus_judgement,A," for pool, iso, value in rows]
        (folder / "pool_members.csv").write_text("\n".join([MEMBERS, *text, ""]), encoding="utf-8")
    if pools:
        (folder / "pools.csv").write_text("\n".join([POOLS, *pools.splitlines(), ""]), encoding="utf-8")
    return folder


def members(world: World, pool: str) -> set[str]:
    return {world.states.iso3[i] for i in world.pools.members[world.pools.name.index(pool)]}


NORDIC = (
    "Nordic,interoperability,2026,0.8,,,0-1,foedus_judgement,A,\nNordic,resolve,2026,0.7,,,chance,foedus_judgement,A,"
)


def test_three_pools_have_thirty_two_six_and_four_members() -> None:
    pools = World.load().pools
    assert dict(zip(pools.name, map(len, pools.members), strict=True)) == {
        "Europe": 32,
        "Gulf": 6,
        "Indo-Pacific partners": 4,
    }


def test_an_overlay_takes_a_member_out_and_leaves_the_others(tmp_path: Path) -> None:
    world = World.load(overlay(tmp_path, "Europe,HUN,0"))
    assert members(World.load(), "Europe") - members(world, "Europe") == {"HUN"}


def test_an_overlay_moves_members_into_a_pool_of_its_own(tmp_path: Path) -> None:
    moved = " ".join(f"Europe,{iso},0 Nordic,{iso},1" for iso in ("FIN", "SWE", "NOR"))
    world = World.load(overlay(tmp_path, moved, NORDIC))
    assert members(world, "Nordic") == {"FIN", "SWE", "NOR"}
    assert not members(world, "Europe") & {"FIN", "SWE", "NOR"}


def test_a_pool_whose_members_have_all_left_is_dissolved(tmp_path: Path) -> None:
    left = " ".join(f"Gulf,{iso},0" for iso in members(World.load(), "Gulf"))
    assert World.load(overlay(tmp_path, left)).pools.name == ("Europe", "Indo-Pacific partners")


@pytest.mark.parametrize(
    ("rows", "pools", "error", "said"),
    [
        ("Europe,POX,1", "", UnknownName, "pool_members.csv:2  POX"),
        ("Europ,POL,1", "", UnknownName, "Europe"),
        ("Gulf,POL,1", "", FactError, "POL is a member of Europe and of Gulf"),
        ("", NORDIC, FactError, "Nordic has no members"),
        ("Europe,FIN,0 Nordic,FIN,1", NORDIC, FactError, "Nordic has one member, FIN"),
        ("Europe,POL,2", "", FactError, "legal values are 0 to 1"),
        (
            "",
            "Gulf,interoperability,2026,0.3,,,0-1,foedus_judgement,A,ARE QAT SAU",
            FactError,
            "a note lists members of Gulf",
        ),
    ],
)
def test_members_that_cannot_be_stop_the_load_and_name_the_row(
    rows: str, pools: str, error: type[Exception], said: str, tmp_path: Path
) -> None:
    with pytest.raises(error) as raised:
        World.load(overlay(tmp_path, rows, pools))
    assert said in str(raised.value)
