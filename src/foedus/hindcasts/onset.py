"""Onset of militarised disputes: the published baselines again, and the model's own equations beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from foedus.calibration.pairs.dyads import FIRST, Integers, read_pairs
from foedus.estimators import scores
from foedus.hindcasts import baselines
from foedus.hindcasts.forecasters import Floats, Memory, fitted, least_taught, logit_chances, named
from foedus.hindcasts.measures import AUC, AUPR, BRIER, EXPECTED, REDUCTION, Forecast, event_figures
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered, Years
from foedus.panels.samples import Sample, onset_frame

VINTAGE = "GML-MID 2.2.1, NMC 7.0, ATOP 5.1, COW contiguity, Thompson-Sakuwa-Suhas rivalries"
EARLY: tuple[Years, Years] = ((1950, 1989), (1990, 2010))
LATE: tuple[Years, Years] = ((1950, 1999), (2000, 2010))
WINDOWS: tuple[Years, ...] = ((1970, 1979), (1980, 1989), (1990, 1999), (2000, 2010))
SWING_YEARS = 4
"""years of the shortest span that is scored by itself: 2011-14"""
SWING = f"swing of expected / observed over {SWING_YEARS} years, log"
SOURCE = "computed from the same data by an independent program before this one (docs/panels.md)"
REFERENCE: Mapping[str, Mapping[str, float]] = {
    "F0": {AUC: 0.773, AUPR: 0.045, BRIER: 0.01560, REDUCTION: 0.074},
    "F1": {AUC: 0.870, AUPR: 0.106, BRIER: 0.01499, REDUCTION: 0.184},
    "F2": {AUC: 0.876, AUPR: 0.174, BRIER: 0.01438, REDUCTION: 0.225},
    "F3": {AUC: 0.899, AUPR: 0.191, BRIER: 0.01404, REDUCTION: 0.273},
    "F4": {AUC: 0.901, AUPR: 0.222, BRIER: 0.01381, REDUCTION: 0.288},
}
LATE_REFERENCE = {"F4": {AUC: 0.924, AUPR: 0.255, BRIER: 0.01157, REDUCTION: 0.341}}
ALL_REFERENCE = {"F4": {AUC: 0.961, AUPR: 0.171}}


def reproduce(
    sample: Sample, years: tuple[Years, Years], published: Mapping[str, Mapping[str, float]],
    cases: tuple[int, int], setting: HindcastSetting,
) -> Found:  # fmt: skip
    """Score the baseline logits beside figures computed elsewhere on the same rows.

    cases   rows and onsets that the test years must have
    """
    frame = onset_frame(FIRST, years[1][1], sample=sample, data=setting.folder)
    found = {s.model: s for s in baselines.score_baselines(frame, *years, models=tuple(published))}
    first = next(iter(found.values()))
    figures = [
        FoundMeasure("rows", first.rows, published=cases[0]),
        FoundMeasure("onsets", first.onsets, published=cases[1]),
    ]
    for model, known in published.items():
        score = found[model]
        held = {AUC: score.auc, AUPR: score.aupr, BRIER: score.brier, REDUCTION: score.log_loss_reduction}
        figures += [FoundMeasure(f"{model} {name}", held[name], published=value) for name, value in known.items()]
    return Found(tuple(figures), first.rows, first.onsets)


def same(models: tuple[str, ...]) -> tuple[Criterion, ...]:
    """Equal rows and onsets; AUC within .005 of the figure known beforehand."""
    exact = tuple(Criterion(name, 0, 0, "published", why="the same coding rules") for name in ("rows", "onsets"))
    return tuple(Criterion(f"{m} {AUC}", -0.005, 0.005, "published", why="rounding") for m in models) + exact


def structural(years: tuple[Years, Years], baseline: str, published: Mapping[str, float],
               memory: Memory, setting: HindcastSetting) -> Found:  # fmt: skip
    """Fit the structural equations on training years and score test years beside a baseline logit."""
    pairs, (train, test) = read_pairs(setting.folder), years
    model, rows = fitted(setting.folder, train, memory), pairs.within(test)
    forecast = Forecast(pairs.onset[rows], model.onset(pairs, rows), pairs.dyad[rows])
    other = logit_chances(setting.folder, baseline, train, test)
    figures = event_figures(
        forecast, forecast.draws(setting.draws, setting.seed), other, published, less=(AUC, AUPR, REDUCTION)
    )
    return Found(
        figures,
        rows=len(rows),
        events=int(forecast.event.sum()),
        why=least_taught(model),
        curves=(forecast.curve("onset"),),
        fitted=named(model),
    )


def rolling(setting: HindcastSetting) -> Found:
    """Fit on all years before each window; score the windows together, and each."""
    pairs = read_pairs(setting.folder)
    rows = [pairs.within(window) for window in WINDOWS]
    ours: list[Floats] = []
    theirs: list[Floats] = []
    for window, inside in zip(WINDOWS, rows, strict=True):
        train = (FIRST, window[0] - 1)
        ours.append(fitted(setting.folder, train, "disputes and rivalry").onset(pairs, inside))
        theirs.append(logit_chances(setting.folder, "F4", train, window))
    every = np.concatenate(rows)
    forecast = Forecast(pairs.onset[every], np.concatenate(ours), pairs.dyad[every])
    draws = forecast.draws(setting.draws, setting.seed)
    figures = event_figures(forecast, draws, np.concatenate(theirs), less=(AUC, AUPR, REDUCTION))
    windows = tuple(
        FoundMeasure(
            f"{AUC} {first}-{last}",
            scores.auc(pairs.onset[inside], mine),
            baseline=scores.auc(pairs.onset[inside], other),
        )
        for (first, last), inside, mine, other in zip(WINDOWS, rows, ours, theirs, strict=True)
    )
    last = fitted(setting.folder, (FIRST, WINDOWS[-1][0] - 1), "disputes and rivalry")
    return Found(
        (*figures, *windows, swings(pairs.year[every], forecast)),
        rows=len(every),
        events=int(forecast.event.sum()),
        why="Fitted values are those of the last window",
        curves=(forecast.curve("onset"),),
        fitted=named(last),
    )


_REACHES_F1 = (
    Criterion(AUC, low=0.870, why="what F1 was known to reach"),
    Criterion(AUPR, low=0.106, why="what F1 was known to reach"),
)


def swings(year: Integers, forecast: Forecast) -> FoundMeasure:
    """How far expected over observed events of four years lies from even: standard deviation of its log over windows.

    What a level common to all pairs does from one few years to the next is in no interval by dyads.
    """
    first = int(year.min())
    window = (year - first) // SWING_YEARS
    whole = range((int(year.max()) - first + 1) // SWING_YEARS)
    ratio = [forecast.chance[window == w].sum() / forecast.event[window == w].sum() for w in whole]
    spread = float(np.sqrt(np.mean(np.log(ratio) ** 2)))
    said = ", ".join(f"{first + SWING_YEARS * w} {r:.2f}" for w, r in zip(whole, ratio, strict=True))
    inside = sum(0.8 <= r <= 1.25 for r in ratio)
    return FoundMeasure(SWING, spread, note=f"{inside} of {len(ratio)} windows in [0.8, 1.25]; from {said}")


def close_to(logit: str) -> tuple[Criterion, ...]:
    """As good as a baseline logit on the same rows give or take .01, in AUC and in log loss."""
    return (
        Criterion(f"{AUC} less baseline", low=-0.01, why=f"{logit} on the same rows", rival=logit),
        *calibrated(logit),
    )


def calibrated(logit: str) -> tuple[Criterion, ...]:
    """Ranking well is not enough: chances must be about right as well, and as good as a baseline logit's."""
    return (
        Criterion(EXPECTED, 0.5, 2.0, why="a factor of two, as for base rates", seen=True),
        Criterion(f"{REDUCTION} less baseline", low=-0.01, why="as close as in AUC", seen=True, rival=logit),
    )


