"""Posterior of what the record of pairs identifies: draws, their diagnostics, and what the record says of parameters.

The likelihood is `likelihood.LogPosterior`, on the very equations the model runs; nothing is written a second time for
a sampler, which is why it needs no derivatives (`estimators.importance`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.calibration.pairs.dyads import DyadYears, Floats, Integers
from foedus.calibration.pairs.lately import CARRIERS, level_of, moved_to
from foedus.calibration.pairs.likelihood import LogPosterior, fit
from foedus.calibration.pairs.structure import (
    WITH_HOSTILITY,
    Free,
    chance_of_onset,
    chances_of_endings,
    face,
    held_values,
    hostilities,
    solve,
)
from foedus.errors import LedgerError
from foedus.estimators.importance import WeightedDraws, sample
from foedus.ledger.ensemble import Ensemble, Learnt, shortened

MEMBERS = 512
"""Equally likely members that represent the posterior."""
ENOUGH = 450.0
"""Independent draws that the members should stand for; with fewer, rounds are added."""


@dataclass(frozen=True)
class Posterior:
    """Draws of the free parameters given the pair-years of some years.

    free    what is estimated, with its priors
    base    values of everything else
    draws   weighted points, [n, k]
    years   first and last year of the record used
    rows    pair-years used
    seed    of the draws
    """

    free: tuple[Free, ...]
    base: Mapping[str, float]
    draws: WeightedDraws
    years: tuple[int, int]
    rows: int
    seed: int

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the free parameters, in the order of the columns of the draws."""
        return tuple(f.name for f in self.free)

    def learnt(self) -> tuple[Learnt, ...]:
        """Prior and posterior of each parameter, in the order declared."""
        from scipy.stats import truncnorm

        mean, spread = self.draws.mean(), np.sqrt(np.diag(self.draws.covariance()))
        found = []
        for f, after, sd in zip(self.free, mean.tolist(), spread.tolist(), strict=True):
            cut = truncnorm((f.low - f.mean) / f.spread, (f.high - f.mean) / f.spread, f.mean, f.spread)
            before = float(cut.mean()), float(cut.std())
            found.append(Learnt(f.name, f.meaning, f.low, f.high, *before, after, sd))
        return tuple(found)

    def ensemble(self, name: str, pairs: DyadYears) -> Ensemble:
        """Equally likely members under a name, to be stored, at the level of force of their age (`lately`).

        pairs  what the posterior was drawn from
        """
        last, drawn = self.years[1], shortened(self.draws.members(MEMBERS, seed=self.seed))
        found = level_of(pairs, last, [{**self.base, **dict(zip(self.names, m, strict=True))} for m in drawn.tolist()])
        members = moved_to(found, pairs, last, self.free, self.base, drawn, self.seed)
        after = [
            replace(one, mean=float(column.mean()), spread=float(column.std())) if one.name in CARRIERS else one
            for one, column in zip(self.learnt(), members.T, strict=True)
        ]
        return Ensemble(
            name=name,
            first=self.years[0],
            last=self.years[1],
            rows=self.rows,
            seed=self.seed,
            effective=self.draws.effective,
            tail_index=self.draws.tail_index,
            given=digest_of(self.base, self.free),
            learnt=tuple(after),
            members=members,
            level=found.mean,
            level_spread=found.spread,
        )


def digest_of(base: Mapping[str, float], free: Sequence[Free]) -> str:
    """Hash of all that a posterior is given beside the record: values held, and priors."""
    priors = [(f.name, f.mean, f.spread, f.low, f.high) for f in free]
    return hashlib.sha256(repr((sorted(base.items()), priors)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Members:
    """Every parameter of the equations in equally likely members of an ensemble: a forecaster of disputes.

    ensemble  where they come from
    values    one mapping a member
    """

    ensemble: Ensemble
    values: tuple[Mapping[str, float], ...]

    @staticmethod
    def of(ensemble: Ensemble, most: int | None = None) -> Members:
        """Take `most` members of an ensemble, all of them without it.

        Raises LedgerError when it was estimated under other values or priors than today's.
        """
        base = held_values()
        if ensemble.given != digest_of(base, WITH_HOSTILITY):
            msg = (
                f"{ensemble.name} was estimated under other values or priors than the ledger has now. Make it again: "
                f"foedus estimate --posterior --until {ensemble.last}"
            )
            raise LedgerError(msg)
        return Members(ensemble, tuple(base | values for values in ensemble.values(most)))

    def onset(self, pairs: DyadYears, rows: Integers) -> Floats:
        """Chance of a dispute in some rows, [m]: the mean over members."""
        facing, total = face(pairs, rows), np.zeros(len(rows))
        for p in self.values:
            total += chance_of_onset(solve(facing, p, hostilities(pairs.history, p)[:, rows]))
        return total / len(self.values)

    def endings(self, pairs: DyadYears, rows: Integers) -> Floats:
        """Chance of each ending of some disputes, [4, m], in the order of ENDINGS.

        A member counts by how likely it held this very challenge: once there is a dispute, those that foresaw it are
        the likelier ones.
        """
        facing, side, place = face(pairs, rows), pairs.challenger[rows], np.arange(len(rows))
        total, weight = np.zeros((4, len(rows))), np.zeros(len(rows))
        for p in self.values:
            solved = solve(facing, p, hostilities(pairs.history, p)[:, rows])
            likely = solved.challenge[side, place]
            total += likely * chances_of_endings(solved, place, side)
            weight += likely
        return total / weight


def posterior(
    pairs: DyadYears,
    years: tuple[int, int],
    free: tuple[Free, ...] = WITH_HOSTILITY,
    *,
    base: Mapping[str, float] | None = None,
    rounds: int = 6,
    count: int = 1500,
    seed: int = 1,
    enough: float = ENOUGH,
    progress: Callable[[int, int], None] | None = None,
) -> Posterior:
    """Draw from the posterior of free parameters given the pair-years of some years.

    pairs     pair-years with covariates and outcomes
    years     first and last year used
    free      what is estimated, with its priors
    base      values of `structure.HELD`; the ledger's defaults without it
    rounds, count, seed, enough, progress   as in `estimators.importance.sample`

    Raises EstimationError when the mode is not found or the draws are not to be believed.
    """
    rows = pairs.within(years)
    values = dict(base or held_values())
    mode = fit(pairs, rows, free, values)
    start = np.array([mode.values[f.name] for f in free])
    target = LogPosterior(pairs, rows, free, values)
    drawn = sample(
        target, start, mode.covariance, rounds=rounds, count=count, seed=seed, enough=enough, progress=progress
    )
    return Posterior(tuple(free), values, drawn, years, len(rows), seed)
