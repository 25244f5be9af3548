"""Nuclear moves as yearly hazards on the scales of the model: exploring, pursuing, acquiring the bomb (R09)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from foedus.equations.contest import chance_challenger_wins
from foedus.errors import UnknownName
from foedus.estimators.fit import Fit
from foedus.estimators.logits import offset_logit, ridge_logit
from foedus.ledger import load_ledger
from foedus.panels import DataFolder
from foedus.panels.grounds import Folder
from foedus.panels.samples.nuclear import at_risk, programme_rows, rival_rows

PREDICTORS = ("threat", "latency", "doubt", "treaty", "neighbours")
RIVAL_HOSTILITY = 0.57
"""Mean hostility at rest of the world's rival pairs (world/facts/pairs.csv)."""


def proliferation_rows(data: Folder = None, first: int = 1939, last: int = 2001) -> pl.DataFrame:
    """Return the rows of `programme_rows` with the threat computed by the model's equations.

    threat  over strategic rivals, the highest chance of losing to one alone (eq. 7 on CINC, ledger's defaults)
            times the hostility of rivals at rest; 0 without rivals
    doubt   threat times doubt in nuclear protection: 1 where no nuclear-armed state owes defence, else one less the
            ledger's belief at the start
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    p = load_ledger()
    rivals = rival_rows(folder, first, last)
    edge = np.log(p["defender_edge"].default)
    own, rival = (rivals[name].to_numpy() for name in ("log_cinc", "log_rival_cinc"))
    losing = np.asarray(chance_challenger_wins(rival, own, p["decisiveness"].default, edge))
    threat = rivals.with_columns(losing=pl.Series(losing)).group_by("ccode", "year").agg(
        (RIVAL_HOSTILITY * pl.col("losing").max()).alias("threat")
    )  # fmt: skip
    rows = programme_rows(folder, first, last).join(threat, on=["ccode", "year"], how="left")
    doubt = pl.when(pl.col("guarded") == 1).then(1 - p["belief_at_start"].default).otherwise(1.0)
    rows = rows.with_columns(pl.col("threat").fill_null(0.0)).with_columns(doubt=pl.col("threat") * doubt)
    return rows.select("ccode", "year", "status", "before", *PREDICTORS).drop_nulls()


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
