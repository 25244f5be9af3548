"""The page of documentation shows a brief as the tool prints it, and names what the tool knows."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from foedus.brief import LEVERS, text
from foedus.brief.bills import named
from foedus.brief.origin import names
from foedus.exposure.statement import SYNONYMS

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import brief_page  # noqa: E402

PAGE = brief_page.PAGE.read_text(encoding="utf-8")
STILL = ("US share", "Felt after", "Cost, date", "Hindcasts", "Not covered")
"""Parts that do not depend on runs."""
RERUN = "Run: python tools/document.py --brief"


def test_the_sample_has_every_heading_in_order_and_fits_the_terminal(briefs) -> None:
    sample = brief_page.shown(PAGE)
    titles = [section.title for section in text.sections(briefs("EST", "retrench"))]
    places = [sample.index(f"\n{title.ljust(11)} ") for title in titles]
    assert places == sorted(places)
    assert max(map(len, sample.splitlines())) <= 80


def test_the_sample_was_printed_from_this_ledger_and_these_facts(briefs) -> None:
    assert f"made by tools/document.py --brief, {brief_page.stamp()} -->" in PAGE, RERUN
    said = " ".join(brief_page.shown(PAGE).split())
    for section in text.sections(briefs("EST", "retrench")):
        if section.title in STILL:
            assert " ".join(" ".join(section.lines).split()) in said, RERUN


@pytest.mark.slow
def test_the_sample_is_what_the_command_prints() -> None:
    assert brief_page.shown(PAGE) == brief_page.sample(), RERUN


def test_every_what_if_is_described() -> None:
    for lever in LEVERS:
        assert f"| {lever.words} |" in PAGE


def test_every_name_the_page_gives_to_explain_exists(briefs) -> None:
    held = briefs("EST", "retrench")
    known = {*names(held), *named(held.bills, "EST"), *held.account.named, *SYNONYMS}
    listed = PAGE.partition("`--explain NAME` takes")[2].partition("and others")[0]
    for name in re.findall(r"`([a-z0-9-]+)`", listed):
        assert name in known
