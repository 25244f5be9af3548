"""Fixtures shared by all tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1] / "tools"))

from places import data_folder


@pytest.fixture(scope="session")
def data() -> Path:
    """The research data; skipped, visibly, where absent."""
    path = data_folder()
    if not path.is_dir():
        pytest.skip("research data absent: set FOEDUS_DATA")
    return path
