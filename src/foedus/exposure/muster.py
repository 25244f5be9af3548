"""What each force is worth at the start, as figures: the engine's first muster by the same equations (eqs 1-6, 40).

Everything is read from the World that the engine starts from and from the ledger at its defaults; a test holds the
two equal. Each channel of the guarantor whose account is drawn carries a switch, a leaf of value one, so that any
figure can be worked out again with channels withdrawn.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus import terms
from foedus.engine.forces import PATRON_FIT
from foedus.engine.layout import FORWARD_AREA_KM, great_circle
from foedus.exposure import steps
from foedus.exposure.figure import Figure, Leaf, Memos, combine, total
from foedus.exposure.leaves import dependence, domain_stock, fact_of_link, level, place, troops
from foedus.exposure.ledger import declared
from foedus.exposure.steps import PPP
from foedus.exposure.units import Unit
from foedus.world import World

if TYPE_CHECKING:
    from foedus.exposure.need import Need

LAND, AIR, MARITIME, C4ISR = range(4)
SHARE = Unit()
SWITCHED = ("troops", "reinforcement", "sustainment", "intelligence", "training", "missile_defence")
"""Channels that make capability; the rest are a promise, a flow of goods, money or the bomb."""


def switch_name(channel: str) -> str:
    """Name of a channel's switch."""
    return f"switch {channel}"


