"""The World as frozen arrays: states, directed pairs, links from guarantor to ally, pools.

Axis letters used everywhere: S states, P directed pairs, L links, D capability domains, C channels.
Money is in billions of constant 2024 US dollars at market exchange rates unless a name says `ppp`.
A figure that no fact table gives is NaN here; defaults are put in its place by the engine's start-up, listed
in `World.assumed`, and graded [A].
"""

from __future__ import annotations

from dataclasses import dataclass, fields

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
    homeland_reach: Floats
    """warheads deliverable at intercontinental range, for the vulnerability of a distant guarantor"""
    latency: Floats
    """nuclear latency, 0-1"""
    nuclear_pursuit: Floats
    """0 none, 1 explores, 2 pursues, 3 armed"""
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
    at_war: Floats
    """1 when the state is fighting an interstate war on its own soil at the start"""

    @property
    def names(self) -> dict[str, str]:
        """Names by code."""
        return dict(zip(self.iso3, self.name, strict=True))


@dataclass(frozen=True)
class Pairs:
    """One entry a directed pair (challenger, target); arrays are [P] unless said otherwise."""

    challenger: Indices
    target: Indices
    distance: Floats
    """km that force must travel: between borders when they touch (then 0-250), else between capitals"""
    hostility: Floats
    """0-1"""
    hostility_low: Floats
    hostility_high: Floats
    stakes: Floats
    """value of the typical issue; 1 is a typical politically relevant pair"""
    stakes_low: Floats
    stakes_high: Floats
    pair_class: Names
    """one of terms.PAIR_CLASSES"""
    theatre: Names
    """one of terms.THEATRES"""
    reason: Names
    """why this pair is here, in words"""


@dataclass(frozen=True)
class Links:
    """One entry a pledge, from guarantor to ally; arrays are [L] unless said otherwise."""

    guarantor: Indices
    ally: Indices
    channels: Floats
    """[L, C] what each channel provides at the start, 0 absent to 1 full; posture multiplies it"""
    troops: Floats
    """persons stationed, rotating and deployed on the ally's soil at the start"""
    distance: Floats
    """km reinforcement must travel from the guarantor's home or nearest main base area"""
    stakes: Floats
    """what the ally is worth to the guarantor, 0-1, from trade, bases, identity"""
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


def same_length(part: States | Pairs | Links | Pools) -> None:
    """Raise ValueError unless every field of `part` has the length of its first."""
    lengths = {field.name: len(getattr(part, field.name)) for field in fields(part)}
    if len(set(lengths.values())) != 1:
        msg = f"{type(part).__name__} fields differ in length: {lengths}"
        raise ValueError(msg)
