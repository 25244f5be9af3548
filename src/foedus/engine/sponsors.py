"""Who sponsors whom against whom: indices of sponsored fighters, and what of the record is theirs (R36).

Axis letter beside those of `layout.py`: U groups, one for each target that a group has.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.adder import Adder
from foedus.world.model import Links, Pairs
from foedus.world.sponsored import Fighters

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Sponsors:
    """Indices of sponsored fighters in one world; empty arrays where there are none."""

    fighters: Fighters
    """[U]"""
    pair: Indices
    """[U] pair of sponsor and target"""
    quarrel: Indices
    """[Q] pairs whose fighting unleashes a group: sponsor and target, sponsor and the target's guarantor, both ways"""
    by_group: Adder
    """rows of `quarrel` by group"""
    by_target: Adder
    """groups by target"""
    by_host: Adder
    """groups by host; those that have none are left out"""
    by_pair: Adder
    """groups by pair of sponsor and target"""
    by_reverse: Adder
    """groups by pair of target and sponsor"""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.fighters)


def no_fighters() -> Fighters:
    """No group."""
    made: dict[str, Any] = {field.name: np.zeros(0) for field in fields(Fighters)}
    none = dict.fromkeys(("sponsor", "host", "target"), np.zeros(0, dtype=np.intp))
    return Fighters(**made | none | {"group": (), "first": 0, "campaign": np.zeros((1, 0))})


def unleashing(fighters: Fighters, pairs: Pairs, links: Links, link_of: Indices) -> tuple[Indices, Indices]:
    """Pairs whose fighting unleashes a group, and which group each unleashes, [Q] both, by group.

    link_of  [S] principal link of each state, the number of links for none
    """
    place = pairs.places
    patron = np.append(links.guarantor, -1)[link_of]
    found = []
    for group, (sponsor, target) in enumerate(zip(fighters.sponsor.tolist(), fighters.target.tolist(), strict=True)):
        sides = {target, int(patron[target])} - {sponsor}
        both = sorted({(sponsor, side) for side in sides} | {(side, sponsor) for side in sides})
        found += [(group, place[ends]) for ends in both if ends in place]
    owner, pair = np.array(found, dtype=np.intp).reshape(-1, 2).T.copy()
    return pair, owner


def apart(pairs: Pairs, fighters: Fighters) -> Pairs:
    """Pairs without what the groups' campaigns left in the record of target and host.

    A year of campaign counts as the group's, not as a dispute or war of the two states; and where any was so taken
    away, the two are rivals only if the list of strategic rivalries has them at the end of the record.
    """
    past, rival = pairs.past, pairs.rival.copy()
    dispute, war = past.dispute.copy(), past.war.copy()
    years = fighters.first + np.arange(len(fighters.campaign)) - past.first
    for group, (host, target) in enumerate(zip(fighters.host.tolist(), fighters.target.tolist(), strict=True)):
        fought = years[(fighters.campaign[:, group] > 0.0) & (years >= 0) & (years < len(dispute))]
        for ends in ((host, target), (target, host)):
            for pair in np.flatnonzero((pairs.challenger == ends[0]) & (pairs.target == ends[1])):
                if dispute[fought, pair].any():
                    rival[pair] = past.rival[-1, pair]
                dispute[fought, pair] = war[fought, pair] = 0.0
    return replace(pairs, rival=rival, past=replace(past, dispute=dispute, war=war))
