"""What each force is worth at the start by itself, as figures: the engine's first muster (eqs 1-3, 40).

Everything is read from the World that the engine starts from and from the ledger at its defaults; a test holds the
two equal. Each channel of the guarantor whose account is drawn carries a switch, a leaf of value one, so that any
figure can be worked out again with channels withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from typing import Any, TypeVar

import numpy as np

from foedus import terms
from foedus.equations import capability
from foedus.exposure import steps
from foedus.exposure.figure import Figure, Kind, Leaf, Memos, combine, defined, total
from foedus.exposure.leaves import dependence, domain_stock, level
from foedus.exposure.ledger import declared
from foedus.exposure.units import Unit
from foedus.names import DOMAIN_WORDS, country, possessive
from foedus.world import World

T = TypeVar("T")

LAND, AIR, MARITIME, C4ISR = range(4)
SHARE = Unit()
SWITCHED = ("troops", "reinforcement", "sustainment", "intelligence", "training", "missile_defence")
"""Channels that make capability; the rest are a promise, a flow of goods, money or the bomb."""


def switch_name(channel: str) -> str:
    """Name of a channel's switch."""
    return f"switch {channel}"


class OwnForces:
    """Own forces of a world as figures, seen from one guarantor; every figure is made once.

    world      the world whose start is accounted for
    guarantor  row of the guarantor whose channels carry switches
    """

    def __init__(self, world: World, guarantor: int) -> None:
        self.world, self.guarantor = world, guarantor
        self._made: dict[tuple[Any, ...], Any] = {}
        self.memos: Memos = {}

    # -- leaves ------------------------------------------------------------------------------------------------

    @cached_property
    def link_of(self) -> dict[int, int]:
        """Row of the principal link of each ally: the strongest pledge, then the most troops."""
        links, pledge = self.world.links, terms.CHANNELS.index("pledge")
        strength = links.channels[:, pledge] + links.troops * 1e-9
        return {int(links.ally[i]): int(i) for i in np.argsort(strength, kind="stable")}

    @cached_property
    def pool_of(self) -> dict[int, int]:
        """Row of each state's pool."""
        return {int(i): row for row, members in enumerate(self.world.pools.members) for i in members}

    @cached_property
    def switches(self) -> dict[str, Leaf]:
        """One leaf a switched channel; 1 provided, 0 withdrawn."""
        return {
            channel: Leaf(
                switch_name(channel), f"{channel.replace('_', ' ')} provided", SHARE, 1.0, kind=Kind.SWITCH, grade="V"
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

    # -- own force ---------------------------------------------------------------------------------------------

    def stock(self, state: int, domain: int) -> Figure:
        """Capability stock of a state in a domain."""
        return self.once(("stock", state, domain), lambda: domain_stock(self.world, state, domain))

    def needed_picture(self, state: int) -> Figure:
        """C4ISR that would make a state's force complete."""
        land, air, maritime = (self.stock(state, d) for d in (LAND, AIR, MARITIME))
        return self.once(
            ("needed", state),
            lambda: steps.C4ISR_NEEDED(
                f"{self.code(state)} C4ISR needed",
                f"C4ISR that {possessive(self.name(state))} forces need",
                land=land,
                air=air,
                maritime=maritime,
                need=self.parameter("c4isr_need"),
            ),
        )

    def completeness(self, state: int) -> Figure:
        """How complete a state's picture and command are (eqs 1, 40)."""

        def make() -> Figure:
            given = self.channel(state, "intelligence")
            return steps.COMPLETENESS(
                f"{self.code(state)} completeness",
                f"completeness of {possessive(self.name(state))} picture and command",
                own=self.stock(state, C4ISR),
                needed=self.needed_picture(state),
                intelligence=nothing("no intelligence shared") if given is None else given,
                intelligence_value=self.parameter("intelligence_value"),
                cap=self.enabler_cap(state),
            )

        return self.once(("complete", state), make)

    def enabler_cap(self, state: int) -> Figure:
        """Ceiling from shared enablers: the pool's or its own, and what the guarantor lends; none for the unlinked."""
        code, name = self.code(state), self.name(state)
        is_guarantor = state in set(map(int, self.world.links.guarantor))
        if not is_guarantor and state not in self.link_of:
            return constant(f"{code} cap", f"no ceiling set for {name}", 1.0)
        if is_guarantor:
            available: Figure = constant(f"{code} enablers", f"{name} has its own enablers in full", 1.0)
        else:
            available = self._enablers(state)
        return steps.ENABLER_CAP(
            f"{code} cap",
            f"ceiling on {possessive(name)} picture and command",
            enablers=available,
            threshold=self.parameter("enabler_threshold"),
            floor=self.parameter("enabler_floor"),
            weight=self.parameter("enabler_weight"),
        )

    def _enablers(self, state: int) -> Figure:
        code, name = self.code(state), self.name(state)
        lent = self.channel(state, "reinforcement")
        assert lent is not None
        own, needed = self.stock(state, C4ISR), self.needed_picture(state)
        parts: tuple[Figure, ...] = (own, needed, lent)
        if state in self.pool_of:
            parts = (*parts, *self._pool_picture(self.pool_of[state]))

        def work(own: Any, needed: Any, lent: Any, pool_own: Any = 0.0, pool_needed: Any = 1.0) -> Any:
            alone, shared = (
                capability.enablers_over_need(own, needed),
                capability.enablers_over_need(pool_own, pool_needed),
            )
            return capability.enablers_at_hand(alone, shared, lent)

        how = "the better of own and pooled C4ISR over need, plus what reinforcement lends"
        return combine(
            f"{code} enablers", f"enablers at {possessive(name)} hand, over its need", SHARE, parts, work, how
        )

    def _pool_picture(self, pool: int) -> tuple[Figure, Figure]:
        title, members = self.world.pools.name[pool], [int(i) for i in self.world.pools.members[pool]]
        return (
            self.once(
                ("pool own", pool),
                lambda: total(
                    f"{title} C4ISR", f"C4ISR of the pool {title}", tuple(self.stock(i, C4ISR) for i in members)
                ),
            ),
            self.once(
                ("pool needed", pool),
                lambda: total(
                    f"{title} C4ISR needed",
                    f"C4ISR that the pool {title} needs",
                    tuple(self.needed_picture(i) for i in members),
                ),
            ),
        )

    def effective(self, state: int, domain: int) -> Figure:
        """What a state can fight with in a domain (eq. 3)."""

        def make() -> Figure:
            linked, mine = state in self.link_of, f"{self.code(state)} {terms.DOMAINS[domain]}"
            training, shield = self.channel(state, "training"), self.channel(state, "missile_defence")
            label = f"{possessive(self.name(state))} own {DOMAIN_WORDS[terms.DOMAINS[domain]]} that can fight"
            made = steps.EFFECTIVE(
                f"{mine} effective",
                label,
                stock=self.stock(state, domain),
                completeness=self.completeness(state),
                floor=self.parameter("c4isr_floor"),
                dependence=self.dependence(state, domain),
                need=self.parameter("sustainment_need"),
                outage=self._outage(state) if linked else nothing("nothing out of action"),
                training=nothing("no training given") if training is None else training,
                effect=self.parameter("training_effect"),
            )
            if domain != AIR or shield is None:
                return made
            return steps.SHIELDED(
                f"{mine} effective with shield",
                label + ", with the guarantor's missile defence",
                air=made,
                missile_defence=shield,
                effect=self.parameter("missile_defence_effect"),
            )

        return self.once(("effective", state, domain), make)

    def dependence(self, state: int, domain: int) -> Figure:
        """Share of a state's stock that needs its guarantor's sustainment."""
        link = self.link_of.get(state)
        if link is None:
            return nothing("no dependence on a guarantor")

        def make() -> Figure:
            held = dependence(self.world, link, domain)
            return steps.DEPENDENCE(
                held.name + " at least home",
                held.label,
                dependence=held,
                home_dependence=self.parameter("home_dependence"),
            )

        return self.once(("dependence", state, domain), make)

    def _outage(self, state: int) -> Figure:
        if self.world.links.guarantor[self.link_of[state]] != self.guarantor:
            return nothing("nothing out of action")
        return self.once(
            ("outage", state),
            lambda: steps.OUTAGE(
                "outage",
                "dependent equipment out of action once spares and data have run down",
                sustainment=self.switches["sustainment"],
            ),
        )

    # -- names -------------------------------------------------------------------------------------------------

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


@cache
def nothing(label: str) -> Leaf:
    """Return a share of nought that needs no source, such as a channel that a state does not have."""
    return defined(label, label, SHARE, 0.0)


@cache
def constant(name: str, label: str, value: float) -> Leaf:
    """Return a constant of the engine as a leaf."""
    return Leaf(name, label, SHARE, value, source="foedus_model", grade="A", kind=Kind.ASSUMPTION)
