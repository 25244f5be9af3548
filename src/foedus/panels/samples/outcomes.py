"""How bilateral disputes end: lost, drawn or won by the challenger."""

from __future__ import annotations

import polars as pl

from foedus.panels.build import state_years
from foedus.panels.files import DataFolder
from foedus.panels.grounds import Folder
from foedus.panels.samples.joiners import bilateral_disputes

_CHALLENGER_WON, _TARGET_WON, _DRAWN = (1, 4), (2, 3), (5, 6)


def outcome_rows(data: Folder = None, first: int = 1816, last: int = 2010) -> pl.DataFrame:
    """Return bilateral disputes with their outcome.

    Columns: dispnum, challenger, target, year, dyad (one number a pair), outcome: 0 the target prevailed (victory,
    or the challenger yielded), 1 stalemate or compromise, 2 the challenger prevailed (GML; released, unclear,
    missing and joined wars are left out); capability_ratio, ln of the challenger's CINC over the target's.
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    cinc = state_years(first, last, data=folder).nmc().collect().select("ccode", "year", "cinc")
    rows = bilateral_disputes(folder).filter(pl.col("year").is_between(first, last))
    for side in ("challenger", "target"):
        rows = rows.join(cinc.rename({"ccode": side, "cinc": f"_{side}"}), on=[side, "year"], how="left")
    graded = (
        pl.when(pl.col("outcome").is_in(_TARGET_WON))
        .then(0)
        .when(pl.col("outcome").is_in(_DRAWN))
        .then(1)
        .when(pl.col("outcome").is_in(_CHALLENGER_WON))
        .then(2)
    )
    return rows.select(
        "dispnum",
        "challenger",
        "target",
        "year",
        (pl.min_horizontal("challenger", "target") * 1000 + pl.max_horizontal("challenger", "target")).alias("dyad"),
        graded.alias("outcome"),
        (pl.col("_challenger") / pl.col("_target")).log().alias("capability_ratio"),
    ).drop_nulls()
