"""Views: pairs, drivers, anchors, evidence, facts, scoreboard, accounts, parents of a number, targets, data."""

from __future__ import annotations

import io
from typing import Any

import polars as pl
import pytest
from client import TestClient
from here import SMALL

from foedus.app.briefing import sides
from foedus.app.document import asked
from foedus.app.seeking import with_lever

RUN = {"client": "views", "document": SMALL, "futures": 16}


def posted(page: TestClient, path: str, **further: Any) -> Any:
    answer = page.post(f"/api/{path}", json={**RUN, **further})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_pairs_of_a_state_have_it_on_either_side(page: TestClient) -> None:
    found = posted(page, "pairs", state="EST")
    rows = found["rows"]
    assert rows
    assert "16 futures, " in found["known"]
    assert "Monte Carlo standard error of a chance: at most ±" in found["known"]
    assert all("EST" in (row["challenger"], row["target"]) for row in rows)


def test_drivers_carry_grade_and_range(page: TestClient) -> None:
    found = posted(page, "drivers")
    assert found["drivers"]
    assert "Monte Carlo standard error of a correlation: about ±" in found["known"]
    assert {row["grade"] for row in found["drivers"]} <= set("VCRA")


def test_every_anchor_stands_beside_the_run_with_its_verdict(page: TestClient) -> None:
    found = posted(page, "anchors")
    assert found["tally"].startswith("Of ")
    assert all(row["verdict"] for row in found["rows"])


@pytest.mark.parametrize("figure", ["war", "loss", "ground", "promise"])
def test_a_number_opens_to_parts_mechanisms_and_draws(page: TestClient, figure: str) -> None:
    found = posted(page, "parents", state="EST", figure=figure)
    assert [side["name"] for side in found["sides"]] == ["small", "steady"]
    assert all(side["parts"] for side in found["sides"])
    assert "16 futures" in found["draws"]
    assert all(side["parts"][-1][0] == "Monte Carlo standard error" for side in found["sides"])


def test_the_ledger_shows_what_the_record_made_of_a_parameter(page: TestClient) -> None:
    rows = page.post("/api/evidence", json={"client": "views"}).json()["rows"]
    learnt = [row for row in rows if row["posterior"]]
    assert learnt
    assert all(row["sources"] for row in rows)


def test_facts_of_a_state_have_source_and_grade(page: TestClient) -> None:
    found = page.post("/api/facts", json={"client": "views", "state": "EST"}).json()
    assert found["state"] == "Estonia"
    assert "Baltics" in found["groups"]
    assert all(row["source"] and row["grade"] in "VCRA" for row in found["rows"])


def test_the_scoreboard_begins_with_failures(page: TestClient) -> None:
    rows = page.get("/api/scoreboard").json()["rows"]
    verdicts = [row["verdict"] for row in rows]
    assert verdicts[0] == "fail"
    assert verdicts == sorted(verdicts, key=["fail", "not identified", "not run", "pass"].index)


def test_an_account_explains_its_figures_down_to_sources(page: TestClient) -> None:
    found = page.post("/api/exposure", json={"client": "views", "state": "EST"}).json()
    assert len(found["channels"]) == 11
    assert [bill["who"] for bill in found["bills"]][1] == "Estonia alone"
    told = page.post("/api/explained", json={"client": "views", "state": "EST", "figure": "exposure"}).json()
    assert "Sources" in told["text"]


def test_a_target_is_met_by_the_least_level_tried_that_meets_it(page: TestClient) -> None:
    found = posted(page, "target", ally="EST", chance=0.999, lever="spending")
    assert found["level"] == 0.01, "any level meets a bound of nearly one, so the least is told"
    none = posted(page, "target", ally="EST", chance=0.0000001, lever="troops")
    assert none["level"] is None
    assert [level for level, *_ in none["tried"]] == [0.0, 0.5, 1.0, 1.5, 2.0]


def test_a_lever_of_a_target_is_written_as_a_line_of_the_scenario() -> None:
    made = with_lever(SMALL, "EST", "arms", 1.5)
    assert made["posture"]["EST"] == {"arms": {"2026": 1.0, "2030": 1.5}}
    assert with_lever(SMALL, "EST", "spending", 0.05)["doctrine"] == {"EST": {"spending": 0.05}}


def test_data_are_the_long_table_of_the_run(page: TestClient) -> None:
    csv, parquet = (page.post(f"/api/data/{kind}", json=RUN).content for kind in ("csv", "parquet"))
    frames = pl.read_csv(io.BytesIO(csv)), pl.read_parquet(io.BytesIO(parquet))
    assert frames[0].shape == frames[1].shape
    assert {"loss", "war"} <= set(frames[0]["measure"])


@pytest.mark.slow
def test_a_brief_of_the_scenario_is_one_page_without_script_that_says_what_was_changed(page: TestClient) -> None:
    document = {**SMALL, "title": "Half the troops", "doctrine": {"EST": {"spending": 0.05}}}
    wanted = {"client": "views", "document": document, "futures": 32, "state": "EST"}
    found = page.post("/api/brief", json=wanted)
    assert found.headers["content-type"].startswith("text/html")
    assert "<h1>Estonia under half the troops</h1>" in found.text
    assert "<script" not in found.text
    assert "Limited support: fewer forces and shipments" in found.text
    assert "Europe: troops to 50 % of today by 2028. Estonia: spends 5.0 % of GDP." in found.text
    assert "32 futures, 2026-2028, ensemble record-2010, seed 1 · paired with steady support" in found.text
    assert "foedus brief" not in found.text, "no command gives the brief of a scenario that only the page has"


def test_a_brief_compares_with_the_side_of_steady_support() -> None:
    scenario = asked({**SMALL, "against": {"base": "steady", "without": ["R17"]}, "without": ["R29"]})
    mine, steady = sides(scenario)
    assert (mine.without, steady.without) == (("R29",), ("R17",))
    assert (mine.posture.name, steady.posture.name) == ("small", "steady")
    assert sides(asked({"posture": "retrench", "against": "limited-support"}))[0].posture.name == "retrench"
