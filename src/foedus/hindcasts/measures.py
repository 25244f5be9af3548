"""Figures of a forecast of events, with intervals by dyad, beside a baseline on the same cases and draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.estimators import scores
from foedus.estimators.resample import GroupDraws, interval
from foedus.hindcasts.registry import Curve, FoundMeasure

Floats = NDArray[np.float64]

AUC, AUPR, BRIER, SKILL, REDUCTION, SLOPE = "AUC", "AUPR", "Brier", "Brier skill", "log-loss reduction", "slope"
EXPECTED = "expected / observed events"
LOSS = "log loss, sum"


def _slope(event: ArrayLike, chance: ArrayLike) -> float:
    return scores.calibration_slope(event, chance)[1]


POINTS: Mapping[str, Callable[[ArrayLike, ArrayLike], float]] = {
    AUC: scores.auc,
    AUPR: scores.aupr,
    BRIER: scores.brier,
    SKILL: scores.brier_skill,
    REDUCTION: scores.log_loss_reduction,
    SLOPE: _slope,
    LOSS: lambda event, chance: len(np.asarray(event)) * scores.log_loss(event, chance),
}
"""Scores by name. Skill and log-loss reduction are against the rate observed in the test years; a sum of log losses is
over the rows scored, so that a difference of two sums is in log points."""


@dataclass(frozen=True)
class Forecast:
    """Chances given to events: `event` and `chance` [n], `dyad` [n] whose rows are drawn together."""

    event: Floats
    chance: Floats
    dyad: NDArray[np.int64]

    def draws(self, draws: int, seed: int) -> GroupDraws:
        """Draws of its dyads."""
        return GroupDraws(np.unique(self.dyad, return_inverse=True)[1].astype(np.int64), draws, seed)

    def curve(self, name: str, bins: int = 10) -> Curve:
        """Forecast against observed rate in bins of about equal count."""
        found = scores.reliability(self.event, self.chance, bins)
        return Curve(
            name,
            tuple(float(f"{x:.4g}") for x in found.forecast),
            tuple(float(f"{x:.4g}") for x in found.observed),
            tuple(int(n) for n in found.count),
        )


def score_on_draws(measure: str, event: Floats, chance: Floats, draws: GroupDraws) -> Floats:
    """Return one of the named scores on every draw, [draws]."""
    if measure in (AUC, AUPR, SLOPE):
        return {AUC: draws.auc, AUPR: draws.aupr, SLOPE: draws.slope}[measure](event, chance)
    kept = np.clip(chance, scores.TINY, 1 - scores.TINY)
    square, loss = (kept - event) ** 2, -(event * np.log(kept) + (1 - event) * np.log1p(-kept))
    if measure == BRIER:
        return draws.mean(square)
    if measure == LOSS:
        return draws.mean(loss) * len(event)
    if measure == EXPECTED:
        with np.errstate(divide="ignore"):
            return draws.mean(chance) / draws.mean(event)
    rate = draws.mean(event)
    with np.errstate(divide="ignore", invalid="ignore"):
        reference = rate * (1 - rate) if measure == SKILL else -(rate * np.log(rate) + (1 - rate) * np.log1p(-rate))
        return np.asarray(1 - draws.mean(square if measure == SKILL else loss) / reference)


def event_figures(
    ours: Forecast,
    draws: GroupDraws,
    baseline: Floats | None = None,
    published: Mapping[str, float] | None = None,
    measures: tuple[str, ...] = (AUC, AUPR, BRIER, SKILL, REDUCTION, SLOPE, EXPECTED),
    less: tuple[str, ...] = (AUC,),
) -> tuple[FoundMeasure, ...]:
    """Return figures of a forecast: each measure, then each of `less` less the baseline's, on the same draws.

    baseline   chances the baseline gives the same rows
    published  figures known beforehand, by measure
    A difference of a measure m is named "m less baseline".
    """
    found = []
    for measure in measures:
        low, high = interval(score_on_draws(measure, ours.event, ours.chance, draws))
        found.append(
            FoundMeasure(
                measure,
                _point(measure, ours.event, ours.chance),
                low,
                high,
                None if baseline is None else _point(measure, ours.event, baseline),
                (published or {}).get(measure),
            )
        )
    for measure in less if baseline is not None else ():
        assert baseline is not None
        gap = score_on_draws(measure, ours.event, ours.chance, draws) - score_on_draws(
            measure, ours.event, baseline, draws
        )
        point = _point(measure, ours.event, ours.chance) - _point(measure, ours.event, baseline)
        found.append(FoundMeasure(f"{measure} less baseline", point, *interval(gap)))
    return tuple(found)


def loss_less(name: str, ours: Forecast, other: Floats, draws: GroupDraws, note: str = "") -> FoundMeasure:
    """Return the sum of log losses of ours less that of another forecast of the same rows, on the same draws."""
    point = _point(LOSS, ours.event, ours.chance) - _point(LOSS, ours.event, other)
    on_draws = [score_on_draws(LOSS, ours.event, chance, draws) for chance in (ours.chance, other)]
    low, high = interval(on_draws[0] - on_draws[1])
    return FoundMeasure(name, point, low, high, unit="log points", note=note)


def _point(measure: str, event: Floats, chance: Floats) -> float:
    if measure == EXPECTED:
        return float(chance.sum() / event.sum())
    return float(POINTS[measure](event, chance))
