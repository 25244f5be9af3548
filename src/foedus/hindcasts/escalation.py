"""Escalation: given a dispute, does the tree say which become wars, which see force, and what a guarantee does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from foedus.calibration.pairs.dyads import FIRST, LAST, DyadYears, Integers, read_pairs
from foedus.calibration.pairs.endings import ENDINGS
from foedus.calibration.pairs.era import LATELY, EraLevel, level
from foedus.estimators.resample import interval
from foedus.hindcasts.forecasters import fitted, named
from foedus.hindcasts.measures import (
    AUC,
    BRIER,
    EXPECTED,
    LOSS,
    SKILL,
    SLOPE,
    Forecast,
    event_figures,
    loss_less,
)
from foedus.hindcasts.onset import EARLY, VINTAGE, WINDOWS
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered, Years

Floats = NDArray[np.float64]

WAR, FORCE = "war", "limited force"
RATIO = "chance of war, no major ally / ally"
KNOWN_RATIO = 3.45 / 0.65
SEEN_RATIO = "wars seen, no major ally / ally"
RATE_GAP, TREE_GAP = f"{LOSS} less the rate's of training years", f"{LOSS} less the tree's without a level"


def given_dispute(setting: HindcastSetting, train: Years, test: Years, pairs: DyadYears) -> tuple[Integers, Floats]:
    """Fit on training years; return the test years' coded disputes and the chance of each ending, [4, k]."""
    model, rows = fitted(setting.folder, train, "disputes and rivalry"), pairs.within(test)
    coded = rows[pairs.ending[rows] >= 0]
    return coded, model.endings(pairs, coded)


def escalation(
    windows: tuple[tuple[Years, Years], ...], what: str, setting: HindcastSetting, *, era: bool = False
) -> Found:
    """Score the chance of war (or of any force) given a dispute, over one or more pairs of training and test years.

    era   with the level of the last ten years of training years (`foedus.calibration.pairs.era`)

    The baseline is a logit on capability ratio, land border, rivalry and a major power that defends the target,
    fitted on the same disputes of the training years.
    """
    pairs = read_pairs(setting.folder)
    least = ENDINGS.index(what)
    held = [given_dispute(setting, train, test, pairs) for train, test in windows]
    rows = np.concatenate([coded for coded, _ in held])
    plain = [ends[least:].sum(axis=0) for _, ends in held]
    levels = [_level(setting, pairs, train, least) for train, _ in windows] if era else []
    ours = [one.ahead(chance) for one, chance in zip(levels, plain, strict=True)] if era else plain
    event = (pairs.ending[rows] >= least).astype(float)
    forecast = Forecast(event, np.concatenate(ours), pairs.dyad[rows])
    draws = forecast.draws(setting.draws, setting.seed)

    def everywhere(other: Callable[[DyadYears, Years, Integers, int], Floats]) -> Floats:
        each = zip(windows, held, strict=True)
        return np.concatenate([other(pairs, train, coded, least) for (train, _), (coded, _) in each])

    measures = (LOSS, SLOPE, AUC, BRIER, SKILL, EXPECTED)
    figures = event_figures(forecast, draws, everywhere(_logit), measures=measures, less=(LOSS,))
    figures += (loss_less(RATE_GAP, forecast, everywhere(_rate), draws),)
    if era:
        figures += (loss_less(TREE_GAP, forecast, np.concatenate(plain), draws),)
        named_levels = zip(levels, windows, strict=True)
        figures += tuple(FoundMeasure(f"level from {test[0]}", one.mean, *one.band) for one, (_, test) in named_levels)
    if what == WAR:
        figures += _ratios(pairs, rows, forecast.chance, event, setting)
    why = _least_expected(pairs, rows, forecast.chance, event, what)
    last = fitted(setting.folder, windows[-1][0], "disputes and rivalry")
    curves = (forecast.curve(what, bins=5),)
    return Found(figures, len(rows), int(event.sum()), why, curves, named(last))


def _level(setting: HindcastSetting, pairs: DyadYears, train: Years, least: int) -> EraLevel:
    """The level of the last years of training years."""
    coded, ends = given_dispute(setting, train, (train[1] - LATELY + 1, train[1]), pairs)
    return level((pairs.ending[coded] >= least).astype(float), ends[least:].sum(axis=0))


def _rate(pairs: DyadYears, train: Years, coded: Integers, least: int) -> Floats:
    past = pairs.within(train)
    past = past[pairs.ending[past] >= 0]
    return np.full(len(coded), float((pairs.ending[past] >= least).mean()))


def _least_expected(pairs: DyadYears, rows: Integers, ours: Floats, event: Floats, what: str) -> str:
    at = int(np.argmin(np.where(event == 1, ours, np.inf)))
    one, two, year = pairs.frame[int(rows[at])].select("ccode1", "ccode2", "year").row(0)
    return f"Least expected {what}: COW {one} and {two} in {year}, given a chance of {ours[at]:.2g}"


