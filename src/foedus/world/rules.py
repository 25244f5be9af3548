"""Rules that turn published figures into facts of a world: pairs, links, prices. One copy for 2026 and the past."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus import terms
from foedus.world.model import Floats

TIER_CHANNELS: Mapping[str, Mapping[str, float]] = {
    "treaty": {
        "pledge": 1.0, "troops": 1.0, "reinforcement": 0.8, "arms": 0.8, "sustainment": 0.9, "intelligence": 0.6,
        "training": 0.7, "technology": 0.5, "missile_defence": 0.3, "nuclear": 0.8, "money": 0.0,
    },
    "partner": {
        "pledge": 0.4, "troops": 1.0, "reinforcement": 0.4, "arms": 0.7, "sustainment": 0.8, "intelligence": 0.4,
        "training": 0.5, "technology": 0.3, "missile_defence": 0.2, "nuclear": 0.0, "money": 0.1,
    },
}  # fmt: skip
"""Channel levels at the start, by tier of guarantee, an assumption (A)."""

ISLANDS = frozenset({
    "AUS", "BHR", "CYP", "GBR", "IDN", "IRL", "ISL", "JPN", "NZL", "PHL", "SGP", "TWN", "USA", "CAN", "MYS",
})  # fmt: skip
"""States reached mainly by sea and air from any likely challenger outside their own borders."""

NEAR_LAND_KM = 800.0
"""Km between nearest points below which two states of one region that do not touch are taken to fight over land: from
Kaliningrad to Hungary, not from Iran to Israel, whose wars of 2025 and 2026 were in the air."""

FORWARD_SHARE = 0.25
"""Part of a guarantor's reinforcement that starts at its base area nearest to the ally, an assumption (A): of American
brigades, wings and ships about a quarter are stationed, prepositioned or afloat abroad. With all of it there, every
ally of Europe would be met in full in days, and no channel but reinforcement would count."""

LEAST_KM = 50.0
"""Km that force travels between states that touch: from garrisons to the border and beyond."""

PRICE_EXPONENT = (0.5, 0.86, 1.0)
"""Low, central and high power of the GDP ratio that gives the defence price level: China and Russia fit 0.86
(Robertson's military purchasing power, 2025); the bounds are a weaker link and the GDP ratio itself."""

ARMS_BY_DOMAIN = (0.6, 1.0, 0.7, 0.9)
"""How much of the guarantor's share of arms imports shows in each domain's stock."""

LOWEST_PROFICIENCY = -1.1
"""Nuclear proficiency that counts as no latency."""

LEAST_POWER = 1e-6
"""Share of the world's capabilities given to a state that NMC rounds to none."""

SIZE_ORIGIN = -6.0
"""Log share at which the size of a pair changes nothing: near the mean, so that constants stay readable."""

VALUE: Mapping[str, tuple[float, float, float]] = {
    "state": (7.0, 3.5, 14.0),
    "core": (2.5, 1.2, 5.0),
    "part": (0.7, 0.3, 1.4),
    "features": (0.05, 0.01, 0.2),
    "ordinary": (0.5, 0.2, 1.2),
}
"""What the target would lose if the issue were lost, in stakes: middle, low, high, an assumption (A).

A stake is about 28 % of a year's product (the ledger's `stake_share_of_gdp`), and wealth is three to four years'
product. The state itself: five years at two fifths less, 200 %. Core territory: a fifth of the state for good, 70 %.
Part: a district of some 5 %, 20 %. Uninhabited features with their waters: about 1 %. An ordinary quarrel, over conduct
or alignment, once: 14 %.
"""

ISSUE_OF_CLAIM = ("ordinary", "part", "state")
"""Kind of issue by what the challenger claims (nothing, part, the state), where no row of the register says better."""

TRADE_FROM, TRADE_TO = 1000.0, 600_000.0
"""Million USD of 2014 of trade with the guarantor that count as nothing and as everything, on a log scale."""


def pair_class(*, rival: bool, touching: bool) -> str:
    """Class of a pair: rival, contiguous, major, the first that fits; who is neither is here as a major's pair.

    rival     strategic rivals
    touching  by land, or across at most 150 miles of water
    """
    return "rival" if rival else "contiguous" if touching else "major"


def pair_size(one: Floats, two: Floats) -> Floats:
    """Mean log share of the world's capabilities of two states, from `SIZE_ORIGIN`; shares 0-1, arrays of one shape."""
    held = np.log(np.maximum(np.stack([one, two]), LEAST_POWER))
    return np.asarray(held.mean(axis=0) - SIZE_ORIGIN, dtype=float)


def travelled(nearest: float) -> float:
    """Km that force must travel to a fight, from km between nearest points: at least `LEAST_KM`, as to a border."""
    return max(nearest, LEAST_KM)


def over_land(nearest: float, contiguity: int, *, island: bool, same_region: bool) -> bool:
    """Whether a fight is mainly on land.

    It is where they touch (contiguity 1); not across at most 400 miles of water (2-5); and where neither holds (0) when
    they lie in one region, `nearest` km apart, with land between: neither is an island.
    """
    if contiguity:
        return contiguity == 1
    return not island and nearest < NEAR_LAND_KM and same_region


def access(bases: int, troops: float) -> float:
    """Access granted to a guarantor, 0-1, from its bases and troops."""
    return float(1.0 - np.exp(-(bases / 4.0 + troops / 10000.0)))


def trade_weight(million: float) -> float:
    """Weight of trade with the guarantor, 0-1, from million USD of 2014."""
    total = max(million, 1.0)
    return float(np.clip(np.log(total / TRADE_FROM) / np.log(TRADE_TO / TRADE_FROM), 0, 1))


def worth(trade: float, granted: float, apart: float, democracy: float) -> float:
    """What an ally is worth to its guarantor, 0-1: trade, access, closeness of UN votes, democracy.

    apart  distance between their ideal points
    """
    return float(0.35 * trade + 0.25 * granted + 0.2 * np.exp(-abs(apart) / 2) + 0.2 * democracy)


def arms_dependence(share: float) -> dict[str, float]:
    """Share of stock by domain that needs the guarantor, from its share of arms imports."""
    pairs = zip(terms.DOMAINS, ARMS_BY_DOMAIN, strict=True)
    return {domain: min(0.1 + 0.9 * share * factor, 0.95) for domain, factor in pairs}


def latency(proficiency: float, highest: float) -> float:
    """Nuclear latency, 0-1: proficiency between the lowest and the highest of its time."""
    return float(np.clip((proficiency - LOWEST_PROFICIENCY) / (highest - LOWEST_PROFICIENCY), 0, 1))
