"""Our reading of the ablation tables holds, or the page says that it does not."""

from __future__ import annotations

import copy
import re
from pathlib import Path

from reading import CLAIMS, PROSE, prose, unheld
from stored import read_results

PAGE = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
EFFECTS = {
    posture: {row: dict(found) for row, found in effects.items()}
    for posture, effects in read_results().ablation.effects.items()
}


def test_what_the_results_page_says_in_prose_is_what_its_tables_show() -> None:
    assert unheld(EFFECTS) == []
    assert PROSE in PAGE


def test_every_mechanism_the_prose_names_is_held_to_a_claim() -> None:
    named = set(re.findall(r"R\d\d", PROSE))
    assert named == {row for claim in CLAIMS for row in claim.rows}


def test_a_mechanism_called_small_that_grew_is_named_with_its_size() -> None:
    tables = copy.deepcopy(EFFECTS)
    tables["retrench"]["R12"]["typical"] = -3.0
    (wrong,) = unheld(tables)
    assert wrong == "R12 under retrench: typical 3, where the prose needs at most 1"
    assert PROSE not in prose(tables)
    assert wrong in prose(tables)


def test_a_mechanism_called_decisive_that_shrank_is_named() -> None:
    tables = copy.deepcopy(EFFECTS)
    tables["limited-support"]["R29"]["typical"] = 0.0
    assert unheld(tables) == []
    tables["retrench"]["R29"]["typical"] = 0.0
    assert unheld(tables) == ["R29 under retrench: typical 0, where the prose needs at least 2"]


def test_an_effect_that_may_be_none_counts_as_none() -> None:
    effects = copy.deepcopy(EFFECTS)
    effects["retrench"]["R29"]["typical"] = None
    assert unheld(effects) == ["R29 under retrench: typical 0, where the prose needs at least 2"]
