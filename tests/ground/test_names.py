"""Names of states in running text."""

from __future__ import annotations

import pytest

from foedus.names import country, possessive


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Philippines", "the Philippines'"),
        ("United States", "the United States'"),
        ("Netherlands", "the Netherlands'"),
        ("Latvia", "Latvia's"),
        ("Soviet Union", "the Soviet Union's"),
    ],
)
def test_a_state_owns_with_its_article(name: str, said: str) -> None:
    assert possessive(country(name)) == said


def test_a_name_that_has_its_article_gets_no_second() -> None:
    assert country(country("United Kingdom")) == "the United Kingdom"
