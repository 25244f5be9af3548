"""Wars beside the record: what a changed world leaves out, and chances of pairs either way."""

from __future__ import annotations

import json

import polars as pl
import pytest

from anchors_page import STORED
from foedus.world import World
from wars_beside import CHANGES, FOUR, RECORD, RECORD_ENDS, SAID, changed, either_way, section


def test_a_world_without_what_came_since_the_record_lacks_those_disputes_and_nothing_else() -> None:
    world = World.load()
    held = changed(world, *CHANGES["without disputes since 2010"])
    levels = [[f for f in one.tables.facts["disputes.csv"] if f.variable == "level"] for one in (world, held)]
    assert levels[1] == [fact for fact in levels[0] if fact.year <= RECORD_ENDS]
    assert len(levels[1]) < len(levels[0])
    assert held.tables.facts["pairs.csv"] == world.tables.facts["pairs.csv"]


def test_without_rivalry_nobody_is_a_rival() -> None:
    held = changed(World.load(), *CHANGES["without rivalry"])
    rivals = [
        f.value for table in ("disputes.csv", "pairs.csv") for f in held.tables.facts[table] if f.variable == "rival"
    ]
    assert rivals
    assert set(rivals) == {0.0}


def test_either_way_is_one_less_the_product_of_all_directions_and_the_mean_of_years() -> None:
    rows = [("RUS", "EST", 1, 0.5), ("EST", "RUS", 1, 0.5), ("RUS", "LVA", 2, 0.2), ("RUS", "POL", 2, 0.9)]
    frame = pl.DataFrame(rows, schema=["challenger", "target", "year", "war"], orient="row")
    assert either_way(frame, FOUR["Russia and the Baltic states"], "war") == pytest.approx((0.75 + 0.2) / 2)


def test_the_page_says_of_every_pair_what_the_record_holds_what_moved_it_and_what_a_room_would_say() -> None:
    held = json.loads(STORED.read_text(encoding="utf-8"))
    text = "\n".join(section(held["wars"], held["futures"]))
    assert set(held["wars"]["four"]) == set(held["wars"]["moved"]) == set(FOUR) == set(RECORD) == set(SAID)
    assert all(said in text for said in (*RECORD.values(), *SAID.values(), *CHANGES))
