"""Nuclear moves, as often as states made them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl

from foedus.calibration.declare import DeclaredEstimate
from foedus.calibration.evidence import Evidence
from foedus.calibration.measure import Measured, of_term, share
from foedus.calibration.proliferation import baseline, both_moves
from foedus.ledger import load_ledger
from foedus.panels import state_years


def _baseline(move: str) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        p = load_ledger()
        weights = {
            "threat": p["nuclear_threat_weight"].default,
            "latency": p["nuclear_latency_weight"].default,
            "doubt": p["nuclear_doubt_weight"].default,
            "treaty": -p["treaty_weight"].default,
            "neighbours": p["contagion"].default,
        }
        fit = baseline(evidence.nuclear, move, weights)
        return of_term(fit["constant"], fit, "errors by state")

    return measure


def _weight(name: str, sign: float = 1.0) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        fit = both_moves(evidence.nuclear)
        term = fit[name]
        ends = sorted((sign * term.low, sign * term.high))
        return of_term(replace(term, value=sign * term.value, low=ends[0], high=ends[1]), fit, "errors by state")

    return measure


def _first_exploring(evidence: Evidence) -> Measured:
    """Share of state-years of those that had not explored before in which one began to."""
    status = evidence.folder.read("nuclear_proliferation_status").select("ccode", "year", "nuclear_weapons_status")
    members = state_years(1939, 2016, data=evidence.folder).collect().select("ccode", "year")
    begun = (
        status.filter(pl.col("nuclear_weapons_status") > 0).group_by("ccode").agg(pl.col("year").min().alias("first"))
    )
    rows = members.join(status, on=["ccode", "year"]).join(begun, on="ccode", how="left")
    rows = rows.filter(pl.col("first").is_null() | (pl.col("year") <= pl.col("first")))
    return share((rows["year"] == rows["first"]).fill_null(value=False).cast(pl.Int8).to_numpy())


def _states(among: int, reached: int) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        status = evidence.folder.read("nuclear_proliferation_status")
        highest = status.group_by("ccode").agg(pl.col("nuclear_weapons_status").max())["nuclear_weapons_status"]
        kept = highest.filter(highest >= among).to_numpy()
        return share((kept >= reached).astype(np.int64))

    return measure


_BESIDE = (
    "constant of the yearly hazard, 1939-2001, beside the ledger's own weights of threat, latency, doubt, treaty "
    "and armed neighbours, means aside"
)
_TOGETHER = (
    "yearly hazard of exploring and of pursuing, 1939-2001, which share their weights, by a ridge logit on threat "
    "(forces and arsenals of rivals), latency five years before, doubt, treaty and armed neighbours"
)
ESTIMATES = (
    DeclaredEstimate("threat and the bomb", f"{_TOGETHER}: threat", _weight("threat"), "nuclear_threat_weight"),
    DeclaredEstimate("latency and the bomb", f"{_TOGETHER}: latency", _weight("latency"), "nuclear_latency_weight"),
    DeclaredEstimate(
        "treaty and the bomb", f"{_TOGETHER}: fall from 1970 on", _weight("treaty", -1.0), "treaty_weight"
    ),
    DeclaredEstimate("neighbours and the bomb", f"{_TOGETHER}: armed neighbours", _weight("neighbours"), "contagion"),
    DeclaredEstimate(
        "exploring the bomb", f"{_BESIDE}: none to exploring (Bleek)", _baseline("explore"), "explore_baseline"
    ),
    DeclaredEstimate(
        "pursuing the bomb", f"{_BESIDE}: exploring to pursuing (Bleek)", _baseline("pursue"), "pursue_baseline"
    ),
    DeclaredEstimate(
        "exploring, yearly",
        "share of state-years 1939-2016 of states that had not explored the bomb before in which one began (Bleek)",
        _first_exploring,
        "3.13 row 34",
        "figure",
        0.003,
    ),
    DeclaredEstimate(
        "pursuers that armed",
        "share of states that ever pursued the bomb, to 2022, that built it",
        _states(2, 3),
        "3.13 row 36",
        "figure",
        0.59,
    ),
    DeclaredEstimate(
        "explorers that armed",
        "share of states that ever explored, to 2022, that built it",
        _states(1, 3),
        "3.13 row 58",
        "figure",
        0.323,
    ),
)
