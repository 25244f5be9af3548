"""Tables on the page: codes are seats, moves stay sealed, only the facilitator closes, the record replays."""

from __future__ import annotations

from typing import Any

import pytest
from client import TestClient
from here import SMALL

from foedus.tabletop import replay
from foedus.tabletop.keeping import of_text

NEW = {
    "document": SMALL,
    "years": [2026, 2028],
    "seed": 3,
    "analysts": 16,
    "teams": ["west=guarantor", "east=adversary:RUS"],
}

OWN = {"name": "own", "words": "x"}


@pytest.fixture(scope="module")
def codes(page: TestClient) -> dict[str, str]:
    """The code of every seat of one exercise."""
    found: dict[str, str] = page.post("/api/tables", json=NEW).json()
    return found


def do(page: TestClient, code: str, what: str, body: dict[str, Any]) -> Any:
    return page.post(f"/api/tables/{code}/{what}", json=body)


def test_a_table_is_played_by_code_and_its_record_replays(page: TestClient, codes: dict[str, str]) -> None:
    lead, west, east = (codes[seat] for seat in ("facilitator", "west", "east"))
    assert (len(lead), len(west)) == (12, 6)
    move = {"lines": "posture.Europe.troops = 0.5", "why": "economy"}
    assert do(page, west, "move", move).json() == {"version": 2}
    seen = page.get(f"/api/tables/{east.lower()}").json()
    assert seen["waiting"] == ["east"]
    assert "troops = 0.5" not in str(seen)
    assert seen["codes"] == {}
    assert page.get(f"/api/tables/{lead}").json()["moves"] == {"west": move["lines"]}
    do(page, lead, "inject", {"name": "seizure", "given": {"whom": "POL"}})
    assert page.get(f"/api/tables/{east}").json()["injected"][0].startswith("Russia has raised its claim on Poland")
    do(page, east, "say", {"text": "beware", "to": "west"})
    do(page, lead, "close", {"at_once": True})
    after = page.get(f"/api/tables/{east}").json()
    assert (after["year"], after["answer"]["year"]) == (2027, 2026)
    assert "unordered" not in after["answer"]
    record = page.get(f"/api/tables/{lead}/files/record.json").text
    assert replay(of_text(record, "record")).differ == ()
    assert "economy" in page.get(f"/api/tables/{lead}/files/account.html").text


def test_a_record_goes_on_under_new_codes(page: TestClient, codes: dict[str, str]) -> None:
    record = page.get(f"/api/tables/{codes['facilitator']}/files/record.json").text
    again = page.post("/api/tables/record", json={"record": record}).json()
    assert set(again) == set(codes)
    assert set(again.values()).isdisjoint(codes.values())
    assert (
        page.get(f"/api/tables/{again['west']}").json()["year"]
        == page.get(f"/api/tables/{codes['west']}").json()["year"]
    )


@pytest.mark.parametrize(
    ("seat", "what", "body", "status", "said"),
    [
        ("west", "close", {"at_once": True}, 403, "for the facilitator"),
        ("west", "inject", {"name": "seizure"}, 403, "for the facilitator"),
        ("facilitator", "move", {"lines": ""}, 403, "seals no move"),
        ("facilitator", "close", {}, 422, "must still move"),
        ("west", "move", {"lines": "posture.Europe.trops = 0.5"}, 422, 'Did you mean "troops"?'),
        ("west", "move", {"lines": "events.RUS.POL = 0.5"}, 422, "pressure is decided by adversary"),
        ("west", "say", {"text": "x", "to": "noth"}, 422, "no such team"),
        ("facilitator", "inject", OWN | {"lines": "doctrine.POL.spending=0.02", "lasts": 1}, 422, "cannot"),
    ],
)  # fmt: skip
def test_what_a_seat_may_not_do_is_refused_in_words(
    page: TestClient, codes: dict[str, str], seat: str, what: str, body: dict[str, Any], status: int, said: str
) -> None:
    refused = do(page, codes[seat], what, body)
    assert refused.status_code == status
    assert said in refused.json()["detail"]


def test_a_code_that_is_nobodys_and_a_file_that_is_not_the_teams_are_refused(
    page: TestClient, codes: dict[str, str]
) -> None:
    assert page.get("/api/tables/AAAAAA").status_code == 404
    assert page.get("/api/tables/AAAAAA/events").status_code == 404
    assert page.get(f"/api/tables/{codes['west']}/files/record.json").status_code == 403
    assert page.get(f"/api/tables/{codes['facilitator']}/files/passwd").status_code == 404
    assert page.post("/api/tables/record", json={"record": "{}"}).status_code == 422


def test_the_table_has_a_page_of_its_own_without_inline_script(page: TestClient) -> None:
    found = page.get("/table")
    assert found.status_code == 200
    assert "<script>" not in found.text
    assert page.get("/static/table-lead.js").status_code == 200
