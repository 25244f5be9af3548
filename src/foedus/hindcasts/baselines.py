"""Baselines for the onset of militarised disputes: logits F0 to F4, fitted on one age, scored on the next.

Undirected dyad-years, GML disputes. A pair-year in which an older dispute still goes on is left out, also
when a
new one begins. Politically relevant means contiguous (any type) or one a COW major power.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import EstimationError, InputError
from foedus.estimators import scores
from foedus.panels import DataFolder, dyad_years
from foedus.panels.build import Folder
from foedus.panels.disputes import read_disputes

Floats = NDArray[np.float64]
Sample = Literal["relevant", "relevant-with-fillers", "all"]

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
MODELS: Mapping[str, tuple[str, ...]] = {
    "F0": ("capability_ratio",),
    "F1": _F1,
    "F2": (*_F1, "rivalry"),
    "F3": (*_F1, *_PEACE),
    "F4": (*_F1, "rivalry", *_PEACE),
}
"""Predictors of each baseline."""


@dataclass(frozen=True)
class BaselineScore:
    """How one baseline does on the test years."""

    model: str
    rows: int
    onsets: int
    auc: float
    aupr: float
    brier: float
    skill: float
    log_loss_reduction: float
    slope: float


def onset_frame(
    first: int = 1950, last: int = 2010, *, sample: Sample = "relevant", data: Folder = None
) -> pl.DataFrame:
    """Return the rows to explain: `ccode1, ccode2, year, onset` and the predictors of `MODELS`.

    sample   "relevant": politically relevant pairs.
             "relevant-with-fillers": also pairs that the contiguity file lists with type 0 (fillers that
             mean no contiguity); the rows of the reference table in docs/panels.md, 36,373 in 1990-2010.
             "all": every pair.

    Peace-years count from 1816 or the pair's first year. Raises DataError as `dyad_years` does.
    """
    if sample not in ("relevant", "relevant-with-fillers", "all"):
        msg = f'sample is "{sample}"; it must be "relevant", "relevant-with-fillers" or "all"'
        raise InputError(msg)
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    panel = (
        dyad_years(1816, last, directed=False, data=folder)
        .contiguity()
        .majors()
        .gml_mids(parties="all")
        .capital_distance()
    )
    panel = panel.rivalries().nmc().atop().peace_years().relevant().filter(pl.col("year") >= first)
    frame = panel.collect().join(_continuing(folder), on=["ccode1", "ccode2", "year"], how="anti")
    fillers = _fillers(folder).with_columns(filler=pl.lit(1, pl.Int8))
    frame = frame.join(fillers, on=["ccode1", "ccode2", "year"], how="left").with_columns(pl.col("filler").fill_null(0))
    if sample == "relevant":
        frame = frame.filter(pl.col("prd") == 1)
    elif sample == "relevant-with-fillers":
        frame = frame.filter((pl.col("prd") == 1) | (pl.col("filler") == 1))
    return frame.select(
        "ccode1", "ccode2", "year", pl.col("gmlmidonset").alias("onset"), *_predictors(sample)
    ).drop_nulls()


def _continuing(folder: DataFolder) -> pl.DataFrame:
    codes = frozenset(folder.read("cow_state_system")["ccode"].to_list())
    disputes = read_disputes(folder, "gml", codes).filter(pl.col("onset") == 0)
    return disputes.select(pl.col("ccode1", "ccode2", "year").cast(pl.Int32)).unique()


def _fillers(folder: DataFolder) -> pl.DataFrame:
    spells = folder.read("cow_contiguity").filter(pl.col("conttype") == 0)
    years = pl.int_ranges(pl.col("stdate").dt.year(), pl.col("enddate").dt.year() + 1, dtype=pl.Int32)
    opened = spells.select(pl.col("ccode1", "ccode2").cast(pl.Int32), years.alias("year")).explode("year")
    return opened.unique()


def _predictors(sample: Sample) -> list[pl.Expr]:
    total = pl.col("cinc1") + pl.col("cinc2")
    touching = (pl.col("conttype") > 0) | ((pl.col("filler") == 1) & pl.lit(sample == "relevant-with-fillers"))
    majors = pl.col("cowmaj1") + pl.col("cowmaj2")
    spell = pl.col("gmlmidspell").cast(pl.Float64)
    return [
        (pl.min_horizontal("cinc1", "cinc2") / pl.max_horizontal("cinc1", "cinc2")).log().alias("capability_ratio"),
        total.log().alias("capability_size"),
        touching.cast(pl.Float64).alias("contiguous"),
        (pl.col("conttype") == 1).cast(pl.Float64).alias("land_border"),
        (pl.col("capdist") + 1).log().alias("log_distance"),
        (majors == 1).cast(pl.Float64).alias("one_major"),
        (majors == 2).cast(pl.Float64).alias("two_majors"),
        pl.col("atop_defense").cast(pl.Float64).alias("defence_pact"),
        pl.col("ongoingrivalry").cast(pl.Float64).alias("rivalry"),
        spell.alias("peace_years"),
        (spell**2 / 100).alias("peace_years_2"),
        (spell**3 / 10_000).alias("peace_years_3"),
    ]


def fit(frame: pl.DataFrame, model: str) -> Floats:
    """Fit one baseline by maximum likelihood on all rows; return coefficients, the constant first.

    Raises EstimationError when the fit does not settle.
    """
    from statsmodels.discrete.discrete_model import Logit

    result = Logit(frame["onset"].to_numpy(), _design(frame, model)).fit(disp=0, method="newton", maxiter=100)
    if not result.mle_retvals["converged"]:
        msg = f"{model}: the logit did not settle in 100 steps on {frame.height} rows"
        raise EstimationError(msg)
    return np.asarray(result.params, dtype=np.float64)


def chance(frame: pl.DataFrame, model: str, coefficients: Floats) -> Floats:
    """Return the chance of onset that a fitted baseline gives each row."""
    result: Floats = 1 / (1 + np.exp(-(_design(frame, model) @ coefficients)))
    return result


def _design(frame: pl.DataFrame, model: str) -> Floats:
    if model not in MODELS:
        msg = f'model is "{model}"; it must be one of {", ".join(MODELS)}'
        raise InputError(msg)
    return np.column_stack([np.ones(frame.height), frame.select(MODELS[model]).to_numpy()]).astype(np.float64)


def score_baselines(
    frame: pl.DataFrame,
    train: tuple[int, int] = (1950, 1989),
    test: tuple[int, int] = (1990, 2010),
    models: Iterable[str] = tuple(MODELS),
) -> tuple[BaselineScore, ...]:
    """Fit baselines on the training years and score them on the test years.

    frame   from `onset_frame`
    models  names of MODELS

    Skill and log-loss reduction are against the rate observed in the test years.
    Raises InputError when training and test years overlap or one of them has no rows.
    """
    if train[1] >= test[0]:
        msg = f"training years {train[0]}-{train[1]} must end before test years {test[0]}-{test[1]} begin"
        raise InputError(msg)
    past, future = (frame.filter(pl.col("year").is_between(*years)) for years in (train, test))
    if not past.height or not future.height:
        msg = f"no rows in {train[0]}-{train[1]} or in {test[0]}-{test[1]}"
        raise InputError(msg)
    return tuple(_scored(model, future, chance(future, model, fit(past, model))) for model in models)


def _scored(model: str, future: pl.DataFrame, given: Floats) -> BaselineScore:
    event = future["onset"].to_numpy().astype(np.float64)
    return BaselineScore(
        model=model,
        rows=future.height,
        onsets=int(event.sum()),
        auc=scores.auc(event, given),
        aupr=scores.aupr(event, given),
        brier=scores.brier(event, given),
        skill=scores.brier_skill(event, given),
        log_loss_reduction=scores.log_loss_reduction(event, given),
        slope=scores.calibration_slope(event, given)[1],
    )
