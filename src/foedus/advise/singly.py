"""One lever at a time: what each does to expected loss beside the own choice, on the same members and luck.

A search moves all levers at once and dwells where it does well, so that what it tried says little of one lever. These
trials differ from the own choice in one thing alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.advise.bench import Bench, Trial, trials_of
from foedus.advise.coalition import Paired
from foedus.advise.crew import Crew
from foedus.advise.levers import SPLIT, SearchSpace, shares_of
from foedus.advise.portfolio import OWN_CHOICE, Plan, Portfolio
from foedus.advise.progress import Done
from foedus.posture.doctrine import SPENDING
from foedus.terms import NuclearStatus

FURTHER = 0.01
"""Further spending that is tried, share of GDP."""

STATUS_WORDS = {NuclearStatus.EXPLORES: "exploring nuclear weapons", NuclearStatus.PURSUES: "pursuing nuclear weapons"}


@dataclass(frozen=True)
class Effect:
    """What one lever alone does beside the own choice.

    cost, loss  change of each, per cent of product, paired over futures; below 0 is less
    """

    cost: Paired
    loss: Paired


def alone(space: SearchSpace) -> dict[str, Plan]:
    """Plans that differ from the own choice in one thing, by its name in words.

    Spending a per cent of product above what each would spend by itself; all the money that can move in one kind of
    thing, at home and from the guarantor apart; a nuclear programme, for a single ally that may begin one.
    """
    found = {"more spending": tuple((one.iso, _further(one.years, one.path)) for one in space.levers)}
    kinds = dict.fromkeys(kind for one in space.levers for kind in one.kinds if kind != "nuclear")
    for kind in kinds:
        for home in (0.0, 1.0) if kind in SPLIT else (0.0,):
            ((option, _),) = shares_of({kind: 1.0}, home)
            held = Portfolio(shares=((option, 1.0),))
            found[option] = tuple((one.iso, held if kind in one.kinds else OWN_CHOICE) for one in space.levers)
    for status in (s for s in space.levers[0].statuses if s is not None):
        held = replace(OWN_CHOICE, status=status)
        found[STATUS_WORDS[NuclearStatus(status)]] = ((space.levers[0].iso, held),)
    return found


def _further(years: Sequence[int], path: tuple[float, float]) -> Portfolio:
    """Spending of the own choice, mean of futures, and `FURTHER` on top."""
    first, last = (min(share + FURTHER, SPENDING[1]) for share in path)
    return Portfolio(spending=((years[0], round(first, 4)), (years[-1], round(last, 4))))


def singly(bench: Bench, run: Crew[Trial], space: SearchSpace, futures: int, done: Done) -> Mapping[str, Effect]:
    """What each lever alone does, by its name.

    futures  under every posture
    done     hears of trials done
    """
    plans = alone(space)
    tried = [bench.own, *plans.values()]
    tallies = run([t for plan in tried for t in trials_of(plan, bench.postures, futures, fresh=False)], done)
    count = len(bench.postures)
    own, *others = (bench.combined(tallies[i : i + count]) for i in range(0, len(tallies), count))
    return {
        name: Effect(*(Paired.of(np.asarray(one[what] - own[what])) for what in ("cost", "loss")))
        for name, one in zip(plans, others, strict=True)
    }


def trials(bench: Bench, space: SearchSpace) -> int:
    """How many trials `singly` takes."""
    return (1 + len(alone(space))) * len(bench.postures)
