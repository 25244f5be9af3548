"""What leads tables and report: war, ground, the whole loss, to whom it is lost, pairs, and a map that is honest."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import studies
from foedus import charts
from foedus.charts.base import UNCLEAR
from foedus.charts.maps import STILL
from foedus.report.report import page
from foedus.results import Results, headlines, stake_gdp
from foedus.results.outbreak import chance_of_a_war
from foedus.results.pairs import pair_chances
from foedus.results.sources import loss_sources
from foedus.study import run
from foedus.words import rare
from foedus.world import World

PLACES = {"EST": (26.0, 59.0), "POL": (20.0, 52.0), "JPN": (139.0, 36.0), "DEU": (10.0, 51.0), "SGP": (103.8, 1.3)}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("dangers") / "run"
    run(studies.study(futures=24), folder, threads=1)
    return Results.open(folder)


def test_war_ground_and_the_whole_loss_are_those_of_the_record(held: Results) -> None:
    row = next(row for row in headlines(held) if row.ally == "EST")
    a = held.allies.index("EST")
    assert row.war == pytest.approx(float(chance_of_a_war(held.ally("war")[:, a]).mean()), rel=1e-5)
    assert row.ground == pytest.approx(float(held.ally("conceded")[-1, a].mean()), rel=1e-5)
    assert row.total == pytest.approx(row.loss.mean * len(held.years), rel=1e-4)
    assert row.against is not None
    assert row.against.war != row.war


def test_the_chance_of_a_war_against_an_ally_is_that_of_its_pairs_together(held: Results) -> None:
    pairs, twice = pair_chances(held), 1.0 - np.prod(1.0 - held.ally("war"), axis=0).mean(axis=1)
    rows = {row.ally: row.war for row in headlines(held)}
    faced = {ally: 1.0 - np.prod([1.0 - pair.in_all for pair in pairs if pair.target == ally]) for ally in rows}
    assert rows == pytest.approx(faced, abs=0.005)
    assert twice[held.allies.index("TWN")] > faced["TWN"] + 0.005, "a war drawn in this run goes on"


def test_shares_of_the_loss_by_challenger_add_up_and_the_first_is_the_largest(held: Results) -> None:
    for target, sources in loss_sources(held).items():
        if sources:
            assert sum(source.share for source in sources) == pytest.approx(1.0)
            assert sources[0].loss == max(source.loss for source in sources)
            assert all(0.0 <= source.limited <= source.loss * (1.0 + 1e-6) for source in sources), target
    a = held.allies.index("EST")
    to_others = held.loss() - held.ally("loss_own")
    whole = float((to_others * stake_gdp(held))[:, a].mean(dtype=np.float64))
    assert sum(source.loss for source in loss_sources(held)["EST"]) == pytest.approx(whole, rel=1e-5)


def test_the_report_has_the_pairs_likeliest_to_see_a_war_with_their_chances(held: Results) -> None:
    text = page(held, World.load())
    table = text.split("<section id=pairs>")[1].split("</section>")[0]
    top, before = pair_chances(held)[0], {(p.challenger, p.target): p for p in pair_chances(held, "against")}
    was = before[top.challenger, top.target]
    last = held.years[-1]
    told = [rare(pair.war_by[last]) for pair in (was, top)]
    assert (" → ".join(told) if told[0] != told[1] else told[0]) in table
    assert World.load().states.names[top.target] in table
    assert f"war by {last}, %" in text.split("<h2>")[0]


def test_a_report_of_one_posture_has_the_pairs_without_arrows(tmp_path: Path) -> None:
    run(studies.study("steady", None, futures=16, last=2028), tmp_path / "run", threads=1)
    table = page(Results.open(tmp_path / "run"), World.load()).split("<section id=pairs>")[1].split("</section>")[0]
    assert "→" not in table


def test_the_map_sets_unclear_still_and_uncovered_states_apart() -> None:
    drawn = charts.map_of_change({"JPN": 2.0}, ["EST", "SGP"], ["POL"], PLACES, "title").to_dict()
    by_fill: dict[str, set[str]] = {}
    rows = [json.loads(drawn["datasets"][layer["data"]["name"]]) for layer in drawn["layer"]]
    for layer in rows:
        for row in layer:
            if "fill" in row:
                by_fill.setdefault(row["fill"], set()).add(row.get("id") or row["code"])
    assert by_fill == {UNCLEAR: {"EST", "SGP"}, STILL: {"POL"}}
    assert "DEU" in {shape["id"] for shape in rows[0]}
    assert not {"JPN", "EST", "POL"} & {shape["id"] for shape in rows[0]}


def test_the_frame_of_headlines_names_war_ground_and_to_whom_most_is_lost(held: Results) -> None:
    frame = held.headline().filter(pl.col("ally") == "EST")
    assert frame["lost_to"].to_list() == ["RUS"]
    assert 0.0 < frame["war"].item() < 1.0
    assert frame["war"].item() != frame["war_against"].item()
    assert {"ground", "ground_against", "total", "lost_to_share"} <= set(frame.columns)


def test_a_rare_chance_keeps_two_digits() -> None:
    assert [rare(x) for x in (0.0141, 0.155, 0.00082, 0.0996, 0.0, 1.0)] == ["1.4", "16", "0.082", "10", "0", "100"]
