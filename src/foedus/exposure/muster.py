"""Forces as they would fight: own, with the pool, with the guarantor, as figures (eqs 4-5; R01, R29)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus import terms
from foedus.engine.layout import between_capitals
from foedus.equations import coalition, contest
from foedus.equations.coalition import PATRON_FIT
from foedus.exposure import steps
from foedus.exposure.figure import Figure, Leaf, combine, defined
from foedus.exposure.leaves import fact_of_link, place, troops
from foedus.exposure.own import OwnForces, constant
from foedus.exposure.steps import PPP
from foedus.exposure.units import Unit
from foedus.names import DOMAIN_WORDS, possessive


class Muster(OwnForces):
    """Forces of a world as figures, seen from one guarantor, with what others bring; every figure is made once."""

    def pool_help(self, state: int, domain: int) -> Figure | None:
        """What fellow members are expected to send (R29); None outside a pool."""
        pool = self.pool_of.get(state)
        if pool is None:
            return None
        return self.once(("pool help", state, domain), lambda: self._pool_help(state, domain, pool))

    def _pool_help(self, state: int, domain: int, pool: int) -> Figure:
        pools = self.world.pools
        fellows = [int(i) for i in pools.members[pool] if i != state]
        here = np.array([state] * len(fellows), dtype=np.intp)
        apart = between_capitals(self.world.states, np.array(fellows, dtype=np.intp), here)
        km = np.asarray(coalition.distance_to_fellow(apart))
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
            return _sent(km, resolve, deployable, is_open, reach, forces)

        return combine(
            f"{self.code(state)} {terms.DOMAINS[domain]} from pool",
            f"{DOMAIN_WORDS[terms.DOMAINS[domain]]} that {pools.name[pool]} is expected to send {self.name(state)}",
            PPP,
            parents,
            work,
            "members' effective forces, faded over the distance between capitals, times deployable share and resolve",
        )

    def sent(self, state: int, front: int, domain: int) -> Figure:
        """What one member is expected to send a fellow member of its pool, less the friction of fighting together."""
        pools, pool = self.world.pools, self.pool_of[front]
        far = np.array([state], dtype=np.intp), np.array([front], dtype=np.intp)
        km = np.asarray(coalition.distance_to_fellow(between_capitals(self.world.states, *far)))

        def make() -> Figure:
            return combine(
                f"{self.code(state)} {terms.DOMAINS[domain]} sent to {self.code(front)}",
                f"{DOMAIN_WORDS[terms.DOMAINS[domain]]} that {self.name(state)} is expected to send {self.name(front)}",
                PPP,
                (
                    fact_of_link(self.world, "pools.csv", (pools.name[pool],), "resolve", float(pools.resolve[pool])),
                    self.parameter("pool_deployable"),
                    self.parameter("pool_open"),
                    self.parameter(f"reach_{terms.DOMAINS[domain]}"),
                    self.effective(state, domain),
                    self._friction(pool),
                ),
                lambda resolve, deployable, is_open, reach, force, kept: (
                    _sent(km, resolve, deployable, is_open, reach, (force,)) * kept
                ),
                "its effective force, faded over the distance between capitals, times deployable share and resolve, "
                "less friction",
            )

        return self.once(("sent", state, front, domain), make)

    def pooled(self, state: int, domain: int) -> Figure:
        """Own force with what the pool sends, less friction; never less than alone."""
        own, sent = self.effective(state, domain), self.pool_help(state, domain)
        if sent is None:
            return own
        pool = self.pool_of[state]

        def make() -> Figure:
            return steps.POOLED(
                f"{self.code(state)} {terms.DOMAINS[domain]} with pool",
                f"{possessive(self.name(state))} {DOMAIN_WORDS[terms.DOMAINS[domain]]} with its pool",
                own=own,
                brought=sent,
                kept=self._friction(pool),
            )

        return self.once(("pooled", state, domain), make)

    def _friction(self, pool: int) -> Figure:
        pools = self.world.pools
        return self.once(
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
                members=defined(
                    f"{pools.name[pool]} members",
                    f"members of {pools.name[pool]}",
                    Unit.parse("state"),
                    len(pools.members[pool]),
                ),
                friction=self.parameter("friction"),
            ),
        )

    def forward(self, state: int, domain: int) -> Figure:
        """What the guarantor has in place at the ally (R01)."""
        link = self.link_of[state]

        def make() -> Figure:
            return steps.FORWARD(
                f"{self.code(state)} {terms.DOMAINS[domain]} forward",
                f"{possessive(self.name(self.guarantor))} {DOMAIN_WORDS[terms.DOMAINS[domain]]} "
                f"in place in {self.name(state)}",
                force=self.effective(self.guarantor, domain),
                troops=troops(self.world, link),
                personnel=place(self.world, self.guarantor, "personnel", "forces.csv", "thousand person"),
                provided=self.switches["troops"],
            )

        return self.once(("forward", state, domain), make)

    def way(self, state: int) -> Leaf:
        """Distance that the guarantor's reinforcement travels to an ally."""
        return Leaf(
            f"{self.code(state)} far",
            f"mean distance from {possessive(self.name(self.guarantor))} capital and nearest base area to "
            f"{possessive(self.name(state))} capital",
            Unit.parse("km"),
            float(self.world.links.distance[self.link_of[state]]),
            source="cow_capitals;vine_bases2015",
            grade="C",
        )

    def coming(self, state: int, domain: int) -> Figure:
        """What the guarantor would send in time."""
        given = self.channel(state, "reinforcement")
        assert given is not None

        def make() -> Figure:
            code, guarantor = self.code(state), self.name(self.guarantor)
            in_time = self.once(
                ("in time", state),
                lambda: steps.IN_TIME(
                    f"{code} in time",
                    "share of the campaign for which reinforcement is in time",
                    distance=self.way(state),
                    speed=self.parameter("sealift_speed"),
                    mobilisation=self.parameter("mobilisation_days"),
                    campaign=self.parameter("campaign_days"),
                ),
            )
            return steps.COMING(
                f"{code} {terms.DOMAINS[domain]} reinforcement",
                f"{DOMAIN_WORDS[terms.DOMAINS[domain]]} that {guarantor} would bring to {self.name(state)} in time",
                force=self.effective(self.guarantor, domain),
                deployable=self.parameter("reinforcement_share"),
                reinforcement=given,
                in_time=in_time,
            )

        return self.once(("coming", state, domain), make)

    def together(self, state: int, domain: int) -> Figure:
        """Own force, pool and guarantor as they would fight today (eq. 5)."""
        if state not in self.link_of:
            return self.pooled(state, domain)

        def make() -> Figure:
            fit = self.once(
                ("fit",),
                lambda: steps.FRICTION(
                    "patron kept",
                    "share of power kept when an ally and its guarantor fight together",
                    interoperability=constant(
                        "patron fit", "interoperability of an ally with its guarantor", float(PATRON_FIT)
                    ),
                    members=defined("two", "ally and guarantor", Unit.parse("state"), 2.0),
                    friction=self.parameter("friction"),
                ),
            )
            return steps.TOGETHER(
                f"{self.code(state)} {terms.DOMAINS[domain]} together",
                f"{DOMAIN_WORDS[terms.DOMAINS[domain]]} that would fight for {self.name(state)} today",
                pooled=self.pooled(state, domain),
                forward=self.forward(state, domain),
                coming=self.coming(state, domain),
                kept=fit,
            )

        return self.once(("together", state, domain), make)


def _sent(
    km: NDArray[np.float64], resolve: Any, deployable: Any, is_open: Any, reach: Any, forces: Sequence[Any]
) -> Any:
    """What members at `km` from the one helped would send it, summed; other arguments as figures' values."""
    willing = coalition.willingness(resolve, 1.0, deployable, is_open)
    held = np.stack(np.broadcast_arrays(*forces))
    delivered = contest.delivered_share(km.reshape(-1, 1, *(1,) * (held.ndim - 1)), reach)
    return np.asarray(coalition.help_sent(held, willing, delivered))[0]
