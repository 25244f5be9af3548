"""Our reading of the ablation tables holds, or the page says that it does not."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest

from reading import CLAIMS, PROSE, prose, read_tables, unheld

PAGE = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")


def test_what_the_results_page_says_in_prose_is_what_its_tables_show() -> None:
    assert unheld(read_tables(PAGE)) == []
    assert PROSE in PAGE


def test_every_mechanism_the_prose_names_is_held_to_a_claim() -> None:
    named = set(re.findall(r"R\d\d", PROSE))
    assert named == {row for claim in CLAIMS for row in claim.rows}


def test_a_mechanism_called_small_that_grew_is_named_with_its_size() -> None:
    tables = copy.deepcopy(read_tables(PAGE))
    tables["retrench"]["R12"]["typical"] = -3.0
    (wrong,) = unheld(tables)
    assert wrong == "R12 under retrench: typical 3, where the prose needs at most 1"
    assert PROSE not in prose(tables)
    assert wrong in prose(tables)


def test_a_mechanism_called_decisive_that_shrank_is_named() -> None:
    tables = copy.deepcopy(read_tables(PAGE))
    tables["limited-support"]["R17"]["typical"] = 0.0
    assert unheld(tables) == []
    tables["retrench"]["R17"]["typical"] = 0.0
    assert unheld(tables) == ["R17 under retrench: typical 0, where the prose needs at least 2"]


def test_a_dot_reads_as_no_effect_and_a_minus_as_one() -> None:
    page = "### steady\n\n| Row | typical | loss | Mechanism |\n|---|---:|---:|---|\n| R29 | −3.2 | · | Pools. |\n"
    assert read_tables(page) == {"steady": {"R29": {"typical": -3.2, "loss": 0.0}}}


def test_a_page_without_tables_is_refused() -> None:
    with pytest.raises(ValueError, match="no ablation tables"):
        read_tables("# Results")
