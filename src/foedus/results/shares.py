"""Where the spread between futures comes from: luck, what the record leaves open, and assumptions it does not speak of.

Three sources, and each answer has its own mixture of them:

- luck: what differs between twins, futures that share every parameter and no random draw;
- posterior: what the parameters explain that are drawn together as members of an ensemble, so that some record of
  history has narrowed them;
- prior: what is left, the parameters drawn from their own ranges in the ledger, and whatever the parameters do to each
  other.

All of it is reckoned on the ranks of the answer, since a handful of ruinous futures would otherwise decide every share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import isnan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.ledger.ensemble import PRIOR, load_ensemble
from foedus.normal import quantile
from foedus.results.error import GROUPS, Twins, left_out_error
from foedus.results.headline import Headline, stake_gdp
from foedus.results.ranks import ranks
from foedus.results.results import NOT_RECORDED, Results

Floats = NDArray[np.float64]

LEAST_TWINS = 8
"""Pairs of twins below which luck cannot be told from parameters."""

POINTS_A_TERM = 3
"""Parameter points that a regression needs for each of its terms before its adjusted share means anything."""

SURE = 1.96
"""Standard errors to each end of a 95 per cent interval."""


@dataclass(frozen=True)
class Share:
    """A share of the spread, 0-1, with its 95 per cent interval; NaN throughout where it cannot be told."""

    value: float
    low: float
    high: float

    @staticmethod
    def around(value: float, error: float) -> Share:
        """The share with the interval that its standard error gives, within 0-1."""
        return Share(value, max(value - SURE * error, 0.0), min(value + SURE * error, 1.0))

    @property
    def told(self) -> bool:
        """Whether there were futures enough to tell it."""
        return not isnan(self.value)


LEAST_APART = 1e-10
"""Share by which the diagonal of a regression's normal equations is raised, so that two columns alike do no harm."""
UNTOLD = Share(float("nan"), float("nan"), float("nan"))


@dataclass(frozen=True)
class SpreadShares:
    """The three sources of the spread; they add to one where all are told.

    prior    of parameters without a record and of what parameters do together; where `posterior` is untold, of all
             parameters
    answers  how many allies the shares are a mean over
    """

    luck: Share
    posterior: Share
    prior: Share
    answers: int = 1

    @property
    def split(self) -> bool:
        """Whether the part of the parameters is told apart by source."""
        return self.posterior.told


def spread_shares(results: Results, rows: Sequence[Headline]) -> SpreadShares | None:
    """Shares of the spread of the answer, mean of the allies of `rows`; None where twins are too few.

    The answer is the paired difference of the loss where two postures are compared, else the loss: the mean over years,
    in per cent of GDP.
    """
    places = [results.allies.index(row.ally) for row in rows if not row.safe]
    return shares(results.mean_losses[places] * stake_gdp(results), results)


def shares(answers: Floats, results: Results) -> SpreadShares | None:
    """Shares of the spread of answers [A, N] over the futures of a run, mean over those that vary.

    None where no answer varies, or twins are too few.
    """
    twins = results.twins()
    answers = answers[answers.std(axis=1) > 0.0] if len(answers) else answers
    if len(twins[0]) < LEAST_TWINS or not len(answers):
        return None
    return split(answers, twins, learnt_columns(results))


def learnt_columns(results: Results) -> Floats | None:
    """Values of the parameters drawn as members of an ensemble, [N, k]; no column where a run draws from priors.

    None where the run folder does not say what it drew from.
    """
    if results.ensemble == NOT_RECORDED:
        return None
    names = learnt_names(results)
    held = results.scan("parameters").collect_schema().names()
    table = results.parameters([name for name in names if name in held] or ["future"])
    columns = [table[name].to_numpy().astype(np.float64) for name in names if name in held]
    varying = [column for column in columns if column.std() > 0.0]
    return np.stack(varying, axis=1) if varying else np.empty((table.height, 0))


def learnt_names(results: Results) -> tuple[str, ...]:
    """Parameters that the run drew from its ensemble; none where it drew from priors."""
    if results.ensemble in (PRIOR, NOT_RECORDED):
        return ()
    own = {*results.manifest["scenario"]["fixed"], *results.manifest["scenario"].get("ranges", {})}
    return tuple(name for name in load_ensemble(results.ensemble).parameters if name not in own)


