"""What each mechanism contributes: the same futures with it and without it, measure by measure."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foedus.results import Results, stake_gdp
from foedus.study.running import run
from foedus.study.study import Study
from foedus.terms import NuclearStatus

MEASURES: dict[str, str] = {
    "typical": "per cent by which the loss of a typical ally changes: its log, mean of allies that face a challenger",
    "loss": "expected yearly loss, per cent of GDP, mean of allies: the few at war or near it decide",
    "promise": "chance the guarantor fights, worst challenger, mean of allies",
    "spending": "military spending, per cent of GDP, mean of allies",
    "forces": "effective capability in the last year, per cent of the first, mean of allies",
    "armed": "allies with nuclear weapons in the last year",
    "rivals": "alignment with rival powers in the last year, mean of allies",
}
"""Headline measures of a run, each one figure a future."""

LEAST_LOSS = 1e-7
"""Stakes; keeps the log of a vanishing loss finite."""

SURE = 1.96
"""Standard errors to each end of a 95 per cent interval."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Contribution:
    """What one mechanism adds to one measure: with it minus without it, on the same luck and parameters."""

    row: str
    measure: str
    mean: float
    low: float
    high: float
    """95 per cent interval of the mean over futures, by the normal approximation"""
    relative: float
    """size against the spread of the measure between futures with everything on; 0 when there is no spread"""

    @property
    def error(self) -> float:
        """Monte Carlo standard error of the mean."""
        return (self.high - self.low) / (2.0 * SURE)

    @property
    def counts(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0.0 or self.high < 0.0


def ablate(
    study: Study, rows: Iterable[str], threads: int = 2, progress: Callable[[str], None] | None = None
) -> list[Contribution]:
    """Run a study with everything on and once without each row, and rank what the rows contribute.

    A scenario with a comparison is measured by its difference between the two postures: what the mechanism adds
    to the effect of the policy. Without one it is measured by the posture's own level. Largest effect
    on the typical loss first. Raises UnknownName for a row nobody declared.
    """
    rows = list(rows)
    study.ledger.switched_off(rows)
    whole = _measured(study, threads)
    found: list[Contribution] = []
    for row in rows:
        if progress:
            progress(row)
        off = _measured(_without(study, row), threads)
        found += [_contribution(row, name, whole[name], off[name]) for name in MEASURES]
    size = {c.row: abs(c.mean) for c in found if c.measure == "typical"}
    return sorted(found, key=lambda c: -size[c.row])


def _without(study: Study, row: str) -> Study:
    """The same study with a mechanism off on both sides."""
    against = None if study.against is None else _without(study.against, row)
    return replace(study, scenario=study.scenario.switching_off([row]), against=against)


def _contribution(row: str, measure: str, whole: Values, off: Values) -> Contribution:
    gap = whole - off
    mean = float(gap.mean())
    half = SURE * float(gap.std(ddof=1)) / np.sqrt(len(gap)) if len(gap) > 1 else float("inf")
    spread = float(whole.std())
    return Contribution(row, measure, mean, mean - half, mean + half, mean / spread if spread > 0.0 else 0.0)


def _measured(study: Study, threads: int) -> dict[str, Values]:
    """Each measure by future, [N]; the difference between postures when there are two."""
    with tempfile.TemporaryDirectory() as folder:
        run(study, Path(folder) / "run", threads)
        results = Results.open(Path(folder) / "run")
        own = _levels(results, "posture")
        if "against" not in results.roles:
            return own
        other = _levels(results, "against")
        return {name: own[name] - other[name] for name in MEASURES}


def _levels(results: Results, role: str) -> dict[str, Values]:
    capability = results.ally("capability", role)
    loss = results.loss(role).mean(axis=0)
    faced = loss.max(axis=1) > 0.0
    levels = {
        "typical": 100.0 * np.log(np.maximum(loss[faced], LEAST_LOSS)).mean(axis=0),
        "loss": loss.mean(axis=0) * stake_gdp(results),
        "promise": results.ally("promise_true", role).mean(axis=(0, 1)),
        "spending": 100.0 * results.ally("spending", role).mean(axis=(0, 1)),
        "forces": 100.0 * (capability[-1] / np.maximum(capability[0], 1e-6)).mean(axis=0),
        "armed": (results.ally("nuclear", role)[-1] >= NuclearStatus.ARMED).sum(axis=0),
        "rivals": results.ally("lean_rival", role)[-1].mean(axis=0),
    }
    return {name: np.asarray(value, dtype=np.float64) for name, value in levels.items()}
