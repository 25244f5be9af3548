"""Onset among all pairs: a run now agrees with the stored one."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.hindcasts import HindcastSetting, find
from foedus.hindcasts.results import lines_of, read_results, run
from foedus.panels import DataFolder


@pytest.mark.data
@pytest.mark.slow
def test_all_pairs_of_states_score_as_stored(data: Path) -> None:
    """About 20 seconds on an idle core."""
    tests = find(["onset-structure-all-pairs"])
    (line,), (stored,) = run(tests, HindcastSetting(DataFolder.open(data), draws=10)), lines_of(read_results(), tests)
    assert line.outcome is not None
    assert stored.outcome is not None
    assert (line.outcome.found.rows, line.outcome.found.events) == (370_039, 704)
    again = {f.measure: f.ours for f in line.outcome.figures}
    assert again == pytest.approx({f.measure: f.ours for f in stored.outcome.figures}, abs=0.005)