class Muster:
    """Forces of a world as figures, seen from one guarantor; every figure is made once.

    world      the world whose start is accounted for
    guarantor  row of the guarantor whose channels carry switches
    """

    def __init__(self, world: World, guarantor: int) -> None:
        self.world, self.guarantor = world, guarantor
        self._made: dict[tuple[Any, ...], Figure] = {}
        self.memos: Memos = {}
        self.needs: dict[tuple[int, int | None], Need] = {}

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
                switch_name(channel), f"{channel.replace('_', ' ')} provided", SHARE, 1.0, kind="posture", grade="V"
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

        return self._once(("channel", state, channel), make)

    # -- own force ---------------------------------------------------------------------------------------------

    def stock(self, state: int, domain: int) -> Figure:
        """Capability stock of a state in a domain."""
        return self._once(("stock", state, domain), lambda: domain_stock(self.world, state, domain))

    def needed_picture(self, state: int) -> Figure:
        """C4ISR that would make a state's force complete."""
        land, air, maritime = (self.stock(state, d) for d in (LAND, AIR, MARITIME))
        return self._once(
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
                intelligence=_nothing("no intelligence shared") if given is None else given,
                intelligence_value=self.parameter("intelligence_value"),
                cap=self.enabler_cap(state),
            )

        return self._once(("complete", state), make)

    def enabler_cap(self, state: int) -> Figure:
        """Ceiling from shared enablers: the pool's or its own, and what the guarantor lends; none for the unlinked."""
        code, name = self.code(state), self.name(state)
        is_guarantor = state in set(map(int, self.world.links.guarantor))
        if not is_guarantor and state not in self.link_of:
            return _constant(f"{code} cap", f"no ceiling set for {name}", 1.0)
        if is_guarantor:
            available: Figure = _constant(f"{code} enablers", f"{name} has its own enablers in full", 1.0)
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
            return np.maximum(own / needed, pool_own / pool_needed) + lent

        how = "the better of own and pooled C4ISR over need, plus what reinforcement lends"
        return combine(
            f"{code} enablers", f"enablers at {possessive(name)} hand, over its need", SHARE, parts, work, how
        )

    def _pool_picture(self, pool: int) -> tuple[Figure, Figure]:
        title, members = self.world.pools.name[pool], [int(i) for i in self.world.pools.members[pool]]
        return (
            self._once(
                ("pool own", pool),
                lambda: total(
                    f"{title} C4ISR", f"C4ISR of the pool {title}", tuple(self.stock(i, C4ISR) for i in members)
                ),
            ),
            self._once(
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
                outage=self._outage(state) if linked else _nothing("nothing out of action"),
                training=_nothing("no training given") if training is None else training,
                effect=self.parameter("training_effect"),
            )
            if domain != AIR or shield is None:
                return made
            return combine(
                f"{mine} effective with shield",
                label + ", with the guarantor's missile defence",
                PPP,
                (made, shield, self.parameter("missile_defence_effect")),
                lambda base, shield, effect: base * (1.0 + effect * shield),
                "raised by the guarantor's missile defence in the theatre",
            )

        return self._once(("effective", state, domain), make)

    def dependence(self, state: int, domain: int) -> Figure:
        """Share of a state's stock that needs its guarantor's sustainment."""
        link = self.link_of.get(state)
        if link is None:
            return _nothing("no dependence on a guarantor")

        def make() -> Figure:
            held = dependence(self.world, link, domain)
            return combine(
                held.name + " at least home",
                held.label,
                SHARE,
                (held, self.parameter("home_dependence")),
                np.maximum,
                "at least the dependence of home-made goods",
            )

        return self._once(("dependence", state, domain), make)

    def _outage(self, state: int) -> Figure:
        if self.world.links.guarantor[self.link_of[state]] != self.guarantor:
            return _nothing("nothing out of action")
        return self._once(
            ("outage", state),
            lambda: combine(
                "outage",
                "dependent equipment out of action once spares and data have run down",
                SHARE,
                (self.switches["sustainment"],),
                lambda on: 1.0 - on,
                "none while sustainment is provided (eq. 2, settled)",
            ),
        )

    # -- help --------------------------------------------------------------------------------------------------

    def pool_help(self, state: int, domain: int) -> Figure | None:
        """What fellow members are expected to send (R29); None outside a pool."""
        pool = self.pool_of.get(state)
        if pool is None:
            return None
        return self._once(("pool help", state, domain), lambda: self._pool_help(state, domain, pool))

    def _pool_help(self, state: int, domain: int, pool: int) -> Figure:
        pools = self.world.pools
        fellows = [int(i) for i in pools.members[pool] if i != state]
        here = np.array([state] * len(fellows), dtype=np.intp)
        km = np.maximum(great_circle(self.world.states, np.array(fellows, dtype=np.intp), here), FORWARD_AREA_KM)
        resolve = fact_of_link(self.world, "pools.csv", (pools.name[pool],), "resolve", float(pools.resolve[pool]))
        reach = self.parameter(f"reach_{terms.DOMAINS[domain]}")
        parents = (
            resolve,
            self.parameter("pool_deployable"),
            self.parameter("pool_open"),
            reach,
            *(self.effective(i, domain) for i in fellows),
        )

        def work(resolve: Any, deployable: Any, is_open: Any, reach: Any, *forces: Any) -> Any:
            sent = sum(force * np.exp(-far / reach) for force, far in zip(forces, km, strict=True))
            return resolve * deployable * is_open * sent

        return combine(
            f"{self.code(state)} {terms.DOMAINS[domain]} from pool",
            f"{DOMAIN_WORDS[terms.DOMAINS[domain]]} that {pools.name[pool]} is expected to send {self.name(state)}",
            PPP,
            parents,
            work,
            "members' effective forces, faded over the distance between capitals, times deployable share and resolve",
        )

    def pooled(self, state: int, domain: int) -> Figure:
        """Own force with what the pool sends, less friction; never less than alone."""
        own, sent = self.effective(state, domain), self.pool_help(state, domain)
        if sent is None:
            return own
        pool = self.pool_of[state]

        def make() -> Figure:
            return combine(
                f"{self.code(state)} {terms.DOMAINS[domain]} with pool",
                f"{possessive(self.name(state))} {DOMAIN_WORDS[terms.DOMAINS[domain]]} with its pool",
                PPP,
                (own, sent, self._friction(pool)),
                lambda own, sent, kept: np.maximum((own + sent) * kept, own),
                "sum less friction, never less than own",
            )

        return self._once(("pooled", state, domain), make)

    def _friction(self, pool: int) -> Figure:
        pools = self.world.pools
        return self._once(
            ("friction", pool),
            lambda: steps.FRICTION(
                f"{pools.name[pool]} kept",
                f"share of power that {pools.name[pool]} keeps when it fights together",
                interoperability=fact_of_link(
                    self.world,
                    "pools.csv",
                    (pools.name[pool],),
                    "interoperability",
                    float(pools.interoperability[pool]),
                ),
                members=Leaf(
                    f"{pools.name[pool]} members",
                    f"members of {pools.name[pool]}",
                    Unit.parse("state"),
                    len(pools.members[pool]),
                    kind="count",
                    grade="V",
                ),
                friction=self.parameter("friction"),
            ),
        )

    def forward(self, state: int, domain: int) -> Figure:
        """What the guarantor has in place at the ally (R01)."""
        link = self.link_of[state]

        def make() -> Figure:
            people = place(self.world, self.guarantor, "personnel", "forces.csv", "thousand person")
            parents = (
                self.effective(self.guarantor, domain),
                troops(self.world, link),
                people,
                self.switches["troops"],
            )
            return combine(
                f"{self.code(state)} {terms.DOMAINS[domain]} forward",
                f"{possessive(self.name(self.guarantor))} {DOMAIN_WORDS[terms.DOMAINS[domain]]} "
                f"in place in {self.name(state)}",
                PPP,
                parents,
                lambda force, there, thousands, on: force * np.clip(on * there / (1e3 * thousands), 0.0, 0.5),
                "its force times the share of its personnel stationed there",
            )

        return self._once(("forward", state, domain), make)

    def coming(self, state: int, domain: int) -> Figure:
        """What the guarantor would send in time."""
        given = self.channel(state, "reinforcement")
        assert given is not None
        link = self.link_of[state]

        def make() -> Figure:
            code, guarantor = self.code(state), self.name(self.guarantor)
            far = Leaf(
                f"{code} far",
                f"distance from {possessive(guarantor)} capital to {possessive(self.name(state))}",
                Unit.parse("km"),
                float(self.world.links.distance[link]),
                source="cow_capitals",
                grade="C",
            )
            in_time = self._once(
                ("in time", state),
                lambda: steps.IN_TIME(
                    f"{code} in time",
                    "share of the campaign for which reinforcement is in time",
                    distance=far,
                    speed=self.parameter("sealift_speed"),
                    mobilisation=self.parameter("mobilisation_days"),
                    campaign=self.parameter("campaign_days"),
                ),
            )
            parents = (
                self.effective(self.guarantor, domain),
                self.parameter("reinforcement_share"),
                given,
                in_time,
            )
            return combine(
                f"{code} {terms.DOMAINS[domain]} reinforcement",
                f"{DOMAIN_WORDS[terms.DOMAINS[domain]]} that {guarantor} would bring to {self.name(state)} in time",
                PPP,
                parents,
                lambda force, share, level, timely: force * share * np.clip(level, 0.0, 1.0) * timely,
                "its force times the deployable share, the channel and the share of the campaign for which it is there",
            )

        return self._once(("coming", state, domain), make)

    def together(self, state: int, domain: int) -> Figure:
        """Own force, pool and guarantor as they would fight today (eq. 5)."""
        if state not in self.link_of:
            return self.pooled(state, domain)

        def make() -> Figure:
            fit = self._once(
                ("fit",),
                lambda: steps.FRICTION(
                    "patron kept",
                    "share of power kept when an ally and its guarantor fight together",
                    interoperability=_constant(
                        "patron fit", "interoperability of an ally with its guarantor", float(PATRON_FIT)
                    ),
                    members=Leaf("two", "ally and guarantor", Unit.parse("state"), 2.0, kind="count", grade="V"),
                    friction=self.parameter("friction"),
                ),
            )
            return combine(
                f"{self.code(state)} {terms.DOMAINS[domain]} together",
                f"{DOMAIN_WORDS[terms.DOMAINS[domain]]} that would fight for {self.name(state)} today",
                PPP,
                (self.pooled(state, domain), self.forward(state, domain), self.coming(state, domain), fit),
                lambda pooled, there, coming, kept: np.maximum((pooled + there + coming) * kept, pooled),
                "sum less friction, never less than without the guarantor",
            )

        return self._once(("together", state, domain), make)

    # -- names -------------------------------------------------------------------------------------------------

    def code(self, state: int) -> str:
        """Code of a state."""
        return self.world.states.iso3[state]

    def name(self, state: int) -> str:
        """Name of a state, for people."""
        return country(self.world.states.name[state])

    def _once(self, key: tuple[Any, ...], make: Any) -> Figure:
        held = self._made.get(key)
        if held is None:
            held = self._made[key] = make()
        return held


DOMAIN_WORDS = {
    "land": "land forces",
    "air": "air and missile forces",
    "maritime": "sea forces",
    "c4isr": "intelligence and command",
}
"""Domains in words."""

ARTICLED = ("United States", "United Kingdom", "Netherlands", "Philippines", "United Arab Emirates")
"""States whose name takes the article in running text."""


def country(name: str) -> str:
    """Name of a state in running text."""
    return f"the {name}" if name in ARTICLED else name


def possessive(name: str) -> str:
    """Name with the mark of possession: "Poland's", "the United States'"."""
    return name + ("'" if name.endswith("s") else "'s")


@cache
def _nothing(label: str) -> Leaf:
    return Leaf(label, label, SHARE, 0.0, kind="count", grade="V")


@cache
def _constant(name: str, label: str, value: float) -> Leaf:
    return Leaf(name, label, SHARE, value, source="foedus_model", grade="A", kind="assumption")
