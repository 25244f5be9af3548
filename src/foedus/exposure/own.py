"""What each force is worth at the start by itself, as figures: the engine's first muster (eqs 1-3, 40).

Everything is read from the World that the engine starts from and from the ledger at its defaults; a test holds the
two equal.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from foedus import terms
from foedus.equations import capability
from foedus.exposure import steps
from foedus.exposure.figure import Figure, Kind, Leaf, combine, defined, total
from foedus.exposure.leaves import dependence, domain_stock
from foedus.exposure.units import Unit
from foedus.exposure.view import View
from foedus.names import DOMAIN_WORDS, possessive
from foedus.terms import Domain

SHARE = Unit()


class OwnForces(View):
    """Own forces of a world as figures, seen from one guarantor."""

    def stock(self, state: int, domain: int) -> Figure:
        """Capability stock of a state in a domain."""
        return self.once(("stock", state, domain), lambda: domain_stock(self.world, state, domain))

    def needed_picture(self, state: int) -> Figure:
        """C4ISR that would make a state's force complete."""
        land, air, maritime = (self.stock(state, d) for d in (Domain.LAND, Domain.AIR, Domain.MARITIME))
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
                own=self.stock(state, Domain.C4ISR),
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
        own, needed = self.stock(state, Domain.C4ISR), self.needed_picture(state)
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
                    f"{title} C4ISR", f"C4ISR of the pool {title}", tuple(self.stock(i, Domain.C4ISR) for i in members)
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
            if domain != Domain.AIR or shield is None:
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


@cache
def nothing(label: str) -> Leaf:
    """Return a zero share (needs no source), such as a channel that a state does not have."""
    return defined(label, label, SHARE, 0.0)


@cache
def constant(name: str, label: str, value: float) -> Leaf:
    """Return a constant of the engine as a leaf."""
    return Leaf(name, label, SHARE, value, source="foedus_model", grade="A", kind=Kind.ASSUMPTION)
