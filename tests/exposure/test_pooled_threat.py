"""Allies that nobody challenges: measured where their pool would fight, and said to be."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest

from foedus import cli
from foedus.errors import UnknownName
from foedus.exposure import Account, account
from foedus.world import Pairs, World

UNCHALLENGED = ("ALB", "ISL", "LUX", "NZL")


@cache
def of(ally: str, against: str | None = None) -> Account:
    return account(World.load(), ally, against=against)


def unthreatened(ally: str, by: str) -> World:
    """The world of today in which one state does not challenge an ally."""
    world = World.load()
    pairs = world.pairs
    keep = np.flatnonzero((pairs.target != world.index(ally)) | (pairs.challenger != world.index(by)))
    held = {field.name: getattr(pairs, field.name) for field in fields(pairs)}
    kept = {name: tuple(x[i] for i in keep) if isinstance(x, tuple) else x[keep] for name, x in held.items()}
    return replace(world, pairs=Pairs(**kept))


def test_every_ally_of_the_world_has_an_account() -> None:
    world = World.load()
    allies = sorted({world.states.iso3[int(i)] for i in world.links.ally})
    assert set(UNCHALLENGED) <= set(allies)
    borrowed = [ally for ally in allies if of(ally).borrowed]
    assert tuple(borrowed) == UNCHALLENGED


def test_an_unchallenged_ally_is_measured_where_its_pool_is_most_in_danger() -> None:
    albania, greece, zealand = of("ALB"), account(unthreatened("GRC", "RUS"), "GRC"), of("NZL")
    assert (albania.challenger_name, greece.front, zealand.challenger_name) == ("Russia", albania.front, "China")
    fellows = World.load().pools.members[albania.muster.pool_of[albania.need.front]]
    assert World.load().index("ALB") in fellows
    assert albania.measured_at.startswith("Nobody whom the United States would fight challenges Albania itself; it is")
    assert "(Turkey does, but the United States would not fight its own ally)" in greece.measured_at
    assert of("POL").measured_at == ""


def test_its_shares_are_those_of_the_member_attacked_with_what_it_would_send_set_apart() -> None:
    for ally in ("ALB", "LUX", "NZL"):
        here, there = of(ally), of(of(ally).front)
        assert here.overall.guarantor.value == pytest.approx(there.overall.guarantor.value)
        assert here.overall.unmet.value == pytest.approx(there.overall.unmet.value)
        together = here.overall.own.value + here.overall.pool.value
        assert together == pytest.approx(there.overall.own.value + there.overall.pool.value)
        assert 0.0 < here.overall.own.value < there.overall.pool.value + there.overall.own.value
        assert here.index.value + together + here.overall.unmet.value == pytest.approx(1.0)


def test_a_challenger_of_the_pool_can_be_named_and_a_stranger_is_refused_with_those_that_are_legal() -> None:
    assert of("ALB", "RUS").front == of("ALB").front
    assert of("GRC", "TUR").borrowed is False
    assert of("ALB", "RUS").borrowed is True
    with pytest.raises(UnknownName, match=r"ALB against: no such challenger\. Challengers: .*RUS"):
        of("ALB", "CHN")


def test_the_table_of_a_region_names_those_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["exposure", "Europe"])
    said = " ".join(capsys.readouterr().out.split())
    assert "Challenged by nobody whom the guarantor would fight: ALB, ISL, LUX." in said
