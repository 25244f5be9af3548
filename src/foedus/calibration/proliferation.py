"""Nuclear moves as yearly hazards on the scales of the model: exploring, pursuing, acquiring the bomb (R09)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.calibration.joining.enmity import MEMORY, hostility_between
from foedus.engine.weapons import FIRST_ARSENAL
from foedus.equations import nuclear
from foedus.equations.contest import chance_challenger_wins, weighed_balance
from foedus.errors import UnknownName
from foedus.estimators.fit import Fit
from foedus.estimators.logits import offset_logit, ridge_logit
from foedus.ledger import load_ledger
from foedus.panels import DataFolder
from foedus.panels.grounds import Folder
from foedus.panels.samples.nuclear import at_risk, programme_rows, rival_rows
from foedus.terms import NuclearStatus

PREDICTORS = ("threat", "latency", "doubt", "treaty", "neighbours")
STEP = "step"
"""1 where the move is from exploring to pursuing, in rows of both moves."""
BEFORE = 5
"""Years before a move in which latency is taken: what exploring itself builds does not explain it."""


def proliferation_rows(data: Folder = None, first: int = 1939, last: int = 2001) -> pl.DataFrame:
    """Return the rows of `programme_rows` with the threat computed by the model's equations.

    threat  over strategic rivals, the highest of `nuclear.peril` at the ledger's defaults: the chance of losing to one
            alone (eq. 7 on CINC), its warheads, the hostility that their disputes and rivalry leave; 0 without rivals
    latency five years before, of the same state
    doubt   threat times doubt in nuclear protection: 1 where no nuclear-armed state owes defence, else one less the
            ledger's belief at the start
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    p = load_ledger()
    rivals = _armed(rival_rows(folder, first, last), folder)
    edge = np.log(p["defender_edge"].default)
    own, rival = (rivals[name].to_numpy() for name in ("log_cinc", "log_rival_cinc"))
    balance = weighed_balance(rival - own, rival - own, p["balance_reliability"].default)
    losing = np.asarray(chance_challenger_wins(balance, 0.0, p["decisiveness"].default, edge))
    arsenals = nuclear.arsenal(rivals["warheads"].to_numpy(), p["arsenal_half"].default)
    peril = nuclear.peril(_hostility(rivals, folder), losing, arsenals, p["arsenal_weight"].default)
    threat = rivals.with_columns(threat=pl.Series(np.asarray(peril))).group_by("ccode", "year").agg(
        pl.col("threat").max()
    )  # fmt: skip
    rows = programme_rows(folder, first, last)
    latent = rows.select("ccode", pl.col("year") + BEFORE, "latency")
    rows = rows.drop("latency").join(latent, on=["ccode", "year"]).join(threat, on=["ccode", "year"], how="left")
    doubt = pl.when(pl.col("guarded") == 1).then(1 - p["belief_at_start"].default).otherwise(1.0)
    rows = rows.with_columns(pl.col("threat").fill_null(0.0)).with_columns(doubt=pl.col("threat") * doubt)
    return rows.select("ccode", "year", "status", "before", *PREDICTORS).drop_nulls()


def _armed(rivals: pl.DataFrame, folder: DataFolder) -> pl.DataFrame:
    """Rivals with their warheads; with the first arsenal where they pursue one or have just built it."""
    by = ["rival", "year"]
    held = folder.read("nuclear_warheads").select(pl.col("ccode").alias("rival"), "year", "warheads")
    status = folder.read("nuclear_proliferation_status")
    status = status.select(pl.col("ccode").alias("rival"), "year", pl.col("nuclear_weapons_status").alias("status"))
    coming = pl.when(pl.col("status") >= NuclearStatus.PURSUES).then(FIRST_ARSENAL).otherwise(0.0)
    rows = rivals.join(held, on=by, how="left").join(status, on=by, how="left")
    return rows.with_columns(warheads=pl.max_horizontal(pl.col("warheads").cast(pl.Float64).fill_null(0.0), coming))


def _hostility(rivals: pl.DataFrame, folder: DataFolder) -> NDArray[np.float64]:
    """Hostility of each row's rival upon its state at the start of its year, from what passed so far (eqs 31-31b)."""
    rival, own, year = (rivals[name].to_numpy().astype(np.int64) for name in ("rival", "ccode", "year"))
    p = {name: load_ledger()[name].default for name in MEMORY}
    return hostility_between(folder, rival, own, year, p, lagged=False)


def hazard(rows: pl.DataFrame, move: str, predictors: Sequence[str] = PREDICTORS, *, spread: float = 1.0) -> Fit:
    """Fit a move's yearly hazard by ridge logit, errors clustered by state.

    rows    from `proliferation_rows`
    spread  of the prior, see `ridge_logit`: some moves were made ten times only
    """
    return ridge_logit(at_risk(rows, move), "moved", predictors, ["ccode"], spread=spread)


def both_moves(rows: pl.DataFrame, predictors: Sequence[str] = PREDICTORS) -> Fit:
    """Fit one yearly hazard of both moves, which share their weights, by ridge logit, errors clustered by state.

    rows  from `proliferation_rows`
    """
    moves = [
        at_risk(rows, move).with_columns(pl.lit(step).alias(STEP)) for step, move in ((0.0, "explore"), (1.0, "pursue"))
    ]
    return ridge_logit(pl.concat(moves), "moved", (*predictors, STEP), ["ccode"])


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
