"""Sponsored fighters: armed groups on others' soil that a state arms and pays, and whom they fight (R36)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from foedus.errors import FactError, UnknownName
from foedus.world.columns import read_ranged
from foedus.world.facttable import Fact
from foedus.world.model import Floats, Indices, Names, Pairs
from foedus.world.tables import Tables

TABLE = "sponsored.csv"
NOWHERE = "none"
"""Soil of a group that stands on no state of states.csv."""

FIGURES = ("loss", "tied")
"""What every group and target has; a group on a state's soil has `host_loss` too."""


@dataclass(frozen=True)
class Fighters:
    """One entry a group and target; arrays are [U] unless said otherwise. Ranges are those of the facts."""

    group: Names
    sponsor: Indices
    host: Indices
    """state on whose soil the group stands, -1 for none"""
    target: Indices
    loss: Floats
    """what the target loses in a year of campaign, share of its product, of a group at full strength"""
    loss_low: Floats
    loss_high: Floats
    host_loss: Floats
    """share of its product that the host loses in it"""
    host_loss_low: Floats
    host_loss_high: Floats
    tied: Floats
    """share of the target's forces that it ties down, 0-0.9"""
    tied_low: Floats
    tied_high: Floats
    first: int
    """year of the first row of `campaign`"""
    campaign: Floats
    """[Y, U] 1 in years of campaign; the last row is the year in which the world starts"""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.group)

    def where(self, kept: Indices) -> Fighters:
        """Only some of them, by their places."""
        held: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        picked = {name: value[kept] for name, value in held.items() if name not in ("group", "first", "campaign")}
        return Fighters(
            **picked, group=tuple(self.group[i] for i in kept), first=self.first, campaign=self.campaign[:, kept]
        )

    def among(self, place: Mapping[int, int]) -> Fighters:
        """Those whose sponsor and target are kept, with places of states renamed; a host that is not kept is none."""
        ends = zip(self.sponsor.tolist(), self.target.tolist(), strict=True)
        cut = self.where(np.array([i for i, both in enumerate(ends) if set(both) <= set(place)], dtype=np.intp))
        moved: dict[str, Any] = {
            name: np.array([place.get(int(i), -1) for i in getattr(cut, name)], dtype=np.intp)
            for name in ("sponsor", "host", "target")
        }
        return replace(cut, **moved)


def fighters_of(tables: Tables, order: Mapping[str, int], pairs: Pairs) -> Fighters:
    """Groups of the tables; none where they have none, as in past worlds.

    order  place of each state

    Raises UnknownName or FactError, naming file and line, for soil that is no state, for a group on its sponsor's or
    its target's soil, with two sponsors, without a figure, with a campaign outside the years of the record, or whose
    sponsor and target are no pair.
    """
    found = tables.latest(TABLE)
    lines: dict[tuple[str, ...], Fact] = {}
    for (key, _), fact in found.items():
        lines.setdefault(key, fact)
    paired = pairs.places
    keys = sorted(lines)
    for at, (key, fact) in enumerate(lines.items()):
        _check(key, fact, order, list(lines)[:at])
        held = {name for other, name in found if other == key}
        needed = (*FIGURES, *(("host_loss",) if key[2] != NOWHERE else ()))
        if lacking := [name for name in needed if name not in held]:
            msg = f"{fact.where}  {', '.join(key)} lacks {', '.join(lacking)}. Give each a row in {TABLE}."
            raise FactError(msg)
        if (order[key[1]], order[key[3]]) not in paired:
            msg = f"{fact.where}  {key[1]}, {key[3]}, sponsor and target, are no pair. Give them rows in pairs.csv."
            raise FactError(msg)

    return Fighters(
        group=tuple(key[0] for key in keys),
        sponsor=np.array([order[key[1]] for key in keys], dtype=np.intp),
        host=np.array([order.get(key[2], -1) for key in keys], dtype=np.intp),
        target=np.array([order[key[3]] for key in keys], dtype=np.intp),
        first=tables.record,
        campaign=_campaigns(tables, keys),
        **read_ranged(found, keys, (*FIGURES, "host_loss"), 0.0),
    )


def _check(key: tuple[str, ...], fact: Fact, order: Mapping[str, int], before: list[tuple[str, ...]]) -> None:
    group, sponsor, soil, target = key
    if soil != NOWHERE and soil not in order:
        raise UnknownName("soil", soil, [NOWHERE, *order], f"{fact.where}  {soil}")
    wrong = ""
    if sponsor == target:
        wrong = "is sponsored by its target"
    elif soil == sponsor:
        wrong = "stands on its sponsor's soil: what it does is answered as the sponsor's, and belongs to the pair"
    elif soil == target:
        wrong = "stands on its target's soil: that is rebellion, which is not in the model"
    elif others := [other for other in before if (other[0], other[3]) == (group, target)]:
        wrong = f"is there with another sponsor or soil too ({', '.join(others[0])})"
    if wrong:
        msg = f"{fact.where}  {', '.join(key)} {wrong}."
        raise FactError(msg)


def _campaigns(tables: Tables, keys: list[tuple[str, ...]]) -> Floats:
    """Years of campaign, [Y, U], from the first year of the record to the start."""
    first, last = tables.record, tables.start
    years = np.zeros((last - first + 1, len(keys)))
    place = {key: at for at, key in enumerate(keys)}
    for fact in tables.facts[TABLE]:
        if fact.variable != "campaign":
            continue
        if not first <= fact.year <= last:
            msg = (
                f"{fact.where}  campaign of {', '.join(fact.key)} is of {fact.year}; legal years are {first} to {last}"
            )
            raise FactError(msg)
        years[fact.year - first, place[fact.key]] = fact.value
    return years
