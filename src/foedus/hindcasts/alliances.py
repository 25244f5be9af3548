"""New defence pacts: does the worth of another's help, as pooling counts it, say who will ally."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from foedus.calibration.pairs.defenders import Defenders, read_defenders
from foedus.estimators.binary import Logit
from foedus.estimators.covariance import from_hessian
from foedus.hindcasts.measures import AUC, AUPR, BRIER, REDUCTION, Forecast, event_figures
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered, Years
from foedus.hindcasts.threats import read_threats, worth_of_help
from foedus.panels import DataFolder, state_years

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TRAIN: Years = (1950, 1989)
TEST: Years = (1990, 2008)
VINTAGE = "ATOP 5.1 defence pacts, NMC 7.0, Thompson-Sakuwa-Suhas rivalries, GML-MID 2.2.1, UN ideal points"
WORTH = "weight of the worth of help"
TYPICAL_GAP = 1.3
"""gap of ideal points given to pairs of which one does not vote: about the mean"""


@dataclass(frozen=True)
class Ties:
    """Pairs of states without a pact the year before, [n].

    pair, year   number of the pair; year
    tied         1 when either owes the other defence in the year
    features     [n, 3] log worth of each other's help, gap of ideal points, log km: of the year before
    """

    pair: Integers
    year: Integers
    tied: Floats
    features: Floats


@cache
def _known(folder: DataFolder) -> Defenders:
    return read_defenders(folder, TRAIN[0] - 1, TEST[1])


@cache
def read_ties(folder: DataFolder) -> Ties:
    """Read every pair-year at risk of a new tie. Raises DataError as a panel does."""
    known = _known(folder)
    worth = worth_of_help(known, *read_threats(folder, known))
    voted = state_years(known.first, TEST[1], data=folder).ideal_points().collect()
    point = np.full(known.power.shape, np.nan)
    place = known.number(voted["ccode"].to_numpy().astype(np.int64))
    point[voted["year"].to_numpy() - known.first, place] = voted["idealpointfp"].to_numpy()
    bound = _bound(known)
    one, two = np.triu_indices(len(known.codes), 1)
    parts = []
    for t in range(1, len(bound)):
        free = known.alive[t, one, two] & known.alive[t - 1, one, two] & ~bound[t - 1, one, two]
        a, b = one[free], two[free]
        features = (
            np.log1p(20.0 * (worth[t - 1, a, b] + worth[t - 1, b, a])),
            np.nan_to_num(np.abs(point[t - 1, a] - point[t - 1, b]), nan=TYPICAL_GAP),
            np.log1p(known.distance[t - 1, a, b]),
        )
        year = np.full(len(a), known.first + t)
        parts.append((a * len(known.codes) + b, year, bound[t, a, b].astype(float), np.column_stack(features)))
    pair, years, tied, held = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Ties(pair, years, tied, held.astype(float))


def _bound(known: Defenders) -> NDArray[np.bool_]:
    return np.maximum(known.owed, known.owed.transpose(0, 2, 1)) > 0


def new_ties(setting: HindcastSetting) -> Found:
    """Fit a logit of new ties on the model's reasons for them; score test years beside distance alone."""
    ties = read_ties(setting.folder)
    past, future = (np.flatnonzero((ties.year >= y[0]) & (ties.year <= y[1])) for y in (TRAIN, TEST))
    ours, coefficients, errors = _logit(ties, past, future, [0, 1, 2])
    distance, _, _ = _logit(ties, past, future, [2])
    forecast = Forecast(ties.tied[future], ours, ties.pair[future])
    draws = forecast.draws(setting.draws, setting.seed)
    known = {AUC: 0.909, AUPR: 0.023}
    figures = event_figures(forecast, draws, distance, known, (AUC, AUPR, BRIER, REDUCTION), less=(AUC, AUPR))
    low, high = (float(coefficients[1] + side * 1.645 * errors[1]) for side in (-1, 1))
    figures += (FoundMeasure(WORTH, float(coefficients[1]), low, high, note="the interval is the logit's own"),)
    names = ("constant", "worth of help", "gap of ideal points", "log distance")
    fitted = tuple((n, float(f"{w:.4g}")) for n, w in zip(names, coefficients, strict=True))
    why = "Ties come in batches, many states by one treaty: the model pools pairs one at a time"
    return Found(
        figures, len(future), int(forecast.event.sum()), why, curves=(forecast.curve("new ties"),), fitted=fitted
    )


def _logit(ties: Ties, past: Integers, future: Integers, columns: list[int]) -> tuple[Floats, Floats, Floats]:
    def design(rows: Integers) -> Floats:
        return np.column_stack([np.ones(len(rows)), ties.features[rows][:, columns]])

    likelihood = Logit(ties.tied[past].astype(np.float64), design(past))
    weights = likelihood.fit("the logit of new ties")
    errors = np.sqrt(np.diag(from_hessian(likelihood.hessian(weights))))
    return expit(design(future) @ weights), weights, errors


def rates(setting: HindcastSetting) -> Found:
    """Count formation, dissolution and partners a state, 1950-2008."""
    known = _known(setting.folder)
    bound, both = _bound(known), known.alive[1:] & known.alive[:-1]
    before, after = bound[:-1], bound[1:]
    formed = float((both & ~before & after).sum() / (both & ~before).sum())
    ended = float((both & before & ~after).sum() / (both & before).sum())
    degree = bound.sum(axis=(1, 2)) / known.alive.any(axis=2).sum(axis=1)
    return Found(
        (
            FoundMeasure("formation, % a year", 100 * formed, published=0.23),
            FoundMeasure("dissolution, % a year", 100 * ended, published=0.54),
            FoundMeasure(f"partners a state, {known.first}", float(degree[0])),
            FoundMeasure(f"partners a state, {TEST[1]}", float(degree[-1])),
            FoundMeasure("partners a state, mean of years", float(degree.mean()), published=9.6),
        ),
        int(both.sum() // 2),
    )


TESTS = (
    Registered(
        name="alliances-new-ties",
        theme="alliances",
        kind="out of sample",
        question="Do the worth of help and likeness of views, by which the model pools states, say who will ally?",
        vintage=VINTAGE,
        train=TRAIN,
        test=TEST,
        baseline="logit on distance alone",
        published="a network logit on the same pacts, computed before this program",
        criteria=(
            Criterion(AUC, low=0.909, why="what was known to be reached"),
            Criterion(AUPR, low=0.023, why="what was known to be reached"),
            Criterion(f"{AUC} less baseline", low=0.0, why="the model's reasons should add to distance", rival="logit"),
            Criterion(WORTH, low=0.0, why="pooling says that help worth more draws states together", seen=True),
        ),
        run=new_ties,
        quick=False,
    ),
    Registered(
        name="alliances-rates",
        theme="alliances",
        kind="data check",
        question="Are formation and dissolution of pacts as counted before this program?",
        vintage="ATOP 5.1",
        train=None,
        test=(TRAIN[0], TEST[1]),
        baseline="",
        published="counts made before this program",
        criteria=(
            Criterion("formation, % a year", -0.03, 0.03, "published", why="the same counts"),
            Criterion("dissolution, % a year", -0.05, 0.05, "published", why="the same counts"),
        ),
        run=rates,
        quick=False,
    ),
)
