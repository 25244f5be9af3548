"""Who wins disputes: the contest equation (7) as an ordered logit of the power ratio."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.equations.contest import chance_challenger_wins
from foedus.estimators.resample import GroupDraws, interval
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered, Years
from foedus.ledger import load_ledger
from foedus.panels import DataFolder
from foedus.panels.disputes import between_two, read_disputes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SPLIT: tuple[Years, Years] = ((1816, 1989), (1990, 2010))
PRL = "log-loss reduction"
KNOWN, CEILING = 0.018, 0.195
FOLDS = 10
SIDE_A, SIDE_B, UNKNOWN = (1, 4), (2, 3), (-9, 8, 9)
"""GML outcomes: a victory of A or a yield by B; the reverse; missing, unclear or merged into a war, left out."""


@cache
def read_outcomes(folder: DataFolder) -> pl.DataFrame:
    """Read disputes between one state on each side: `year, dyad, ratio, won` (0 side B, 1 neither, 2 side A).

    ratio   log of A's share of world capabilities over B's, in the year it began
    """
    codes = frozenset(folder.read("cow_state_system")["ccode"].to_list())
    began = between_two(read_disputes(folder, "gml", codes))
    ended = folder.read("gml_mid_disputes").select("dispnum", "outcome").filter(~pl.col("outcome").is_in(UNKNOWN))
    power = folder.read("cow_nmc").select("ccode", "year", "cinc").filter(pl.col("cinc") > 0)
    frame = began.join(ended, on="dispnum")
    for side in ("1", "2"):
        frame = frame.join(power.rename({"ccode": f"ccode{side}", "cinc": f"cinc{side}"}), on=[f"ccode{side}", "year"])
    pair = pl.min_horizontal("ccode1", "ccode2") * 1000 + pl.max_horizontal("ccode1", "ccode2")
    won = pl.when(pl.col("outcome").is_in(SIDE_A)).then(2).when(pl.col("outcome").is_in(SIDE_B)).then(0).otherwise(1)
    return frame.sort("dispnum").select(
        "year", dyad=pair, ratio=(pl.col("cinc1") / pl.col("cinc2")).log().cast(pl.Float64), won=won.cast(pl.Int64)
    )


def chances(ratio: Floats, decisiveness: float, log_edge: float, stalemate: float) -> Floats:
    """Chance that B wins, neither does, A wins, [3, n]: eq. (7) with a band of stalemate of half-width `stalemate`.

    stalemate   in log power ratio: A wins by that much more power, B by that much less
    """
    wins = chance_challenger_wins(ratio, 0.0, decisiveness, log_edge + stalemate)
    loses = 1.0 - chance_challenger_wins(ratio, 0.0, decisiveness, log_edge - stalemate)
    return np.stack([loses, 1.0 - wins - loses, wins])


def fit(frame: pl.DataFrame) -> tuple[float, float, float]:
    """Fit decisiveness, log edge and band of stalemate by maximum likelihood, within what the ledger says they can be.

    Free, the edge of the defender would be far below one (a challenger picks its disputes), which nothing that ships
    can be: a pass there would be of another model.
    """
    from scipy.optimize import minimize

    ratio, won = frame["ratio"].to_numpy(), frame["won"].to_numpy()

    def loss(point: Floats) -> float:
        return float(_losses(ratio, won, (np.exp(point[0]), point[1], np.exp(point[2]))).sum())

    ledger = load_ledger()
    sharp, edge = ((np.log(p.low), np.log(p.high)) for p in (ledger["decisiveness"], ledger["defender_edge"]))
    found = minimize(
        loss,
        [-1.5, float(edge[0]), 2.0],
        method="Nelder-Mead",
        bounds=[sharp, edge, (-9.0, 9.0)],
        options={"maxiter": 4000, "xatol": 1e-6, "fatol": 1e-6},
    )
    return float(np.exp(found.x[0])), float(found.x[1]), float(np.exp(found.x[2]))


def _losses(ratio: Floats, won: Integers, point: tuple[float, float, float]) -> Floats:
    given = chances(ratio, *point)[won, np.arange(len(won))]
    return np.asarray(-np.log(np.maximum(given, 1e-12)))


def _rates(past: pl.DataFrame, won: Integers) -> Floats:
    share = np.bincount(past["won"].to_numpy(), minlength=3) / past.height
    return np.asarray(-np.log(share[won]))


def split(setting: HindcastSetting) -> Found:
    """Fit on training years, score test years."""
    frame = read_outcomes(setting.folder)
    past, future = (frame.filter(pl.col("year").is_between(*years)) for years in SPLIT)
    point, won = fit(past), future["won"].to_numpy()
    ratio = future["ratio"].to_numpy()
    figures: tuple[FoundMeasure, ...] = (_reduction(future, _losses(ratio, won, point), _rates(past, won), setting),)
    given = chances(ratio, *point).sum(axis=1)
    figures += tuple(
        FoundMeasure(f"{who}, expected / observed", float(given[k] / (won == k).sum()))
        for k, who in ((2, "side A wins"), (0, "side B wins"))
    )
    return Found(figures, future.height, int((won != 1).sum()), _why(point), fitted=_named(point))


def crossed(setting: HindcastSetting) -> Found:
    """Fit on nine tenths, score the tenth left out, in turn, as the published figure was made."""
    frame = read_outcomes(setting.folder)
    fold = np.random.default_rng(setting.seed).permutation(frame.height) % FOLDS
    ours, rates = np.empty(frame.height), np.empty(frame.height)
    won, ratio = frame["won"].to_numpy(), frame["ratio"].to_numpy()
    for k in range(FOLDS):
        out = fold == k
        past = frame.filter(~out)
        ours[out] = _losses(ratio[out], won[out], fit(past))
        rates[out] = _rates(past, won[out])
    point = fit(frame)
    figures = (_reduction(frame, ours, rates, setting),)
    return Found(figures, frame.height, int((won != 1).sum()), _why(point), fitted=_named(point))


def _named(point: tuple[float, float, float]) -> tuple[tuple[str, float], ...]:
    sharp, log_edge, band = point
    held = (("decisiveness", sharp), ("defender_edge", float(np.exp(log_edge))), ("stalemate", band))
    return tuple((name, float(f"{value:.4g}")) for name, value in held)


def _why(point: tuple[float, float, float]) -> str:
    ledger = load_ledger()
    sharp, edge = ledger["decisiveness"], ledger["defender_edge"]
    return (
        f"Fitted decisiveness {point[0]:.2g} (ledger {sharp.default:g}, {sharp.low:g}-{sharp.high:g}) and defender's "
        f"edge {np.exp(point[1]):.2g} (ledger {edge.default:g}, {edge.low:g}-{edge.high:g}): free it would be "
        "below one, since those who start disputes choose them, and that is no law of war. Estimates of who would win "
        f"reach {CEILING}, by methods that power ratios do not"
    )


def _reduction(frame: pl.DataFrame, ours: Floats, rates: Floats, setting: HindcastSetting) -> FoundMeasure:
    group = np.unique(frame["dyad"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    draws = GroupDraws(group, setting.draws, setting.seed)
    low, high = interval(1 - draws.mean(ours) / draws.mean(rates))
    return FoundMeasure(PRL, float(1 - ours.sum() / rates.sum()), low, high, 0.0, KNOWN)


_VINTAGE = "GML-MID 2.2.1, NMC 7.0"
_BASELINE = "shares of outcomes in the training cases"
_KNOWN = "capability ratios, Carroll and Kenkel (2019): .018; their expectations of outcomes reach .195"
TESTS = (
    Registered(
        name="outcomes-contest",
        theme="outcomes",
        kind="out of sample",
        question="Does the contest equation, fitted before 1990, say who wins disputes after?",
        vintage=_VINTAGE,
        train=SPLIT[0],
        test=SPLIT[1],
        baseline=_BASELINE,
        published=_KNOWN,
        criteria=(Criterion(PRL, 0.008, 0.028, why="about .018, as published", seen=True),),
        run=split,
    ),
    Registered(
        name="outcomes-contest-crossed",
        theme="outcomes",
        kind="out of sample",
        question="And cross-validated over all years, as the published figure was made?",
        vintage=_VINTAGE,
        train=None,
        test=(1816, 2010),
        baseline=_BASELINE,
        published=_KNOWN,
        criteria=(Criterion(PRL, -0.005, 0.005, "published", why="as published"),),
        run=crossed,
    ),
)
