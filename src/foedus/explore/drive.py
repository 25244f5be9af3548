"""What drives an answer: indices of every uncertain parameter from the draws that a run has made anyway (given data).

Three methods that fail in different ways, so that they may be read together:

- first-order index by RBD-FAST (Plischke 2010; SALib): the share of the spread that a parameter explains alone;
- PAWN (Pianosi and Wagener 2018; SALib), moment-independent: how far the answer's whole distribution moves with it;
- feature scores of extremely randomised trees (Jaxa-Rozen and Kwakkel 2018; EMA Workbench), which see interactions.

Each index of parameters that mean nothing is above zero, so every one is set beside its noise: what the same numbers in
another order (dummies) reach. Answers are ranked first, since a handful of ruinous futures would decide every index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.explore.extra import quietly
from foedus.explore.inputs import Footing, Inputs
from foedus.facade import needs

Floats = NDArray[np.float64]

HARMONICS = 6
"""Harmonics of RBD-FAST, which see three waves over a range; each further one adds noise."""

DUMMIES, FEW_DUMMIES = 1000, 60
"""Meaningless parameters tried for the cheap index, whose largest is its noise, and for the costly ones."""

BEYOND = 3.7
"""Standard deviations above the mean of few dummies that count as noise: one parameter in twenty runs of 240 passes."""

RESAMPLES = 100
"""Bootstrap samples behind an interval of the first-order index."""

FEW_RESAMPLES = 30
"""Bootstrap samples behind an interval of PAWN, whose tests cost a hundred times as much."""

SLICES = 10
"""Slices of equal size into which PAWN cuts a parameter's range."""

SHORT = 16
"""Parameters for which the costly indices are worked out: the first by the cheap ones."""

TREES = 100
"""Trees of the feature scores."""

SURE = 1.96


@dataclass(frozen=True)
class DriveIndex:
    """An index, the noise that meaningless parameters reach, and a 95 per cent interval where one was worked out."""

    value: float
    noise: float
    low: float | None = None
    high: float | None = None

    @property
    def clear(self) -> bool:
        """Whether it stands above noise."""
        return self.value > self.noise


@dataclass(frozen=True)
class Influence:
    """A parameter and how the answer hangs on it.

    first     share of the spread of the answer's ranks that it explains alone: what knowing it would take away
    pawn      distance between the answer's distributions given it and over all, 0-1; None beyond the short list
    score     share of all feature scores, 0-1
    rho       rank correlation with the answer: its sign says which way
    evidence  what it rests on
    """

    name: str
    first: DriveIndex
    pawn: DriveIndex | None
    score: DriveIndex
    rho: float
    evidence: Footing

    @property
    def clear(self) -> bool:
        """Whether it is told from noise: by the first-order index, or by both of the others."""
        return self.first.clear or (self.pawn is not None and self.pawn.clear and self.score.clear)


def drivers(inputs: Inputs, answers: Floats, seed: int = 1, most: int = SHORT) -> list[Influence]:
    """Every parameter of `inputs`, strongest first.

    answers  [A, P], one or several: each is ranked, and the ranks are averaged, so that all count alike
    seed     of resamples, dummies and trees
    most     length of the short list, for which all three indices are worked out

    Raises InputError where the extra is missing.
    """
    needs("SALib", "ema_workbench", "pandas")
    with quietly():
        return _drivers(inputs, answers, np.random.default_rng(seed), most)


def _drivers(inputs: Inputs, answers: Floats, rng: np.random.Generator, most: int) -> list[Influence]:
    answer = ranked(answers)
    alone = first_order(inputs.values, answer, 2, rng)[0]
    noise = first_order(_dummies(inputs.values, DUMMIES, rng), answer, 2, rng)[0].max()
    scores, score_noise = feature_scores(inputs.values, answer, rng)
    order = np.lexsort((-scores, -np.where(alone > noise, alone, 0.0)))
    listed = order[:most]
    intervals = first_order(inputs.values[:, listed], answer, RESAMPLES, rng)[1]
    pawns = pawn(inputs.values[:, listed], answer, rng)
    close = dict(zip(listed.tolist(), zip(intervals, pawns, strict=True), strict=True))
    found = []
    for k in order.tolist():
        half, beside = close.get(k, (None, None))
        name = inputs.names[k]
        found.append(
            Influence(
                name=name,
                first=_index(float(alone[k]), half, float(noise)),
                pawn=beside,
                score=DriveIndex(float(scores[k]), score_noise),
                rho=float(np.corrcoef(_ranks(inputs.values[:, k]), answer)[0, 1]),
                evidence=inputs.of[name],
            )
        )
    return sorted(found, key=lambda driver: (not driver.clear, -max(driver.first.value, 0.0)))


