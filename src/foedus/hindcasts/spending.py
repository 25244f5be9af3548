"""Paths of defence spending: equation (20) from what was known at an origin, against a random walk, by CRPS."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.equations.effort import desired_share, next_share
from foedus.estimators import scores
from foedus.estimators.resample import GroupDraws, interval
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered
from foedus.ledger import load_ledger
from foedus.panels import DataFolder

Floats = NDArray[np.float64]

FIRST, ORIGIN, LAST = 2000, 2013, 2023
MEMBERS = 1000
"""draws of each path"""
HORIZONS = (1, 5, 10)
UNBOUND = 1.0
"""share of GDP as a ceiling that never binds: what publics accepted in 2013 is not measured"""


@cache
def read_burdens(folder: DataFolder) -> tuple[tuple[int, ...], Floats]:
    """Return COW codes and shares of GDP, [states, years] from FIRST to LAST, of states without a gap."""
    table = folder.read("sipri_milex_excerpt").filter(pl.col("year").is_between(FIRST, LAST))
    table = table.drop_nulls(["milex_pct_gdp"]).filter(pl.col("milex_pct_gdp") > 0)
    whole = table.group_by("ccode").len().filter(pl.col("len") == LAST - FIRST + 1)["ccode"].sort()
    held = table.filter(pl.col("ccode").is_in(whole.implode())).sort("ccode", "year")
    share = held["milex_pct_gdp"].cast(pl.Float64).to_numpy().reshape(len(whole), -1) / 100
    return tuple(whole.to_list()), share


def expected_next(share: Floats, habit: Floats, adjustment: float) -> Floats:
    """Share expected a year on when threat and partners stay as they are (eqs 19, 20)."""
    desired = desired_share(habit, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    found: Floats = np.asarray(next_share(share, desired, UNBOUND, adjustment))
    return found


def fitted_adjustment(share: Floats) -> float:
    """Speed of adjustment that fits training years best: least squares of log shares a year on."""
    from scipy.optimize import minimize_scalar

    habit = share.mean(axis=1, keepdims=True)

    def misfit(adjustment: float) -> float:
        return float(np.sum((np.log(share[:, 1:]) - np.log(expected_next(share[:, :-1], habit, adjustment))) ** 2))

    return float(minimize_scalar(misfit, bounds=(0.0, 0.6), method="bounded").x)


def paths(share: Floats, habit: Floats, adjustment: float, shocks: Floats) -> Floats:
    """Draw paths from the last training year, [states, years, members].

    share   [states] at the origin; habit the same
    shocks  [states, years, members] of log share, added year by year
    """
    level = np.repeat(share[:, None], shocks.shape[2], axis=1)
    drawn = np.empty_like(shocks)
    for t in range(shocks.shape[1]):
        level = expected_next(level, habit[:, None], adjustment) * np.exp(shocks[:, t])
        drawn[:, t] = level
    return drawn


def forecast(setting: HindcastSetting) -> Found:
    """Draw paths of 2014-2023 from what was known in 2013; score them beside a random walk."""
    _, share = read_burdens(setting.folder)
    past, came = share[:, : ORIGIN - FIRST + 1], share[:, ORIGIN - FIRST + 1 :]
    adjustment, habit = fitted_adjustment(past), past.mean(axis=1)
    random = np.random.default_rng(setting.seed)
    shape = (*came.shape, MEMBERS)
    residual = np.log(past[:, 1:]) - np.log(expected_next(past[:, :-1], habit[:, None], adjustment))
    change = np.diff(np.log(past), axis=1)
    ours = paths(past[:, -1], habit, adjustment, random.choice((residual - residual.mean()).ravel(), shape))
    walk = paths(past[:, -1], habit, 0.0, random.choice((change - change.mean()).ravel(), shape))
    score = [100 * scores.crps(drawn, came) for drawn in (ours, walk)]
    draws = GroupDraws(np.arange(len(came)), setting.draws, setting.seed)
    figures = [_skill("CRPS skill over a random walk", score[0].mean(axis=1), score[1].mean(axis=1), draws)]
    for horizon in HORIZONS:
        by_state = [s[:, horizon - 1] for s in score]
        low, high = interval(draws.mean(by_state[0]))
        figures.append(
            FoundMeasure(
                f"CRPS {horizon} years on",
                float(by_state[0].mean()),
                low,
                high,
                float(by_state[1].mean()),
                unit="% of GDP",
            )
        )
    inside = _inside(ours, came)
    low, high = interval(draws.mean(inside.mean(axis=1)))
    figures.append(
        FoundMeasure("share inside the 90 % band", float(inside.mean()), low, high, float(_inside(walk, came).mean()))
    )
    ledger = load_ledger()["adjustment"]
    why = f"Fitted adjustment {adjustment:.2g} a year (ledger {ledger.default:g}, {ledger.low:g}-{ledger.high:g})"
    return Found(tuple(figures), came.size, None, why, fitted=(("adjustment", float(f"{adjustment:.4g}")),))


def _skill(name: str, ours: Floats, walk: Floats, draws: GroupDraws) -> FoundMeasure:
    low, high = interval(1 - draws.mean(ours) / draws.mean(walk))
    return FoundMeasure(name, float(1 - ours.mean() / walk.mean()), low, high, 0.0)


def _inside(drawn: Floats, came: Floats) -> Floats:
    low, high = np.quantile(drawn, [0.05, 0.95], axis=2)
    return np.asarray((came >= low) & (came <= high), dtype=float)


TESTS = (
    Registered(
        name="spending-paths",
        theme="spending",
        kind="out of sample",
        question="From 2013, does partial adjustment to habit draw better ten-year paths than a random walk?",
        vintage="SIPRI military expenditure, 2026 release, excerpt of 48 states",
        train=(FIRST, ORIGIN),
        test=(ORIGIN + 1, LAST),
        baseline="random walk of log shares with the shocks of the training years",
        published="",
        criteria=(
            Criterion("CRPS skill over a random walk", low=0.0, why="no worse than knowing only the last share"),
            Criterion("share inside the 90 % band", 0.8, 0.97, why="nine in ten, give or take what 48 states allow"),
        ),
        run=forecast,
    ),
)
