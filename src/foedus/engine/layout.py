"""Who faces whom: the indices and constants of a world that no future changes.

Axis letters: S states, P directed pairs, L links, G guarantors, D domains, T theatres, C channels, R regions,
F futures. Pairs are sorted by target so that a state's challengers lie together. Link index L (one past the last)
stands for "no guarantor"; pair index P for "no challenger".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus import terms
from foedus.world.model import Links, Pairs, Pools, States

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

FORWARD_AREA_KM = 300.0
"""A pool member's force in place counts as this far from its neighbour at least."""


@dataclass(frozen=True)
class Layout:
    """Indices and constants of one world."""

    states: States
    pairs: Pairs
    links: Links
    pools: Pools
    challenger: Indices
    """[P]"""
    target: Indices
    """[P]"""
    theatre: Indices
    """[P] index into terms.THEATRES"""
    pair_class: Indices
    """[P] index into terms.PAIR_CLASSES"""
    faced: Indices
    """[S, M] pairs in which each state is the target, padded with P"""
    posed: Indices
    """[S, M] pairs in which each state is the challenger, padded with P"""
    link_of: Indices
    """[S] principal link of each state, L when it has none"""
    target_link: Indices
    """[P] principal link of the target"""
    challenger_link: Indices
    """[P] principal link of the challenger"""
    aided: Floats
    """[P, 1] 1 when the target's guarantor could fight this challenger"""
    guarantors: Indices
    """[G] states that guarantee anyone"""
    link_guarantor: Indices
    """[L] index into guarantors"""
    main_theatre: Indices
    """[S] theatre of the pair in which each state has most at stake; land when it faces nobody"""
    region: Indices
    """[S] index into terms.REGIONS"""
    link_region: Indices
    """[L] region of the ally"""
    pool_of: Indices
    """[S] pool of each state, number of pools when none"""
    same_pool: NDArray[np.bool_]
    """[P, 1] challenger and target belong to one pool"""
    helper: Indices
    """[H] state that helps, for each (helped, helper) in a pool, sorted by helped"""
    helped: Indices
    """[H]"""
    helper_distance: Floats
    """[H] km"""
    rival_similarity: Floats
    """[L] closeness of the ally's foreign policy to the nearest rival power, 0-1"""
    guarantor_similarity: Floats
    """[L] closeness to the guarantor, 0-1"""

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Numbers of states, pairs, links, guarantors."""
        return len(self.states.iso3), len(self.challenger), len(self.link_guarantor), len(self.guarantors)


def lay_out(states: States, pairs: Pairs, links: Links, pools: Pools) -> Layout:
    """Work out a world's indices."""
    order = np.lexsort((pairs.challenger, pairs.target))
    pairs = _reordered(pairs, order)
    count = len(states.iso3)
    link_of = _principal_links(links, count)
    guarantors, link_guarantor = np.unique(links.guarantor, return_inverse=True)
    pool_of = np.full(count, len(pools.name))
    for index, members in enumerate(pools.members):
        pool_of[members] = index
    helped, helper = _helpers(pools)
    patron = np.append(links.guarantor, -1)[link_of]
    same_patron = (patron[pairs.challenger] == patron[pairs.target]) & (patron[pairs.target] >= 0)
    is_patron = pairs.challenger == patron[pairs.target]
    has_link = link_of[pairs.target] < len(links.ally)
    similarity = _similarity(states, links, pairs)
    return Layout(
        states=states,
        pairs=pairs,
        links=links,
        pools=pools,
        challenger=pairs.challenger,
        target=pairs.target,
        theatre=np.array([terms.THEATRES.index(name) for name in pairs.theatre], dtype=np.intp),
        pair_class=np.array([terms.PAIR_CLASSES.index(name) for name in pairs.pair_class], dtype=np.intp),
        faced=_padded(pairs.target, count),
        posed=_padded(pairs.challenger, count),
        link_of=link_of,
        target_link=link_of[pairs.target],
        challenger_link=link_of[pairs.challenger],
        aided=(has_link & ~same_patron & ~is_patron).astype(np.float32)[:, None],
        guarantors=guarantors,
        link_guarantor=link_guarantor.reshape(-1),
        main_theatre=_main_theatre(pairs, count),
        region=np.array([terms.REGIONS.index(name) for name in states.region], dtype=np.intp),
        link_region=np.array([terms.REGIONS.index(states.region[i]) for i in links.ally], dtype=np.intp),
        pool_of=pool_of,
        same_pool=((pool_of[pairs.challenger] == pool_of[pairs.target]) & (pool_of[pairs.target] < len(pools.name)))[
            :, None
        ],
        helper=helper,
        helped=helped,
        helper_distance=np.maximum(great_circle(states, helper, helped), FORWARD_AREA_KM).astype(np.float32),
        rival_similarity=similarity[1],
        guarantor_similarity=similarity[0],
    )


