"""Intervention: which of a target's defenders by treaty join a dispute on its side.

A row is a dispute that one state began with another, and a third state that owed the target defence (ATOP,
directed) in the year it began. The event: the third state took part later, on the target's side (GML).
"""

from __future__ import annotations

import polars as pl

from foedus.panels.build import dyad_years, state_years
from foedus.panels.files import DataFolder
from foedus.panels.grounds import Folder


def bilateral_disputes(data: Folder = None) -> pl.DataFrame:
    """Return disputes that began with one state on each side.

    Columns: dispnum, challenger (side A), target, year it began, hostlev (1-5), outcome, and joined_challenger,
    joined_target: 1 when anyone came in later on that side.
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    took_part = folder.read("gml_mid_participants")
    first = pl.col("orig") == 1
    a, b = pl.col("sidea") == 1, pl.col("sidea") == 0
    cases = took_part.group_by("dispnum").agg(
        pl.col("ccode").filter(first & a).unique().alias("challenger"),
        pl.col("ccode").filter(first & b).unique().alias("target"),
        (~first & a).any().cast(pl.Int8).alias("joined_challenger"),
        (~first & b).any().cast(pl.Int8).alias("joined_target"),
    )
    lone = (pl.col("challenger").list.len() == 1) & (pl.col("target").list.len() == 1)
    cases = cases.filter(lone).with_columns(pl.col("challenger", "target").list.first())
    whole = folder.read("gml_mid_disputes").select("dispnum", pl.col("styear").alias("year"), "hostlev", "outcome")
    columns = ("dispnum", "challenger", "target", "year", "hostlev", "outcome", "joined_challenger", "joined_target")
    return cases.join(whole, on="dispnum").select(columns).sort("dispnum")


def intervention_rows(data: Folder = None, first: int = 1816, last: int = 2010) -> pl.DataFrame:
    """Return the rows to explain, one a bilateral dispute and defender of its target.

    Columns: dispnum, year, challenger, target, ccode (the defender), joined, and
    log_distance       ln of 1 + km between the capitals of defender and target
    force, war         1 when the dispute saw force (hostility 4-5), war (5)
    major              1 when the defender was a COW major power
    capability_ratio   ln of the defender's CINC over the challenger's
    since_1946         1 from 1946
    nuclear_challenger 1 when the challenger possessed nuclear weapons
    missing where the data are.
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    owed = dyad_years(first, last, directed=True, data=folder).atop().filter(pl.col("atop_defense") == 1)
    owed = owed.capital_distance().nmc().majors()
    pacts = owed.collect().select(
        pl.col("ccode1").alias("ccode"),
        pl.col("ccode2").alias("target"),
        "year",
        pl.col("cowmaj1").alias("major"),
        (pl.col("capdist") + 1).log().alias("log_distance"),
        pl.col("cinc1").alias("_cinc"),
    )
    states = state_years(first, last, data=folder).nmc().nuclear().collect()
    challengers = states.select(
        pl.col("ccode").alias("challenger"),
        "year",
        pl.col("cinc").alias("_against"),
        (pl.col("nuclear_weapons_status") == 3).fill_null(value=False).cast(pl.Int8).alias("nuclear_challenger"),
    )
    later = folder.read("gml_mid_participants").filter(pl.col("orig") == 0, pl.col("sidea") == 0)
    later = later.select("dispnum", "ccode").unique().with_columns(joined=pl.lit(1, pl.Int8))
    rows = bilateral_disputes(folder).filter(pl.col("year").is_between(first, last))
    rows = rows.join(pacts, on=["target", "year"]).filter(pl.col("ccode") != pl.col("challenger"))
    rows = rows.join(challengers, on=["challenger", "year"], how="left").join(
        later, on=["dispnum", "ccode"], how="left"
    )
    return rows.select(
        "dispnum",
        "year",
        "challenger",
        "target",
        "ccode",
        pl.col("joined").fill_null(0),
        "log_distance",
        (pl.col("hostlev") >= 4).cast(pl.Int8).alias("force"),
        (pl.col("hostlev") == 5).cast(pl.Int8).alias("war"),
        "major",
        (pl.col("_cinc") / pl.col("_against")).log().alias("capability_ratio"),
        (pl.col("year") >= 1946).cast(pl.Int8).alias("since_1946"),
        "nuclear_challenger",
    ).sort("dispnum", "ccode")
