"""Base rates of disputes: the world's table by class of pair, and the figures that the documents state."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from foedus.calibration.declare import DeclaredEstimate
from foedus.calibration.evidence import Evidence
from foedus.calibration.measure import Measured, share

CLASSES = ("rival", "contiguous", "major", "all")
_RATES = {
    "challenge": "directed pair-years in which the first opened a GML dispute with the second",
    "conceded": "of those disputes, the share short of war that the challenger won or the target ended by yielding",
    "force": "of those disputes, the share that saw force or worse",
    "war": "of those disputes, the share that became war",
    "war_with_major_ally": "of those whose target a major power owed defence, the share that became war",
    "war_without_major_ally": "of those whose target no major power owed defence, the share that became war",
}


def _base_rate(kind: str, rate: str) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        pairs = evidence.classed
        if kind != "all":
            pairs = pairs.filter(pl.col("class") == kind)
        column = rate
        if rate != "challenge":
            pairs = pairs.filter(pl.col("challenge") == 1)
        if rate.startswith("war_with"):
            pairs = pairs.filter(pl.col("aided") == (1 if rate == "war_with_major_ally" else 0))
            column = "war"
        return share(pairs[column].to_numpy(), pairs["dyad"].to_numpy(), "Wilson, by dyad")

    return measure


def _of_disputes(condition: pl.Expr) -> Callable[[Evidence], Measured]:
    return lambda evidence: share(evidence.disputes.select(condition.cast(pl.Int8)).to_series().to_numpy())


def _of_bilateral(condition: pl.Expr) -> Callable[[Evidence], Measured]:
    return lambda evidence: share(evidence.bilateral.select(condition.cast(pl.Int8)).to_series().to_numpy())


def _onsets(evidence: Evidence) -> Measured:
    pairs = evidence.relevant
    dyad = (pairs["ccode1"] * 1000 + pairs["ccode2"]).to_numpy()
    return share(pairs["gmlmidonset"].to_numpy(), dyad, "Wilson, by dyad")


def _challenges(evidence: Evidence) -> Measured:
    pairs = evidence.directed
    low, high = pl.min_horizontal("ccode1", "ccode2"), pl.max_horizontal("ccode1", "ccode2")
    dyad = pairs.select(low * 1000 + high).to_series()
    return share(pairs["challenge"].cast(pl.Int8).to_numpy(), dyad.to_numpy(), "Wilson, by dyad")


def _onsets_of(rivalry: int) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        pairs = evidence.onsets.filter(pl.col("rivalry") == rivalry)
        return share(pairs["onset"].to_numpy(), pairs["dyad"].to_numpy(), "Wilson, by dyad")

    return measure


def _rivals_share(evidence: Evidence) -> Measured:
    begun = evidence.onsets.filter(pl.col("onset") == 1)
    return share(begun["rivalry"].to_numpy(), begun["dyad"].to_numpy(), "Wilson, by dyad")


def _war_by_defender(owed: int) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        cases = evidence.bilateral.filter(pl.col("year") >= 1946)
        owing = evidence.defenders.rename({"ccode": "target"})
        aided = cases.join(owing, on=["target", "year"]).filter(pl.col("defender") != pl.col("challenger"))
        cases = cases.with_columns(aided=pl.col("dispnum").is_in(aided["dispnum"].unique().implode()).cast(pl.Int8))
        return share((cases.filter(pl.col("aided") == owed)["hostlev"] == 5).cast(pl.Int8).to_numpy())

    return measure


_OUTCOME = pl.col("outcome")
_RECIPES: tuple[tuple[str, float, str, str, Callable[[Evidence], Measured]], ...] = (
    (
        "reciprocated",
        0.518,
        "3.14",
        "share of GML disputes begun in 1950-2010 that the target answered",
        _of_disputes(pl.col("recip") == 1),
    ),
    ("force used", 0.735, "3.14", "share of the same with hostility 4 or 5", _of_disputes(pl.col("hostlev") >= 4)),
    ("war", 0.0255, "3.14", "share of the same with hostility 5", _of_disputes(pl.col("hostlev") == 5)),
    ("fatal", 0.261, "3.14", "share of the same with one death or more known", _of_disputes(pl.col("fatality") > 0)),
    ("stalemate", 0.76, "3.14", "share of the same that ended in stalemate", _of_disputes(_OUTCOME == 5)),
    ("compromise", 0.059, "3.14", "share of the same that ended in compromise", _of_disputes(_OUTCOME == 6)),
    (
        "victory or yield",
        0.073,
        "3.14",
        "share of the same that one side won or the other yielded",
        _of_disputes(_OUTCOME.is_between(1, 4)),
    ),
    ("onset, undirected", 0.0220, "3.14", "politically relevant pair-years 1950-2010 with a GML onset", _onsets),
    (
        "challenge, directed",
        0.0095,
        "3.14",
        "directed politically relevant pair-years 1950-2010 in which the first opened a GML dispute",
        _challenges,
    ),
    (
        "onset of rivals",
        0.217,
        "3.13 row 3",
        "the same for strategic rivals, pair-years with a continuing dispute left out",
        _onsets_of(1),
    ),
    ("onset of others", 0.0128, "3.13 row 3", "the same for pairs that are not rivals", _onsets_of(0)),
    ("rivals' share of onsets", 0.38, "3.13 row 3", "share of relevant onsets 1950-2010 between rivals", _rivals_share),
    (
        "war, target defended",
        0.0065,
        "finding 1",
        "bilateral disputes 1946-2010 whose target a major power not the challenger owed defence: share with war",
        _war_by_defender(1),
    ),
    (
        "war, target alone",
        0.0345,
        "finding 1",
        "the other bilateral disputes of 1946-2010: share with war",
        _war_by_defender(0),
    ),
    (
        "anyone joins",
        0.097,
        "3.14",
        "share of bilateral GML disputes 1816-2010 that anyone joined later",
        _of_bilateral((pl.col("joined_target") == 1) | (pl.col("joined_challenger") == 1)),
    ),
    (
        "target's side joined",
        0.066,
        "3.14",
        "the same, on the target's side",
        _of_bilateral(pl.col("joined_target") == 1),
    ),
    (
        "challenger's side joined",
        0.044,
        "3.14",
        "the same, on the challenger's side",
        _of_bilateral(pl.col("joined_challenger") == 1),
    ),
)

ESTIMATES = (
    *(
        DeclaredEstimate(
            f"{kind} {rate}",
            f"{recipe}; {kind} pairs, 1950-2010",
            _base_rate(kind, rate),
            f"{kind} {rate}",
            "base rate",
        )
        for kind in CLASSES
        for rate, recipe in _RATES.items()
    ),
    *(
        DeclaredEstimate(name, recipe, measure, where, "figure", stated)
        for name, stated, where, recipe, measure in _RECIPES
    ),
)
