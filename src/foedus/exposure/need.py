"""What is needed: the power that would hold the worst challenger's chance of winning to a tolerable level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus import terms
from foedus.equations import contest
from foedus.equations.contest import THEATRE_WEIGHTS
from foedus.errors import UnknownName
from foedus.exposure import steps
from foedus.exposure.figure import Figure, Leaf, combine
from foedus.exposure.leaves import latest
from foedus.exposure.muster import Muster
from foedus.exposure.steps import PPP
from foedus.exposure.units import Unit
from foedus.names import DOMAIN_WORDS, possessive


@dataclass(frozen=True)
class Need:
    """The challenger an ally is measured against, and what stopping it takes.

    pair      row of the directed pair in the world
    front     state attacked: the ally, or the member of its pool most in danger when nobody challenges the ally itself
    weights   [D] weight of each domain in its theatre
    faced     what the challenger brings to bear, by domain
    needed    what would hold it, by domain
    wins_alone, wins_pooled, wins_helped   its chance of winning against the ally alone, with its pool, with all
    """

    pair: int
    front: int
    challenger: int
    theatre: str
    weights: tuple[float, ...]
    distance: Leaf
    factor: Figure
    faced: tuple[Figure, ...]
    needed: tuple[Figure, ...]
    wins_alone: Figure
    wins_pooled: Figure
    wins_helped: Figure


def need_of(muster: Muster, ally: int, against: int | None = None) -> Need:
    """Return what `ally` needs against `against`, or else against its worst challenger.

    The worst challenger has the highest product of hostility, stake and chance of winning against the ally alone,
    among those that the guarantor would fight: neither the guarantor itself nor another of its allies. An ally that
    none of them challenges is measured where its pool would fight: at the member that such a challenger endangers most.
    Raises UnknownName when `against` challenges neither in this world, or nobody does.
    """
    return muster.once(("need", ally, against), lambda: _chosen(muster, ally, against))


def _chosen(muster: Muster, ally: int, against: int | None) -> Need:
    pairs = muster.world.pairs
    own, pooled = _facing(muster, ally), _facing_pool(muster, ally)
    if against is None:
        own = [row for row in own if _covered(muster, int(pairs.challenger[row]))]
    rows = [[row for row in some if against is None or pairs.challenger[row] == against] for some in (own, pooled)]
    chosen = rows[0] or rows[1]
    if not chosen and against is not None:
        known = sorted({muster.code(int(pairs.challenger[row])) for row in (*own, *pooled)})
        raise UnknownName("challenger", muster.code(against), known, f"{muster.code(ally)} against")
    if not chosen:
        raise UnknownName("ally with a challenger its guarantor would fight", muster.code(ally), _measured(muster))
    return _need(muster, max(chosen, key=lambda row: _danger(muster, row)))


def _facing(muster: Muster, state: int) -> list[int]:
    return [int(row) for row in np.flatnonzero(muster.world.pairs.target == state)]


def _facing_pool(muster: Muster, ally: int) -> list[int]:
    """Pairs of fellow members whom the same guarantor covers, with challengers that it would fight."""
    pool = muster.pool_of.get(ally)
    if pool is None:
        return []
    fellows = [int(i) for i in muster.world.pools.members[pool] if i != ally and not _covered(muster, int(i))]
    rows = [row for fellow in fellows for row in _facing(muster, fellow)]
    return [row for row in rows if _covered(muster, int(muster.world.pairs.challenger[row]))]


def would_be_fought(muster: Muster, challenger: int) -> bool:
    """Whether the guarantor would fight a challenger: neither itself nor another of its allies."""
    return _covered(muster, challenger)


def has_challenger(muster: Muster, ally: int) -> bool:
    """Whether anyone whom the guarantor would fight challenges the ally."""
    pairs = muster.world.pairs
    return any(_covered(muster, int(a)) for a in pairs.challenger[pairs.target == ally])


def has_account(muster: Muster, ally: int) -> bool:
    """Whether an account can be drawn up: somebody whom the guarantor would fight challenges the ally or its pool."""
    return has_challenger(muster, ally) or bool(_facing_pool(muster, ally))


def _measured(muster: Muster) -> list[str]:
    links = muster.world.links
    mine = [int(i) for i in links.ally[links.guarantor == muster.guarantor]]
    return sorted(muster.code(i) for i in mine if has_challenger(muster, i))


def _covered(muster: Muster, challenger: int) -> bool:
    link = muster.link_of.get(challenger)
    mine = link is not None and int(muster.world.links.guarantor[link]) == muster.guarantor
    return challenger != muster.guarantor and not mine


def _danger(muster: Muster, row: int) -> float:
    pairs = muster.world.pairs
    return float(pairs.hostility[row] * pairs.value[row]) * _need(muster, row).wins_alone.value


def _need(muster: Muster, row: int) -> Need:
    world, pairs = muster.world, muster.world.pairs
    challenger, ally, theatre = int(pairs.challenger[row]), int(pairs.target[row]), pairs.theatre[row]
    codes = f"{muster.code(challenger)} {muster.code(ally)}"
    fact = latest(world, "pairs.csv", (muster.code(challenger), muster.code(ally)), "distance")
    distance = Leaf(
        f"{codes} distance",
        f"distance that {possessive(muster.name(challenger))} force must travel to {muster.name(ally)}",
        Unit.parse("km"),
        float(pairs.distance[row]),
        source=fact.source if fact else "cow_capitals",
        grade=fact.grade if fact else "C",
    )
    factor = steps.FACTOR_NEEDED(
        "power needed over the challenger's",
        "power needed over the challenger's",
        tolerable=muster.parameter("tolerable_chance"),
        decisiveness=muster.parameter("planned_decisiveness"),
        edge=muster.parameter("defender_edge"),
    )
    faced = tuple(_faced(muster, challenger, ally, domain, distance) for domain in range(len(terms.DOMAINS)))
    needed = tuple(
        (brought * factor).called(
            f"{muster.code(ally)} {name} needed",
            f"{DOMAIN_WORDS[name]} needed to stop {muster.name(challenger)} at {muster.name(ally)}",
        )
        for name, brought in zip(terms.DOMAINS, faced, strict=True)
    )
    weights = THEATRE_WEIGHTS[terms.THEATRES.index(theatre)]
    alone, pooled, helped = (
        _wins(muster, f"{codes} {how}", label, faced, tuple(force(ally, d) for d in range(len(terms.DOMAINS))), weights)
        for how, label, force in (
            ("wins alone", "against the ally alone", muster.effective),
            ("wins pooled", "against the ally with its pool", muster.pooled),
            ("wins helped", "against the ally with pool and guarantor", muster.together),
        )
    )
    return Need(
        row,
        ally,
        challenger,
        theatre,
        tuple(float(w) / float(weights.sum(dtype=np.float64)) for w in weights),
        distance,
        factor,
        faced,
        needed,
        alone,
        pooled,
        helped,
    )


def _faced(muster: Muster, challenger: int, ally: int, domain: int, distance: Leaf) -> Figure:
    name = terms.DOMAINS[domain]
    codes = f"{muster.code(challenger)} {muster.code(ally)} {name}"
    fading = steps.DELIVERED_SHARE(
        f"{codes} fading",
        "share that the distance leaves",
        distance=distance,
        reach=muster.parameter(f"reach_{name}"),
    )
    return (muster.effective(challenger, domain) * fading).called(
        f"{codes} faced",
        f"{DOMAIN_WORDS[name]} that {muster.name(challenger)} brings to bear on {muster.name(ally)}",
    )


def _wins(
    muster: Muster,
    name: str,
    label: str,
    faced: tuple[Figure, ...],
    forces: tuple[Figure, ...],
    weights: np.ndarray,
) -> Figure:
    def power(land: Any, air: Any, maritime: Any, c4isr: Any) -> Any:
        return contest.log_power(land, air, maritime, c4isr, weights)

    def work(mu: Any, edge: Any, *forces: Any) -> Any:
        attack, defence = power(*forces[:4]), power(*forces[4:])
        return contest.chance_challenger_wins(attack, defence, mu, np.log(edge))

    parents = (muster.parameter("planned_decisiveness"), muster.parameter("defender_edge"), *faced, *forces)
    return combine(
        name, f"challenger's chance of winning {label}", Unit(), parents, work, f"contest over domains (eqs 6-7), {PPP}"
    )
