"""Every place that treats options one by one knows them all, so that a new option cannot be forgotten in one."""

from __future__ import annotations

import re
from pathlib import Path

from foedus import charts
from foedus.brief.conduct import PURCHASES
from foedus.equations.hedging import OPTIONS

ROOT = Path(__file__).parents[2]


def test_a_brief_groups_every_option_once_but_the_reserve() -> None:
    grouped = [option for group in PURCHASES.values() for option in group]
    assert sorted([*grouped, "reserve"]) == sorted(OPTIONS)


def test_a_chart_of_shares_gives_every_option_a_colour_of_its_own() -> None:
    drawn = charts.shares([("Estonia", option, 1 / len(OPTIONS)) for option in OPTIONS], "shares").to_dict()
    scale = drawn["encoding"]["color"]["scale"]
    assert len(scale["domain"]) == len(OPTIONS)
    assert len(set(scale["range"])) >= len(OPTIONS)


def test_the_page_of_scenarios_lists_every_option_in_order() -> None:
    page = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^Options: (.*?)\. ", page, flags=re.MULTILINE)
    assert tuple(re.findall(r"`(\w+)`", listed)) == OPTIONS
