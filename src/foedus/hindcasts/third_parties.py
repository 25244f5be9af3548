"""Intervention: the published logit of who joins, plugged in beside equation (14), scored on the same calls."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from foedus.calibration.joining.posterior import Joining, joining
from foedus.calibration.joining.third_states import FIRST, Calls, Floats, read_third_states
from foedus.estimators.specifications import THIRD_PARTIES, third_parties
from foedus.hindcasts.joining import TEST, TRAIN, VINTAGE
from foedus.hindcasts.measures import AUC, BRIER, EXPECTED, LOSS, SLOPE, Forecast, event_figures
from foedus.hindcasts.registry import Criterion, Found, HindcastSetting, Registered
from foedus.panels import DataFolder
from foedus.panels.samples import third_party_rows


def beside_published(setting: HindcastSetting) -> Found:
    """Score the target's defenders in the test years by equation (14), beside the logit, on the same calls.

    Both have seen every third state of the training years.
    """
    future, own = _own(setting.folder, rivals=True)
    logit = _chances(setting.folder, future, own.war)
    known = np.isfinite(logit)
    future = future.only(known)
    forecast = Forecast(future.joined, own.chance(future), future.dispute)
    draws = forecast.draws(setting.draws, setting.seed)
    from_disputes, blind = _own(setting.folder, rivals=False)
    unaided = Forecast(future.joined, blind.chance(from_disputes.only(known)), future.dispute)
    figures = event_figures(
        forecast, draws, logit[known], measures=(LOSS, SLOPE, AUC, BRIER, EXPECTED), less=(LOSS, AUC)
    )
    more = tuple(
        replace(one, measure=f"{one.measure}, rivalries left out")
        for one in event_figures(unaided, draws, logit[known], measures=(), less=(LOSS, AUC))
    )
    why = (
        f"{int((~known).sum())} calls are left out for want of a figure. Rivalries were coded in retrospect: without "
        "them hostility between helper and challenger is what their disputes left"
    )
    return Found(
        (*figures, *more),
        len(future.joined),
        int(future.joined.sum()),
        why,
        curves=(forecast.curve("joining", bins=5),),
    )


def _own(folder: DataFolder, *, rivals: bool) -> tuple[Calls, Joining]:
    """Calls on defenders in the test years, and equation (14) given every third state of the training years."""
    asked = read_third_states(folder, TEST[0], rivals=rivals)
    return asked.within(TEST).defenders(), joining(asked.within(TRAIN))


def _chances(folder: DataFolder, calls: Calls, war: float) -> Floats:
    """Chance that each defender joins a dispute of which nobody knows yet whether it becomes a war; NaN where unknown.

    war  share of past calls on defenders in disputes that became wars
    """
    rows = third_party_rows(folder, FIRST, TEST[1])
    fit = third_parties(rows.filter(pl.col("year") <= TRAIN[1]))
    weights = {term.name: term.value for term in fit.terms}
    base = sum((weights[name] * pl.col(name) for name in THIRD_PARTIES if name != "war"), pl.lit(weights["constant"]))
    odds = rows.select("dispnum", "ccode", odds=base)
    asked = pl.DataFrame({"dispnum": calls.dispute, "ccode": calls.defender})
    asked = asked.with_columns(
        pl.col("dispnum").cast(rows.schema["dispnum"]), pl.col("ccode").cast(rows.schema["ccode"])
    )
    found = asked.join(odds, on=["dispnum", "ccode"], how="left", maintain_order="left")["odds"].to_numpy()
    short, fought = (1.0 / (1.0 + np.exp(-(found + x))) for x in (0.0, weights["war"]))
    return np.asarray(war * fought + (1.0 - war) * short, dtype=np.float64)


TESTS = (
    Registered(
        name="intervention-third-parties",
        theme="intervention",
        kind="out of sample",
        question="Does equation (14) say which of the target's allies join as well as a published logit, the second "
        "model of who fights?",
        vintage=VINTAGE + ", V-Dem",
        train=TRAIN,
        test=TEST,
        baseline="logit in the form of Joyce and Braithwaite (2013), fitted on every third state of the training years",
        published="",
        criteria=(
            Criterion(
                f"{LOSS} less baseline",
                high=0.0,
                why="no worse than the published form",
                seen=True,
                rival="published logit",
            ),
            Criterion(
                f"{AUC} less baseline",
                low=-0.02,
                why="no worse than the published form",
                seen=True,
                rival="published logit",
            ),
        ),
        run=beside_published,
        quick=False,
    ),
)
