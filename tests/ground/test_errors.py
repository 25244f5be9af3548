"""A message is one line that a terminal can show, whatever it quotes."""

from __future__ import annotations

import pytest

from foedus.errors import DataError, InputError, UnknownName


@pytest.mark.parametrize("broken", ["\n", "\r\n", "\x00", "\x1b[2J", "\u2028", "\x85"])
def test_a_quoted_text_breaks_no_line_and_moves_no_cursor(broken: str) -> None:
    for error in (
        InputError(f"cannot use a{broken}b"),
        DataError(f"lacks the column a{broken}b"),
        UnknownName("column", f"a{broken}b", ["year"]),
    ):
        assert str(error).isprintable()
        assert len(str(error).splitlines()) == 1


def test_a_message_that_breaks_no_line_is_as_it_was_written() -> None:
    assert str(InputError("Türkiye: 3 % is not between 0 and 1")) == "Türkiye: 3 % is not between 0 and 1"
