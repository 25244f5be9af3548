"""What passed between pairs of states, year by year from the first of the record: what hostility remembers (eq. 31)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.calibration.pairs.endings import WAR
from foedus.panels import DataFolder, dyad_years
from foedus.panels.samples import ONGOING, Coding, with_disputes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FILES: Mapping[Coding, str] = {
    "gml": "gml_mid_directed_dyad_dispute_year",
    "cow": "cow_mid_directed_dyad_dispute_year",
    "mic": "mic_directed_dyad_year",
}
LEVEL: Mapping[Coding, str] = {"gml": "hostlev", "cow": "hostlev", "mic": "mic_hostlev"}
"""Column with the highest hostility of the dispute under way, over its whole length."""


@dataclass(frozen=True)
class History:
    """What passed between every pair of the rows, from `first`; arrays [years, pairs] of 0 and 1.

    began          [years, 2, pairs] 1 where ccode1, where ccode2, was on the side that began the dispute
    pair, column   [n] pair and year of each row
    """

    first: int
    alive: Floats
    dispute: Floats
    began: Floats
    war: Floats
    rival: Floats
    pair: Integers
    column: Integers


def read_history(
    folder: DataFolder, coding: Coding, one: Integers, two: Integers, year: Integers, last: int
) -> History:
    """Read what passed between the pairs of some rows, from the first year of a coding.

    one, two, year  [n] COW codes, the lower first, and the year of each row
    last            last year that is read

    Raises DataError as a panel does.
    """
    pairs, place = np.unique(one * 1000 + two, return_inverse=True)
    first = folder.coverage(FILES[coding])[0]
    under_way = pl.col(ONGOING[coding]) == 1
    panel = with_disputes(dyad_years(first, last, directed=False, data=folder), coding).rivalries().collect()
    if coding == "mic":
        panel = _with_sides(folder, panel)
    panel = panel.select(
        (pl.col("ccode1").cast(pl.Int64) * 1000 + pl.col("ccode2")).alias("dyad"),
        "year",
        under_way.fill_null(value=False).alias("dispute"),
        (under_way & (pl.col(LEVEL[coding]) == WAR)).fill_null(value=False).alias("war"),
        *((under_way & (pl.col(f"sidea{side}") == 1)).fill_null(value=False).alias(f"side{side}") for side in (1, 2)),
        pl.col("ongoingrivalry").fill_null(0).alias("rival"),
    ).filter(pl.col("dyad").is_in(pairs.tolist()))
    at = (panel["year"].to_numpy().astype(np.int64) - first, np.searchsorted(pairs, panel["dyad"].to_numpy()))

    def dense(values: Floats) -> Floats:
        held = np.zeros((last - first + 1, len(pairs)))
        held[at] = values
        return held

    names = ("dispute", "side1", "side2", "war", "rival")
    dispute, side1, side2, war, rival = (dense(panel[c].cast(pl.Float64).to_numpy()) for c in names)
    return History(
        first=first,
        alive=dense(np.ones(panel.height)),
        dispute=dispute,
        began=np.stack([side1, side2], axis=1),
        war=war,
        rival=rival,
        pair=place.reshape(-1).astype(np.int64),
        column=year - first,
    )


def _with_sides(folder: DataFolder, panel: pl.DataFrame) -> pl.DataFrame:
    """Add sidea1 and sidea2 of MIC, which its panel leaves out and its file gives in years of onset alone.

    In the years after, the confrontation's side of onset stands; where nobody is on side A, both may have begun.
    """
    keys, sides = ["ccode1", "ccode2", "year"], ["sidea1", "sidea2"]
    known = folder.read(FILES["mic"]).filter(pl.col("miconset") == 1, pl.sum_horizontal(sides) > 0)
    known = known.select(*(pl.col(name).cast(panel.schema[name]) for name in keys), *sides)
    joined = panel.join(known, on=keys, how="left", validate="m:1").sort(keys)
    return joined.with_columns(pl.col(sides).forward_fill().over("ccode1", "ccode2").fill_null(1))
