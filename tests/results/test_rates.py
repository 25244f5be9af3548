"""Base rates of a run: what happened by class and future is what happened by pair, and each rate has an error."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import studies
from foedus.results import Results, base_rates
from foedus.results.error import NO_TWINS, ratio_error
from foedus.study import compute
from foedus.terms import PAIR_CLASSES
from foedus.world import World


@cache
def results() -> Results:
    return Results.of(compute(studies.study(futures=40)))


def test_counts_of_a_class_are_those_of_its_pairs() -> None:
    classes, pairs = results().classes(), results().pairs()
    assert classes.height == 40 * len(PAIR_CLASSES)
    for name in PAIR_CLASSES:
        one, own = classes.filter(classes["class"] == name), pairs.filter(pairs["class"] == name)
        owed = own.filter(own["treaty"])
        assert one["challenges"].sum() == own["challenges"].sum()
        assert one["conceded"].sum() == own["conceded"].sum()
        assert one["forced"].sum() == own["limited"].sum() + own["wars"].sum()
        assert one["wars"].sum() == own["wars"].sum()
        assert one["owed"].sum() == owed["challenges"].sum()
        assert one["owed_wars"].sum() == owed["wars"].sum()
        assert (one["due"].sum(), one["fought"].sum()) == (owed["due"].sum(), owed["fought"].sum())


def test_every_rate_of_what_happened_in_some_cases_has_an_error_smaller_than_a_sample_of_no_repetition_allows() -> None:
    found = base_rates(results(), World.load())
    assert {rate.pair_class for rate in found} == {"rival", "contiguous", "major", "all"}
    for rate in found:
        if 0.0 < rate.run < 1.0 and rate.measure != "guarantor_joins":
            assert 0.0 < rate.error < np.sqrt(rate.run)
        else:
            assert np.isnan(rate.error)


def test_the_error_of_a_ratio_is_how_far_another_sample_moves_it() -> None:
    rng = np.random.default_rng(4)
    cases = rng.poisson(12.0, size=(4000, 60)).astype(np.float64)
    events = rng.binomial(cases.astype(np.int64), rng.beta(2.0, 6.0, size=cases.shape)).astype(np.float64)
    told = [ratio_error(a, b) for a, b in zip(events, cases, strict=True)]
    assert np.mean(told) == pytest.approx((events.sum(axis=1) / cases.sum(axis=1)).std(), rel=0.05)


def test_what_never_happened_and_what_always_did_have_no_error() -> None:
    cases = np.array([3.0, 2.0, 4.0])
    assert np.isnan(ratio_error(np.zeros(3), cases, NO_TWINS))
    assert np.isnan(ratio_error(cases, cases, NO_TWINS))
    assert np.isnan(ratio_error(np.zeros(3), np.zeros(3), NO_TWINS))
