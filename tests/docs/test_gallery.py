"""The gallery shows every scenario that ships, and was made from this ledger and these facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.ledger import load_ledger
from foedus.world import World
from gallery import PICTURES, files, read_gallery

ROOT = Path(__file__).parents[2]
STORED = read_gallery()
STALE = "Run: python tools/gallery.py && python tools/document.py"


def test_every_scenario_that_ships_hangs_in_the_gallery() -> None:
    assert [piece.file for piece in STORED.pieces] == [path.name for path in files()], STALE
    assert {path.stem for path in PICTURES.glob("*.svg")} == {path.stem for path in files()}, STALE


@pytest.mark.parametrize("piece", STORED.pieces, ids=lambda piece: piece.file)
def test_a_piece_has_a_question_and_an_answer_with_a_range(piece: object) -> None:
    assert piece.question.endswith("?")  # type: ignore[attr-defined]
    said = " ".join(piece.answer)  # type: ignore[attr-defined]
    assert "in nine futures of ten" in said or "no ally's expected loss moves" in said, piece


def test_the_gallery_was_made_from_this_ledger_and_these_facts() -> None:
    assert (STORED.ledger, STORED.facts) == (load_ledger().digest, World.load().tables.digest), STALE
