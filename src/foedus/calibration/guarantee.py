"""The guarantee: who comes to a target's help, and against whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl

from foedus.calibration.declare import DeclaredEstimate
from foedus.calibration.evidence import Evidence
from foedus.calibration.measure import Measured, drawn_again, of_term, share
from foedus.estimators import firth_logit
from foedus.estimators.fit import Floats
from foedus.estimators.specifications import dispute_outcome, intervention

UNITED_STATES = 2


def _american(evidence: Evidence) -> pl.DataFrame:
    rows = evidence.interventions
    return rows.filter((pl.col("ccode") == UNITED_STATES) & (pl.col("year") >= 1946))


def _american_joins(evidence: Evidence) -> Measured:
    return share(_american(evidence)["joined"].to_numpy())


def _homeland_exposure(evidence: Evidence) -> Measured:
    """Without clusters: the cell of nuclear challengers is all but empty, where profile intervals are right."""
    fit = firth_logit(_american(evidence), "joined", ["nuclear_challenger"])
    term = fit["nuclear_challenger"]
    turned = replace(term, value=-term.value, low=-term.high, high=-term.low)
    return of_term(turned, fit, "profile of the penalised likelihood")


def _baseline(evidence: Evidence) -> Measured:
    """Log-odds of the help that defenders gave once a dispute was war."""
    rows = evidence.interventions.filter((pl.col("war") == 1) & (pl.col("year") >= 1946) & (pl.col("major") == 1))
    found = share(rows["joined"].to_numpy())
    ends = np.clip([found.value, found.low, found.high], 1e-6, 1 - 1e-6)
    value, low, high = np.log(ends / (1 - ends))
    return replace(found, value=float(value), low=float(low), high=float(high), basis="Wilson, in log-odds")


def _weight(name: str) -> Callable[[Evidence], Measured]:
    """Posterior mean of a weight of equation (14)."""

    def measure(evidence: Evidence) -> Measured:
        found = evidence.joining
        drawn = np.array([member[name] for member in found.members()])
        low, high = np.quantile(drawn, [0.025, 0.975])
        basis = "middle 95 % of the posterior"
        return Measured(float(drawn.mean()), float(low), float(high), found.cases, basis, found.joiners)

    return measure


def _joiner(term: str) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        fit = intervention(evidence.interventions)
        return of_term(fit[term], fit, "errors by dispute")

    return measure


def _reduction(evidence: Evidence) -> Measured:
    rows = evidence.outcomes

    def statistic(columns: list[Floats]) -> float:
        names = ("outcome", "capability_ratio", "dyad")
        return dispute_outcome(pl.DataFrame(dict(zip(names, columns, strict=True)))).log_loss_reduction

    columns = [rows[c].to_numpy() for c in ("outcome", "capability_ratio", "dyad")]
    return drawn_again(statistic, columns, rows["dyad"].to_numpy(), draws=100)  # type: ignore[arg-type]


_JOINERS = {
    "log_distance": -0.239,
    "force": 2.41,
    "war": 1.70,
    "major": 1.20,
    "capability_ratio": 0.32,
    "since_1946": -2.98,
}
ESTIMATES = (
    DeclaredEstimate(
        "intervention baseline",
        "log-odds that a major power joins a target that it owes defence (ATOP) once a bilateral dispute "
        "is war, 1946-2010",
        _baseline,
        "intervention_baseline",
    ),
    DeclaredEstimate(
        "homeland exposure",
        "Firth logit of the US joining an ally that is the target of a bilateral dispute, 1946-2010: fall "
        "in log-odds when the challenger has nuclear arms",
        _homeland_exposure,
        "homeland_exposure_weight",
    ),
    *(
        DeclaredEstimate(
            f"joining, {what}",
            "equation (14) given every third state in bilateral disputes of 1946-2010, beside treaty, what help "
            f"changes, nuclear exposure and war: {rise}",
            _weight(name),
            name,
        )
        for what, name, rise in (
            ("size of the helper", "capability_weight", "log-odds per share of the world's capabilities (CINC)"),
            (
                "touching the ally",
                "contiguity_weight",
                "log-odds where helper and target touch, land or 24 miles of water",
            ),
            (
                "a quarrel of its own",
                "enmity_weight",
                "log-odds from no hostility with the challenger to the fullest",
            ),
        )
    ),
    DeclaredEstimate(
        "US joins",
        "share of bilateral disputes 1946-2010 with a US ally as target that the US joined on its side",
        _american_joins,
        "finding 2",
        "figure",
        0.028,
    ),
    *(
        DeclaredEstimate(
            f"joining, {term.replace('_', ' ')}",
            "Firth logit of joining a bilateral dispute on the side of a target owed defence, 1816-2010: "
            f"{term.replace('_', ' ')}",
            _joiner(term),
            "3.13 row 21",
            "figure",
            stated,
        )
        for term, stated in _JOINERS.items()
    ),
    DeclaredEstimate(
        "contest, by capabilities",
        "ordered logit of the outcome of bilateral disputes on ln CINC ratio, 1816-2010: proportional "
        "reduction in log-loss",
        _reduction,
        "3.14",
        "figure",
        0.018,
    ),
)
