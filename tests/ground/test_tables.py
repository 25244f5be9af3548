"""One table, shown four ways."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from foedus.tables import Grid, Heading, grid

LOSSES = grid(
    ("Ally", "loss", ""), [("Estonia", "1.2", "worse"), ("Japan", "0.1", "")], right=("loss",), title="Losses"
)


def test_markdown_sets_numbers_to_the_right() -> None:
    assert LOSSES.markdown() == [
        "| Ally | loss | |",
        "|---|---:|---|",
        "| Estonia | 1.2 | worse |",
        "| Japan | 0.1 | |",
    ]


def test_html_marks_numbers_and_carries_its_style() -> None:
    text = LOSSES.html("short")
    assert text.startswith("<div class='scroll'><table class='short'><thead><tr><th>Ally</th><th class=n>loss</th>")
    assert text.count("<td class=n>") == 2


def test_a_terminal_shows_the_title_the_heads_and_every_cell() -> None:
    view = Console(file=io.StringIO(), width=40)
    view.print(LOSSES.terminal())
    text = view.file.getvalue()  # type: ignore[attr-defined]
    assert all(word in text for word in ("Losses", "Ally", "loss", "Estonia", "1.2", "worse", "Japan", "0.1"))


def test_plain_text_keeps_to_its_width_by_wrapping_the_first_column() -> None:
    held = grid(("what", "n"), [("a long name of many words", "1,000")]).plain(20)
    assert held == ["what               n", "-" * 20, "a long name    1,000", "  of many", "  words"]


def test_a_row_that_does_not_fit_the_heads_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2 of a table has 1 cells, and 2 columns are headed"):
        Grid((Heading("a"), Heading("b")), (("1", "2"), ("3",)))
