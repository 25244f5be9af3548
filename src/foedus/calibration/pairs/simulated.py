"""Simulation-based calibration: records made from known parameters, and where these fall in the posterior given them.

Parameters are drawn from their priors, a record is played from them year by year with the memory it makes, the same
code that reads the record of disputes draws the posterior, and the place of the true value among the draws is noted. If
likelihood, sampler and weights are right these places are spread evenly (Talts and others 2018). The record is small
and its covariates made up, so that hundreds can be played; nothing of the user's data is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from foedus.calibration.pairs.dyads import DyadYears, Floats
from foedus.calibration.pairs.history import History
from foedus.calibration.pairs.posterior import posterior
from foedus.calibration.pairs.structure import (
    Free,
    chances_of_endings,
    face,
    held_values,
    hostilities,
    ledger_values,
    solve,
)
from foedus.estimators.placed import Placed

PAIRS, YEARS = 100, 15
FREE = (
    Free("challenge_cost", 0.72, 0.08, 0.3, 1.2, "what opening a crisis costs"),
    Free("back_down_cost", 0.0, 0.10, -0.4, 0.4, "what backing down costs"),
    Free("hostility_weight", 0.35, 0.08, 0.0, 0.8, "what full hostility takes off the cost of a challenge"),
    Free("hostility_from_dispute", 0.60, 0.15, 0.0, 1.0, "what a dispute adds to hostility"),
)
"""What is estimated, one of each part of the tree. Disputes are as rare as in the record, so that both of a pair
hardly ever challenge in one year: the likelihood has no place for that, and large chances would mislead it."""


def blank_record(seed: int) -> DyadYears:
    """Pair-years of made-up covariates in which nothing has happened yet."""
    random = np.random.default_rng(seed)
    count = PAIRS * YEARS
    pair, column = np.repeat(np.arange(PAIRS), YEARS), np.tile(np.arange(YEARS), PAIRS)

    def of_pairs(values: Floats) -> Floats:
        return np.asarray(values[..., pair], dtype=np.float64)

    def flag(chance: float, *shape: int) -> Floats:
        return of_pairs((random.uniform(size=(*shape, PAIRS)) < chance).astype(float))

    land, none = flag(0.4), np.zeros((2, count))
    power = of_pairs(np.log(random.uniform(0.001, 0.05, (2, PAIRS))))
    flat = np.zeros((YEARS, PAIRS))
    rival = np.broadcast_to(random.uniform(size=PAIRS) < 0.3, (YEARS, PAIRS)).astype(float)
    return DyadYears(
        frame=pl.DataFrame({"ccode1": pair, "ccode2": pair + PAIRS, "year": column}),
        dyad=pair,
        year=column,
        onset=np.zeros(count),
        ending=np.full(count, -1),
        challenger=np.zeros(count, dtype=np.int64),
        log_power=power,
        helpers=np.exp(power) * flag(0.4, 2),
        major_helper=none,
        nuclear_helper=none,
        armed=none,
        owes=none,
        fading=of_pairs(random.uniform(0.0, 0.5, PAIRS)),
        land=land,
        water=np.zeros(count),
        one_major=np.zeros(count),
        two_majors=np.zeros(count),
        log_size=of_pairs(random.normal(size=PAIRS)),
        log_distance=of_pairs(random.normal(size=PAIRS)),
        log_nearest=of_pairs(random.normal(size=PAIRS)),
        democracy=of_pairs(random.uniform(size=PAIRS)),
        claim=flag(0.2),
        history=History(0, flat + 1.0, flat.copy(), np.zeros((YEARS, 2, PAIRS)), flat.copy(), rival, pair, column),
    )


def played(blank: DyadYears, p: Mapping[str, float], seed: int) -> DyadYears:
    """The same pair-years once they have been lived through with some parameters: each year remembers those before."""
    random = np.random.default_rng([seed, 1])
    lived = replace(blank, onset=blank.onset.copy(), ending=blank.ending.copy(), challenger=blank.challenger.copy())
    passed = lived.history
    for year in range(YEARS):
        rows = lived.within((year, year))
        solved = solve(face(lived, rows), p, hostilities(passed, p)[:, rows])
        opens = random.uniform(size=(2, len(rows))) < solved.challenge
        begun = np.flatnonzero(opens.any(axis=0))
        side = np.argmax(opens[:, begun], axis=0).astype(np.int64)
        upto = np.cumsum(chances_of_endings(solved, begun, side), axis=0)
        ends = np.minimum((random.uniform(size=len(begun)) > upto).sum(axis=0), 3)
        alone = opens[:, begun].sum(axis=0) == 1
        lived.onset[rows[begun]] = 1.0
        lived.challenger[rows[begun]] = side
        lived.ending[rows[begun]] = np.where(alone, ends, -1)
        passed.dispute[year, lived.dyad[rows[begun]]] = 1.0
        passed.began[year, :, lived.dyad[rows[begun]]] = opens[:, begun].T
        passed.war[year, lived.dyad[rows[begun]]] = ends == 3
    return lived


def calibrated(
    records: int,
    free: Sequence[Free] = FREE,
    *,
    rounds: int = 3,
    count: int = 200,
    seed: int = 1,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Placed:
    """Place true values in the posteriors of simulated records.

    records         how many
    free            what is estimated, with its priors
    rounds, count   of each posterior's draws
    told            called with records done and all
    """
    from scipy.stats import truncnorm

    random = np.random.default_rng(seed)
    base, names, places = ledger_values() | held_values(), tuple(f.name for f in free), []
    for record in range(records):
        true = [
            float(truncnorm.rvs((f.low - f.mean) / f.spread, (f.high - f.mean) / f.spread, f.mean, f.spread,
                                random_state=random))
            for f in free
        ]  # fmt: skip
        blank = blank_record(seed + record)
        past = blank.history
        fresh = replace(past, dispute=past.dispute.copy(), began=past.began.copy(), war=past.war.copy())
        lived = played(replace(blank, history=fresh), base | dict(zip(names, true, strict=True)), seed + record)
        found = posterior(lived, (0, YEARS - 1), tuple(free), base=base, rounds=rounds, count=count, seed=seed + record)
        places.append(found.draws.weights @ (found.draws.points < np.array(true)))
        told(record + 1, records)
    return Placed(names, np.array(places))
