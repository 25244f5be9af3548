"""The World as frozen arrays: states, directed pairs, links from guarantor to ally, pools.

Axis letters used everywhere: S states, P directed pairs, L links, D capability domains, C channels.
Money is in billions of constant 2024 US dollars at market exchange rates unless a name says `ppp`.
A figure that no fact table gives is NaN here; defaults are put in its place by the engine's start-up, listed
in `World.assumed`, and graded [A].
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Names = tuple[str, ...]


@dataclass(frozen=True)
class States:
    """One entry a state; arrays are [S] unless said otherwise."""

    iso3: Names
    name: Names
    region: Names
    population: Floats
    """millions"""
    gdp: Floats
    """billion USD"""
    growth: Floats
    """expected real growth, share a year"""
    debt: Floats
    """general government gross debt, share of GDP"""
    defence_share: Floats
    """military spending, share of GDP, latest"""
    habit: Floats
    """the share the state is used to: mean of the last ten years' spending over GDP"""
    price_level: Floats
    """defence purchasing power: what one market dollar buys relative to the United States"""
    price_level_low: Floats
    price_level_high: Floats
    personnel: Floats
    """active personnel, thousands"""
    warheads: Floats
    """military stockpile"""
    warheads_low: Floats
    warheads_high: Floats
    homeland_reach: Floats
    """warheads deliverable at intercontinental range, for the vulnerability of a distant guarantor"""
    reach_low: Floats
    reach_high: Floats
    latency: Floats
    """nuclear latency, 0-1"""
    nuclear_pursuit: Floats
    """0 none, 1 explores, 2 pursues, 3 armed"""
    bomb_opinion: Floats
    """share of adults who want nuclear weapons of their own state, 0-1; NaN where no poll is known"""
    democracy: Floats
    """0-1"""
    ideal_point: Floats
    """UN General Assembly ideal point"""
    latitude: Floats
    longitude: Floats
    missile_defence: Floats
    """share of an intercontinental salvo a homeland missile defence would stop, 0-1"""
    stocks: Floats
    """[S, D] capability stock, billion PPP-adjusted USD, by perpetual inventory"""
    usable_low: Floats
    """low and high end of what of that stock can be used, over its middle"""
    usable_high: Floats
    abroad_war: Floats
    """what others lose in a first year of war on its soil, share of their product; 0 where nobody has estimated it"""
    abroad_blockade: Floats
    """the same of a blockade of it"""

    @property
    def names(self) -> dict[str, str]:
        """Names by code."""
        return dict(zip(self.iso3, self.name, strict=True))


@dataclass(frozen=True)
class Disputes:
    """What passed between the two states of each directed pair, year by year; arrays are [Y, P] of 0 and 1.

    first    year of the first row; the last row is the year in which the world starts, as far as it is known
    alive    1 when both were members of the system of states
    dispute  1 when a militarised dispute went on between the two, whoever began it
    began    1 when the challenger was on the side that began it, or where nobody knows who did
    war      1 when an interstate war did
    rival    1 when the two were strategic rivals
    """

    first: int
    alive: Floats
    dispute: Floats
    began: Floats
    war: Floats
    rival: Floats

    def __len__(self) -> int:
        """How many pairs."""
        return int(self.alive.shape[1])

    def __getitem__(self, pairs: Indices) -> Disputes:
        """The record of some pairs, by their positions."""
        kept = (rows[:, pairs] for rows in (self.alive, self.dispute, self.began, self.war, self.rival))
        return Disputes(self.first, *kept)

    def until_now(self, rival: Floats) -> Floats:
        """The record with a row for what follows the start, [alive dispute began war rival, Y + 1, P].

        rival  [P] 1 when the two are strategic rivals at the start
        """
        nothing = np.zeros_like(rival)
        today = (self.alive[-1], nothing, nothing, nothing, rival)
        record = (self.alive, self.dispute, self.began, self.war, self.rival)
        return np.stack([np.concatenate([rows, now[None]]) for rows, now in zip(record, today, strict=True)])

    @property
    def last(self) -> int:
        """Year of the last row."""
        return self.first + len(self.alive) - 1


