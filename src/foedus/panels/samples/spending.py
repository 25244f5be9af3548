"""Military spending: what each state spent, a year before, and what its rivals and allies spent."""

from __future__ import annotations

import polars as pl

from foedus.panels.build import dyad_years, state_years
from foedus.panels.files import DataFolder
from foedus.panels.grounds import Folder
from foedus.panels.samples.onset import onset_frame

LAGGED = "log_spending_before"
"""Column of the state's own spending a year before."""


def spending_rows(data: Folder = None, first: int = 1950, last: int = 2010) -> pl.DataFrame:
    """Return state-years with spending now and a year before.

    Columns: ccode, year, and natural logs
    log_spending, log_spending_before   military expenditure (NMC, current dollars)
    log_gdp                             real GDP (Fariss et al.)
    log_rivals                          summed spending of strategic rivals a year before; null without rivals
    log_allies                          summed spending, a year before, of those who owe the state defence, plus 1
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    pairs = dyad_years(first - 1, last, directed=True, data=folder).rivalries().atop().nmc()
    tied = pairs.filter((pl.col("ongoingrivalry") == 1) | (pl.col("atop_defense") == 1)).collect()
    rivals = tied.filter(pl.col("ongoingrivalry") == 1).group_by("ccode1", "year").agg(pl.col("milex2").sum())
    allies = tied.filter(pl.col("atop_defense") == 1).group_by("ccode2", "year").agg(pl.col("milex1").sum())
    rivals = rivals.select(pl.col("ccode1").alias("ccode"), "year", pl.col("milex2").alias("_rivals"))
    allies = allies.select(pl.col("ccode2").alias("ccode"), "year", pl.col("milex1").alias("_allies"))
    states = state_years(first - 1, last, data=folder).nmc().gdp().collect().filter(pl.col("milex") > 0)
    states = states.join(rivals, on=["ccode", "year"], how="left").join(allies, on=["ccode", "year"], how="left")
    states = states.select(
        "ccode",
        "year",
        pl.col("milex").cast(pl.Float64).log().alias("log_spending"),
        pl.col("pwtrgdp").cast(pl.Float64).log().alias("log_gdp"),
        pl.when(pl.col("_rivals") > 0).then(pl.col("_rivals").cast(pl.Float64).log()).alias("log_rivals"),
        (pl.col("_allies").cast(pl.Float64).fill_null(0.0) + 1).log().alias("log_allies"),
    )
    before = states.select(
        "ccode", pl.col("year") + 1, pl.col("log_spending").alias(LAGGED), pl.col("log_rivals", "log_allies")
    )
    rows = states.drop("log_rivals", "log_allies").join(before, on=["ccode", "year"])
    return rows.sort("ccode", "year")


def fatal_rows(data: Folder = None, first: int = 1950, last: int = 2010) -> pl.DataFrame:
    """Return politically relevant pairs by year: the columns of `onset_frame`, and fatal, 1 when a fatal dispute began.

    Undirected; a dispute is fatal when it had battle deaths (GML). Errors as `onset_frame`.
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    pairs = onset_frame(first, last, data=folder)
    fatal = dyad_years(first, last, directed=False, data=folder).gml_mids()
    fatal = fatal.filter((pl.col("gmlmidonset") == 1) & (pl.col("fatality") > 0))
    fatal_pairs = fatal.collect().select("ccode1", "ccode2", "year").with_columns(fatal=pl.lit(1, pl.Int8))
    pairs = pairs.join(fatal_pairs, on=["ccode1", "ccode2", "year"], how="left")
    return pairs.with_columns(pl.col("fatal").fill_null(0))
