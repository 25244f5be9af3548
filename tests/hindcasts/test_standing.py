"""Where the model stands beside other forecasters: one rule by interval, and verdicts that an interval cannot move."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.errors import InputError
from foedus.hindcasts import Criterion, Found, FoundMeasure, judge
from foedus.hindcasts.measures import Forecast
from foedus.hindcasts.onset import swings
from foedus.hindcasts.page import page
from foedus.hindcasts.results import ScoreLine, lines_of, read_results
from foedus.hindcasts.standing import counted_standings, standing_of, standings
from made_up import hindcast

LOSS, SKILL = "log loss less the logit's", "skill over a random walk"
TEST = hindcast(
    criteria=(
        Criterion(LOSS, high=0.0, rival="logit"),
        Criterion(SKILL, low=0.0, rival="random walk"),
        Criterion("slope", 0.8, 1.2),
    )
)


def line(*figures: FoundMeasure) -> ScoreLine:
    return ScoreLine(TEST, judge(TEST, Found(figures)))


@pytest.mark.parametrize(
    ("low", "high", "of_a_loss", "of_a_skill"),
    [(-3.0, -1.0, "better", "worse"), (-3.0, 0.0, "not told apart", "not told apart"), (0.5, 2.0, "worse", "better")],
)
def test_a_score_is_better_only_where_its_whole_interval_is(
    low: float, high: float, of_a_loss: str, of_a_skill: str
) -> None:
    assert standing_of(low, high, less_is_better=True) == of_a_loss
    assert standing_of(low, high, less_is_better=False) == of_a_skill


def test_losses_are_shown_first_and_a_tie_that_fails_is_a_tie() -> None:
    one = line(FoundMeasure(LOSS, 2.0, -16.0, 26.0), FoundMeasure(SKILL, -0.2, -0.3, -0.1), FoundMeasure("slope", 1.0))
    found = standings([one])
    assert [(s.rival, s.standing) for s in found] == [("random walk", "worse"), ("logit", "not told apart")]
    assert counted_standings(found) == "2 differences: 1 worse, 1 not told apart, 0 better"
    assert one.verdict == "fail"
    assert "| not told apart | [a-test](#a-test) | logit | log loss less the logit's | 2 | -16 to 26 |" in page([one])


def test_a_fail_is_sure_when_one_criterion_is_missed_throughout_its_interval() -> None:
    tie = FoundMeasure(LOSS, -5.0, -20.0, 8.0)
    figures = (tie, FoundMeasure(SKILL, 0.1, 0.05, 0.2))
    assert not line(*figures, FoundMeasure("slope", 1.0, 0.9, 1.1)).outcome.clear  # type: ignore[union-attr]
    missed = line(*figures, FoundMeasure("slope", 0.6, 0.5, 0.7))
    assert missed.outcome is not None
    assert (missed.verdict, missed.outcome.clear) == ("fail", True)
    assert "| **fail** | [a-test]" in page([missed])


def test_beside_a_rival_a_criterion_says_which_way_is_better() -> None:
    with pytest.raises(InputError, match="one bound"):
        Criterion(LOSS, -1.0, 1.0, rival="logit")


def test_every_stored_difference_from_a_rival_has_an_interval() -> None:
    lines = lines_of(read_results())
    declared = sum(bool(c.rival) for one in lines if one.outcome for c in one.test.criteria)
    assert len(standings(lines)) == declared


def test_a_swing_is_how_far_whole_spans_of_four_years_lie_from_even() -> None:
    year = np.repeat(np.arange(1970, 1979), 10)
    chance = np.where(year < 1974, 0.2, 0.1)
    forecast = Forecast((np.arange(90) % 10 == 0).astype(float), chance, np.arange(90))
    found = swings(year, forecast)
    assert found.ours == pytest.approx(np.log(2.0) / np.sqrt(2.0))
    assert found.note == "1 of 2 windows in [0.8, 1.25]; from 1970 2.00, 1974 1.00"
