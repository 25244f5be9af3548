"""The layout of a world, worked out once for all studies of it: what a lever moves is not where a state lies."""

from __future__ import annotations

from foedus.engine.layout import Layout, OtherParties, lay_out
from foedus.world import World

MOST = 8
"""Layouts that are kept, the latest made."""

_laid_out: list[tuple[World, tuple[bool, bool], Layout]] = []


def laid_out(world: World, *, beside: bool, sponsored: bool) -> Layout:
    """Indices of a world, the same value for the same world.

    beside     with second guarantors
    sponsored  with sponsored fighters
    """
    asked = beside, sponsored
    for held, whether, found in tuple(_laid_out):
        if held is world and whether == asked:
            return found
    others = OtherParties(world.second if beside else None, world.fighters if sponsored else None)
    found = lay_out(world.states, world.pairs, world.links, world.pools, others)
    _laid_out.append((world, asked, found))
    del _laid_out[:-MOST]
    return found
