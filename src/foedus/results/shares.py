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

import numpy as np
from numpy.typing import NDArray

from foedus.ledger.ensemble import PRIOR, load_ensemble
from foedus.normal import quantile
from foedus.results.error import Twins
from foedus.results.headline import Headline, stake_gdp
from foedus.results.ranks import ranks
from foedus.results.reduced import mean_loss
from foedus.results.results import NOT_RECORDED, Results

Floats = NDArray[np.float64]

LEAST_TWINS = 8
"""Pairs of twins below which luck cannot be told from parameters."""

POINTS_A_TERM = 3
"""Parameter points that a regression needs for each of its terms before its adjusted share means anything."""

GROUPS = 24
"""Groups of parameter points that are left out in turn (delete-a-group jackknife, Shao and Wu 1989)."""

SURE = 1.96
"""Standard errors to each end of a 95 per cent interval."""


@dataclass(frozen=True)
class Share:
    """A share of the spread, 0-1, with its 95 per cent interval; NaN throughout where it cannot be told."""

    value: float
    low: float
    high: float

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
    return shares(mean_loss(results)[places] * stake_gdp(results), results)


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
    table = results.parameters()
    columns = [table[name].to_numpy().astype(np.float64) for name in names if name in table.columns]
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
    first, second = twins
    points = np.delete(np.arange(ranked.shape[1]), second)
    twin_of = np.full(ranked.shape[1], -1)
    twin_of[first] = second
    empty = np.empty((len(points), 0))
    terms = empty if learnt is None or not learnt.shape[1] else _terms(learnt[points])
    enough = learnt is not None and len(points) >= POINTS_A_TERM * terms.shape[1]
    whole = _once(ranked, points, twin_of[points], terms, split=enough)
    group = np.arange(len(points)) % GROUPS
    parts = np.array(
        [
            _once(ranked, points[keep], twin_of[points][keep], terms[keep], split=enough)
            for keep in (group != g for g in range(GROUPS))
        ]
    )
    error = np.sqrt((GROUPS - 1) / GROUPS * ((parts - parts.mean(axis=0)) ** 2).sum(axis=0))
    luck, posterior, prior = (_interval(value, spread) for value, spread in zip(whole, error, strict=True))
    return SpreadShares(luck, posterior if enough else UNTOLD, prior, len(answers))


def _once(ranks: Floats, points: NDArray[np.intp], twin: NDArray[np.intp], terms: Floats, *, split: bool) -> Floats:
    """Luck, posterior and prior of some parameter points, means over answers, [3]."""
    paired = twin >= 0
    one, two = ranks[:, points[paired]], ranks[:, twin[paired]]
    agree = np.mean([_correlation(a, b) for a, b in zip(one, two, strict=True)])
    luck = float(np.clip(1.0 - agree, 0.0, 1.0))
    taught = 0.0
    if split and terms.shape[1]:
        taught = float(np.clip(np.mean(_explained(ranks[:, points], terms)), 0.0, 1.0 - luck))
    return np.array([luck, taught, 1.0 - luck - taught])


def _correlation(one: Floats, two: Floats) -> float:
    if one.std() == 0.0 or two.std() == 0.0:
        return 0.0
    return float(np.corrcoef(one, two)[0, 1])


def _terms(columns: Floats) -> Floats:
    """Normal scores of each column, and their squares: what bends is seen, what only turns up in pairs is not."""
    level = _normal(columns.T).T
    return np.concatenate([level, level**2], axis=1)


def _normal(values: Floats) -> Floats:
    """Normal scores along the last axis: the quantile of a standard normal at each value's rank."""
    return quantile((ranks(values) - 0.5) / values.shape[-1])


def _explained(answers: Floats, terms: Floats) -> Floats:
    """Share of the variance of answers [A, n] that a regression on terms [n, k] explains, adjusted for their number."""
    count, width = terms.shape
    design = np.column_stack([np.ones(count), terms])
    gram = design.T @ design
    gram[np.diag_indices_from(gram)] *= 1.0 + LEAST_APART
    apart = answers - answers.mean(axis=1, keepdims=True)
    left = apart - np.linalg.solve(gram, design.T @ apart.T).T @ design.T
    ratio = (left**2).sum(axis=1) / np.maximum((apart**2).sum(axis=1), 1e-12)
    return np.asarray(1.0 - ratio * (count - 1.0) / (count - width - 1.0))


def _interval(value: float, error: float) -> Share:
    return Share(float(value), float(max(value - SURE * error, 0.0)), float(min(value + SURE * error, 1.0)))


def as_mapping(found: SpreadShares) -> dict[str, object]:
    """Shares as plain values, for JSON: None for one that cannot be told."""
    named = {"luck": found.luck, "posterior": found.posterior, "prior": found.prior}
    return {name: asdict(share) if share.told else None for name, share in named.items()} | {"answers": found.answers}
