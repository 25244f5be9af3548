"""Any guarantor: nothing is tied to the United States."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import studies
from foedus.engine.chunk import run_chunk
from foedus.errors import UnknownName
from foedus.posture import Scenario, preset
from foedus.results import Results, headlines
from foedus.study import Study, prepare, run
from foedus.world import World

EUROPE = ("FRA", "DEU", "POL", "EST", "FIN", "ITA", "RUS", "BLR", "UKR")


def test_france_guarantees_a_european_subset(tmp_path: Path) -> None:
    scenario = studies.scenario("retrench", "steady", states=EUROPE, guarantor="FRA", futures=24)
    results = Results.open(run(prepare(scenario), tmp_path / "run", threads=1).path)
    assert results.manifest["guarantors"] == ["FRA"]
    rows = {row.ally: row for row in headlines(results)}
    assert "FRA" not in rows
    assert rows["POL"].promise_true.median > 0.0
    assert rows["POL"].difference is not None
    assert rows["POL"].difference.median > 0.0


def test_a_world_with_two_guarantors_runs_and_keeps_their_accounts_apart() -> None:
    world = World.load().subset((*EUROPE, "USA", "JPN", "CHN"))
    american, french = world, world.guaranteed_by("FRA")
    links = american.links
    held = _with_links(american, french, [i for i, a in enumerate(links.ally) if world.states.iso3[a] == "EST"])
    names = world.states.iso3
    scenario = Scenario("two", "two", "", 2026, 2033, 32, 3, replace(preset("retrench", names), guarantor="FRA"), None)
    study = Study(scenario, held, prepare(studies.scenario()).ledger)
    guarantors = [study.layout.states.iso3[i] for i in study.layout.patrons]
    assert {"USA", "FRA"} <= set(guarantors)
    record = run_chunk(study.setting(0, "posture"))
    allies = [study.layout.states.iso3[i] for i in np.unique(study.layout.links.ally)]
    support = record.allies["support"][-1].mean(axis=1)
    assert support[allies.index("EST")] < 0.8, "the French link retrenches"
    assert support[allies.index("JPN")] > 0.9, "the American ones do not"
    cost = dict(zip(guarantors, record.guarantors["cost"][0].mean(axis=1), strict=True))
    assert 0.0 < cost["FRA"] < cost["USA"]


def _with_links(first: World, second: World, rows: list[int]) -> World:
    """The first world with some links replaced by the second's, by ally."""
    import dataclasses

    mine, other = first.links, second.links
    place = {int(a): i for i, a in enumerate(other.ally)}
    swap = {row: place[int(mine.ally[row])] for row in rows}
    changed = {}
    for field in dataclasses.fields(mine):
        values = getattr(mine, field.name)
        new = [getattr(other, field.name)[swap[i]] if i in swap else values[i] for i in range(len(mine.ally))]
        changed[field.name] = tuple(new) if isinstance(values, tuple) else np.array(new, dtype=values.dtype)
    return dataclasses.replace(first, links=type(mine)(**changed))


def test_an_unknown_guarantor_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match=r"FRA"):
        World.load().guaranteed_by("FRAA")
