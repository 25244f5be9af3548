"""Spells opened into years: contiguity, major powers, rivalries, capitals and the distance between them."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import DataError
from foedus.geo import great_circle
from foedus.panels.lookup import integers
from foedus.panels.systems import Space, check_spells

FARTHEST = 9
"""In place of no contiguity where the closest of several is sought."""


def _years(start: str | pl.Expr, end: str | pl.Expr) -> pl.Expr:
    return pl.int_ranges(start, (pl.col(end) if isinstance(end, str) else end) + 1, dtype=pl.Int32).alias("year")


def major_years(spells: pl.DataFrame) -> pl.DataFrame:
    """Return one row a major power and year (`ccode, year, cowmaj`); one day of the year is enough."""
    check_spells(spells["ccode"], spells["styear"], spells["endyear"], "cow_major_powers")
    opened = spells.select("ccode", _years("styear", "endyear")).explode("year").unique()
    return opened.sort("ccode", "year").with_columns(cowmaj=pl.lit(1, pl.Int8))


def contiguity_years(spells: pl.DataFrame, space: Space, *, first: bool = False) -> pl.DataFrame:
    """Return one row per pair and year, the lower code first: the closest contiguity on record; fillers of 0 left out.

    first   the earliest spell of the year instead, a filler of 0 included

    The file may hold both orders of a pair or either. Raises DataError where they disagree, naming pair and year.
    """
    check_spells(spells["ccode1"], spells["stdate"], spells["enddate"], "cow_contiguity")
    opened = (
        spells.select(
            pl.min_horizontal("ccode1", "ccode2").alias("ccode1"),
            pl.max_horizontal("ccode1", "ccode2").alias("ccode2"),
            (pl.col("ccode1") < pl.col("ccode2")).alias("forth"),
            pl.col("conttype").replace(0, FARTHEST).cast(pl.Int8),
            "stdate",
            _years(pl.col("stdate").dt.year(), pl.col("enddate").dt.year()),
        )
        .explode("year")
        .filter(pl.col("year").is_between(space.first, space.last))
        .group_by("ccode1", "ccode2", "year", "forth")
        .agg(pl.col("conttype").sort_by("stdate").first() if first else pl.col("conttype").min())
    )
    pairs = opened.group_by("ccode1", "ccode2", "year").agg(
        pl.col("conttype").min(), pl.col("conttype").max().alias("other")
    )
    apart = pairs.filter(pl.col("conttype") != pl.col("other")).sort("ccode1", "ccode2", "year")
    if apart.height:
        row = apart.row(0, named=True)
        kinds = [0 if row[c] == FARTHEST else row[c] for c in ("conttype", "other")]
        msg = (
            f"cow_contiguity: {row['ccode1']} and {row['ccode2']} in {row['year']} have conttype {kinds[0]} in one "
            f"order and {kinds[1]} in the other; contiguity has no direction. Keep one."
        )
        raise DataError(msg)
    return pairs.filter(pl.col("conttype") != FARTHEST).select("ccode1", "ccode2", "year", "conttype")


def rivalry_years(spells: pl.DataFrame, space: Space) -> pl.DataFrame:
    """Return one row per pair and year of rivalry, the lower code first; of two rivalries the later number."""
    check_spells(spells["ccode1"], spells["start"], spells["end"], "thompson_strategic_rivalries")
    kinds = ("positional", "spatial", "ideological", "interventionary")
    opened = (
        spells.with_columns(
            pl.max_horizontal("start", pl.lit(space.first)).alias("start"),
            pl.min_horizontal("end", pl.lit(space.last)).alias("end"),
        )
        .filter(pl.col("start") <= pl.col("end"))
        .with_columns(
            _years("start", "end"),
            pl.lit(1, pl.Int8).alias("ongoingrivalry"),
            *(pl.col(k).fill_null(0).cast(pl.Int8) for k in kinds),
        )
        .explode("year")
        .select(
            pl.min_horizontal("ccode1", "ccode2").alias("ccode1"),
            pl.max_horizontal("ccode1", "ccode2").alias("ccode2"),
            "year",
            "tssr_id",
            "ongoingrivalry",
            *kinds,
        )
    )
    return opened.sort("tssr_id").unique(["ccode1", "ccode2", "year"], keep="last", maintain_order=True)


def with_capital_distance(frame: pl.LazyFrame, capitals: pl.DataFrame, space: Space) -> pl.LazyFrame:
    """Add `capdist` to a frame whose hidden columns `_own1`, `_own2` number state-years of the space."""
    seats = capitals.sort("ccode", "stdate")
    place = _capital_of_year(seats, space)
    lat, lng = (seats[name].cast(pl.Float64).to_numpy() for name in ("lat", "lng"))
    distance = great_circle(lat[:, None], lng[:, None], lat, lng)
    seat = pl.Series(place)
    seat = seat.set(seat < 0, None)
    one, two = (pl.lit(seat).gather(pl.col(c)) for c in ("_own1", "_own2"))
    table = pl.Series(distance.ravel().astype(np.float32))
    return frame.with_columns(pl.lit(table).gather(one * len(seats) + two).alias("capdist"))


def nearest_capital(capitals: pl.DataFrame, space: Space) -> pl.DataFrame:
    """Return `ccode, year, mincapdist`: km from each member's capital to the nearest of another member."""
    seats = capitals.sort("ccode", "stdate")
    lat, lng = (seats[name].cast(pl.Float64).to_numpy() for name in ("lat", "lng"))
    distance = great_circle(lat[:, None], lng[:, None], lat, lng)
    row = _capital_of_year(seats, space).reshape(len(space.codes), space.years)
    there = space.alive.reshape(row.shape) & (row >= 0)
    found = []
    for k in range(space.years):
        here = np.flatnonzero(there[:, k])
        between = distance[np.ix_(row[here, k], row[here, k])]
        np.fill_diagonal(between, np.inf)
        nearest = between.min(axis=1, initial=np.inf)
        codes = np.asarray(space.codes, dtype=np.int32)[here]
        found.append(pl.DataFrame({"ccode": codes, "mincapdist": nearest}).with_columns(year=pl.lit(space.first + k)))
    table = pl.concat(found).filter(pl.col("mincapdist").is_finite())
    return table.select(pl.col("ccode").cast(pl.Int32), pl.col("year").cast(pl.Int32), "mincapdist")


def _capital_of_year(seats: pl.DataFrame, space: Space) -> NDArray[np.int32]:
    """Return, at each state-year's number, the row of its capital on 1 January; -1 where it had none all year.

    seats   spells, ordered by state and first day. A state without a capital on 1 January has the first of the year.
    """
    check_spells(seats["ccode"], seats["stdate"], seats["enddate"], "capitals")
    opened = (
        seats.with_row_index("row")
        .select("ccode", "row", "stdate", _years(pl.col("stdate").dt.year(), pl.col("enddate").dt.year()))
        .explode("year")
        .filter(pl.col("year").is_between(space.first, space.last))
        .sort("ccode", "year", "stdate")
        .unique(["ccode", "year"], keep="first", maintain_order=True)
    )
    place = np.full(space.state_years, -1, dtype=np.int32)
    place[space.state_year(integers(opened, "ccode"), integers(opened, "year"))] = opened["row"].to_numpy()
    return place
