"""Who faces whom: the indices and constants of a world that no future changes.

Axis letters: S states, P directed pairs, L links, G guarantors, D domains, T theatres, C channels, R regions,
F futures. Pairs are sorted by target so that a state's challengers lie together. Link index L (one past the last)
stands for "no guarantor"; pair index P for "no challenger".
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from foedus.engine.adder import Adder
from foedus.engine.backing import Backing, back, nobody, quarrels
from foedus.engine.sponsors import Sponsors, apart, no_fighters, unleashing
from foedus.equations import coalition
from foedus.equations.choice import Number
from foedus.geo import great_circle
from foedus.terms import Channel, PairClass, Region, Theatre
from foedus.world.model import Links, Pairs, Pools, States, taken
from foedus.world.sponsored import Fighters

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]
Part = TypeVar("Part", States, Pairs, Links, Pools, Fighters)

TREATY_PLEDGE = 0.65
"""Level of the pledge channel from which a guarantee counts as a defence treaty."""


def floats(value: Number) -> Floats:
    """Say that what an equation returned for arrays of the engine is one of them; nothing is converted or copied.

    `tests/engine/test_shapes.py` compares what a year keeps with what is said here.
    """
    return cast("Floats", value)


def entries(flags: NDArray[np.bool_]) -> tuple[Indices, Indices]:
    """Rows and columns where `flags` [N, F] hold; several times faster than `nonzero`, which counts as it goes."""
    return np.divmod(np.flatnonzero(flags), flags.shape[1])


@dataclass(frozen=True)
class Faced:
    """Largest of a pair quantity over the challengers each state faces."""

    target: Indices
    """[P] target of each pair, in rising order"""
    states: Indices
    """[N] states that face anyone, the most faced first"""
    turns: tuple[Indices, ...]
    """pairs in turn: the first challenger of every state in `states`, the second of those that have two, and so on"""
    count: int
    """how many states there are"""

    @staticmethod
    def of(target: Indices, count: int) -> Faced:
        """Arrange pairs with sorted targets `target` [P] by state."""
        many = np.bincount(target, minlength=count)
        first = np.searchsorted(target, np.arange(count))
        states = np.argsort(-many, kind="stable")[: np.count_nonzero(many)]
        turns = tuple(first[states[many[states] > turn]] + turn for turn in range(int(many.max(initial=0))))
        return Faced(target, states, turns, count)

    def most(self, values: Floats) -> Floats:
        """Largest of `values` [P, F], never below zero, [S, F]; 0 for a state that faces nobody."""
        best = np.zeros((len(self.states), values.shape[1]), dtype=values.dtype)
        for pairs in self.turns:
            np.maximum(best[: len(pairs)], values.take(pairs, axis=0), out=best[: len(pairs)])
        largest = np.zeros((self.count, values.shape[1]), dtype=values.dtype)
        largest[self.states] = best
        return largest

    def which(self, values: Floats) -> Indices:
        """Pair in which `values` [P, F], not negative, is largest, [S, F]; the number of pairs for none."""
        pair, future = entries(values == self.most(values).take(self.target, axis=0))
        largest = np.full((self.count, values.shape[1]), len(self.target))
        largest[self.target[pair[::-1]], future[::-1]] = pair[::-1]
        return largest


class Counts(NamedTuple):
    """How many states (S), pairs (P), links (L), guarantors (G) and pools there are."""

    states: int
    pairs: int
    links: int
    guarantors: int
    pools: int


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
    """[P] its `Theatre`"""
    pair_class: Indices
    """[P] its `PairClass`"""
    challenger_power: Indices
    """[P] row of the challenger's power in the pair's theatre, in an array [T, S, F] laid out as [T S, F]"""
    target_power: Indices
    """[P] the same for the target"""
    faced: Faced
    """pairs by target"""
    link_of: Indices
    """[S] principal link of each state, L when it has none"""
    target_link: Indices
    """[P] principal link of the target"""
    challenger_link: Indices
    """[P] principal link of the challenger"""
    aided: Floats
    """[P, 1] 1 when the target's guarantor could fight this challenger"""
    treaty: NDArray[np.bool_]
    """[P] whether that guarantor owes the target defence by treaty, as in the historical rates"""
    sponsored: Floats
    """[P, 1] 1 when the challenger has a guarantor that is not the target's nor the target"""
    emboldened: Floats
    """[P, 1] 1 where a sure patron makes force cheaper for the challenger; -1 where it restrains: against a state of
    the same patron or pool, and against the patron itself"""
    by_patron: NDArray[np.bool_]
    """[P] whether the challenger is the target's own principal guarantor"""
    reverse: Indices
    """[P] the same two states the other way round; the pair itself where that is no pair"""
    own_enemy: Indices
    """[P] pair of the target's principal guarantor upon the challenger, or back; P where they have no quarrel"""
    guarantors: Indices
    """[G] states that guarantee anyone: principal guarantors first, then those that are second guarantors alone"""
    patrons: Indices
    """[g] the first of them: those that are anyone's principal guarantor"""
    backing: Backing
    """who else may fight for whom (R35)"""
    sponsors: Sponsors
    """whose fighters may wage campaigns on whom (R36)"""
    link_guarantor: Indices
    """[L] index into guarantors"""
    main_theatre: Indices
    """[S] `Theatre` of the pair in which each state has most at stake; land when it faces nobody"""
    region: Indices
    """[S] its `Region`"""
    link_region: Indices
    """[L] `Region` of the ally"""
    pool_of: Indices
    """[S] pool of each state, number of pools when none"""
    same_pool: NDArray[np.bool_]
    """[P, 1] challenger and target belong to one pool"""
    by_target: Adder
    by_challenger: Adder
    by_guarantor: Adder
    by_backer: Adder
    """links of second guarantors by guarantor"""
    by_region: Adder
    by_pool: Adder
    pool_distance: tuple[Floats, ...]
    """by pool, [helper, helped] km between its members; infinite from a member to itself"""
    rival_similarity: Floats
    """[L] closeness of the ally's foreign policy to the nearest rival power, 0-1"""
    guarantor_similarity: Floats
    """[L] closeness to the guarantor, 0-1"""

    @cached_property
    def allies(self) -> Indices:
        """[A] states that anyone guarantees: those whose record is kept."""
        return np.unique(self.links.ally)

    @cached_property
    def powers(self) -> tuple[tuple[Indices, tuple[tuple[int, Indices], ...]], ...]:
        """By region: its states, and each guarantor from elsewhere with those of them whose patron it is."""
        patron = np.append(self.links.guarantor, -1)[self.link_of]
        by_region = []
        for number in range(len(Region)):
            here = np.flatnonzero(self.region == number)
            guests = [int(g) for g in self.patrons if self.region[g] != number]
            by_region.append((here, tuple((g, here[patron[here] == g]) for g in guests)))
        return tuple(by_region)

    @cached_property
    def facing(self) -> Indices:
        """[N] states that face a challenger."""
        return np.unique(self.target)

    @cached_property
    def first_faced(self) -> Indices:
        """[S] first pair in which each state is the target; the last pair of all for one that faces nobody."""
        first = np.searchsorted(self.target, np.arange(self.counts.states))
        faced = np.isin(np.arange(self.counts.states), self.target)
        return np.where(faced, first, self.counts.pairs - 1)

    @cached_property
    def pooled(self) -> Indices:
        """[N] states of any pool."""
        return np.flatnonzero(self.pool_of < len(self.pools.name))

    @cached_property
    def weighing(self) -> Indices:
        """[N] states of a pool that face a challenger: those to which membership may matter."""
        return np.intersect1d(self.facing, self.pooled)

    @cached_property
    def counts(self) -> Counts:
        """How many there are of each."""
        return Counts(
            states=len(self.states.iso3),
            pairs=len(self.challenger),
            links=len(self.link_guarantor),
            guarantors=len(self.guarantors),
            pools=len(self.pools.name),
        )


