"""Wars that a scenario ends or begins by date, whatever the draws say: a ceasefire, an attack or a renewed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from foedus.posture.place import Place, one_of

PARTS = ("ceasefire", "attack")
"""What can be ordered of a war."""

_TABLE = "targets, like UKR = { ceasefire = 2027, attack = 2030 }"
_DATES = "dates, like { ceasefire = 2027, attack = [2030, 2036] }"


@dataclass(frozen=True)
class WarOrder:
    """A war of one state upon another ends or begins in given years.

    attacker, target  iso3
    ceasefires        years in which a war that is on ends with the front where it stands
    attacks           years in which the attacker goes to war, unless the two fight already
    where             file, line and key, for complaints; empty where a program made it
    """

    attacker: str
    target: str
    ceasefires: tuple[int, ...] = ()
    attacks: tuple[int, ...] = ()
    where: str = field(default="", repr=False, compare=False)

    @property
    def place(self) -> str:
        """Where it stands, for complaints."""
        return self.where or f"wars.{self.attacker}.{self.target}"


def dated_wars(
    orders: Sequence[WarOrder], pairs: Sequence[tuple[str, str]], years: Sequence[int]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]] | None:
    """Which wars end, and which begin, in each year, [Y, P] each; None without orders.

    pairs  attacker and target of each pair, [P]
    """
    if not orders:
        return None
    ends, begins = (np.zeros((len(years), len(pairs)), dtype=bool) for _ in range(2))
    for order in orders:
        mine = np.array([pair == (order.attacker, order.target) for pair in pairs], dtype=bool)
        ends |= np.isin(years, order.ceasefires)[:, None] & mine
        begins |= np.isin(years, order.attacks)[:, None] & mine
    return ends, begins


def parse_wars(place: Place, states: Sequence[str], years: tuple[int, int]) -> tuple[WarOrder, ...]:
    """Read the `[wars]` table: attacker, then target to dates (`[wars.RUS]`, `UKR = { ceasefire = 2027 }`).

    years  first and last year of the scenario, in which dates lie

    Raises ScenarioError or UnknownName naming file and line.
    """
    named = one_of("state", states)
    return tuple(
        _order(inner, attacker, target, years)
        for attacker, targets in place.members("attackers, like [wars.RUS]", named)
        for target, inner in targets.members(_TABLE, named)
    )


def _order(place: Place, attacker: str, target: str, years: tuple[int, int]) -> WarOrder:
    parts = place.parts("part of a war", PARTS, _DATES)
    if attacker == target:
        raise place.wrong("a state does not fight itself")
    if not parts:
        raise place.wrong("says nothing. Give a ceasefire, an attack or both")
    ceasefires, attacks = (_dates(parts[name], years) if name in parts else () for name in PARTS)
    if both := set(ceasefires) & set(attacks):
        raise place.wrong(f"ceasefire and attack in one year, {min(both)}. Put a year between them")
    return WarOrder(attacker, target, ceasefires, attacks, place.file.where(place.keys))


def _dates(place: Place, years: tuple[int, int]) -> tuple[int, ...]:
    given = place.value if isinstance(place.value, list) else [place.value]
    if not given:
        raise place.wrong("is an empty list. Give a year")
    found = tuple(Place(place.file, place.keys, year).whole(*years) for year in given)
    for before, year in pairwise(found):
        if year <= before:
            raise place.wrong(f"years must increase; {year} follows {before}")
    return found
