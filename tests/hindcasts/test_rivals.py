"""Forecasters beside the model: what each is made from, and that test years enter none of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from foedus.calibration.pairs.dyads import DyadYears, read_pairs
from foedus.calibration.pairs.history import History
from foedus.hindcasts import HindcastSetting
from foedus.hindcasts.beside import beside
from foedus.hindcasts.boosted import boosted
from foedus.hindcasts.comparison import LOGIT_GAP, TREES_GAP, compare, joined
from foedus.hindcasts.measures import LOSS, Forecast
from foedus.hindcasts.plain import class_rates, lately, own_history
from foedus.hindcasts.rivals import LOGITS, RIVALS, TREES
from foedus.panels import DataFolder

YEARS = 20


def history(dispute: list[list[float]]) -> History:
    """Pairs by column from 1950 on, all alive; one row for each pair and year."""
    held = np.array(dispute, dtype=float).T
    years, pairs = held.shape
    column, pair = (x.reshape(-1) for x in np.meshgrid(np.arange(years), np.arange(pairs), indexing="ij"))
    return History(1950, np.ones_like(held), held, np.stack([held, held], axis=1), 0 * held, 0 * held, pair, column)


def test_a_dispute_that_goes_on_for_three_years_began_once() -> None:
    began, existed = lately(history([[0, 1, 1, 1, 0, 1] + [0] * 14]))
    assert began[:8].tolist() == [0, 0, 1, 1, 1, 1, 2, 2]
    assert existed[:3].tolist() == [0, 1, 2]


def test_what_began_more_than_ten_years_ago_is_forgotten() -> None:
    began, existed = lately(history([[1] + [0] * 19]))
    assert began[10:12].tolist() == [1, 0]
    assert existed[15] == 10


class Rows:
    """As much of `DyadYears` as plain forecasters read."""

    def __init__(self, passed: History, onset: list[float], rivalry: list[int], contiguous: list[int]) -> None:
        self.history = passed
        self.onset = np.array(onset)
        self.frame = pl.DataFrame({"rivalry": rivalry, "contiguous": contiguous})
        self.one_major = np.zeros(len(onset))
        self.two_majors = np.zeros(len(onset))


def test_a_class_is_given_its_own_share_of_past_rows() -> None:
    rows = Rows(history([[0]]), [1, 0, 1, 0, 0, 0], [1, 1, 0, 0, 0, 0], [1, 1, 1, 1, 1, 0])
    chance = class_rates(rows, np.arange(5), np.array([0, 4, 5]))  # type: ignore[arg-type]
    assert chance.tolist() == pytest.approx([0.5, 1 / 3, 2 / 5])


def test_a_pair_with_disputes_of_its_own_is_given_more_than_one_without() -> None:
    passed = history([[0, 1] * 10, [0] * YEARS])
    onset = passed.dispute.reshape(-1)
    rows = Rows(passed, onset.tolist(), [0] * 40, [1] * 40)
    quarrelling, quiet = own_history(rows, np.arange(30), np.array([38, 39]))  # type: ignore[arg-type]
    assert quarrelling > 5 * quiet > 0


def made(seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Columns, events and years of 1,200 rows: one column says it all, one is noise."""
    random = np.random.default_rng(seed)
    columns = random.normal(size=(1200, 2))
    event = (random.uniform(size=1200) < 1 / (1 + np.exp(2.0 - 2.0 * columns[:, 0]))).astype(float)
    return columns, event, np.repeat(np.arange(1950, 1990), 30)


def test_settings_are_the_same_whatever_happens_in_test_years() -> None:
    columns, event, year = made()
    past = np.flatnonzero(year < 1980)
    other = np.where(year < 1980, event, 1.0 - event)
    chosen = [boosted(columns, held, year, past, past)[1] for held in (event, other)]
    assert chosen[0] == chosen[1]


def test_boosted_trees_find_the_column_that_tells() -> None:
    columns, event, year = made()
    rows = np.flatnonzero(year >= 1980)
    chance, chosen = boosted(columns, event, year, np.flatnonzero(year < 1980), rows)
    assert chance[columns[rows, 0] > 1.0].mean() > 3 * chance[columns[rows, 0] < -1.0].mean()
    assert 1 <= chosen.trees <= 300


def test_ours_is_judged_against_the_best_of_each_kind() -> None:
    random = np.random.default_rng(1)
    event = (random.uniform(size=400) < 0.3).astype(float)
    good, bad = np.where(event == 1, 0.6, 0.2), np.linspace(0.4, 0.6, 400)
    others = dict.fromkeys(RIVALS, bad) | {next(iter(LOGITS)): good, next(iter(TREES)): good}
    found = compare(Forecast(event, good, np.arange(400) // 4), others, HindcastSetting(draws=20))
    figures = {f.measure: f for f in found.figures}
    assert figures[LOGIT_GAP].ours == figures[TREES_GAP].ours == 0
    assert figures[LOGIT_GAP].note == f"the best: {next(iter(LOGITS))}"
    assert [one.name for one in found.beside] == [*RIVALS, "the crisis tree"]
    assert beside(found).markdown()[0].startswith(f"| Forecaster | {LOSS} |")


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.parametrize(("coding", "rows", "onsets"), [("mic", 7247, 127), ("cow", 7249, 143)])
def test_each_coding_has_its_own_rows_and_onsets(data: Path, coding: str, rows: int, onsets: int) -> None:
    pairs: DyadYears = read_pairs(DataFolder.open(data), coding=coding)  # type: ignore[arg-type]
    late = pairs.within((2011, 2014))
    assert (len(late), int(pairs.onset[late].sum())) == (rows, onsets)
    alone = joined(DataFolder.open(data), pairs, coding)[late]  # type: ignore[arg-type]
    assert 0 < alone.sum() < onsets