def _ratios(
    pairs: DyadYears, rows: Integers, ours: Floats, event: Floats, setting: HindcastSetting
) -> tuple[FoundMeasure, ...]:
    allied = pairs.major_helper[pairs.challenger[rows], rows]
    draws = Forecast(event, ours, pairs.dyad[rows]).draws(setting.draws, setting.seed)

    def on_draws(values: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            without = draws.mean(values * (1 - allied)) / draws.mean(1 - allied)
            return without / (draws.mean(values * allied) / draws.mean(allied))

    def ratio(values: Floats) -> float | None:
        with_ally = float(values[allied == 1].mean())
        return float(values[allied == 0].mean()) / with_ally if with_ally > 0 else None

    wars = [int(event[allied == k].sum()) for k in (0, 1)]
    disputes = [int((allied == k).sum()) for k in (0, 1)]
    note = f"{wars[0]} of {disputes[0]} disputes without a major ally became wars, {wars[1]} of {disputes[1]} with one"
    seen = ratio(event)
    low, high = interval(on_draws(event)) if seen is not None else (None, None)
    expected = FoundMeasure(RATIO, ratio(ours), *interval(on_draws(ours)))
    known = replace(expected, published=KNOWN_RATIO, note="known: 3.45 % against 0.65 %, disputes of 1946-2010")
    return known, FoundMeasure(SEEN_RATIO, seen, low, high, note=note)


def _logit(pairs: DyadYears, train: Years, coded: Integers, least: int) -> Floats:
    from statsmodels.discrete.discrete_model import Logit

    past = pairs.within(train)
    past = past[pairs.ending[past] >= 0]
    event = (pairs.ending[past] >= least).astype(float)
    result = Logit(event, _design(pairs, past)).fit_regularized(alpha=0.5, disp=0)
    chance: Floats = 1 / (1 + np.exp(-_design(pairs, coded) @ np.asarray(result.params)))
    return chance


def _design(pairs: DyadYears, rows: Integers) -> Floats:
    columns = pairs.frame[rows].select("capability_ratio", "land_border", "rivalry").to_numpy()
    allied = pairs.major_helper[pairs.challenger[rows], rows]
    return np.column_stack([np.ones(len(rows)), columns, allied]).astype(np.float64)


_ROLLING = tuple(((FIRST, first - 1), (first, last)) for first, last in WINDOWS)
_BASELINE = "logit on capability ratio, land border, rivalry and a major ally of the target"
FEWEST = 10
"""events below which no forecast of war is judged"""
_SLOPE = Criterion(
    SLOPE,
    0.8,
    1.2,
    widest=1.5,
    events=FEWEST,
    why="calibration slope 1 ± .2; neither fewer than ten wars nor an interval wider than 1.5 says anything",
)
_NO_WORSE = (
    Criterion(f"{LOSS} less baseline", high=0.0, events=FEWEST, why="the logit", seen=True, rival="logit"),
    Criterion(RATE_GAP, high=0.0, events=FEWEST, why="a constant", seen=True, rival="rate of training years"),
)
_GUARANTEE = Criterion(RATIO, 2.5, 7.0, why="finding 1: a guarantee acts on escalation")

TESTS = (
    Registered(
        name="escalation-war",
        theme="escalation",
        kind="out of sample",
        question="Given a dispute between two states, is the chance of war calibrated, and lower with a major ally?",
        vintage=VINTAGE,
        train=EARLY[0],
        test=EARLY[1],
        baseline=_BASELINE,
        published="wars per dispute by major-power ally, GML-MID 2.2.1 and ATOP 5.1, computed before this program",
        criteria=(_SLOPE, *_NO_WORSE, _GUARANTEE),
        run=partial(escalation, (EARLY,), WAR),
    ),
    Registered(
        name="escalation-war-rolling",
        theme="escalation",
        kind="out of sample",
        question="And refitted before each decade, over 1970-2010, where there are more wars?",
        vintage=VINTAGE,
        train=_ROLLING[0][0],
        test=(WINDOWS[0][0], LAST),
        baseline=_BASELINE,
        published="as above",
        criteria=(_SLOPE, *_NO_WORSE, _GUARANTEE),
        run=partial(escalation, _ROLLING, WAR),
        quick=False,
    ),
    Registered(
        name="escalation-force",
        theme="escalation",
        kind="out of sample",
        question="Given a dispute, does the tree say which see force used?",
        vintage=VINTAGE,
        train=EARLY[0],
        test=EARLY[1],
        baseline=_BASELINE,
        published="",
        criteria=(
            Criterion(SLOPE, 0.8, 1.2, widest=1.5, why="calibration slope 1 ± .2"),
            Criterion(SKILL, low=0.0, why="no worse than the rate seen in the test years"),
            *_NO_WORSE,
        ),
        run=partial(escalation, (EARLY,), FORCE),
    ),
    Registered(
        name="escalation-force-era",
        theme="escalation",
        kind="out of sample",
        question="And with a level of the last ten years, refitted before each decade: does it earn its place?",
        vintage=VINTAGE,
        train=_ROLLING[0][0],
        test=(WINDOWS[0][0], LAST),
        baseline=_BASELINE,
        published="",
        criteria=(
            Criterion(SLOPE, 0.8, 1.2, widest=1.5, why="calibration slope 1 ± .2"),
            *_NO_WORSE,
            Criterion(TREE_GAP, high=0.0, why="the level earns its place", seen=True, rival="tree without a level"),
        ),
        run=partial(escalation, _ROLLING, FORCE, era=True),
        quick=False,
    ),
)
