"""Onset by every forecaster on the same rows: rates, own history, logits, boosted trees, the model's equations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.calibration.pairs.dyads import DyadYears, read_pairs
from foedus.estimators import scores
from foedus.estimators.resample import GroupDraws
from foedus.hindcasts.forecasters import fitted, least_taught, named
from foedus.hindcasts.measures import AUC, BRIER, EXPECTED, LOSS, SLOPE, Forecast, event_figures, loss_less
from foedus.hindcasts.onset import EARLY, VINTAGE
from foedus.hindcasts.plain import Floats, Integers
from foedus.hindcasts.registry import (
    Criterion,
    ForecasterScores,
    Found,
    FoundMeasure,
    HindcastSetting,
    Registered,
    Years,
)
from foedus.hindcasts.rivals import LOGITS, RIVALS, TREES
from foedus.panels import DataFolder
from foedus.panels.disputes import read_disputes
from foedus.panels.samples import Coding

OURS = "the crisis tree"
MEASURES = (LOSS, BRIER, AUC, EXPECTED, SLOPE)
LOGIT_GAP, TREES_GAP = "log loss less the best logit's", "log loss less the best boosted trees'"


def rivals(pairs: DyadYears, past: Integers, rows: Integers) -> dict[str, Floats]:
    """Return the chance that each forecaster fitted on past rows gives some rows, by name."""
    return {name: forecaster(pairs, past, rows) for name, forecaster in RIVALS.items()}


def compare(ours: Forecast, others: Mapping[str, Floats], setting: HindcastSetting) -> Found:
    """Score every forecaster on the same rows and draws, and ours less the best logit and the best boosted trees.

    others   chances by forecaster, as `rivals` returns them

    The best are those with the least log loss on the very rows scored, which favours them over ours.
    """
    draws = ours.draws(setting.draws, setting.seed)
    lines = {**others, OURS: ours.chance}
    table = tuple(ForecasterScores(name, _figures(ours, chance, draws)) for name, chance in lines.items())
    logit = _best(ours.event, others, tuple(LOGITS))
    beaten = {one.name: one.figures for one in table}[logit]
    figures = tuple(replace(mine, baseline=theirs.ours) for mine, theirs in zip(table[-1].figures, beaten, strict=True))
    return Found(
        (*figures, *gaps(ours, others, setting)),
        len(ours.event),
        int(ours.event.sum()),
        curves=(ours.curve("onset"),),
        beside=table,
    )


def gaps(ours: Forecast, others: Mapping[str, Floats], setting: HindcastSetting) -> tuple[FoundMeasure, ...]:
    """Log loss of ours less that of the best logit, and less that of the best boosted trees, on the same draws."""
    draws = ours.draws(setting.draws, setting.seed)
    best = {name: _best(ours.event, others, tuple(kind)) for name, kind in ((LOGIT_GAP, LOGITS), (TREES_GAP, TREES))}
    return tuple(loss_less(name, ours, others[one], draws, f"the best: {one}") for name, one in best.items())


def _best(event: Floats, others: Mapping[str, Floats], names: tuple[str, ...]) -> str:
    return min(names, key=lambda name: scores.log_loss(event, others[name]))


def _figures(ours: Forecast, chance: Floats, draws: GroupDraws) -> tuple[FoundMeasure, ...]:
    return event_figures(Forecast(ours.event, chance, ours.dyad), draws, measures=MEASURES, less=())


def by_coding(coding: Coding, years: tuple[Years, Years], setting: HindcastSetting) -> Found:
    """Compare on the disputes of one coding: memory, outcomes and every fit are of that coding alone."""
    pairs, (train, test) = read_pairs(setting.folder, coding=coding), years
    past, rows = pairs.within(train), pairs.within(test)
    model = fitted(setting.folder, train, "disputes and rivalry", coding)
    forecast = Forecast(pairs.onset[rows], model.onset(pairs, rows), pairs.dyad[rows])
    others = rivals(pairs, past, rows)
    found = compare(forecast, others, setting)
    began = ~joined(setting.folder, pairs, coding)[rows]
    alone = Forecast(forecast.event[began], forecast.chance[began], forecast.dyad[began])
    without = gaps(alone, {name: chance[began] for name, chance in others.items()}, setting)
    more = tuple(replace(f, measure=f"{f.measure}, joiners left out") for f in without)
    return replace(found, figures=(*found.figures, *more), why=least_taught(model), fitted=named(model))


def joined(folder: DataFolder, pairs: DyadYears, coding: Coding) -> NDArray[np.bool_]:
    """Whether a row's dispute began only because one of the two joined a dispute of others, [n]."""
    if coding == "mic":
        began = folder.read("mic_directed_dyad_year").filter(pl.col("miconset") == 1)
        began = began.select("ccode1", "ccode2", "year", own=pl.col("onset_orig") == 1)
    else:
        codes = frozenset(folder.read("cow_state_system")["ccode"].to_list())
        began = read_disputes(folder, coding, codes).filter(pl.col("onset") == 1)
        own = (pl.col("orig1") == 1) & (pl.col("orig2") == 1)
        began = began.group_by("ccode1", "ccode2", "year").agg(own=own.any())
    names = ["ccode1", "ccode2", "year"]
    keys = [pl.col(name).cast(pl.Int32) for name in names]
    rows = pairs.frame.select(keys).join(began.select(*keys, "own"), on=names, how="left", maintain_order="left")
    found: NDArray[np.bool_] = (pairs.onset == 1) & ~rows["own"].fill_null(value=True).to_numpy()
    return found


LATER: tuple[Years, Years] = ((1950, 2010), (2011, 2014))
_WINS = (
    Criterion(LOGIT_GAP, high=0.0, why="the best logit on the very years scored", rival="best logit"),
    Criterion(TREES_GAP, high=0.0, why="the best boosted trees on the very years scored", rival="best boosted trees"),
    Criterion(EXPECTED, 0.8, 1.25, why="calibration in the large"),
)
_SEEN = tuple(replace(c, seen=True) for c in _WINS)
_BASELINE = "whichever of the logits F0 to F4 has the least log loss on the test years"
_MIC = "MIC 1.0 (events of MIE), NMC 7.0, ATOP 5.1, COW contiguity, Thompson-Sakuwa-Suhas rivalries"
_COW = "COW MID 5.0, NMC 7.0, ATOP 5.1, COW contiguity, Thompson-Sakuwa-Suhas rivalries"


def _test(
    name: str, question: str, coding: Coding, vintage: str, years: tuple[Years, Years], criteria: tuple[Criterion, ...]
) -> Registered:
    return Registered(
        name=name,
        theme="onset",
        kind="out of sample",
        question=question,
        vintage=vintage,
        train=years[0],
        test=years[1],
        baseline=_BASELINE,
        published="",
        criteria=criteria,
        run=partial(by_coding, coding, years),
        quick=False,
    )


TESTS = (
    _test(
        "onset-forecasters",
        "Do the model's equations forecast onset better, by log score, than the best logit and the best boosted trees?",
        "gml",
        VINTAGE,
        EARLY,
        _SEEN,
    ),
    _test("onset-forecasters-mic", "And when disputes are the confrontations of MIC?", "mic", _MIC, EARLY, _WINS),
    _test("onset-forecasters-mic-late", "And in 2011-14, which GML has not, by MIC?", "mic", _MIC, LATER, _WINS),
    _test("onset-forecasters-cow-late", "And in 2011-14 by COW's own coding?", "cow", _COW, LATER, _WINS),
)
