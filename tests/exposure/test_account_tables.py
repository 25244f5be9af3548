"""The tables: every row with source and grade, and equal to what the build script makes from the evidence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.bibliography import read_bibliography
from foedus.exposure.holdings import FACTS
from foedus.exposure.replacement.tables import TABLES, facts, index, items, presets
from places import evidence_folder

ROOT = Path(__file__).parents[2]


def test_the_bibliography_parses_and_holds_every_key_that_a_row_cites() -> None:
    known = read_bibliography([FACTS / "sources.bib"])
    for table in TABLES:
        for fact in facts(table):
            assert set(fact.source.split(";")) <= set(known), fact.where
            assert known[fact.source.split(";")[0]].title


def test_an_assumption_says_why() -> None:
    for table in ("lists.csv", "provided.csv"):
        for fact in facts(table) if table in TABLES else ():
            if fact.grade == "A":
                assert fact.note, fact.where


def test_every_preset_lists_known_items_with_a_range_or_a_source_that_gave_one_number() -> None:
    for preset, item in {fact.key for fact in facts("lists.csv")}:
        assert preset in presets()
        assert item == "people" or item in items()


def test_items_counted_inside_another_stand_before_it() -> None:
    order = list(items())
    for item in items().values():
        assert all(order.index(other) < order.index(item.key) for other in item.less)


def test_the_price_levels_cover_every_year_of_a_price() -> None:
    years = {(fact.key[0], fact.year) for fact in facts("rates.csv") if fact.variable == "price_level"}
    for fact in (*facts("prices.csv"), *facts("people.csv")):
        currency = fact.variable.rsplit("_", 1)[1]
        assert (currency, fact.year) in years, fact.where
    assert ("usd",) in {key for key, name in index("rates.csv") if name == "per_euro"}


def test_the_tables_are_what_the_build_script_makes(tmp_path: Path) -> None:
    folder = evidence_folder()
    if not folder.is_dir():
        pytest.skip("evidence absent: set FOEDUS_EVIDENCE")
    built = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "build_exposure.py"), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "FOEDUS_EVIDENCE": str(folder)},
    )
    assert built.returncode == 0, built.stderr
    for path in sorted(tmp_path.iterdir()):
        assert path.read_text(encoding="utf-8") == (FACTS / path.name).read_text(encoding="utf-8"), path.name
