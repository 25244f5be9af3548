"""Specifications: the columns of each sample of `foedus.panels.samples` that its equation is fitted on, and how.

Each takes the sample as a frame, so that it fits rows of another source as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from foedus.estimators.fit import Fit
from foedus.estimators.logits import firth_logit, logit
from foedus.estimators.ordered import ordered_logit
from foedus.estimators.spending import partial_adjustment

_F1 = (
    "capability_ratio",
    "capability_size",
    "contiguous",
    "land_border",
    "log_distance",
    "one_major",
    "two_majors",
    "defence_pact",
)
_PEACE = ("peace_years", "peace_years_2", "peace_years_3")
ONSET: Mapping[str, tuple[str, ...]] = {
    "F0": ("capability_ratio",),
    "F1": _F1,
    "F2": (*_F1, "rivalry"),
    "F3": (*_F1, *_PEACE),
    "F4": (*_F1, "rivalry", *_PEACE),
}
"""Predictors of the onset of disputes by model, columns of `onset_frame`: F0 is the bare one, F4 has all."""

FATAL = ("capability_ratio", "capability_size", "contiguous", "land_border", "log_distance", "one_major", "two_majors")
"""Predictors of a pair's fatal dispute: what is known before the year, without rivalry or past disputes."""

JOINING = ("log_distance", "force", "war", "major", "capability_ratio", "since_1946")
"""Predictors of the standard intervention logit."""

THIRD_PARTIES = ("capability", "contiguous", "alliance", "democracies", "autocracies", "war")
"""Predictors of who joins, columns of `third_party_rows`: those of Joyce and Braithwaite (2013), and war."""

TIES = (
    "log_distance",
    "contiguous",
    "one_major",
    "capability_size",
    "capability_ratio",
    "joint_democracy",
    "rivalry",
    "shared_allies",
    "allies",
)
"""Predictors of a new defence pact, all of the year before."""


def third_parties(rows: pl.DataFrame) -> Fit:
    """Fit who joins by a logit, errors clustered by dispute.

    rows  from `third_party_rows`
    """
    return logit(rows, "joined", THIRD_PARTIES, ["dispnum"])


def intervention(rows: pl.DataFrame, predictors: Sequence[str] = JOINING) -> Fit:
    """Fit who joins by a logit with Firth's penalty, errors clustered by dispute (its defenders decide together).

    rows   from `intervention_rows`; those with a missing predictor are left out
    Raises EstimationError as `firth_logit` does.
    """
    kept = rows.select("joined", "dispnum", *predictors).drop_nulls()
    kept = kept.filter(pl.all_horizontal(pl.col(list(predictors)).cast(pl.Float64).is_finite()))
    return firth_logit(kept, "joined", predictors, ["dispnum"])


def dispute_outcome(rows: pl.DataFrame) -> Fit:
    """Fit the outcome on the capability ratio by ordered logit, errors clustered by dyad.

    `Fit.log_loss_reduction` is its proportional reduction in log-loss on the rows fitted. Errors as `ordered_logit`.
    """
    return ordered_logit(rows, "outcome", ["capability_ratio"], ["dyad"])


def new_ties(rows: pl.DataFrame, predictors: Sequence[str] = TIES) -> Fit:
    """Fit which untied pairs tie, with Firth's penalty; errors by shared state, since one treaty ties many pairs.

    rows   from `tie_rows`; pairs already tied, or with a missing predictor, are left out
    """
    kept = rows.filter(pl.col("tied_before") == 0).select("tied", "ccode1", "ccode2", *predictors).drop_nulls()
    return firth_logit(kept, "tied", predictors, ["ccode1", "ccode2"])


def fatal_risk(rows: pl.DataFrame) -> pl.DataFrame:
    """Return each state's chance, a year, of a new fatal dispute: ccode, year, fatal_risk.

    rows   pairs by year, from `fatal_rows`

    A Firth logit over pairs gives each pair's chance; a state's is one less the product of their complements (after
    Nordhaus, Oneal and Russett 2012).
    """
    # In a short panel no two majors clash: Firth keeps the fit finite, and naming clusters spares its slow profiles.
    fit = firth_logit(rows, "fatal", FATAL, ["ccode1", "ccode2"])
    pairs = rows.with_columns(pl.Series("_safe", 1 - fit.chance(rows)).log())
    ends = [pairs.select(pl.col(side).alias("ccode"), "year", "_safe") for side in ("ccode1", "ccode2")]
    total = pl.concat(ends).group_by("ccode", "year").agg(pl.col("_safe").sum())
    return total.select("ccode", "year", (1 - pl.col("_safe").exp()).alias("fatal_risk"))


def spending_response(rows: pl.DataFrame, *predictors: str, bias: str = "none") -> Fit:
    """Fit the partial adjustment of spending to `predictors`, errors clustered by state.

    rows   from `spending_rows`; those with a missing predictor are left out
    bias   see `partial_adjustment`
    """
    kept = rows.select("ccode", "year", "log_spending", "log_spending_before", *predictors).drop_nulls()
    return partial_adjustment(kept, "log_spending", "log_spending_before", predictors, bias=bias)
