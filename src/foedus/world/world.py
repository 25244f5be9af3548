"""The World: facts as frozen arrays, with what was assumed where no fact stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from foedus.bibliography import Source, read_bibliography
from foedus.errors import FactError, UnknownName
from foedus.given import code_of
from foedus.names import state_named
from foedus.terms import REGIONS
from foedus.world.assemble import assemble, with_distance
from foedus.world.facttable import Fact
from foedus.world.figures import FIGURES, wrong_figure
from foedus.world.groups import group_named, groups
from foedus.world.inventory import COUNTED
from foedus.world.model import Assumed, Links, Pairs, Part, Pools, States, taken
from foedus.world.pairing import with_states
from foedus.world.plans import Plan, plans_of
from foedus.world.second import second_links
from foedus.world.sponsored import Fighters, fighters_of
from foedus.world.tables import FACTS, Tables, read_tables
from foedus.world.variables import TABLES


@dataclass(frozen=True)
class World:
    """States, directed pairs, links, pools and announced plans at the start, with the facts behind them."""

    states: States
    pairs: Pairs
    links: Links
    pools: Pools
    assumed: tuple[Assumed, ...]
    tables: Tables
    second: Links
    """What others than the principal guarantor give (R35)."""
    fighters: Fighters
    """Groups that other states sponsor (R36)."""
    plans: tuple[Plan, ...] = ()
    overlay: Path | None = None
    changed: tuple[tuple[str, str, float], ...] = ()

    @staticmethod
    def load(overlay: Path | None = None) -> World:
        """Read the committed fact tables, with an overlay directory of the same tables on top.

        Raises FactError or UnknownName naming file and line.
        """
        return _load(overlay)

    @staticmethod
    def of(tables: Tables) -> World:
        """Assemble a world from fact tables, of 2026 or of a past year."""
        states, pairs, links, pools, assumed = assemble(tables)
        order = {iso3: place for place, iso3 in enumerate(states.iso3)}
        second = with_distance(second_links(tables, order), states, tables)
        fighters, plans = fighters_of(tables, order, pairs), plans_of(tables.facts["plans.csv"])
        return World(states, pairs, links, pools, assumed, tables, second, fighters, plans)

    @property
    def start(self) -> int:
        """First year a study of this world can begin: 2026, or the year of its facts for a past world."""
        return self.tables.start

    def index(self, iso3: str) -> int:
        """Position on every axis of states of the state that `iso3`, code or name, means; else raise UnknownName."""
        if iso3 in self.states.iso3:
            return self.states.iso3.index(iso3)
        if code := state_named(iso3, self.states.iso3, self.states.name):
            return self.states.iso3.index(code)
        raise UnknownName("state", iso3, self.states.iso3)

    def named(self, word: str) -> tuple[str, ...]:
        """Codes (iso3) of the states that a word means: a state by code or name, else a region's, else a group's.

        Raises UnknownName, with the nearest spelling, for a word that means none of them.
        """
        states = self.states
        if code := state_named(word, states.iso3, states.name):
            return (code,)
        if region := code_of(word, REGIONS):
            return tuple(iso for iso, place in zip(states.iso3, states.region, strict=True) if place == region)
        if group := group_named(word):
            return tuple(iso for iso in groups()[group] if iso in states.iso3)
        raise UnknownName("state, region or group", word, [*states.iso3, *REGIONS, *groups(), *states.name])

    def allies_of(self, guarantor: str) -> tuple[str, ...]:
        """Codes (iso3) of the states that `guarantor` has a link to; raise UnknownName for no such state."""
        own = self.index(guarantor)
        return tuple(self.states.iso3[i] for i in self.links.ally[self.links.guarantor == own])

    def subset(self, names: Sequence[str]) -> World:
        """The same world with only the states in `names` (iso3); their plans and what is among them stay.

        Raises UnknownName with the nearest spelling.
        """
        keep = np.array(sorted({self.index(name) for name in names}), dtype=np.intp)
        place = {int(old): new for new, old in enumerate(keep)}
        pairs = _among(self.pairs, ("challenger", "target"), place)
        links, second = (_among(part, ("guarantor", "ally"), place) for part in (self.links, self.second))
        members = tuple(
            np.array([place[int(i)] for i in group if int(i) in place], dtype=np.intp) for group in self.pools.members
        )
        filled = [i for i, group in enumerate(members) if len(group) > 1]
        pools = Pools(
            tuple(self.pools.name[i] for i in filled),
            tuple(members[i] for i in filled),
            self.pools.interoperability[filled],
            self.pools.resolve[filled],
        )
        states = taken(self.states, keep)
        plans = tuple(plan for plan in self.plans if plan.ally in states.iso3)
        return dataclasses.replace(
            self,
            states=states,
            pairs=pairs,
            links=links,
            second=second,
            fighters=self.fighters.among(place),
            pools=pools,
            plans=plans,
        )

    def replace(self, iso3: str, **figures: float) -> World:
        """The same world with some figures of one state changed.

        iso3     the state
        figures  new values by name, in the unit `States` gives

        Raises UnknownName for a state or figure that is not there, FactError for a value outside what the fact tables
        allow.
        """
        row = self.index(iso3)
        states, iso3 = self.states, self.states.iso3[row]
        changed = list(self.changed)
        for name, value in figures.items():
            if name not in FIGURES:
                raise UnknownName("figure of a state", name, FIGURES)
            if wrong := wrong_figure(name, value):
                msg = f"{iso3}.{name}: {wrong}"
                raise FactError(msg)
            column = getattr(states, name).copy()
            column[row] = value
            ends = [f"{ENDS[name]}_{end}" for end in ("low", "high")] if name in ENDS else []
            changes = {name: column, **{end: _set(states, end, row, value) for end in ends}}
            states = dataclasses.replace(states, **changes)
            changed.append((iso3, name, float(value)))
        pairs = with_states(self.pairs, states)
        return dataclasses.replace(self, states=states, pairs=pairs, changed=tuple(changed))

    def guaranteed_by(self, iso3: str) -> World:
        """The same world with every link's guarantor replaced by the state `iso3`; raise UnknownName for no such state.

        Forces forward scale with the new guarantor's active personnel; what each channel provides, stakes and access
        stay as they are, so read the result as "if it stepped into the same shoes, at its own size".
        """
        new = self.index(iso3)
        iso3 = self.states.iso3[new]
        keep = np.flatnonzero(self.links.ally != new)
        links = taken(self.links, keep)
        size = self.states.personnel[new] / np.maximum(self.states.personnel[links.guarantor], 1.0)
        scaled = {
            name: getattr(links, name) * np.minimum(size, 1.0) for name in ("troops", "troops_low", "troops_high")
        }
        links = dataclasses.replace(links, guarantor=np.full(len(keep), new, dtype=np.intp), **scaled)
        second = taken(self.second, np.flatnonzero(self.second.guarantor != new))
        _, first = np.unique(links.ally, return_index=True)
        links = with_distance(taken(links, np.sort(first)), self.states, self.tables)
        return dataclasses.replace(self, links=links, second=second, changed=(*self.changed, (iso3, "guarantor", 1.0)))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of every table."""
        return tuple(fact for rows in self.tables.facts.values() for fact in rows)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Sources by key, parsed when first asked for."""
        paths = [FACTS / "sources.bib"]
        if self.overlay is not None and (self.overlay / "sources.bib").exists():
            paths.append(self.overlay / "sources.bib")
        return dict(read_bibliography(paths))

    @property
    def digest(self) -> str:
        """Hash of the tables, of the states kept and of the figures changed."""
        kept = ",".join(self.states.iso3)
        return f"{self.tables.digest}:{kept}:{self.changed!r}"

    def missing(self) -> list[tuple[str, str, str]]:
        """Figures that no fact gives: (table, key, variable)."""
        gaps = []
        for name in ("economy.csv", "forces.csv", "nuclear.csv", "politics.csv", "geography.csv"):
            have = set(self.tables.latest(name))
            for iso in self.states.iso3:
                gaps += [
                    (name, iso, variable)
                    for variable in TABLES[name][1]
                    if ((iso,), variable) not in have and variable not in ABSENT_MEANS_NONE
                ]
        return gaps


ENDS = {"warheads": "warheads", "homeland_reach": "reach"}
"""Figures with a range of their own; one that a study gives is certain."""

ABSENT_MEANS_NONE = (
    *("warheads", "homeland_reach", "missile_defence", "burden", "bomb_opinion"),
    *(*COUNTED, "usable_share", "abroad_war", "abroad_blockade"),
)
"""Variables whose absence says that there is none, or that nobody asked or counted."""


@cache
def _load(overlay: Path | None) -> World:
    return dataclasses.replace(World.of(read_tables(overlay)), overlay=overlay)


def _set(states: States, name: str, row: int, value: float) -> np.ndarray:
    """A column of the states with one value changed."""
    column: np.ndarray = getattr(states, name).copy()
    column[row] = value
    return column


def _among(part: Part, ends: Iterable[str], place: dict[int, int]) -> Part:
    first, second = (getattr(part, name) for name in ends)
    keep = np.array(
        [i for i, (a, b) in enumerate(zip(first, second, strict=True)) if int(a) in place and int(b) in place],
        dtype=np.intp,
    )
    cut = taken(part, keep)
    moved: dict[str, Any] = {}
    for name in ends:
        moved[name] = np.array([place[int(i)] for i in getattr(cut, name)], dtype=np.intp)
    return dataclasses.replace(cut, **moved)