@dataclass(frozen=True)
class OtherParties:
    """Who has a part in a world's quarrels beside states and their principal guarantors.

    second    links of second guarantors; none when None
    fighters  groups that states sponsor, whose campaigns are taken out of the record of pairs; none when None
    """

    second: Links | None = None
    fighters: Fighters | None = None


def lay_out(states: States, pairs: Pairs, links: Links, pools: Pools, others: OtherParties) -> Layout:
    """Work out a world's indices."""
    fighters = no_fighters() if others.fighters is None else others.fighters
    pairs = apart(pairs, fighters)
    order = np.lexsort((pairs.challenger, pairs.target))
    states, pairs, links, pools = _single(states), _single(taken(pairs, order)), _single(links), _single(pools)
    count = len(states.iso3)
    link_of = principal_links(links, count)
    second = _single(nobody() if others.second is None else others.second)
    patrons, link_guarantor = np.unique(links.guarantor, return_inverse=True)
    guarantors = np.append(patrons, np.setdiff1d(second.guarantor, patrons))
    backing = back(second, links, pairs, guarantors)
    sponsors = _sponsors(_single(fighters), pairs, links, link_of)
    pool_of = np.full(count, len(pools.name))
    for index, members in enumerate(pools.members):
        pool_of[members] = index
    region = np.array([Region.of(name) for name in states.region], dtype=np.intp)
    patron = np.append(links.guarantor, -1)[link_of]
    same_patron = (patron[pairs.challenger] == patron[pairs.target]) & (patron[pairs.target] >= 0)
    is_patron = pairs.challenger == patron[pairs.target]
    has_link = link_of[pairs.target] < len(links.ally)
    has_patron = link_of[pairs.challenger] < len(links.ally)
    aided = has_link & ~same_patron & ~is_patron
    same_pool = (pool_of[pairs.challenger] == pool_of[pairs.target]) & (pool_of[pairs.target] < len(pools.name))
    family = same_patron | same_pool | is_patron | (pairs.target == patron[pairs.challenger])
    guarantor_similarity, rival_similarity = _similarity(states, links, pairs)
    theatre = np.array([Theatre.of(name) for name in pairs.theatre], dtype=np.intp)
    return Layout(
        states=states,
        pairs=pairs,
        links=links,
        pools=pools,
        challenger=pairs.challenger,
        target=pairs.target,
        theatre=theatre,
        challenger_power=theatre * count + pairs.challenger,
        target_power=theatre * count + pairs.target,
        pair_class=np.array([PairClass.of(name) for name in pairs.pair_class], dtype=np.intp),
        faced=Faced.of(pairs.target, count),
        link_of=link_of,
        target_link=link_of[pairs.target],
        challenger_link=link_of[pairs.challenger],
        aided=aided.astype(np.float32)[:, None],
        treaty=aided & (np.append(links.channels[:, Channel.PLEDGE], 0.0)[link_of[pairs.target]] >= TREATY_PLEDGE),
        sponsored=(has_patron & ~same_patron & (patron[pairs.challenger] != pairs.target)).astype(np.float32)[:, None],
        emboldened=np.where(family, -1.0, 1.0).astype(np.float32)[:, None],
        by_patron=is_patron,
        reverse=_reverse(pairs),
        own_enemy=quarrels(pairs, pairs.challenger, patron[pairs.target]),
        guarantors=guarantors,
        patrons=patrons,
        backing=backing,
        sponsors=sponsors,
        link_guarantor=link_guarantor.reshape(-1),
        main_theatre=_main_theatre(pairs, count),
        region=region,
        link_region=np.array([Region.of(states.region[i]) for i in links.ally], dtype=np.intp),
        pool_of=pool_of,
        same_pool=same_pool[:, None],
        by_target=Adder.of(pairs.target, count),
        by_challenger=Adder.of(pairs.challenger, count),
        by_guarantor=Adder.of(link_guarantor.reshape(-1), len(guarantors)),
        by_backer=Adder.of(backing.owner, len(guarantors)),
        by_region=Adder.of(region, len(Region)),
        by_pool=Adder.of(pool_of, len(pools.name)),
        pool_distance=tuple(_among_members(states, members) for members in pools.members),
        rival_similarity=rival_similarity,
        guarantor_similarity=guarantor_similarity,
    )