@dataclass(frozen=True)
class Pairs:
    """One entry a directed pair (challenger, target); arrays are [P] unless said otherwise."""

    challenger: Indices
    target: Indices
    distance: Floats
    """km that force must travel: between nearest points, at least 50, or from a base area that is nearer"""
    hostility: Floats
    """at the start, 0-1, at the ledger's middle values: for what no future draws"""
    capitals: Floats
    """km between the capitals"""
    nearest: Floats
    """km between the nearest points of the two territories, 0 where they touch"""
    land: Floats
    """1 when they touch by land"""
    water: Floats
    """1 when at most 400 miles of water part them and they do not touch by land"""
    one_major: Floats
    """1 when exactly one is a major power of the day"""
    two_majors: Floats
    """1 when both are"""
    size: Floats
    """mean log share of the world's capabilities of the two, from `rules.SIZE_ORIGIN`"""
    owes: Floats
    """1 when the challenger owes the target defence"""
    democracy: Floats
    """electoral democracy of the less democratic of the two, 0-1"""
    claim: Floats
    """1 when either claims territory of the other"""
    rival: Floats
    """1 when the two are strategic rivals at the start"""
    value: Floats
    """what the target would lose if the issue were lost, in stakes"""
    value_low: Floats
    value_high: Floats
    overlay: Floats
    """judgement added to the hostility that the disputes give, 0 where there is none, -1 to 1"""
    overlay_low: Floats
    overlay_high: Floats
    at_war: Floats
    """1 when the challenger wages a war on the target's soil at the start"""
    war_years: Floats
    """whole years since this war began, 0 without one"""
    front: Floats
    """share of the issue that the challenger holds in it by force, 0-1"""
    front_low: Floats
    front_high: Floats
    past: Disputes
    """disputes and wars of each pair up to the start"""
    pair_class: Names
    """one of terms.PAIR_CLASSES"""
    theatre: Names
    """one of terms.THEATRES"""
    reason: Names
    """why this pair is here, in words"""

    @property
    def places(self) -> dict[tuple[int, int], int]:
        """Place of each pair, by its challenger and its target."""
        ends = zip(self.challenger.tolist(), self.target.tolist(), strict=True)
        return {pair: place for place, pair in enumerate(ends)}


@dataclass(frozen=True)
class Links:
    """One entry a pledge, from guarantor to ally; arrays are [L] unless said otherwise."""

    guarantor: Indices
    ally: Indices
    channels: Floats
    """[L, C] what each channel provides at the start, 0 absent to 1 full; posture multiplies it"""
    channels_low: Floats
    """[L, C] ends of the sourced range of each level; the level itself where no range is given"""
    channels_high: Floats
    troops: Floats
    """persons stationed, rotating and deployed on the ally's soil at the start"""
    troops_low: Floats
    troops_high: Floats
    distance: Floats
    """km reinforcement must travel: on average, a part from the nearest main base area and the rest from home"""
    stakes: Floats
    """what the ally is worth to the guarantor, 0-1, from trade, bases, identity"""
    stakes_low: Floats
    stakes_high: Floats
    access: Floats
    """bases and access the ally grants the guarantor, 0-1"""
    dependence: Floats
    """[L, D] share of the ally's stock that needs the guarantor's sustainment, 0-1"""
    basis: Names
    """the treaty or act in words"""


@dataclass(frozen=True)
class Pools:
    """Groups that plan or may plan to fight together."""

    name: Names
    members: tuple[Indices, ...]
    interoperability: Floats
    """0-1"""
    resolve: Floats
    """chance a member comes to another's help without the guarantor, 0-1, at the start"""


@dataclass(frozen=True)
class Assumed:
    """A figure no source gave: whose, which, what stands in its place and by what rule."""

    key: Names
    variable: str
    value: float
    rule: str


Part = TypeVar("Part", States, Pairs, Links)


def taken(part: Part, index: Indices) -> Part:
    """The entries of a part of the world at `index` [n], in that order."""
    held = {field.name: getattr(part, field.name) for field in fields(part)}
    picked: dict[str, Any] = {
        name: tuple(values[i] for i in index) if isinstance(values, tuple) else values[index]
        for name, values in held.items()
    }
    return type(part)(**picked)


def same_length(part: States | Pairs | Links | Pools) -> None:
    """Raise ValueError unless every field of `part` has the length of its first."""
    lengths = {field.name: len(getattr(part, field.name)) for field in fields(part)}
    if len(set(lengths.values())) != 1:
        msg = f"{type(part).__name__} fields differ in length: {lengths}"
        raise ValueError(msg)
