"""Who joins: every third state in every dispute between two, whether it owed the target defence or not.

The form is that of Joyce and Braithwaite (2013), whose rows are third parties by dispute and side: capability of the
third party, its contiguity and alliance with the side, and whether both are democracies or both autocracies. Here the
side is the target's alone.
"""

from __future__ import annotations

import polars as pl

from foedus.panels.build import dyad_years
from foedus.panels.files import DataFolder
from foedus.panels.grounds import Folder
from foedus.panels.samples.joiners import bilateral_disputes

DEMOCRATIC = 0.5
"""Electoral democracy (V-Dem) above which a state counts as a democracy, and else as an autocracy."""

NEAR = (1, 2, 3)
"""Kinds of contiguity that count: by land, or across at most 12 or 24 miles of water."""

WAR = 5
"""Level of hostility of a dispute that became a war (Correlates of War)."""


def third_party_rows(data: Folder = None, first: int = 1946, last: int = 2010) -> pl.DataFrame:
    """Return the rows to explain, one a dispute that one state began with another, and a third state.

    first, last  years in which disputes began; what is known of states is of the year before

    Columns: dispnum, year, challenger, target, ccode (the third state), joined (1 when it came in later on the target's
    side), and
    capability   third state's share of the world's material capabilities (CINC), 0-1
    contiguous   1 where it and the target touch by land or across at most 24 miles of water
    alliance     1 when it owed the target defence (ATOP)
    democracies  1 when both are electoral democracies (V-Dem index above DEMOCRATIC)
    autocracies  1 when neither is
    war          1 when the dispute became a war
    Rows without all of these are left out. Raises DataError as a panel does.
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    pairs = dyad_years(first - 1, last - 1, directed=True, data=folder).atop().contiguity().nmc().democracy()
    democratic = [pl.col(f"v2x_polyarchy{side}") > DEMOCRATIC for side in (1, 2)]
    known = pairs.collect().select(
        pl.col("ccode1").alias("ccode"),
        pl.col("ccode2").alias("target"),
        pl.col("year") + 1,
        pl.col("cinc1").alias("capability"),
        pl.col("conttype").is_in(NEAR).cast(pl.Float64).alias("contiguous"),
        pl.col("atop_defense").cast(pl.Float64).alias("alliance"),
        (democratic[0] & democratic[1]).cast(pl.Float64).alias("democracies"),
        (~democratic[0] & ~democratic[1]).cast(pl.Float64).alias("autocracies"),
    )
    later = folder.read("gml_mid_participants").filter(pl.col("orig") == 0, pl.col("sidea") == 0)
    later = later.select("dispnum", "ccode").unique().with_columns(joined=pl.lit(1.0))
    disputes = bilateral_disputes(folder).filter(pl.col("year").is_between(first, last))
    war = (pl.col("hostlev") == WAR).cast(pl.Float64).alias("war")
    rows = disputes.select("dispnum", "year", "challenger", "target", war).join(known, on=["target", "year"])
    rows = rows.filter(pl.col("ccode") != pl.col("challenger")).join(later, on=["dispnum", "ccode"], how="left")
    rows = rows.with_columns(pl.col("joined").fill_null(0.0)).drop_nulls()
    columns = ("dispnum", "year", "challenger", "target", "ccode", "joined", "war")
    return rows.select(*columns, "capability", "contiguous", "alliance", "democracies", "autocracies").sort(
        "dispnum", "ccode"
    )
