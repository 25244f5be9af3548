"""What a protégé at war rests on: aid to Ukraine."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from foedus.calibration.declare import DeclaredEstimate
from foedus.calibration.evidence import Evidence
from foedus.calibration.measure import Measured

UKRAINE, UNITED_STATES = 369, 2
DOLLARS_A_EURO: Mapping[int, float] = {2022: 1.0530, 2023: 1.0813, 2024: 1.0824}
"""Yearly means of the European Central Bank's reference rate, recalled: an error of a cent moves the share by .002."""


def _military(evidence: Evidence) -> dict[int, tuple[float, float]]:
    """Military aid by year, billion euros: all donors', and the United States'."""
    rows = evidence.folder.read("ukraine_support_monthly").filter(pl.col("year").is_in(list(DOLLARS_A_EURO)))
    total = rows.group_by("year").agg(
        pl.col("military").sum(), pl.col("military").filter(pl.col("ccode") == UNITED_STATES).sum().alias("american")
    )
    return {year: (float(every), float(american)) for year, every, american in total.iter_rows()}


def _over_years(part: dict[int, float], whole: dict[int, float]) -> Measured:
    """Share over all years, between the least and the greatest yearly share."""
    yearly = [part[y] / whole[y] for y in part]
    return Measured(
        sum(part.values()) / sum(whole.values()), min(yearly), max(yearly), len(yearly), "lowest to highest year"
    )


def _need(evidence: Evidence) -> Measured:
    own = evidence.folder.read("sipri_milex_excerpt").filter(pl.col("ccode") == UKRAINE)
    spent = dict(own.select("year", "milex_current_usd_m").drop_nulls().iter_rows())
    aid = {y: every * DOLLARS_A_EURO[y] for y, (every, _) in _military(evidence).items()}
    return _over_years(aid, {y: aid[y] + spent[y] / 1000 for y in aid})


def _guarantor(evidence: Evidence) -> Measured:
    given = _military(evidence)
    return _over_years({y: a for y, (_, a) in given.items()}, {y: e for y, (e, _) in given.items()})


ESTIMATES = (
    DeclaredEstimate(
        "outside support of a war effort",
        "military aid to Ukraine over that aid and its own military spending, 2022-2024 (Kiel, SIPRI; "
        "SIPRI counts no aid in kind)",
        _need,
        "war_support_need",
    ),
    DeclaredEstimate(
        "guarantor's share of support",
        "the United States' share of military aid to Ukraine, 2022-2024 (Kiel)",
        _guarantor,
        "war_guarantor_share",
    ),
)
