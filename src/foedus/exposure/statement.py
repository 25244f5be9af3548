"""The account of one ally: what is provided, what rests on the guarantor, how fast its loss would be felt.

from foedus.exposure import account
poland = account(World.load(), "POL")
poland.index.value, poland.index.band      # share of what Poland needs that rests on the United States
poland.shares["air"].rests["intelligence"]  # one channel of one domain
print(poland.explain("air-defence"))        # the chain down to sources
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from foedus import terms
from foedus.exposure import felt, today
from foedus.exposure.catalogue import looked_up
from foedus.exposure.explain import tree
from foedus.exposure.figure import Figure
from foedus.exposure.holdings import Holding, own_holdings, provided_by
from foedus.exposure.leaves import level, troops
from foedus.exposure.muster import Muster
from foedus.exposure.need import Need, has_challenger
from foedus.exposure.replacement.plan import Replacement, replace
from foedus.exposure.shares import Shares
from foedus.exposure.view import SWITCHED
from foedus.names import country
from foedus.world import World

SYNONYMS = {
    "air-defence": "air",
    "air-and-missile-defence": "air",
    "sea": "maritime",
    "navy": "maritime",
    "ground": "land",
    "army": "land",
    "command": "c4isr",
    "intelligence-and-command": "c4isr",
    "index": "exposure",
    "kill-switch": "denial",
}
"""Other words for the figures of an account."""


@dataclass(frozen=True)
class Account:
    """One ally's account; every number in it is a Figure.

    muster   the forces behind it
    need     the challenger and what stopping it takes
    shares   by domain: whose capability meets the need
    overall  the same over all domains, weighted as the theatre weighs them
    """

    world: World
    ally: str
    guarantor: str
    muster: Muster
    need: Need
    shares: Mapping[str, Shares]
    overall: Shares

    @property
    def row(self) -> int:
        """The ally's row on every axis of states."""
        return self.world.index(self.ally)

    @property
    def name(self) -> str:
        """The ally's name in running text."""
        return country(self.world.states.name[self.row])

    @property
    def guarantor_name(self) -> str:
        """The guarantor's name in running text."""
        return country(self.world.states.name[self.world.index(self.guarantor)])

    @property
    def challenger_name(self) -> str:
        """Name of the challenger the ally is measured against."""
        return self.muster.name(self.need.challenger)

    @property
    def front(self) -> str:
        """iso3 of the state attacked: the ally itself, or a member of its pool when nobody challenges the ally."""
        return self.world.states.iso3[self.need.front]

    @property
    def front_name(self) -> str:
        """Name of the state attacked."""
        return self.muster.name(self.need.front)

    @property
    def borrowed(self) -> bool:
        """Whether it is measured at a fellow member of its pool."""
        return self.front != self.ally

    @property
    def measured_at(self) -> str:
        """Why it is measured at a fellow member, in a sentence; empty when it is measured at the ally itself."""
        if not self.borrowed:
            return ""
        pool = self.world.pools.name[self.muster.pool_of[self.need.front]]
        why = (
            f"{self.challenger_name} does not challenge {self.name} itself"
            if has_challenger(self.muster, self.row)
            else f"nobody whom {self.guarantor_name} would fight challenges {self.name} itself"
        )
        pairs = self.world.pairs
        mine = [self.muster.name(int(a)) for a in pairs.challenger[pairs.target == self.row]]
        if mine and not has_challenger(self.muster, self.row):
            why += f" ({', '.join(mine)} does, but {self.guarantor_name} would not fight its own ally)"
        return (
            f"{why[:1].upper()}{why[1:]}; it is measured where its pool, {pool}, would fight: at {self.front_name}, "
            f"which {self.challenger_name} endangers most."
        )

    @property
    def region(self) -> str:
        """The ally's region."""
        return self.world.states.region[self.row]

    @property
    def index(self) -> Figure:
        """Share of all capability needed that rests on the guarantor; its parts are `shares` and `overall.rests`."""
        return self.overall.guarantor

    @cached_property
    def today(self) -> Mapping[str, Figure]:
        """By domain: share of what would fight for the ally today that would go with the guarantor, needed or not."""
        return today.today(self.muster, self.row, self.need)

    @cached_property
    def today_overall(self) -> Figure:
        """The same over all domains, weighted as the theatre weighs them."""
        return today.today_overall(self.muster, self.row, self.need, self.today)

    @cached_property
    def denial(self) -> Figure:
        """Share of the ally's own forces out of action once sustainment, software and mission data are denied."""
        return today.denial(self.muster, self.row, self.need)

    @cached_property
    def felt_after(self) -> Mapping[str, Figure]:
        """By channel: days until its loss is felt, soonest first."""
        return felt.felt_after(self.muster)

    @cached_property
    def picture(self) -> tuple[Figure, Figure]:
        """How complete the ally's picture and command are, 0-1, with what the guarantor gives and without."""
        return felt.picture(self.muster, self.row)

    @cached_property
    def arrival(self) -> Figure:
        """Days until reinforcement is there."""
        return felt.arrival(self.muster, self.row)

    @cached_property
    def dependence(self) -> Mapping[str, Figure]:
        """By domain: share of the ally's stock that needs the guarantor's sustainment."""
        ally = self.row
        return {domain: self.muster.dependence(ally, row) for row, domain in enumerate(terms.DOMAINS)}

    @cached_property
    def channels(self) -> Mapping[str, Figure]:
        """Level of each of the eleven channels at the start, 0 absent to 1 full."""
        link = self.muster.link_of[self.row]
        return {channel: level(self.world, link, channel) for channel in terms.CHANNELS}

    @cached_property
    def troops(self) -> Figure:
        """Persons the guarantor has on the ally's soil."""
        return troops(self.world, self.muster.link_of[self.row])

    @cached_property
    def provided(self) -> tuple[Holding, ...]:
        """What the guarantor provides in kind, at the ally and in its theatre; missing figures are None."""
        return provided_by(self.guarantor, self.ally, self.region)

    @cached_property
    def own(self) -> tuple[Holding, ...]:
        """What the ally holds in kind; missing figures are None."""
        return own_holdings(self.world, self.ally, self.region)

    @cached_property
    def stocks(self) -> Mapping[str, tuple[Figure, Figure, Figure, Figure]]:
        """By domain: own force that can fight, what the pool adds, guarantor forward, guarantor coming in time."""
        ally = self.row
        return {
            domain: (
                self.muster.effective(ally, row),
                self.muster.pooled(ally, row) - self.muster.effective(ally, row),
                self.muster.forward(ally, row),
                self.muster.coming(ally, row),
            )
            for row, domain in enumerate(terms.DOMAINS)
        }

    def replace(
        self,
        preset: str = "contribution",
        share_rule: str = "gdp",
        pool: str | Sequence[str] | None = None,
        interoperability: float | None = None,
    ) -> Replacement:
        """Return what replacing the guarantor costs, who pays and when it is done; see `replacement.plan.replace`."""
        return replace(self.muster, self.ally, preset, share_rule, pool, interoperability)

    @cached_property
    def named(self) -> Mapping[str, Figure]:
        """Every figure of the account by the name that `explain` takes."""
        found: dict[str, Figure] = {
            "exposure": self.index,
            "own": self.overall.own,
            "pool": self.overall.pool,
            "unmet": self.overall.unmet,
            "today": self.today_overall,
            "denial": self.denial,
        }
        for domain, part in self.shares.items():
            found[domain] = part.guarantor
            found |= {f"{domain}-{name}": getattr(part, name) for name in ("own", "pool", "unmet")}
            found |= {f"{domain}-{channel.replace('_', '-')}": figure for channel, figure in part.rests.items()}
            found[f"{domain}-needed"] = self.need.needed[terms.Domain.of(domain)]
            found[f"{domain}-today"] = self.today[domain]
        for channel in terms.CHANNELS:
            name = channel.replace("_", "-")
            found[name] = self.overall.rests[channel] if channel in SWITCHED else self.channels[channel]
        found |= {f"{channel.replace('_', '-')}-felt": figure for channel, figure in self.felt_after.items()}
        found |= {"picture": self.picture[0], "picture-without": self.picture[1], "arrival": self.arrival}
        found |= {f"{domain}-dependence": figure for domain, figure in self.dependence.items()}
        found |= {
            "wins-alone": self.need.wins_alone,
            "wins-pooled": self.need.wins_pooled,
            "wins-helped": self.need.wins_helped,
        }
        return found

    def figure(self, name: str) -> Figure:
        """Return a figure by its name or a common other word for it; raise UnknownName with the nearest spelling."""
        return looked_up(name, self.named, SYNONYMS)

    def explain(self, name: str, width: int = 80) -> str:
        """Return the chain of facts, assumptions and arithmetic behind a figure, down to sources."""
        return tree(self.figure(name), width)
