"""Rows of the spending response: what each state spent, a year before, and what it faced (eqs 19-20)."""

from __future__ import annotations

import polars as pl

from foedus.estimators.fit import Fit
from foedus.estimators.logit import firth_logit
from foedus.estimators.spending import partial_adjustment
from foedus.hindcasts.baselines import onset_frame
from foedus.panels import DataFolder, dyad_years, state_years
from foedus.panels.build import Folder

LAGGED = "log_spending_before"
RISK = ("capability_ratio", "capability_size", "contiguous", "land_border", "log_distance", "one_major", "two_majors")
"""Predictors of a pair's fatal dispute: what is known before the year, without rivalry or past disputes."""


def spending_rows(data: Folder = None, first: int = 1950, last: int = 2010) -> pl.DataFrame:
    """Return state-years with spending now and a year before.

    Columns: ccode, year, and natural logs
    log_spending, log_spending_before   military expenditure (NMC, current dollars)
    log_gdp                             real GDP (Fariss et al.)
    log_rivals                          summed spending of strategic rivals a year before; null without rivals
    log_allies                          summed spending, a year before, of those who owe the state defence, plus 1
    fatal_risk                          chance, a year, of a new fatal dispute with any politically relevant other
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
    return rows.join(fatal_risk(folder, first, last), on=["ccode", "year"], how="left").sort("ccode", "year")


def fatal_risk(data: Folder = None, first: int = 1950, last: int = 2010) -> pl.DataFrame:
    """Return each state's chance, a year, of a new fatal dispute: ccode, year, fatal_risk.

    A Firth logit over politically relevant pairs gives each pair's chance; a state's is one less the product of their
    complements (after Nordhaus, Oneal and Russett 2012).
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    pairs = onset_frame(first, last, data=folder)
    fatal = dyad_years(first, last, directed=False, data=folder).gml_mids()
    fatal = fatal.filter((pl.col("gmlmidonset") == 1) & (pl.col("fatality") > 0))
    fatal_pairs = fatal.collect().select("ccode1", "ccode2", "year").with_columns(fatal=pl.lit(1, pl.Int8))
    pairs = pairs.join(fatal_pairs, on=["ccode1", "ccode2", "year"], how="left")
    pairs = pairs.with_columns(pl.col("fatal").fill_null(0))
    # In a short panel no two majors clash: Firth keeps the fit finite, and naming clusters spares its slow profiles.
    fit = firth_logit(pairs, "fatal", RISK, ["ccode1", "ccode2"])
    pairs = pairs.with_columns(pl.Series("_safe", 1 - fit.chance(pairs)).log())
    ends = [pairs.select(pl.col(side).alias("ccode"), "year", "_safe") for side in ("ccode1", "ccode2")]
    total = pl.concat(ends).group_by("ccode", "year").agg(pl.col("_safe").sum())
    return total.select("ccode", "year", (1 - pl.col("_safe").exp()).alias("fatal_risk"))


def spending_response(rows: pl.DataFrame, *predictors: str, bias: str = "none") -> Fit:
    """Fit the partial adjustment of spending to `predictors`, errors clustered by state.

    rows   from `spending_rows`; those with a missing predictor are left out
    bias   see `partial_adjustment`
    """
    kept = rows.select("ccode", "year", "log_spending", LAGGED, *predictors).drop_nulls()
    return partial_adjustment(kept, "log_spending", LAGGED, predictors, bias=bias)
