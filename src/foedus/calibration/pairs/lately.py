"""Members of a posterior moved to the level of their age: force has become rarer, and members know it.

The level of `era` is in the log-odds of force given a dispute. At the last node these are the precision times what
force is worth less what backing down is worth, for war and limited force alike, so that backing down carries the level:
where force is rarer than the tree expects, backing down costs less. Challenges have not become rarer with force, so the
cost of a challenge moves against it until as many disputes are expected in the last ten years as before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from foedus.calibration.pairs.dyads import DyadYears, Floats
from foedus.calibration.pairs.endings import ENDINGS
from foedus.calibration.pairs.era import LATELY, MOVES, EraLevel, level
from foedus.calibration.pairs.structure import (
    Facing,
    Free,
    chance_of_onset,
    chances_of_endings,
    face,
    hostilities,
    solve,
)

CARRIERS = ("back_down_cost", "challenge_cost")
"""parameters that carry the level: the first moves with it, the second against it"""
FORCE = ENDINGS.index("limited force")
SEEN_BY = 64
"""members whose mean chance the level is measured against"""
SETTLED = 1e-4
"""relative gap of expected disputes at which the search for the cost of a challenge ends"""
STEPS = 12


def level_of(pairs: DyadYears, last: int, members: Sequence[Mapping[str, float]]) -> EraLevel:
    """The level of the last ten years to `last`, against what members expect of their coded disputes.

    members   every parameter of the equations, a mapping a member
    """
    rows = pairs.within((last - LATELY + 1, last))
    coded = rows[pairs.ending[rows] >= 0]
    facing, side, place = face(pairs, coded), pairs.challenger[coded], np.arange(len(coded))
    total, weight = np.zeros(len(coded)), np.zeros(len(coded))
    for p in members[:: max(len(members) // SEEN_BY, 1)]:
        solved = solve(facing, p, hostilities(pairs.history, p)[:, coded])
        likely = solved.challenge[side, place]
        total += likely * chances_of_endings(solved, place, side)[FORCE:].sum(axis=0)
        weight += likely
    return level((pairs.ending[coded] >= FORCE).astype(float), total / weight)


def moved_to(
    found: EraLevel,
    pairs: DyadYears,
    last: int,
    free: Sequence[Free],
    base: Mapping[str, float],
    members: Floats,
    seed: int,
) -> Floats:
    """Members [M, k] with a level drawn for each: from what was found, and what it may move from one age to the next.

    found    the level of the last ten years to `last`
    free     names and bounds of the columns
    base     values of everything else

    Draws are evenly spread quantiles in an order drawn by the seed. A carrier that would leave what it can be stops at
    the bound.
    """  # fmt: skip
    from scipy.special import ndtri

    count, names = len(members), [f.name for f in free]
    down, cost = (names.index(name) for name in CARRIERS)
    spread = float(np.hypot(found.spread, MOVES))
    drawn = found.mean + spread * ndtri((np.random.default_rng(seed).permutation(count) + 0.5) / count)
    rows = pairs.within((last - LATELY + 1, last))
    facing, moved = face(pairs, rows), members.copy()
    for point, shift in zip(moved, (drawn / base["precision"]).tolist(), strict=True):
        p = {**base, **dict(zip(names, point.tolist(), strict=True))}
        hostile = hostilities(pairs.history, p)[:, rows]
        expected = float(chance_of_onset(solve(facing, p, hostile)).sum())
        point[down] = np.clip(point[down] + shift, free[down].low, free[down].high)
        p[CARRIERS[0]] = float(point[down])
        point[cost] = np.clip(_cost_that_keeps(expected, facing, p, hostile), free[cost].low, free[cost].high)
    return moved


def _cost_that_keeps(expected: float, facing: Facing, p: Mapping[str, float], hostile: Floats) -> float:
    """Cost of a challenge at which as many disputes are expected: secants on the log of their number."""

    def gap(cost: float) -> float:
        solved = solve(facing, {**p, CARRIERS[1]: cost}, hostile)
        return float(np.log(chance_of_onset(solved).sum() / expected))

    before, here = p[CARRIERS[1]], p[CARRIERS[1]]
    was = now = gap(here)
    for _ in range(STEPS):
        if abs(now) < SETTLED:
            break
        slope = (now - was) / (here - before) if here != before else -p["precision"]
        before, was = here, now
        here -= now / slope
        now = gap(here)
    return here