def ranked(answers: Floats) -> Floats:
    """Mean over answers [A, P] of each one's ranks, between 0 and 1, [P]."""
    return np.asarray(np.mean([_ranks(one) for one in np.atleast_2d(answers)], axis=0))


def first_order(columns: Floats, answer: Floats, resamples: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """First-order indices by RBD-FAST and the half width of their 95 per cent intervals, [k] each."""
    from SALib.analyze import rbd_fast

    found = rbd_fast.analyze(
        _problem(columns.shape[1]), columns, answer, M=HARMONICS, num_resamples=resamples, seed=int(rng.integers(2**31))
    )
    return np.array(found["S1"], dtype=np.float64), np.array(found["S1_conf"], dtype=np.float64)


def pawn(columns: Floats, answer: Floats, rng: np.random.Generator) -> list[DriveIndex]:
    """PAWN index (median over slices) of each column, with interval and noise."""
    values = _pawn(columns, answer)
    noise = _beyond(_pawn(_dummies(columns, FEW_DUMMIES, rng), answer))
    drawn = rng.integers(len(answer), size=(FEW_RESAMPLES, len(answer)))
    spread = np.std([_pawn(columns[some], answer[some]) for some in drawn], axis=0, ddof=1)
    return [_index(float(v), SURE * float(e), noise) for v, e in zip(values, spread, strict=True)]


def _index(value: float, half: float | None, noise: float) -> DriveIndex:
    """An index with an interval of so much to each side, within 0 and 1."""
    if half is None:
        return DriveIndex(value, noise)
    return DriveIndex(value, noise, float(max(value - half, 0.0)), float(min(value + half, 1.0)))


def _pawn(columns: Floats, answer: Floats) -> Floats:
    from SALib.analyze import pawn as method

    return np.asarray(method.analyze(_problem(columns.shape[1]), columns, answer, S=SLICES)["median"], dtype=np.float64)


def feature_scores(columns: Floats, answer: Floats, rng: np.random.Generator) -> tuple[Floats, float]:
    """Feature scores of extra trees, [k], and the noise that dummies among them make."""
    import pandas as pd
    from ema_workbench.analysis.feature_scoring import RuleInductionType, get_ex_feature_scores

    dummies = _dummies(columns, min(FEW_DUMMIES, columns.shape[1]), rng)
    names = [f"x{k}" for k in range(columns.shape[1])] + [f"dummy{k}" for k in range(dummies.shape[1])]
    frame = pd.DataFrame(np.column_stack([columns, dummies]), columns=names)
    found = get_ex_feature_scores(
        frame, answer, mode=RuleInductionType.REGRESSION, nr_trees=TREES, random_state=int(rng.integers(2**31))
    )[0]
    scores = found.iloc[:, 0].reindex(names).to_numpy(dtype=np.float64)
    kept = columns.shape[1]
    return scores[:kept], _beyond(scores[kept:])


def _beyond(dummies: Floats) -> float:
    """The value that a few dummies say is noise."""
    return float(dummies.mean() + BEYOND * dummies.std(ddof=1))


def _dummies(columns: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Columns that mean nothing: those there are, each in an order of its own, [P, count]."""
    chosen = columns[:, np.arange(count) % columns.shape[1]]
    return np.asarray(rng.permuted(chosen, axis=0))


def _ranks(values: Floats) -> Floats:
    from scipy.stats import rankdata

    return np.asarray(rankdata(values), dtype=np.float64) / len(values)


def _problem(count: int) -> dict[str, Any]:
    """SALib's description of a problem of so many inputs; given data need no bounds."""
    names: Sequence[str] = [f"x{k}" for k in range(count)]
    return {"num_vars": count, "names": names, "bounds": [[0.0, 1.0]] * count}
