"""A year at the table with real browsers: a facilitator and two teams in contexts of their own."""

from __future__ import annotations

import json
import re

import pytest

from axe import violations
from browsing import chromium, opened, served
from foedus.tabletop import replay
from foedus.tabletop.keeping import of_text

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_a_year_is_played_in_three_browsers_and_its_record_replays() -> None:
    wrong: list[str] = []
    with chromium() as browser, served("--workers", "1") as found:
        address = found.address
        lead = opened(browser, wrong, viewport={"width": 1440, "height": 900}, color_scheme="light")
        lead.goto(f"{address}/table")
        lead.get_by_text("Begin an exercise").wait_for()
        assert violations(lead) == []
        lead.get_by_label("Teams").fill("west=guarantor\neast=adversary:RUS")
        lead.get_by_label("Last year").fill("2028")
        lead.get_by_role("button", name="Begin", exact=True).click()
        lead.get_by_text("Turn of 2026").wait_for()
        codes = dict(re.findall(r"(\w+): ([A-Z2-9]{6})", lead.locator("section", has_text="Seats").first.inner_text()))
        assert set(codes) == {"west", "east"}

        west = opened(browser, wrong, viewport={"width": 360, "height": 780}, color_scheme="dark")
        west.goto(f"{address}/table")
        west.get_by_label("Code of your seat").focus()
        west.keyboard.type(codes["west"].lower())
        west.keyboard.press("Enter")
        west.get_by_text("Your move for 2026").wait_for()
        assert west.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        west.get_by_label("Level, 1 is as in the first year").fill("0.5")
        west.get_by_role("button", name="Add this line").press("Enter")
        assert west.get_by_label("Orders, a line each").input_value() == "posture.Europe.troops = 0.5"
        west.get_by_label("Why, in a sentence").fill("economy")
        west.get_by_role("button", name="Seal the move").press("Enter")
        west.get_by_text("Others see that you have moved, not what").wait_for()

        east = opened(browser, wrong, viewport={"width": 1440, "height": 900}, color_scheme="dark")
        east.goto(f"{address}/table#{codes['east']}")
        east.get_by_text("Your move for 2026").wait_for()
        assert "0.5" not in east.locator("main").inner_text().partition("At the table")[2]
        east.get_by_label("Orders, a line each").fill("events.RUS.POLL = 0.1")
        east.get_by_role("button", name="Seal the move").click()
        east.get_by_text('Did you mean "POL"?').wait_for()
        east.get_by_label("Orders, a line each").fill("events.RUS.POL = 0.1")
        east.get_by_role("button", name="Seal the move").click()
        east.get_by_text("Others see that you have moved, not what").wait_for()

        assert [found for page in (lead, west, east) for found in violations(page)] == []
        lead.get_by_role("button", name="Put it in").click()
        west.get_by_text("has suspended intelligence sharing").wait_for()
        close = lead.get_by_role("button", name="Close 2026", exact=True)
        close.wait_for()
        close.press("Enter")
        for page in (lead, west, east):
            page.get_by_text("2026: what happened").wait_for()
        west.get_by_text("Your move for 2027").wait_for()
        with lead.expect_download() as record:
            lead.get_by_role("button", name="Record, to go on or replay").click()
        text = record.value.path().read_text(encoding="utf-8")
        assert replay(of_text(text, "record")).differ == ()
        assert json.loads(text)["turns"][0]["reasons"] == {"west": "economy", "east": ""}
    refused = "the server responded with a status of 422"  # the order that was misspelt on purpose
    assert [said for said in wrong if refused not in said] == []
