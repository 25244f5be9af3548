"""Sums and counts over the partners of a state, for state-years, from files of pairs."""

from __future__ import annotations

import polars as pl

from foedus.panels import lookup

_PAIR = {"ccode1": "ccode2", "ccode2": "ccode1"}


def by_state(pairs: pl.DataFrame, *totals: pl.Expr) -> pl.DataFrame:
    """Return one row a state and year (`ccode, year`) of totals over its pairs; each pair has one row, either order."""
    both = lookup.mirrored(pairs, _PAIR).rename({"ccode1": "ccode"})
    return both.group_by("ccode", "year").agg(*totals)


def borders(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return land and sea, how many neighbours a state has by land or river and over water up to 400 miles."""
    near = pairs.filter(pl.col("conttype") > 0)
    land = (pl.col("conttype") == 1).cast(pl.Int32).sum()
    return by_state(near, land.alias("land"), (pl.len().cast(pl.Int32) - land).alias("sea"))


def trade(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return imports and exports of a state, over partners whose figure is known; missing where none is."""
    turned = pairs.rename({"ccode1": "ccode2", "ccode2": "ccode1", "flow1": "flow2", "flow2": "flow1"})
    both = pl.concat([f.select("ccode1", "year", "flow1", "flow2") for f in (pairs, turned)])

    def total(flow: str) -> pl.Expr:
        return pl.when(pl.col(flow).is_not_null().any()).then(pl.col(flow).cast(pl.Float64).sum())

    return both.group_by(pl.col("ccode1").alias("ccode"), "year").agg(
        total("flow1").alias("imports"), total("flow2").alias("exports")
    )
