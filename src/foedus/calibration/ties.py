"""Alliance ties made and ended, and to whom a state leans."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from foedus.calibration.declare import DeclaredEstimate
from foedus.calibration.evidence import Evidence
from foedus.calibration.measure import Measured, drawn_again, of_term, share
from foedus.estimators import logit
from foedus.panels import dyad_years, state_years

UNITED_STATES, RUSSIA = 2, 365


def _change(tied_before: int) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        rows = evidence.ties.filter(pl.col("tied_before") == tied_before)
        dyad = (rows["ccode1"] * 1000 + rows["ccode2"]).to_numpy()
        return share((rows["tied"] != tied_before).cast(pl.Int8).to_numpy(), dyad, "Wilson, by dyad")

    return measure


def _similarity(evidence: Evidence) -> Measured:
    """Which of two patrons a state is bound to, by closeness as the model has it: exp(-|difference of points|)."""
    points = state_years(1950, 2016, data=evidence.folder).ideal_points().collect()
    points = points.select("ccode", "year", pl.col("idealpointall").alias("ideal")).drop_nulls()
    owed = dyad_years(1950, 2016, directed=True, data=evidence.folder).atop()
    owed = owed.filter((pl.col("atop_defense") == 1) & pl.col("ccode1").is_in([UNITED_STATES, RUSSIA]))
    bound = owed.collect().group_by(pl.col("ccode2").alias("ccode"), "year").agg(
        pl.len().alias("patrons"), (pl.col("ccode1") == UNITED_STATES).any().cast(pl.Int8).alias("american")
    )  # fmt: skip
    bound = bound.filter((pl.col("patrons") == 1) & ~pl.col("ccode").is_in([UNITED_STATES, RUSSIA]))
    rows = bound.join(points, on=["ccode", "year"])
    for name, code in (("us", UNITED_STATES), ("ru", RUSSIA)):
        patron = points.filter(pl.col("ccode") == code).select("year", pl.col("ideal").alias(name))
        rows = rows.join(patron, on="year")
    closeness = [(-(pl.col("ideal") - pl.col(name)).abs()).exp() for name in ("us", "ru")]
    rows = rows.with_columns(closer=(closeness[0] - closeness[1]).cast(pl.Float64))
    fit = logit(rows, "american", ["closer"], ["ccode"])
    return of_term(fit["closer"], fit, "errors by state")


def _degree(evidence: Evidence) -> Measured:
    rows = evidence.ties
    ends = pl.concat([rows.select(pl.col(side).alias("ccode"), "year", "tied") for side in ("ccode1", "ccode2")])
    degree = ends.group_by("ccode", "year").agg(pl.col("tied").sum())
    return drawn_again(
        lambda c: float(np.mean(c[0])), [degree["tied"].cast(pl.Float64).to_numpy()], degree["ccode"].to_numpy()
    )


ESTIMATES = (
    DeclaredEstimate(
        "similarity of votes",
        "logit of being owed defence by the US rather than Russia, states bound to one of them, 1950-2016,"
        " on the difference in closeness of UN ideal points",
        _similarity,
        "similarity_weight",
    ),
    DeclaredEstimate(
        "pacts made, yearly",
        "share of pairs without a defence pact (ATOP) that have one a year later, 1951-2010",
        _change(0),
        "3.14",
        "figure",
        0.0023,
    ),
    DeclaredEstimate(
        "pacts ended, yearly",
        "share of pairs with a defence pact that have none a year later, 1951-2010",
        _change(1),
        "3.14",
        "figure",
        0.0054,
    ),
    DeclaredEstimate(
        "allies a state",
        "mean number of states bound to a state by defence pact, 1951-2010",
        _degree,
        "3.14",
        "figure",
        9.6,
    ),
)
