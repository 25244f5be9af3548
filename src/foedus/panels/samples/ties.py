"""Alliance ties: pairs by year, whether bound by a defence pact now and a year before (ATOP)."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.panels.build import dyad_years
from foedus.panels.files import DataFolder
from foedus.panels.grounds import Folder
from foedus.panels.weakest import greater, lesser

Floats = NDArray[np.float64]


def tie_rows(data: Folder = None, first: int = 1950, last: int = 2010) -> pl.DataFrame:
    """Return pair-years whether tied or not, with what was so a year before.

    Columns: ccode1, ccode2 (lower first), year, tied and tied_before (either owed the other defence), and, all a
    year before,
    log_distance      ln of 1 + km between capitals
    contiguous        1 when contiguous in any way
    one_major         1 when either was a COW major power
    capability_size   ln of summed CINC;  capability_ratio  ln of the lesser CINC over the greater
    joint_democracy   the lesser V-Dem polyarchy, 0-1
    rivalry           1 when strategic rivals
    shared_allies     ln of 1 + states allied with both;  allies  ln of 1 + states allied with just one of them
    missing where the data are. A pair enters in the second year of its existence.
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    panel = dyad_years(first - 1, last, directed=False, data=folder)
    panel = panel.atop().contiguity().majors().nmc().capital_distance().democracy().rivalries()
    great, small = greater("cinc1", "cinc2"), lesser("cinc1", "cinc2")
    now = panel.collect().select(
        pl.col("ccode1", "ccode2", "year").cast(pl.Int32),
        pl.col("atop_defense").cast(pl.Int8).alias("tied"),
        (pl.col("capdist") + 1).log().alias("log_distance"),
        (pl.col("conttype") > 0).cast(pl.Int8).alias("contiguous"),
        greater("cowmaj1", "cowmaj2").alias("one_major"),
        (great + small).log().alias("capability_size"),
        (small / great).log().alias("capability_ratio"),
        lesser("v2x_polyarchy1", "v2x_polyarchy2").alias("joint_democracy"),
        pl.col("ongoingrivalry").cast(pl.Int8).alias("rivalry"),
    )
    shared, others = _partners(now)
    now = now.with_columns(pl.Series("shared_allies", np.log1p(shared)), pl.Series("allies", np.log1p(others)))
    before = now.drop("tied").with_columns(pl.col("year") + 1, tied_before=now["tied"])
    return now.select("ccode1", "ccode2", "year", "tied").join(
        before, on=["ccode1", "ccode2", "year"], maintain_order="left"
    )


def _partners(now: pl.DataFrame) -> tuple[Floats, Floats]:
    """Return allies that each pair shares, and the others that just one of the two has, [rows]."""
    codes = np.unique(np.concatenate([now["ccode1"].to_numpy(), now["ccode2"].to_numpy()]))
    one = np.searchsorted(codes, now["ccode1"].to_numpy())
    two = np.searchsorted(codes, now["ccode2"].to_numpy())
    tied, year = now["tied"].to_numpy() == 1, now["year"].to_numpy()
    shared, others = np.zeros(now.height), np.zeros(now.height)
    for y in np.unique(year):
        here = np.flatnonzero(year == y)
        a, b = one[here], two[here]
        net = np.zeros((len(codes), len(codes)), dtype=np.float32)
        net[a, b] = net[b, a] = tied[here]
        degree = net.sum(axis=1)
        shared[here] = (net @ net)[a, b]
        others[here] = degree[a] + degree[b] - 2 * net[a, b] - 2 * shared[here]
    return shared, others
