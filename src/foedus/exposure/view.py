"""A world as figures, seen from one guarantor: who is linked to it, what is switched, what has been made already.

Each channel of the guarantor whose account is drawn carries a switch, a leaf of value one, so that any figure can be
worked out again with channels withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from foedus.engine.layout import principal_links
from foedus.exposure.figure import Figure, Kind, Leaf, Memos
from foedus.exposure.leaves import level
from foedus.exposure.ledger import declared
from foedus.exposure.units import Unit
from foedus.names import country
from foedus.world import World

T = TypeVar("T")

SWITCHED = ("troops", "reinforcement", "sustainment", "intelligence", "training", "missile_defence")
"""Channels that make capability; the rest are a promise, a flow of goods, money or the bomb."""


def switch_name(channel: str) -> str:
    """Name of a channel's switch."""
    return f"switch {channel}"


class View:
    """A world seen from one guarantor; every figure is made once.

    world      the world whose start is accounted for
    guarantor  row of the guarantor whose channels carry switches
    """

    def __init__(self, world: World, guarantor: int) -> None:
        self.world, self.guarantor = world, guarantor
        self._made: dict[tuple[Any, ...], Any] = {}
        self.memos: Memos = {}

    @cached_property
    def link_of(self) -> dict[int, int]:
        """Row of the principal link of each ally, as the engine chooses it."""
        links = self.world.links
        principal = principal_links(links, len(self.world.states.iso3))
        return {state: int(link) for state, link in enumerate(principal) if link < len(links.ally)}

    @cached_property
    def pool_of(self) -> dict[int, int]:
        """Row of each state's pool."""
        return {int(i): row for row, members in enumerate(self.world.pools.members) for i in members}

    @cached_property
    def switches(self) -> dict[str, Leaf]:
        """One leaf a switched channel; 1 provided, 0 withdrawn."""
        return {
            channel: Leaf(
                switch_name(channel), f"{channel.replace('_', ' ')} provided", Unit(), 1.0, kind=Kind.SWITCH, grade="V"
            )
            for channel in SWITCHED
        }

    def parameter(self, name: str) -> Leaf:
        """A parameter of the ledger."""
        return declared(name)

    def channel(self, state: int, channel: str) -> Figure | None:
        """What a channel provides a state, switched when the guarantor's; None for a state without a link."""
        link = self.link_of.get(state)
        if link is None:
            return None

        def make() -> Figure:
            held = level(self.world, link, channel)
            if self.world.links.guarantor[link] != self.guarantor:
                return held
            return (held * self.switches[channel]).called(held.name + " given", held.label)

        return self.once(("channel", state, channel), make)

    def code(self, state: int) -> str:
        """Code of a state."""
        return self.world.states.iso3[state]

    def name(self, state: int) -> str:
        """Name of a state, for people."""
        return country(self.world.states.name[state])

    def once(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Return the figure, or other value, of `key`, made the first time it is asked for."""
        if key not in self._made:
            self._made[key] = make()
        held: T = self._made[key]
        return held