def _sponsors(fighters: Fighters, pairs: Pairs, links: Links, link_of: Indices) -> Sponsors:
    """Indices of sponsored fighters."""
    quarrel, group = unleashing(fighters, pairs, links, link_of)
    own = pairs.target[quarrel] == fighters.target[group]
    own &= pairs.challenger[quarrel] == fighters.sponsor[group]
    pair, states = quarrel[own], len(link_of)
    return Sponsors(
        fighters=fighters,
        pair=pair,
        quarrel=quarrel,
        by_group=Adder.of(group, len(fighters)),
        by_target=Adder.of(fighters.target, states),
        by_host=Adder.of(np.where(fighters.host < 0, states, fighters.host), states),
        by_pair=Adder.of(pair, len(pairs.challenger)),
        by_reverse=Adder.of(_reverse(pairs)[pair], len(pairs.challenger)),
    )


def _single(part: Part) -> Part:
    """The same part of a world in single precision, so that nothing computed from it is wider."""
    parts: dict[str, Any] = {field.name: getattr(part, field.name) for field in fields(part)}
    wide = {name: x for name, x in parts.items() if isinstance(x, np.ndarray) and x.dtype == np.float64}
    return type(part)(**{**parts, **{name: x.astype(np.float32) for name, x in wide.items()}})


def between_capitals(states: States, first: Indices, second: Indices) -> NDArray[Any]:
    """Distance in km between the capitals of states `first` and `second`, on a sphere."""
    return great_circle(
        states.latitude[first], states.longitude[first], states.latitude[second], states.longitude[second]
    )


def _reverse(pairs: Pairs) -> Indices:
    places = pairs.places
    return np.array([places.get((b, a), i) for (a, b), i in places.items()], dtype=np.intp)


def _main_theatre(pairs: Pairs, count: int) -> Indices:
    chosen = np.zeros(count, dtype=np.intp)
    for pair in np.argsort(pairs.value * pairs.hostility, kind="stable"):
        chosen[pairs.target[pair]] = Theatre.of(pairs.theatre[pair])
    return chosen


def principal_links(links: Links, count: int) -> Indices:
    """The link with the strongest pledge, then the most troops, of each state; L when it has none."""
    chosen = np.full(count, len(links.ally), dtype=np.intp)
    strength = links.channels[:, Channel.PLEDGE] + links.troops * 1e-9
    for link in np.argsort(strength, kind="stable"):
        chosen[links.ally[link]] = link
    return chosen


def _among_members(states: States, members: Indices) -> Floats:
    """Km from each member of a pool to each other, [helper, helped]; infinite to itself, which helps nobody."""
    apart = between_capitals(states, members[:, None], members[None])
    km = np.asarray(coalition.distance_to_fellow(apart), dtype=np.float32)
    np.fill_diagonal(km, np.inf)
    return km


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
