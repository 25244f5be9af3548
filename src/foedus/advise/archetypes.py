"""Archetypes: a few portfolios that stand for all that no other beats, each named from what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.advise.portfolio import Plan, Portfolio
from foedus.advise.robust import Values
from foedus.terms import NuclearStatus
from foedus.words import listed

MOST = 4
"""Archetypes at most."""

CHANGED = 0.07
"""Part by which spending must differ from the ally's own choice to be named."""

NAMED = 0.22
"""Share of the money that can move from which a way to spend it is named."""

WAYS = {
    "arms of its own make": ("land_home", "air_home", "maritime_home"),
    "arms from the guarantor": ("land", "air", "maritime"),
    "its own C4ISR": ("c4isr",),
    "shared enablers": ("enablers",),
    "missile defence": ("missile_defence",),
    "unmanned and cyber forces": ("unmanned_cyber",),
    "the pool": ("pool",),
    "favour with the guarantor": ("loyalty",),
    "a reserve": ("reserve",),
    "a nuclear programme": ("nuclear",),
}
"""Ways to spend, by the options that make them."""


@dataclass(frozen=True)
class Cluster:
    """Portfolios that are alike in what they achieve.

    members  their numbers
    chosen   the one that stands for them: least regret
    """

    members: tuple[int, ...]
    chosen: int


def clusters(scores: Values, regret: Values, most: int = MOST) -> list[Cluster]:
    """Portfolios in at most `most` clusters by their scores (Ward 1963, on standard scores), smallest cost first.

    scores  [P, O] of objectives that portfolios move; the first is cost
    regret  [P]
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    spread = scores.std(axis=0)
    standard = (scores - scores.mean(axis=0))[:, spread > 0.0] / spread[spread > 0.0]
    labels: NDArray[np.intp] = np.zeros(len(scores), dtype=np.intp)
    if len(scores) > 1 and standard.size:
        labels = np.asarray(fcluster(linkage(standard, "ward"), most, "maxclust"), dtype=np.intp)
    found = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        found.append(Cluster(tuple(members.tolist()), int(members[np.argmin(regret[members])])))
    return sorted(found, key=lambda cluster: float(scores[cluster.chosen, 0]))


def names_of(plans: Sequence[Plan], costs: Sequence[float], own_cost: float) -> list[str]:
    """A name for each plan from what it does, no two the same.

    costs     mean spending of each, per cent of product
    own_cost  the same where the ally decides by itself
    """
    found = [_name(plan, cost, own_cost, 1) for plan, cost in zip(plans, costs, strict=True)]
    for more in (2, 3):
        twice = {name for name in found if found.count(name) > 1}
        found = [
            _name(plan, cost, own_cost, more) if name in twice else name
            for name, plan, cost in zip(found, plans, costs, strict=True)
        ]
    return [
        f"{name}, {100 * cost / own_cost - 100:+.0f} % spending" if found.count(name) > 1 else name
        for name, cost in zip(found, costs, strict=True)
    ]


def _name(plan: Plan, cost: float, own_cost: float, most: int) -> str:
    first = plan[0][1]
    change = cost / own_cost - 1.0
    level = "More" if change > CHANGED else "Less" if change < -CHANGED else "As much"
    ways = _ways(first)
    chief = [way for way, share in ways[:most] if share >= NAMED] or [ways[0][0]] if ways else []
    parts = [f"{level} spending, mainly on {listed(chief)}" if chief else f"{level} spending"]
    if first.status is not None and "a nuclear programme" not in chief:
        begun = {NuclearStatus.EXPLORES: "a nuclear option open", NuclearStatus.PURSUES: "a nuclear programme"}
        parts.append(f"with {begun[NuclearStatus(first.status)]}")
    if first.trigger is not None:
        parts.append("more on a trigger")
    return ", ".join(parts)


def _ways(portfolio: Portfolio) -> list[tuple[str, float]]:
    """Ways to spend with their shares, the largest first."""
    shares = dict(portfolio.shares)
    sums = [(way, sum(shares.get(option, 0.0) for option in options)) for way, options in WAYS.items()]
    return sorted(((way, share) for way, share in sums if share > 0.0), key=lambda pair: -pair[1])
