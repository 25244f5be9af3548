"""How disputes of two originators ended, on the nodes of the crisis tree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.panels import DataFolder
from foedus.panels.disputes import one_per_pair_year, read_disputes

Integers = NDArray[np.int64]

ENDINGS = ("conceded", "backed down", "limited force", "war")
"""Conceded: side B yielded (GML outcome 4), short of war. Backed down: no force by either (hostility below 4).
Limited force: a use of force, no war. War: hostility level 5."""
YIELD_BY_B, FORCE, WAR = 4, 4, 5


@dataclass(frozen=True)
class Endings:
    """For each row: `ending`, an index of ENDINGS or -1; `challenger`, 0 when ccode1 is on side A, else 1."""

    ending: Integers
    challenger: Integers


def uncoded(rows: int) -> Endings:
    """Endings of rows whose coding does not say how disputes end: none."""
    return Endings(np.full(rows, -1, dtype=np.int64), np.zeros(rows, dtype=np.int64))


def read_endings(folder: DataFolder, frame: pl.DataFrame) -> Endings:
    """Find how the disputes that began in the rows of a frame ended.

    frame   ccode1 < ccode2, year, onset
    Only disputes that began between two states alone are coded: in those with more originators, or where one of
    the two joined later, who challenged whom is not known. Raises DataError as a panel does.
    """
    codes = frozenset(folder.read("cow_state_system")["ccode"].to_list())
    disputes = read_disputes(folder, "gml", codes).filter(pl.col("ccode1") < pl.col("ccode2"))
    began = disputes.filter(pl.col("onset") == 1, pl.col("orig1") == 1, pl.col("orig2") == 1)
    alone = began.group_by("dispnum").len().filter(pl.col("len") == 1).select("dispnum", alone=True)
    outcome = folder.read("gml_mid_disputes").select("dispnum", "outcome")
    chosen = one_per_pair_year(disputes, "all", "sidea-orig").join(alone, on="dispnum", how="left")
    chosen = chosen.join(outcome, on="dispnum", how="left")
    force = pl.max_horizontal("hostlev1", "hostlev2") >= FORCE
    ending = (
        pl.when(~pl.col("alone") | pl.col("alone").is_null() | (pl.col("orig1") + pl.col("orig2") < 2))
        .then(-1)
        .when(pl.col("hostlev") == WAR)
        .then(3)
        .when(pl.col("outcome") == YIELD_BY_B)
        .then(0)
        .when(force)
        .then(2)
        .otherwise(1)
    )
    coded = chosen.select(
        pl.col("ccode1", "ccode2", "year").cast(pl.Int32),
        ending=ending.cast(pl.Int64),
        challenger=(pl.col("sidea1") == 0).cast(pl.Int64),
    )
    joined = frame.select(pl.col("ccode1", "ccode2", "year").cast(pl.Int32), "onset").join(
        coded, on=["ccode1", "ccode2", "year"], how="left", maintain_order="left"
    )
    began_here = joined["onset"].to_numpy() == 1
    found = np.where(began_here, joined["ending"].fill_null(-1).to_numpy(), -1).astype(np.int64)
    return Endings(found, joined["challenger"].fill_null(0).to_numpy().astype(np.int64))