def split(answers: Floats, twins: Twins, learnt: Floats | None) -> SpreadShares:
    """Shares of the spread of answers [A, N], with intervals, from twins and the columns [N, k] a record has taught.

    The posterior's share is that of a regression on normal scores of its parameters and their squares, adjusted for the
    number of terms: what they explain each by itself, so at least that much is theirs. It is untold where `learnt` is
    None, or where points are fewer than `POINTS_A_TERM` for each term.
    """
    ranked = ranks(answers)
    ranked -= (ranked.shape[1] + 1.0) / 2.0
    first, second = twins
    points = np.delete(np.arange(ranked.shape[1]), second)
    twin_of = np.full(ranked.shape[1], -1)
    twin_of[first] = second
    terms = np.empty((len(points), 0)) if learnt is None or not learnt.shape[1] else _terms(learnt[points])
    enough = learnt is not None and len(points) >= POINTS_A_TERM * terms.shape[1]
    told = terms if enough else terms[:, :0]
    groups = [_Sums.over(ranked, points[g::GROUPS], twin_of[points[g::GROUPS]], told[g::GROUPS]) for g in range(GROUPS)]
    every = _Sums(*(np.sum(held, axis=0) for held in zip(*groups, strict=True)))
    whole = every.shares()
    parts = np.array([_Sums(*(a - b for a, b in zip(every, one, strict=True))).shares() for one in groups])
    luck, posterior, prior = map(Share.around, whole.tolist(), left_out_error(parts).tolist())
    return SpreadShares(luck, posterior if enough else UNTOLD, prior, len(answers))


class _Sums(NamedTuple):
    """Sums over parameter points, of which all shares follow: those of all but a group are the whole less the group's.

    pairs    how many points have a twin
    twins    [5, A] over those: sums of the answer, of the twin's, of both squared, of their product
    points   how many points there are
    answers  [2, A] sums of the answers and of their squares
    gram     [1 + k, 1 + k] products of the terms of a regression, a constant before them
    cross    [1 + k, A] products of the terms with the answers
    """

    pairs: Floats
    twins: Floats
    points: Floats
    answers: Floats
    gram: Floats
    cross: Floats

    @staticmethod
    def over(ranked: Floats, points: NDArray[np.intp], twin: NDArray[np.intp], terms: Floats) -> _Sums:
        """Those of some parameter points."""
        paired = twin >= 0
        one, two, own = ranked[:, points[paired]], ranked[:, twin[paired]], ranked[:, points]
        design = np.column_stack([np.ones(len(points)), terms])
        return _Sums(
            pairs=np.array(float(paired.sum())),
            twins=np.array([x.sum(axis=1) for x in (one, two, one**2, two**2, one * two)]),
            points=np.array(float(len(points))),
            answers=np.array([own.sum(axis=1), (own**2).sum(axis=1)]),
            gram=design.T @ design,
            cross=design.T @ own.T,
        )

    def shares(self) -> Floats:
        """Luck, posterior and prior, means over answers, [3]."""
        luck = float(np.clip(1.0 - np.mean(self._agreement()), 0.0, 1.0))
        taught = float(np.clip(np.mean(self._explained()), 0.0, 1.0 - luck)) if len(self.gram) > 1 else 0.0
        return np.array([luck, taught, 1.0 - luck - taught])

    def _agreement(self) -> Floats:
        """Rank correlation of twins by answer, [A]; 0 where one side does not vary."""
        count = max(float(self.pairs), 1.0)
        one, two, one_squared, two_squared, product = self.twins / count
        spread = np.maximum(one_squared - one**2, 0.0) * np.maximum(two_squared - two**2, 0.0)
        varies = spread > LEAST_APART * one_squared * two_squared
        return np.where(varies, (product - one * two) / np.sqrt(np.where(varies, spread, 1.0)), 0.0)

    def _explained(self) -> Floats:
        """Share of each answer's variance, [A], that a regression on the terms explains, adjusted for their number."""
        count, width = float(self.points), len(self.gram) - 1
        raised = self.gram.copy()
        raised[np.diag_indices_from(raised)] *= 1.0 + LEAST_APART
        weights = np.linalg.solve(raised, self.cross)
        own, squared = self.answers
        left = squared - (weights * (2.0 * self.cross - self.gram @ weights)).sum(axis=0)
        ratio = np.maximum(left, 0.0) / np.maximum(squared - own**2 / count, 1e-12)
        return np.asarray(1.0 - ratio * (count - 1.0) / (count - width - 1.0))


def _terms(columns: Floats) -> Floats:
    """Normal scores of each column, and their squares: what bends is seen, what only turns up in pairs is not."""
    level = _normal(columns.T).T
    return np.concatenate([level, level**2], axis=1)


def _normal(values: Floats) -> Floats:
    """Normal scores along the last axis: the quantile of a standard normal at each value's rank."""
    return quantile((ranks(values) - 0.5) / values.shape[-1])


def as_mapping(found: SpreadShares) -> dict[str, object]:
    """Shares as plain values, for JSON: None for one that cannot be told."""
    named = {"luck": found.luck, "posterior": found.posterior, "prior": found.prior}
    return {name: asdict(share) if share.told else None for name, share in named.items()} | {"answers": found.answers}
