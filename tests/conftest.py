"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1] / "tools"))

from places import data_folder

os.environ.setdefault("FOEDUS_ENGINE", "eager")
"""Tests run hundreds of small worlds a few years each: compiling every one would take eight seconds. Those of the
compiled engine name it."""

MOST_WORKERS = 4
"""Each worker keeps its own world and session fixtures in memory, and runs of the model fork workers of their own."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Spread the whole suite over the cores, a file at a time; run files that were named in this process."""
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        config.option.dist = "no"
        return 0
    return min(os.cpu_count() or 1, MOST_WORKERS)


@pytest.fixture(scope="session")
def data() -> Path:
    """The research data; skipped, visibly, where absent."""
    path = data_folder()
    if not path.is_dir():
        pytest.skip("research data absent: set FOEDUS_DATA")
    return path
