"""The page of documentation shows a brief as the tool prints it, and names what the tool knows."""

from __future__ import annotations

import re
from pathlib import Path

from foedus.brief import LEVERS, text
from foedus.brief.cost import named
from foedus.brief.origin import names
from foedus.exposure.account import SYNONYMS

PAGE = (Path(__file__).parents[2] / "docs" / "brief.md").read_text(encoding="utf-8")


def test_the_sample_has_every_heading_in_order_and_fits_the_terminal(briefs) -> None:
    sample = PAGE.split("```")[1]
    titles = [section.title for section in text.sections(briefs("EST", "retrench"))]
    places = [sample.index(f"\n{title.ljust(11)} ") for title in titles]
    assert places == sorted(places)
    assert max(map(len, sample.splitlines())) <= 80


def test_every_what_if_is_described() -> None:
    for lever in LEVERS:
        assert f"| {lever.words} |" in PAGE


def test_every_name_the_page_gives_to_explain_exists(briefs) -> None:
    held = briefs("EST", "retrench")
    known = {*names(held), *named(held.bills, "EST"), *held.account.named, *SYNONYMS}
    listed = PAGE.partition("`--explain NAME` takes")[2].partition("and others")[0]
    for name in re.findall(r"`([a-z0-9-]+)`", listed):
        assert name in known
