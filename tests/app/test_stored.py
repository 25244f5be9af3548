"""The stored answer that stands in at first paint: of this model and scenario, or none."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from client import TestClient

from foedus.app import stored
from foedus.app.document import shipped_document


def kept(place: Path, **changed: Any) -> Path:
    """A stored answer, true but for what is changed."""
    document = shipped_document(stored.OPENED)
    stored.write({"digest": stored.digest(document), "document": document, "answer": {"futures": 16}, **changed}, place)
    return place


def test_a_stored_answer_of_this_model_is_read(tmp_path: Path) -> None:
    found = stored.read(kept(tmp_path / "stored.json.gz"))
    assert found is not None
    assert found["answer"] == {"futures": 16}


@pytest.mark.parametrize(
    "changed",
    [{"digest": "0123456789abcdef"}, {"document": {"posture": "retrench", "against": "steady"}}, {"document": 5}],
    ids=["another model", "another scenario", "no scenario"],
)
def test_a_stored_answer_of_anything_else_is_ignored(tmp_path: Path, changed: dict[str, Any]) -> None:
    assert stored.read(kept(tmp_path / "stored.json", **changed)) is None


def test_a_file_that_is_damaged_or_missing_is_ignored(tmp_path: Path) -> None:
    whole = kept(tmp_path / "stored.json.gz").read_bytes()
    for place, body in (("cut", whole[:-9]), ("text", b'{"digest": '), ("no-json", gzip.compress(b"{"))):
        (tmp_path / place).write_bytes(body)
        assert stored.read(tmp_path / place) is None
    assert stored.read(tmp_path / "missing") is None


def test_the_page_fetches_it_and_no_browser_keeps_it(page: TestClient) -> None:
    found = page.get("/static/stored.json")
    assert found.headers["cache-control"] == "no-cache"
    assert found.json() == stored.read()


def test_what_ships_is_an_answer_to_the_scenario_with_which_the_page_opens() -> None:
    held = json.loads(gzip.decompress(stored.PLACE.read_bytes()))
    assert held["document"] == shipped_document(stored.OPENED)
    assert held["answer"]["futures"] == held["answer"]["asked"] == 1000
    assert [picture["kind"] for picture in held["answer"]["pictures"]] == list(stored.FIRST_PICTURES)
    assert held["answer"]["small"]
