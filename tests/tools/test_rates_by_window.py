"""Base rates beside two windows of the record: one rule for both."""

from __future__ import annotations

import pytest

from rates_by_window import LATE, LONG, WindowRate, beside_windows, inside, read_rates
from stored import BaseRate


def rated(kind: str, measure: str, run: float) -> BaseRate:
    return BaseRate(kind, measure, run, None, None, None, None)


def test_an_interval_of_no_events_has_a_width() -> None:
    assert WindowRate(0, 93).interval == (0.0, pytest.approx(0.0397, abs=1e-4))
    assert WindowRate(93, 93).allows(0.99)


def test_both_windows_hold_the_same_rates_and_the_late_one_is_part_of_the_long() -> None:
    held = read_rates()
    late, long = ({key[1:] for key in held if key[0] == window} for window in (LATE, LONG))
    assert late == long
    assert all(held[LATE, *key].events <= held[LONG, *key].events for key in late)


def test_a_rate_is_judged_by_each_window_alone_and_what_the_record_lacks_by_none() -> None:
    force = rated("rival", "force", 0.57)
    assert inside([force, rated("rest", "force", 0.5)], LATE) == (1, 1)
    assert inside([force], LONG) == (0, 1)
    (row,) = beside_windows([force]).rows
    assert row[5:] == ("outside", "55 of 93", "0.4898 to 0.6857", "inside")
