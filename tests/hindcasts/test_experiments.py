"""Natural experiments: an effect that nothing could move is no figure."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from foedus.hindcasts import find, judge
from foedus.hindcasts.experiments import EFFECT, Experiment
from foedus.hindcasts.registry import Found, FoundMeasure
from foedus.posture import Posture

WORLD = SimpleNamespace(states=SimpleNamespace(iso3=("NZL", "AUS", "IDN")), pairs=SimpleNamespace(target=(1,)))
TEST = Experiment(1984, 1989, lambda _: Posture("none", "none", ""), ("NZL",), ("AUS",), 1984, 1989)


def test_an_effect_of_exactly_zero_in_every_future_is_no_figure_and_says_why() -> None:
    figure = TEST.effect(np.zeros(8), WORLD)  # type: ignore[arg-type]
    assert figure.ours is None
    assert figure.note == ("exactly 0 in every future, so it tests nothing; nobody challenges NZL in the world of 1984")


def test_an_effect_in_one_future_is_a_figure_even_when_the_median_is_zero() -> None:
    figure = TEST.effect(np.array([0.0, 0.0, 0.1]), WORLD)  # type: ignore[arg-type]
    assert (figure.measure, figure.ours) == (EFFECT, 0.0)


def test_new_zealand_cannot_be_judged_by_an_effect_that_could_not_differ() -> None:
    (anzus,) = find(["anzus-1985"])
    others = [FoundMeasure(c.measure, 0.5 if c.low else 0.0) for c in anzus.criteria if c.measure != EFFECT]
    found = Found((TEST.effect(np.zeros(8), WORLD), *others))  # type: ignore[arg-type]
    assert judge(anzus, found).verdict == "not identified"
