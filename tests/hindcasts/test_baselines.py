"""The onset baselines, against the figures of the model document (section 4.1)."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from foedus.errors import InputError
from foedus.hindcasts.baselines import BaselineScore, fit, score_baselines
from foedus.panels.samples import onset_frame

REFERENCE = {
    "F0": (0.773, 0.045, 0.01560, 0.012, 0.074),
    "F1": (0.870, 0.106, 0.01499, 0.051, 0.184),
    "F2": (0.876, 0.174, 0.01438, 0.090, 0.225),
    "F3": (0.899, 0.191, 0.01404, 0.112, 0.273),
    "F4": (0.901, 0.222, 0.01381, 0.126, 0.288),
}


@pytest.fixture(scope="module")
def rows(data: Path) -> pl.DataFrame:
    return onset_frame(sample="relevant-with-fillers", data=data)


@pytest.fixture(scope="module")
def found(rows: pl.DataFrame) -> dict[str, BaselineScore]:
    return {score.model: score for score in score_baselines(rows)}


@pytest.mark.data
def test_test_rows_and_onsets_equal_the_reference_exactly(found: dict[str, BaselineScore]) -> None:
    assert {(s.rows, s.onsets) for s in found.values()} == {(36_373, 584)}


@pytest.mark.data
@pytest.mark.parametrize("model", REFERENCE)
def test_each_baseline_scores_as_the_reference(found: dict[str, BaselineScore], model: str) -> None:
    auc, aupr, brier, skill, reduction = REFERENCE[model]
    score = found[model]
    assert score.auc == pytest.approx(auc, abs=0.002)
    assert score.aupr == pytest.approx(aupr, abs=0.005)
    assert score.brier == pytest.approx(brier, abs=0.00004)
    assert score.skill == pytest.approx(skill, abs=0.002)
    assert score.log_loss_reduction == pytest.approx(reduction, abs=0.003)


@pytest.mark.data
def test_the_later_split_equals_the_reference(rows: pl.DataFrame) -> None:
    score = score_baselines(rows, (1950, 1999), (2000, 2010))[-1]
    assert (score.rows, score.onsets) == (19_678, 273)
    assert score.auc == pytest.approx(0.924, abs=0.002)


@pytest.mark.data
def test_all_pairs_equal_the_reference(data: Path) -> None:
    score = score_baselines(onset_frame(sample="all", data=data))[-1]
    assert (score.rows, score.onsets) == (370_039, 704)
    assert score.auc == pytest.approx(0.961, abs=0.002)


@pytest.mark.data
def test_without_fillers_of_contiguity_there_are_eight_onsets_fewer(data: Path) -> None:
    strict = onset_frame(data=data).filter(pl.col("year").is_between(1990, 2010))
    assert (strict.height, strict["onset"].sum()) == (36_133, 576)


@pytest.mark.data
def test_rivalry_raises_and_distance_lowers_the_chance_of_onset(rows: pl.DataFrame) -> None:
    past = rows.filter(pl.col("year") < 1990)
    assert fit(past, "F2")[-1] > 1
    assert fit(past, "F1")[5] < 0


@pytest.mark.data
def test_test_years_must_follow_training_years(rows: pl.DataFrame) -> None:
    with pytest.raises(InputError, match="must end before"):
        score_baselines(rows, (1950, 1990), (1990, 2010))
