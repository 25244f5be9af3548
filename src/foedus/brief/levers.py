"""What would help: changes by an ally or its pool, each run on the same random draws as the posture alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from foedus.equations.hedging import OPTIONS
from foedus.posture import Doctrine
from foedus.study import Study
from foedus.world import World

EXTRA_SPENDING = 0.01
"""Share of GDP that the ally spends more from the first year on."""

MOVED = 0.25
"""Share of the money an ally can move that goes to one purpose instead of where it went."""

ESTRANGED_YEARS = 6
"""Years of disputes, the first of the world included, that keep two states out of one pool."""

SURE = 0.9
"""Chance that a pool's members fight for one of them when they are bound to."""

Change = Callable[[Study, str, Mapping[str, float]], Study | None]


class By(StrEnum):
    """Who pulls a lever; the value is the word that text and JSON print."""

    ALONE = "alone"
    """the ally itself"""
    TOGETHER = "together"
    """several states at once"""


@dataclass(frozen=True)
class Lever:
    """A what-if.

    key      its name in `--explain`
    words    what is done, as a noun phrase
    by       who does it
    change   from the posture's study, the ally and its own mean portfolio to the what-if's; None where it has no sense
    detail   what exactly is changed, for `--explain`
    """

    key: str
    words: str
    by: By
    change: Change
    detail: str


def pool_of(world: World, ally: str) -> str | None:
    """Name of the pool the ally is in, or None."""
    row = world.index(ally)
    for name, members in zip(world.pools.name, world.pools.members, strict=True):
        if row in members:
            return name
    return None


def pool_to_join(world: World, ally: str) -> str | None:
    """Pool of the ally's region without a rival of it or a state it lately had a dispute with; None when there is none.

    None too for a member of a pool.
    """
    if pool_of(world, ally) is not None:
        return None
    row, states, pairs = world.index(ally), world.states, world.pairs
    hostile = (pairs.rival > 0) | pairs.past.dispute[-ESTRANGED_YEARS:].any(axis=0)
    by, upon = hostile & (pairs.target == row), hostile & (pairs.challenger == row)
    enemies = set(pairs.challenger[by].tolist()) | set(pairs.target[upon].tolist())
    for name, members in zip(world.pools.name, world.pools.members, strict=True):
        regions = {states.region[i] for i in members}
        if states.region[row] in regions and not enemies & set(members.tolist()):
            return name
    return None


def _sure_pool(study: Study, ally: str, portfolio: Mapping[str, float]) -> Study | None:  # noqa: ARG001
    """The ally's pool, or one it can join, with members bound to fight."""
    world = study.world
    name = pool_of(world, ally) or pool_to_join(world, ally)
    if name is None:
        return None
    place = world.pools.name.index(name)
    members = list(world.pools.members)
    members[place] = np.union1d(members[place], [world.index(ally)]).astype(np.intp)
    resolve = world.pools.resolve.copy()
    resolve[place] = SURE
    joined = ",".join(world.states.iso3[i] for i in members[place])
    pools = dataclasses.replace(world.pools, members=tuple(members), resolve=resolve)
    changed = (*world.changed, (joined, f"resolve of {name}", SURE))
    return Study(study.scenario, dataclasses.replace(world, pools=pools, changed=changed), study.ledger)


def _remedies(*names: str, pooled: bool) -> Change:
    """Remedies switched on in full for every ally; only for members of a pool when `pooled`."""

    def change(study: Study, ally: str, portfolio: Mapping[str, float]) -> Study | None:  # noqa: ARG001
        if pooled and pool_of(study.world, ally) is None:
            return None
        posture = study.scenario.posture
        remedies = {**dict(posture.remedies), **dict.fromkeys(names, 1.0)}
        if remedies == dict(posture.remedies):
            return None
        scenario = study.scenario.but(posture=dataclasses.replace(posture, remedies=tuple(remedies.items())))
        return Study(scenario, study.world, study.ledger)

    return change


def _spend(study: Study, ally: str, portfolio: Mapping[str, float]) -> Study | None:  # noqa: ARG001
    row = study.world.index(ally)
    share = float(study.world.states.defence_share[row]) + EXTRA_SPENDING
    return Study(study.scenario, study.world.replace(ally, defence_share=share), study.ledger)


def _move(*options: str) -> Change:
    """A part of the ally's flexible money moved to `options`; the rest as it was spent on average."""

    def change(study: Study, ally: str, portfolio: Mapping[str, float]) -> Study | None:
        total = sum(portfolio.values())
        if total <= 0.0:
            return None
        shares = {name: (1.0 - MOVED) * portfolio[name] / total for name in OPTIONS}
        for name in options:
            shares[name] += MOVED / len(options)
        rounded = tuple((name, round(share, 5)) for name, share in shares.items())
        doctrines = (*study.scenario.doctrines, Doctrine(ally, shares=rounded))
        return Study(study.scenario.but(doctrines=doctrines), study.world, study.ledger)

    return change


LEVERS = (
    Lever(
        "sure-pool",
        "a pool bound to fight",
        By.TOGETHER,
        _sure_pool,
        f"the ally's pool, or one of its region that it can join, whose members help with chance {SURE}",
    ),
    Lever(
        "training",
        "joint training and intelligence",
        By.TOGETHER,
        _remedies("exercises", "intelligence", pooled=True),
        "remedies exercises and intelligence of R30 in full, for every pool",
    ),
    Lever(
        "channels",
        "open channels to rivals",
        By.TOGETHER,
        _remedies("channels", pooled=False),
        "remedy channels of R30 in full, for everybody: misperception removed makes a challenge dearer",
    ),
    Lever(
        "spending",
        "a point of GDP more for defence",
        By.ALONE,
        _spend,
        f"spending {100 * EXTRA_SPENDING:g} % of GDP higher from the first year on, habit and ceiling with it",
    ),
    Lever(
        "c4isr",
        "its own intelligence and command",
        By.ALONE,
        _move("c4isr"),
        f"{100 * MOVED:g} % of the procurement money the ally can move goes to C4ISR, the rest as before",
    ),
    Lever(
        "loyalty",
        "buying the guarantor's favour",
        By.ALONE,
        _move("loyalty"),
        f"{100 * MOVED:g} % of the procurement money the ally can move goes to loyalty spending, the rest as before",
    ),
)
"""Every what-if, in the order run."""
