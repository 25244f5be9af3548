"""A brief as the terminal shows it."""

from __future__ import annotations

import pytest

from foedus.brief import Brief
from foedus.cli.brief import print_brief


def printed(held: Brief, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Lines of the page."""
    capsys.readouterr()
    print_brief(held)
    return capsys.readouterr().out.splitlines()
