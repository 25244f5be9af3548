"""Wars and armed conflicts: which one speaks for a pair-year, and what a state took part in."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from foedus.errors import InputError, UnknownName
from foedus.panels.disputes import Initiators, Parties, Project, initiated

KINDS = ("interstate", "intrastate", "II", "extrasystemic")
"""Kinds of armed conflict, as UCDP/PRIO and R's `peacesciencer` name them; II is internationalised intrastate."""


def one_war(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep one war a directed pair and year: an onset, then most known battle deaths, then the lowest number."""
    known = (pl.when(pl.col(side) >= 0).then(pl.col(side)).otherwise(0) for side in ("batdeath1", "batdeath2"))
    ordered = frame.with_columns(pl.sum_horizontal(*known).alias("_deaths")).sort(
        "cowinteronset", "_deaths", "warnum", "resume", descending=[True, True, False, False]
    )
    return ordered.unique(["ccode1", "ccode2", "year"], keep="first", maintain_order=True).drop("_deaths")


def disputes_by_state(frame: pl.DataFrame, project: Project, parties: Parties, initiators: Initiators) -> pl.DataFrame:
    """Return state-years with a dispute: whether one began or went on, and whether the state initiated one that did.

    frame   of `disputes.load_disputes`; other arguments as in `one_per_pair_year`
    """
    if parties not in ("all", "originators"):
        msg = f'parties is "{parties}"; it must be "all" or "originators"'
        raise InputError(msg)
    if parties == "originators":
        frame = frame.filter(pl.col("orig1") == 1, pl.col("orig2") == 1)
    own = frame.with_columns(initiated(initiators, "1")).group_by(pl.col("ccode1").alias("ccode"), "year")
    mine = pl.col("init1") == 1
    return own.agg(
        pl.col("onset").max().alias(f"{project}midonset"),
        pl.col("ongoing").max().alias(f"{project}midongoing"),
        (pl.col("onset") * mine).max().alias(f"{project}midonset_init"),
        (pl.col("ongoing") * mine).max().alias(f"{project}midongoing_init"),
    )


def by_state(frame: pl.DataFrame, kinds: Sequence[str], *, only_wars: bool) -> pl.DataFrame:
    """Return `gwcode, year` with what the state was party to; arguments as in `Panel.ucdp`."""
    kinds = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    for kind in kinds:
        if kind not in KINDS:
            raise UnknownName("kind of conflict", kind, KINDS)
    kept = frame.filter(pl.col("type_of_conflict").is_in(kinds))
    if only_wars:
        kept = kept.filter(pl.col("intensity_level") == 2)
    sides = [
        kept.select("conflict_id", "year", pl.col("gwno_a").alias("gwcode"), "intensity_level"),
        kept.filter(pl.col("type_of_conflict") == "interstate").select(
            "conflict_id", "year", pl.col("gwno_b").alias("gwcode"), "intensity_level"
        ),
    ]
    party = pl.concat(sides).drop_nulls("gwcode").group_by("gwcode", "conflict_id", "year")
    years = party.agg(pl.col("intensity_level").max()).sort("gwcode", "conflict_id", "year")
    before = pl.col("year").shift(1).over("gwcode", "conflict_id")
    years = years.with_columns(_new=(before.is_null() | (before < pl.col("year") - 1)).cast(pl.Int32))
    return years.group_by("gwcode", "year").agg(
        pl.col("_new").max().alias("ucdponset"),
        pl.lit(1, pl.Int32).alias("ucdpongoing"),
        pl.len().cast(pl.Int32).alias("ucdp_conflicts"),
        pl.col("intensity_level").max().alias("ucdp_maxintensity"),
    )
