"""Facts on those who may be asked to fight, from a world's tables and the contiguity of states."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foedus.engine.layout import Floats, Layout
from foedus.engine.models import HelperFacts, Helpers
from foedus.errors import FactError
from foedus.geo import great_circle
from foedus.world import World
from foedus.world.model import Links

CONTIGUITY = Path(__file__).parent / "contiguity.csv"
"""States that touch: by land (1), across at most 12 miles of water (2) or 24 (3), as in 2016. Correlates of War direct
contiguity 3.2 (Stinnett and others 2002)."""


def helpers_of(world: World, layout: Layout) -> Helpers:
    """What a model of who fights reads of every link, principal and second.

    world   whose tables give capabilities
    layout  of the same world, whose links are meant

    Raises FactError for a helper without a share of the world's capabilities.
    """
    shares = {key[0]: fact.value for (key, name), fact in world.tables.latest("standing.csv").items() if name == SHARE}
    return Helpers(_facts(layout.links, layout, shares), _facts(layout.backing.links, layout, shares))


SHARE = "capability_share"


def _facts(links: Links, layout: Layout, shares: Mapping[str, float]) -> HelperFacts:
    states, helper, ally = layout.states, links.guarantor, links.ally
    names, touching = states.iso3, _touching()
    for iso in sorted({names[i] for i in helper} - set(shares)):
        msg = f"standing.csv: {iso} lacks {SHARE}, and may be asked to fight for an ally. Give it a row."
        raise FactError(msg)
    near = [float(frozenset((names[a], names[b])) in touching) for a, b in zip(helper, ally, strict=True)]
    lat, lon = states.latitude, states.longitude
    return HelperFacts(
        capability=_column([shares[names[i]] for i in helper]),
        contiguous=_column(near),
        distance=_column(great_circle(lat[helper], lon[helper], lat[ally], lon[ally])),
        democracy=_column(states.democracy[helper]),
        ally_democracy=_column(states.democracy[ally]),
    )


def _column(values: list[float] | NDArray[np.float64]) -> Floats:
    return np.asarray(values, dtype=np.float32).reshape(-1, 1)


@cache
def _touching() -> frozenset[frozenset[str]]:
    with CONTIGUITY.open(encoding="utf-8", newline="") as file:
        return frozenset(frozenset((row["one"], row["other"])) for row in csv.DictReader(file))
