"""Nuclear paths as yearly hazards: exploring, pursuing, acquiring the bomb (section 3.10, R09; Singh and Way 2004)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from foedus.equations.contest import chance_challenger_wins
from foedus.errors import UnknownName
from foedus.estimators.fit import Fit
from foedus.estimators.logit import offset_logit, ridge_logit
from foedus.ledger import load_ledger
from foedus.panels import DataFolder, dyad_years, state_years
from foedus.panels.build import Folder

MOVES: Mapping[str, tuple[int, int]] = {"explore": (0, 1), "pursue": (1, 2), "acquire": (2, 3)}
"""Each move: status of the year before, and the least status that counts as having made it."""
PREDICTORS = ("threat", "latency", "doubt", "treaty", "neighbours")
LOWEST_SKILL = -1.1
"""nu-CLEAR proficiency that counts as latency 0; the highest of the last year counts as 1, as in the world's facts."""

RIVAL_HOSTILITY = 0.57
"""Mean hostility at rest of the world's rival pairs (world/facts/pairs.csv)."""


def proliferation_rows(data: Folder = None, first: int = 1939, last: int = 2001) -> pl.DataFrame:
    """Return state-years with nuclear status now and a year before.

    Columns: ccode, year, status, before (0 none, 1 explores, 2 pursues, 3 possesses), and on the scales of the model
    threat      over strategic rivals, the highest chance of losing to one alone (eq. 7 on CINC, ledger's defaults)
                times the hostility of rivals at rest; 0 without rivals
    latency     0-1, nu-CLEAR proficiency rescaled
    doubt       threat times doubt in nuclear protection: 1 where no nuclear-armed state owes defence, else one
                less the ledger's belief at the start
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
    p = load_ledger()
    pairs = dyad_years(first, last, directed=True, data=folder).rivalries().atop().nuclear().contiguity().nmc()
    near = (pl.col("conttype") > 0) | (pl.col("ongoingrivalry") == 1)
    pairs = pairs.filter(near | (pl.col("atop_defense") == 1))
    met = pairs.with_columns(near=near).collect()
    own, rival = (met[f"cinc{side}"].cast(pl.Float64).log().to_numpy() for side in ("1", "2"))
    edge = np.log(p["defender_edge"].default)
    losing = np.asarray(chance_challenger_wins(rival, own, p["decisiveness"].default, edge))
    met = met.with_columns(_losing=pl.Series(np.where(met["ongoingrivalry"].to_numpy() == 1, losing, 0.0)))
    facing = met.group_by(pl.col("ccode1").alias("ccode"), "year").agg(
        (RIVAL_HOSTILITY * pl.col("_losing").max()).alias("_threat"),
        (pl.col("near") & (pl.col("nuclear_weapons_status2") >= 2)).sum().alias("_armed"),
    )
    guarded = met.filter((pl.col("atop_defense") == 1) & (pl.col("nuclear_weapons_status1") == 3))
    guarded = guarded.select(pl.col("ccode2").alias("ccode"), "year").unique().with_columns(_guarded=pl.lit(value=True))
    rows = state_years(first, last, data=folder).collect().select("ccode", "year").join(status, on=["ccode", "year"])
    before = status.select("ccode", pl.col("year") + 1, pl.col("status").alias("before"))
    rows = rows.join(before, on=["ccode", "year"]).join(skill, on=["ccode", "year"])
    rows = rows.join(facing, on=["ccode", "year"], how="left").join(guarded, on=["ccode", "year"], how="left")
    threat = pl.col("_threat").fill_null(0.0)
    doubt = pl.when(pl.col("_guarded")).then(1 - p["belief_at_start"].default).otherwise(1.0)
    return rows.select(
        "ccode",
        "year",
        "status",
        "before",
        threat.alias("threat"),
        scaled.alias("latency"),
        (threat * doubt).alias("doubt"),
        (pl.col("year") >= 1970).cast(pl.Float64).alias("treaty"),
        (pl.col("_armed").fill_null(0).cast(pl.Float64) + 1).log().alias("neighbours"),
    ).drop_nulls()


def at_risk(rows: pl.DataFrame, move: str) -> pl.DataFrame:
    """Return the rows that could make a move, with `moved`, 1 when they did. Raises UnknownName for another move."""
    if move not in MOVES:
        raise UnknownName("nuclear move", move, MOVES)
    stood, reached = MOVES[move]
    return rows.filter(pl.col("before") == stood).with_columns(
        moved=(pl.col("status") >= reached).cast(pl.Int8),
    )


def hazard(rows: pl.DataFrame, move: str, predictors: Sequence[str] = PREDICTORS, *, spread: float = 1.0) -> Fit:
    """Fit a move's yearly hazard by ridge logit, errors clustered by state.

    rows    from `proliferation_rows`
    spread  of the prior, see `ridge_logit`: some moves were made ten times only
    """
    return ridge_logit(at_risk(rows, move), "moved", predictors, ["ccode"], spread=spread)


def baseline(rows: pl.DataFrame, move: str, weights: Mapping[str, float]) -> Fit:
    """Fit the constant of a move's hazard when the weights of its predictors are given, errors clustered by state.

    weights  predictor to log-odds per unit
    """
    held = at_risk(rows, move)
    for name in weights:
        if name not in PREDICTORS:
            raise UnknownName("predictor", name, PREDICTORS)
    given = held.select(list(weights)).to_numpy() @ np.array(list(weights.values()))
    return offset_logit(held.with_columns(_given=given), "moved", "_given", ["ccode"])
