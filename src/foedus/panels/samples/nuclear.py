"""Nuclear programmes: who explores, pursues or has the bomb, a year before and now, and by whom it is faced.

Status after Bleek; moves after Singh and Way (2004).
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from foedus.errors import UnknownName
from foedus.panels.build import dyad_years, state_years
from foedus.panels.files import DataFolder
from foedus.panels.grounds import Folder

MOVES: Mapping[str, tuple[int, int]] = {"explore": (0, 1), "pursue": (1, 2), "acquire": (2, 3)}
"""Each move: status of the year before, and the least status that counts as having made it."""
LOWEST_SKILL = -1.1
"""nu-CLEAR proficiency that counts as latency 0; the highest of the last year counts as 1, as in the world's facts."""


def programme_rows(data: Folder = None, first: int = 1939, last: int = 2001) -> pl.DataFrame:
    """Return state-years with nuclear status now and a year before.

    Columns: ccode, year, status, before (0 none, 1 explores, 2 pursues, 3 possesses), and
    latency     0-1, nu-CLEAR proficiency rescaled
    guarded     1 when a nuclear-armed state owed it defence (ATOP)
    treaty      1 from 1970, when the Non-Proliferation Treaty came into force
    neighbours  ln of 1 + contiguous states or rivals that pursue or possess
    Years end with nu-CLEAR, 2001. Rows with a missing status or proficiency are left out.
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    status = folder.read("nuclear_proliferation_status").select(
        "ccode", "year", pl.col("nuclear_weapons_status").alias("status")
    )
    skill = folder.read("nu_clear_nuclear_proficiency").select("ccode", "year", "nu_means")
    highest = skill.filter(pl.col("year") == pl.col("year").max())["nu_means"].max()
    scaled = ((pl.col("nu_means") - LOWEST_SKILL) / (pl.lit(highest) - LOWEST_SKILL)).clip(0.0, 1.0)
    pairs = dyad_years(first, last, directed=True, data=folder).rivalries().atop().nuclear().contiguity()
    near = (pl.col("conttype") > 0) | (pl.col("ongoingrivalry") == 1)
    met = pairs.filter(near | (pl.col("atop_defense") == 1)).with_columns(near=near).collect()
    facing = met.group_by(pl.col("ccode1").alias("ccode"), "year").agg(
        (pl.col("near") & (pl.col("nuclear_weapons_status2") >= 2)).sum().alias("_armed")
    )
    guarded = met.filter((pl.col("atop_defense") == 1) & (pl.col("nuclear_weapons_status1") == 3))
    guarded = guarded.select(pl.col("ccode2").alias("ccode"), "year").unique().with_columns(guarded=pl.lit(1, pl.Int8))
    rows = state_years(first, last, data=folder).collect().select("ccode", "year").join(status, on=["ccode", "year"])
    before = status.select("ccode", pl.col("year") + 1, pl.col("status").alias("before"))
    rows = rows.join(before, on=["ccode", "year"]).join(skill, on=["ccode", "year"])
    rows = rows.join(facing, on=["ccode", "year"], how="left").join(guarded, on=["ccode", "year"], how="left")
    return rows.select(
        "ccode",
        "year",
        "status",
        "before",
        scaled.alias("latency"),
        pl.col("guarded").fill_null(0),
        (pl.col("year") >= 1970).cast(pl.Float64).alias("treaty"),
        (pl.col("_armed").fill_null(0).cast(pl.Float64) + 1).log().alias("neighbours"),
    ).drop_nulls()


def rival_rows(data: Folder = None, first: int = 1939, last: int = 2001) -> pl.DataFrame:
    """Return strategic rivals by year: ccode, rival, year, log_cinc, log_rival_cinc (NMC); one row per direction."""
    pairs = dyad_years(first, last, directed=True, data=data).rivalries().nmc()
    own, other = (pl.col(f"cinc{side}").cast(pl.Float64).log() for side in ("1", "2"))
    return pairs.filter(pl.col("ongoingrivalry") == 1).collect().select(
        pl.col("ccode1").alias("ccode"), pl.col("ccode2").alias("rival"), "year",
        own.alias("log_cinc"), other.alias("log_rival_cinc"),
    )  # fmt: skip


def at_risk(rows: pl.DataFrame, move: str) -> pl.DataFrame:
    """Return the rows that could make a move, with `moved`, 1 when they did. Raises UnknownName for another move."""
    if move not in MOVES:
        raise UnknownName("nuclear move", move, MOVES)
    stood, reached = MOVES[move]
    return rows.filter(pl.col("before") == stood).with_columns(
        moved=(pl.col("status") >= reached).cast(pl.Int8),
    )
