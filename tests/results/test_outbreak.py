"""A war that goes on is counted once, in the year in which it breaks out."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.results.outbreak import chance_of_a_war


def test_a_war_drawn_on_the_way_is_no_second_chance_and_one_from_the_start_is_certain() -> None:
    peaceful, fought, at_start = np.full((3, 4), 0.1), np.full((3, 4), 0.1), np.full((3, 4), 0.1)
    fought[1:] = at_start[0] = 1.0 - 1e-6
    assert chance_of_a_war(peaceful) == pytest.approx(1.0 - 0.9**3)
    assert chance_of_a_war(fought) == pytest.approx(0.1)
    assert chance_of_a_war(at_start) == pytest.approx(1.0, abs=2e-6)
    assert fought[1, 0] == 1.0 - 1e-6, "the record is read, not changed"
