"""What one state has against another as a year begins, politically relevant or not (eqs 31-31b)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.calibration.pairs.endings import WAR
from foedus.calibration.pairs.structure import HOSTILITY
from foedus.engine import quarrel
from foedus.panels import DataFolder, dyad_years
from foedus.panels.samples import ONGOING, with_disputes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MEMORY = tuple(name for name in (*HOSTILITY, "hostility_from_war") if name != "hostility_weight")
"""Parameters that hostility is computed with."""
FILE = "gml_mid_directed_dyad_dispute_year"


def hostility_between(
    folder: DataFolder, one: Integers, other: Integers, year: Integers, p: Mapping[str, float]
) -> Floats:
    """Hostility of one state upon another as a year begins, [n].

    one, other, year  COW codes and years, [n]; years from the second of the record
    p                 value of every parameter of `MEMORY`

    Disputes and rivalries count to the year before. Raises DataError as a panel does.
    """
    wanted, place = np.unique(np.minimum(one, other) * 1000 + np.maximum(one, other), return_inverse=True)
    first, last = folder.coverage(FILE)[0], int(year.max())
    under_way = pl.col(ONGOING["gml"]) == 1
    panel = with_disputes(dyad_years(first, last, directed=False, data=folder), "gml").rivalries().collect()
    panel = panel.select(
        (pl.col("ccode1").cast(pl.Int64) * 1000 + pl.col("ccode2")).alias("dyad"),
        "year",
        under_way.fill_null(value=False).alias("dispute"),
        (under_way & (pl.col("hostlev") == WAR)).fill_null(value=False).alias("war"),
        *((under_way & (pl.col(f"sidea{side}") == 1)).fill_null(value=False).alias(f"side{side}") for side in (1, 2)),
        pl.col("ongoingrivalry").fill_null(0).alias("rival"),
    ).filter(pl.col("dyad").is_in(wanted.tolist()))
    at = (panel["year"].to_numpy().astype(np.int64) - first, np.searchsorted(wanted, panel["dyad"].to_numpy()))

    def dense(values: pl.Series) -> Floats:
        held = np.zeros((last - first + 1, len(wanted)))
        held[at] = values.cast(pl.Float64).to_numpy()
        return held

    dispute, war, rival = (dense(panel[name]) for name in ("dispute", "war", "rival"))
    rival = np.concatenate([np.zeros_like(rival[:1]), rival[:-1]])
    alive = dense(pl.Series(np.ones(panel.height)))
    began = np.stack([dense(panel["side1"]), dense(panel["side2"])], axis=1)
    entered = np.stack(list(quarrel.remembered(quarrel.PairRecord(alive, dispute, began, war, rival), p)))
    found: Floats = entered[year - first, (one > other).astype(np.int64), place.reshape(-1)]
    return found