def great_circle(states: States, first: Indices, second: Indices) -> NDArray[np.float64]:
    """Distance in km between the capitals of states `first` and `second`, on a sphere."""
    lat, lon = np.radians(states.latitude), np.radians(states.longitude)
    half = (
        np.sin((lat[first] - lat[second]) / 2) ** 2
        + np.cos(lat[first]) * np.cos(lat[second]) * np.sin((lon[first] - lon[second]) / 2) ** 2
    )
    return np.asarray(2.0 * 6371.0 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def _reordered(pairs: Pairs, order: Indices) -> Pairs:
    def pick(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names[i] for i in order)

    return Pairs(
        challenger=pairs.challenger[order],
        target=pairs.target[order],
        distance=pairs.distance[order],
        hostility=pairs.hostility[order],
        stakes=pairs.stakes[order],
        pair_class=pick(pairs.pair_class),
        theatre=pick(pairs.theatre),
        reason=pick(pairs.reason),
    )


def _main_theatre(pairs: Pairs, count: int) -> Indices:
    chosen = np.zeros(count, dtype=np.intp)
    for pair in np.argsort(pairs.stakes * pairs.hostility, kind="stable"):
        chosen[pairs.target[pair]] = terms.THEATRES.index(pairs.theatre[pair])
    return chosen


def _padded(owner: Indices, count: int) -> Indices:
    """Pairs of each owner, [count, most]; the filler is the number of pairs."""
    most = max(int(np.bincount(owner, minlength=count).max(initial=0)), 1)
    table = np.full((count, most), len(owner), dtype=np.intp)
    for state in range(count):
        mine = np.flatnonzero(owner == state)
        table[state, : len(mine)] = mine
    return table


def _principal_links(links: Links, count: int) -> Indices:
    """The link with the strongest pledge, then the most troops, of each state; L when it has none."""
    chosen = np.full(count, len(links.ally), dtype=np.intp)
    strength = links.channels[:, terms.CHANNELS.index("pledge")] + links.troops * 1e-9
    for link in np.argsort(strength, kind="stable"):
        chosen[links.ally[link]] = link
    return chosen


def _helpers(pools: Pools) -> tuple[Indices, Indices]:
    helped = [i for members in pools.members for i in members for j in members if i != j]
    helper = [j for members in pools.members for i in members for j in members if i != j]
    order = np.argsort(np.array(helped, dtype=np.intp), kind="stable")
    return np.array(helped, dtype=np.intp)[order], np.array(helper, dtype=np.intp)[order]


def _similarity(states: States, links: Links, pairs: Pairs) -> tuple[Floats, Floats]:
    """Closeness of UN votes to guarantor and to the closest rival power, exp(-distance), [L] each.

    A guarantor's rival powers are the two strongest states that challenge it or its allies; one that challenges
    the ally itself draws nobody.
    """
    ideal = np.nan_to_num(states.ideal_point)
    own = np.exp(-np.abs(ideal[links.ally] - ideal[links.guarantor]))
    power = states.stocks.sum(axis=1)
    rival = np.zeros(len(links.ally))
    for link, (guarantor, ally) in enumerate(zip(links.guarantor, links.ally, strict=True)):
        ward = np.append(links.ally[links.guarantor == guarantor], guarantor)
        hostile = np.setdiff1d(pairs.challenger[np.isin(pairs.target, ward)], ward)
        strongest = hostile[np.argsort(-power[hostile], kind="stable")][:2]
        against = pairs.challenger[pairs.target == ally]
        drawing = np.setdiff1d(strongest, against)
        if len(drawing):
            rival[link] = np.exp(-np.abs(ideal[ally] - ideal[drawing])).max()
    return own.astype(np.float32), rival.astype(np.float32)