_LOGIT = {
    "F3": "F3: F1 with peace-years, squared and cubed",
    "F1": "F1: logit on capability ratio and size, contiguity, land border, distance, majors, pact",
    "F4": "F4: F1 with rivalry and peace-years, squared and cubed",
}

TESTS = (
    Registered(
        name="onset-baselines",
        theme="onset",
        kind="data check",
        question="Do the baseline logits F0 to F4 score as an independent program found?",
        vintage=VINTAGE,
        train=EARLY[0],
        test=EARLY[1],
        baseline="",
        published=SOURCE,
        criteria=same(tuple(REFERENCE)),
        run=partial(reproduce, "relevant-with-fillers", EARLY, REFERENCE, (36_373, 584)),
    ),
    Registered(
        name="onset-baselines-late",
        theme="onset",
        kind="data check",
        question="And F4 on the later split?",
        vintage=VINTAGE,
        train=LATE[0],
        test=LATE[1],
        baseline="",
        published=SOURCE,
        criteria=same(("F4",)),
        run=partial(reproduce, "relevant-with-fillers", LATE, LATE_REFERENCE, (19_678, 273)),
    ),
    Registered(
        name="onset-baselines-all-pairs",
        theme="onset",
        kind="data check",
        question="And F4 on all pairs of states, not only politically relevant ones?",
        vintage=VINTAGE,
        train=EARLY[0],
        test=EARLY[1],
        baseline="",
        published=SOURCE,
        criteria=same(("F4",)),
        run=partial(reproduce, "all", EARLY, ALL_REFERENCE, (370_039, 704)),
        quick=False,
    ),
    Registered(
        name="onset-structure",
        theme="onset",
        kind="out of sample",
        question="Do the model's equations, without memory of past disputes, forecast onset as well as the logit F1?",
        vintage=VINTAGE,
        train=EARLY[0],
        test=EARLY[1],
        baseline=_LOGIT["F1"],
        published=SOURCE,
        criteria=_REACHES_F1 + calibrated("F1"),
        run=partial(structural, EARLY, "F1", REFERENCE["F1"], "none"),
    ),
    Registered(
        name="onset-structure-hostility",
        theme="onset",
        kind="out of sample",
        question="With hostility kept by eq. 31, do they come within .01 AUC of the logit F4?",
        vintage=VINTAGE,
        train=EARLY[0],
        test=EARLY[1],
        baseline=_LOGIT["F4"],
        published=SOURCE,
        criteria=close_to("F4"),
        run=partial(structural, EARLY, "F4", REFERENCE["F4"], "disputes and rivalry"),
    ),
    Registered(
        name="onset-structure-disputes",
        theme="onset",
        kind="out of sample",
        question="And when hostility remembers disputes alone, not rivalries coded in retrospect, as close to F3?",
        vintage=VINTAGE,
        train=EARLY[0],
        test=EARLY[1],
        baseline=_LOGIT["F3"],
        published=SOURCE,
        criteria=close_to("F3"),
        run=partial(structural, EARLY, "F3", REFERENCE["F3"], "disputes"),
    ),
    Registered(
        name="onset-structure-late",
        theme="onset",
        kind="out of sample",
        question="And on the later split?",
        vintage=VINTAGE,
        train=LATE[0],
        test=LATE[1],
        baseline=_LOGIT["F4"],
        published=SOURCE,
        criteria=close_to("F4"),
        run=partial(structural, LATE, "F4", LATE_REFERENCE["F4"], "disputes and rivalry"),
    ),
    Registered(
        name="onset-structure-rolling",
        theme="onset",
        kind="out of sample",
        question="Refitted before each decade, do they stay within .01 AUC of F4 refitted likewise?",
        vintage=VINTAGE,
        train=(FIRST, WINDOWS[0][0] - 1),
        test=(WINDOWS[0][0], WINDOWS[-1][1]),
        baseline=_LOGIT["F4"] + ", refitted before each window",
        published="",
        criteria=close_to("F4"),
        run=rolling,
        quick=False,
    ),
)
