"""Scenarios in and out: as a document, as text, and back."""

from __future__ import annotations

import tomllib

import pytest
from client import TestClient
from here import SMALL

from foedus.app.changes import changes
from foedus.app.document import asked, imported, shipped_document, text_of
from foedus.equations.hedging import OPTIONS
from foedus.ledger import load_ledger
from foedus.posture import Scenario, preset_names
from foedus.posture.beside import FACTOR
from foedus.posture.posture import LEVELS, LIMITS, REMEDIES
from foedus.posture.shipped import names, shipped_files
from foedus.posture.tomltext import toml_text
from foedus.study import prepare
from foedus.world import World


@pytest.mark.parametrize("name", sorted(shipped_files()))
def test_a_scenario_that_ships_says_the_same_after_a_way_through_the_page(name: str) -> None:
    path = shipped_files()[name]
    text = toml_text(tomllib.loads(path.read_text(encoding="utf-8")))
    assert Scenario.parse(text, name).digest == Scenario.read(path).digest


@pytest.mark.parametrize("name", names())
def test_every_preset_and_scenario_opens(name: str, page: TestClient) -> None:
    assert page.get(f"/api/scenarios/{name}").json() == shipped_document(name)


def test_a_document_is_the_same_after_a_way_out_and_back_in(page: TestClient) -> None:
    text = page.post("/api/toml", json={"client": "t", "document": SMALL}).json()["text"]
    assert page.post("/api/import", json={"text": text}).json() == SMALL
    assert imported(text_of(SMALL)) == SMALL


def test_text_that_is_no_scenario_is_refused_with_its_line(page: TestClient) -> None:
    refused = page.post("/api/import", json={"text": "years = [2026, 2030]\nseed = true"})
    assert refused.json()["detail"].startswith("imported.toml:2  seed:")


def test_lists_of_rules_dates_and_quoted_scopes_are_written_as_toml() -> None:
    document = {
        "doctrine": {"POL": [{"when": "threat > 0.2", "spending": 0.05}, {"rule": "pool + 0.2"}]},
        "posture": {"Middle East": {"troops": {"2026": 1.0, "2030": 0.5}}},
        "against": {"base": "steady", "events": {}},
        "question": 'Say "no"?',
    }
    assert tomllib.loads(toml_text(document)) == document


def test_steady_support_is_compared_with_nothing_and_every_other_preset_with_it() -> None:
    assert shipped_document("steady")["against"] == "none"
    assert {shipped_document(name)["against"] for name in preset_names() if name != "steady"} == {"steady"}


def test_the_page_opens_with_levers_scopes_and_pictures(page: TestClient) -> None:
    start = page.get("/api/start").json()
    troops = next(channel for channel in start["channels"] if channel["key"] == "troops")
    assert troops["unit"] == "persons"
    assert troops["count"]["JPN"] > 10_000
    assert len(start["channels"]) == 11
    assert set(start["scopes"]["regions"]) >= {"Europe", "Indo-Pacific", "Middle East"}
    kinds = {picture["kind"] for picture in start["pictures"]}
    assert all(kind in kinds for channel in start["channels"] for kind in channel["moves"])


def test_the_page_offers_every_condition_remedy_option_and_mechanism_within_its_limits(page: TestClient) -> None:
    start, world = page.get("/api/start").json(), World.load()
    limits = {**LEVELS, **LIMITS}
    plain = {one["key"]: (one["low"], one["high"]) for one in start["conditions"] if not one["table"]}
    assert plain == limits
    assert [one["key"] for one in start["conditions"] if one["table"] == "remedies"] == list(REMEDIES)
    assert [one["key"] for one in start["options"]] == list(OPTIONS)
    assert [one["row"] for one in start["mechanisms"]] == list(load_ledger().mechanisms)
    kinds = {picture["kind"] for picture in start["pictures"]}
    seconds = {one["key"]: (one["low"], one["high"]) for one in start["others"]}
    assert seconds == dict.fromkeys({world.states.iso3[i] for i in world.second.guarantor}, FACTOR)
    assert "Estonia" in next(one["meaning"] for one in start["others"] if one["key"] == "FRA")
    for one in (*start["others"], *start["conditions"], *start["options"]):
        assert one["record"].startswith("R")
        assert set(one["grades"]) <= set(start["grades"])
        assert set(one["moves"]) <= kinds


def test_conditions_mechanisms_and_parameters_are_said_in_words() -> None:
    document = {
        "posture": {"switch_off": {"2026": 0.0, "2027": 1.0}, "conditional": 0.5, "remedies": {"exercises": 1.0}},
        "parameters": {"homeland_exposure_weight": 2.0},
        "without": ["R17"],
        "against": {"base": "steady", "without": []},
    }
    assert changes(asked(document)) == [
        "All allies: supplied equipment switched off, to 100 % by 2027.",
        "Remedy, exercises: 100 % in force.",
        "Support depends on the ally's spending: 50 %.",
        "Assumed: Weight of homeland exposure is 2.00 instead of 0 to 3.0.",
        f"Switched off on this side only, R17: {load_ledger().mechanisms['R17'].sentence}",
    ]


def test_a_side_that_is_a_preset_and_a_part_of_its_own_has_the_name_of_the_preset() -> None:
    study = prepare(asked({"name": "mine", "posture": "retrench", "against": {"base": "steady", "doctrine": {}}}))
    assert {role: posture.name for role, posture in study.roles.items()} == {"posture": "retrench", "against": "steady"}
