"""A link, pair or pool has every figure for which nothing stands in, or the world is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import foedus as fd
import studies
from foedus.engine.chunk import run_chunk
from foedus.errors import FactError
from foedus.study import prepare
from foedus.world import World
from foedus.world.tables import read_tables
from foedus.world.variables import LINKS

HEADER = "guarantor,ally,variable,year,value,low,high,unit,source,grade,note"


def overlay(folder: Path, without: tuple[str, ...], only: tuple[str, ...] = tuple(LINKS)) -> Path:
    """A folder of links.csv with a new link USA-MDA of the variables in `only` that are not in `without`."""
    rows = [
        f"USA,MDA,{name},2025,0.5,,,{LINKS[name].unit},foedus_judgement,A,a promise"
        for name in only
        if name not in without
    ]
    (folder / "links.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return folder


def test_a_link_of_four_figures_is_refused_with_all_it_lacks_and_the_cure(tmp_path: Path) -> None:
    held = ("channel_pledge", "stakes", "access", "troops")
    with pytest.raises(FactError) as raised:
        World.load(overlay(tmp_path, (), held))
    assert str(raised.value) == (
        "links.csv:2  USA, MDA lacks channel_troops, channel_reinforcement, channel_arms, channel_sustainment, "
        "channel_intelligence, channel_training, channel_technology, channel_missile_defence, channel_nuclear, "
        "channel_money. Give each a row in links.csv, or take out every row of USA, MDA."
    )


@pytest.mark.parametrize("lacking", ["troops", "stakes", "access", "channel_arms", "channel_pledge"])
def test_a_link_that_lacks_one_figure_is_refused_with_its_name(lacking: str, tmp_path: Path) -> None:
    with pytest.raises(FactError, match=rf"USA, MDA lacks {lacking}\. "):
        World.load(overlay(tmp_path, (lacking,)))


def test_a_whole_link_enters_the_world(tmp_path: Path) -> None:
    assert "MDA" in World.load(overlay(tmp_path, ())).allies_of("USA")


def test_the_median_stands_in_for_dependence_and_is_listed(tmp_path: Path) -> None:
    world = World.load(overlay(tmp_path, ("dependence_air",)))
    assert [x.rule for x in world.assumed if x.key == ("USA", "MDA")] == ["median of the other allies"]
    assert np.isfinite(world.links.dependence).all()


@pytest.mark.parametrize(("table", "key"), [("pairs.csv", ("RUS", "EST")), ("pools.csv", ("Europe",))])
def test_a_pair_or_pool_that_lacks_a_figure_is_refused_too(table: str, key: tuple[str, ...]) -> None:
    tables = read_tables(None)
    lacking = next(fact.variable for fact in tables.facts[table] if fact.key == key)
    rows = tuple(fact for fact in tables.facts[table] if (fact.key, fact.variable) != (key, lacking))
    with pytest.raises(FactError, match=rf"{', '.join(key)} lacks {lacking}\. "):
        World.of(replace(tables, facts={**tables.facts, table: rows}))


def test_a_figure_that_is_not_a_number_stops_the_chunk_with_measure_and_year() -> None:
    def spoil(situation: fd.Situation, state: fd.State, setting: fd.Setting) -> fd.State:
        return replace(state, share=state.share * np.float32("nan")) if situation.year == 2 else state

    study = prepare(studies.scenario(futures=8, last=2030), blocks=(*fd.BLOCKS, spoil))
    with pytest.raises(ArithmeticError, match=r"^ally measure spending is not a number in 2029$"):
        run_chunk(study.setting(0, "posture"), blocks=study.blocks)
