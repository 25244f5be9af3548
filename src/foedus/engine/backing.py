"""Who else may help whom: links of second guarantors, and the pairs in which each would fight (R35).

Axis letters beside those of `layout.py`: H links of second guarantors, sorted by ally; J allies that have any; N cases,
a pair and a second guarantor that may fight in it for the target, sorted by pair; B pairs with a case; V places, the
first to the last second guarantor of one ally.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.terms import Channel, Domain
from foedus.world.model import Links, Pairs, taken

Indices = NDArray[np.intp]
Array = NDArray[Any]


Turns = tuple[tuple[Indices, Indices], ...]
"""Groups and their members in turn: the first member of every group, the second of those that have two, and so on."""


def gathered(values: Array, turns: Turns, add: np.ufunc) -> Array:
    """Add up (or multiply, …) the members of each group: [groups, …] of `values` [members, …]."""
    total = values.take(turns[0][1], axis=0)
    for groups, members in turns[1:]:
        total[groups] = add(total[groups], values.take(members, axis=0))
    return total


def _turns(group: Indices) -> Turns:
    """Members in turn, given the group of each in rising order; one empty turn where there are none."""
    first = np.searchsorted(group, np.arange(int(group.max(initial=-1)) + 1))
    many = np.diff(np.append(first, len(group)))
    found = [(np.flatnonzero(many > turn), first[many > turn] + turn) for turn in range(int(many.max(initial=1)))]
    return tuple(found)


@dataclass(frozen=True)
class Backing:
    """Indices of second guarantors in one world; empty arrays where there are none."""

    links: Links
    """[H]"""
    owner: Indices
    """[H] index into guarantors"""
    allies: Indices
    """[J] states that have a second guarantor"""
    ally: Indices
    """[H] place of the link's ally in `allies`"""
    by_ally: Turns
    """links in turn, by ally"""
    pair: Indices
    """[N] pair of each case"""
    link: Indices
    """[N] its link"""
    pairs: Indices
    """[B] pairs with a case"""
    row: Indices
    """[N] place of the case's pair in `pairs`"""
    by_pair: Turns
    """cases in turn, by pair"""
    place: Indices
    """[N] place of its guarantor among those of the ally"""
    own_enemy: Indices
    """[N] pair in which its challenger faces the second guarantor itself, P where they have no quarrel"""
    case_at: Indices
    """[P, V] case of each pair by place, N for none"""

    def __len__(self) -> int:
        """How many cases there are."""
        return len(self.pair)

    @property
    def places(self) -> int:
        """Most second guarantors of one ally (V)."""
        return int(self.case_at.shape[1])


def nobody() -> Links:
    """No link of a second guarantor."""
    nothing, none, levels = np.zeros(0), np.zeros(0, dtype=np.intp), np.zeros((0, len(Channel)))
    return Links(
        guarantor=none,
        ally=none,
        channels=levels,
        channels_low=levels,
        channels_high=levels,
        troops=nothing,
        troops_low=nothing,
        troops_high=nothing,
        distance=nothing,
        stakes=nothing,
        stakes_low=nothing,
        stakes_high=nothing,
        access=nothing,
        dependence=np.zeros((0, len(Domain))),
        basis=(),
    )


def back(second: Links, principal: Links, pairs: Pairs, guarantors: Indices) -> Backing:
    """Arrange the links of second guarantors by ally, and find the pairs in which each may fight.

    guarantors  [G] states that guarantee anyone

    None fights for a target against a state that it guarantees too, against its own guarantor, or against itself.
    """
    second = taken(second, np.lexsort((second.guarantor, second.ally)))
    order = {int(state): place for place, state in enumerate(guarantors)}
    allies, ally = np.unique(second.ally, return_inverse=True)
    guarantees = {
        *zip(second.guarantor.tolist(), second.ally.tolist(), strict=True),
        *zip(principal.guarantor.tolist(), principal.ally.tolist(), strict=True),
    }
    by_ally: dict[int, list[int]] = {}
    for number, state in enumerate(second.ally.tolist()):
        by_ally.setdefault(state, []).append(number)
    ends = zip(pairs.challenger.tolist(), pairs.target.tolist(), strict=True)
    cases = [
        (at, number, turn)
        for at, (challenger, target) in enumerate(ends)
        for turn, number in enumerate(by_ally.get(target, ()))
        if challenger != (helper := int(second.guarantor[number]))
        and not {(helper, challenger), (challenger, helper)} & guarantees
    ]
    pair, link, place = np.array(cases, dtype=np.intp).reshape(-1, 3).T.copy()
    found, row = np.unique(pair, return_inverse=True)
    case_at = np.full((len(pairs.challenger), max(map(len, by_ally.values()), default=0)), len(pair), dtype=np.intp)
    case_at[pair, place] = np.arange(len(pair))
    return Backing(
        links=second,
        owner=np.array([order[int(state)] for state in second.guarantor], dtype=np.intp),
        allies=allies,
        ally=ally.reshape(-1),
        by_ally=_turns(ally.reshape(-1)),
        pair=pair,
        link=link,
        pairs=found,
        row=row.reshape(-1),
        by_pair=_turns(row.reshape(-1)),
        place=place,
        own_enemy=quarrels(pairs, pairs.challenger[pair], second.guarantor[link]),
        case_at=case_at,
    )


def quarrels(pairs: Pairs, challenger: Indices, helper: Indices) -> Indices:
    """Pair of each helper as a challenger of the challenger [n]; the other way round where only that is one.

    The number of pairs where they are none.
    """
    at, none = pairs.places, len(pairs.challenger)
    asked = zip(challenger.tolist(), helper.tolist(), strict=True)
    return np.array([at.get((b, a), at.get((a, b), none)) for a, b in asked], dtype=np.intp)
