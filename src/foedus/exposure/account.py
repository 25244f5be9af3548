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
from typing import TYPE_CHECKING, Any

from foedus import terms
from foedus.engine.support import CHANNEL_SPEED
from foedus.errors import InputError, UnknownName
from foedus.exposure.explain import find, tree
from foedus.exposure.figure import Counterfactual, Evaluation, Figure, Leaf, combine
from foedus.exposure.holdings import Holding, own_holdings, provided_by
from foedus.exposure.leaves import level, troops
from foedus.exposure.muster import Muster
from foedus.exposure.need import Need, has_account, has_challenger, need_of
from foedus.exposure.own import SWITCHED
from foedus.exposure.shares import OFF, ON, Shares, shares_of, weighted
from foedus.exposure.units import Unit
from foedus.names import DOMAIN_WORDS, country, possessive
from foedus.world import World

if TYPE_CHECKING:
    from foedus.exposure.replacement.replace import Replacement

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
    def name(self) -> str:
        """The ally's name in running text."""
        return country(self.world.states.name[self.world.index(self.ally)])

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
            if has_challenger(self.muster, self.world.index(self.ally))
            else f"nobody whom {self.guarantor_name} would fight challenges {self.name} itself"
        )
        pairs = self.world.pairs
        mine = [self.muster.name(int(a)) for a in pairs.challenger[pairs.target == self.world.index(self.ally)]]
        if mine and not has_challenger(self.muster, self.world.index(self.ally)):
            why += f" ({', '.join(mine)} does, but {self.guarantor_name} would not fight its own ally)"
        return (
            f"{why[:1].upper()}{why[1:]}; it is measured where its pool, {pool}, would fight: at {self.front_name}, "
            f"which {self.challenger_name} endangers most."
        )

    @property
    def region(self) -> str:
        """The ally's region."""
        return self.world.states.region[self.world.index(self.ally)]

    @property
    def index(self) -> Figure:
        """Share of all capability needed that rests on the guarantor; its parts are `shares` and `overall.rests`."""
        return self.overall.guarantor

    @cached_property
    def today(self) -> Mapping[str, Figure]:
        """By domain: share of what would fight for the ally today that would go with the guarantor, needed or not."""
        return {domain: self._today(row, domain) for row, domain in enumerate(terms.DOMAINS)}

    def _today(self, row: int, domain: str) -> Figure:
        whole, memos = self.muster.together(self.need.front, row), self.muster.memos

        def lost(evaluate: Evaluation) -> Any:
            return 1.0 - evaluate(whole, OFF, memos) / evaluate(whole, ON, memos)

        return Counterfactual(
            f"{self.ally} {domain} today",
            f"share of the {DOMAIN_WORDS[domain]} that would fight for {self.front_name} today and would go "
            f"with {self.guarantor_name}",
            Unit(),
            (whole,),
            lost,
            "one less what remains with every channel withdrawn, over what there is",
        )

    @cached_property
    def today_overall(self) -> Figure:
        """The same over all domains, weighted as the theatre weighs them."""
        weights = self.need.weights
        return combine(
            f"{self.ally} today",
            f"share of what would fight for {self.front_name} today that would go with {self.guarantor_name}",
            Unit(),
            tuple(self.today.values()),
            lambda *values: sum(w * value for w, value in zip(weights, values, strict=True)),
            "domains weighted " + ", ".join(f"{d} {w:.2f}" for d, w in zip(terms.DOMAINS, weights, strict=True)),
        )

    @cached_property
    def denial(self) -> Figure:
        """Share of the ally's own forces out of action once sustainment, software and mission data are denied."""
        ally, weights = self.world.index(self.ally), self.need.weights
        parents = (
            self.muster.parameter("sustainment_need"),
            *(self.muster.dependence(ally, row) for row in range(len(terms.DOMAINS))),
        )
        return combine(
            f"{self.ally} denial",
            f"share of {possessive(self.name)} own forces put out of action by denial of spares, software and data",
            Unit(),
            parents,
            lambda need, *shares: need * sum(w * share for w, share in zip(weights, shares, strict=True)),
            "dependent share of each domain times how far lost sustainment bites, domains weighted by theatre",
        )

    @cached_property
    def felt_after(self) -> Mapping[str, Figure]:
        """By channel: days until its loss is felt.

        Intelligence, missile defence, training: declared. Sustainment: the ledger's lag. Forces, arms, technology and
        money: the time in which the model lets the channel be withdrawn.
        """
        given: dict[str, Figure] = {
            "intelligence": self.muster.parameter("intelligence_felt"),
            "missile_defence": self.muster.parameter("missile_defence_felt"),
            "training": self.muster.parameter("training_felt"),
        }
        year = Leaf("days in a year", "days in a year", Unit.parse("day/year"), 365.25, grade="V", kind="count")
        given["sustainment"] = self.muster.parameter("sustainment_lag") * year
        for channel in ("troops", "reinforcement", "arms", "technology", "money"):
            speed = Leaf(
                f"speed of {channel}",
                f"share of {channel} that can be withdrawn in a year",
                Unit.parse("1/year"),
                CHANNEL_SPEED[channel],
                source="foedus_model",
                grade="A",
                kind="assumption",
            )
            given[channel] = combine(
                f"{channel} felt", f"days to withdraw {channel}", "day", (year, speed), lambda d, s: d / s, "quotient"
            )
        return {
            channel: held.called(f"{channel} felt after", f"days until the loss of {channel.replace('_', ' ')} is felt")
            for channel, held in sorted(given.items(), key=lambda pair: pair[1].value)
        }

    @cached_property
    def picture(self) -> tuple[Figure, Figure]:
        """How complete the ally's picture and command are, with what the guarantor gives and without."""
        whole = self.muster.completeness(self.world.index(self.ally))
        without = Counterfactual(
            f"{self.ally} picture without",
            f"completeness of {possessive(self.name)} picture and command without {self.guarantor_name}",
            Unit(),
            (whole,),
            lambda evaluate: evaluate(whole, OFF, self.muster.memos),
            "worked out with every channel withdrawn",
        )
        return whole, without

    @cached_property
    def arrival(self) -> Figure:
        """Days until reinforcement is there: mobilisation, and the distance at the speed of sealift."""
        link = self.muster.link_of[self.world.index(self.ally)]
        distance = Leaf(
            f"{self.ally} far",
            f"distance from {possessive(self.guarantor_name)} capital to {possessive(self.name)}",
            Unit.parse("km"),
            float(self.world.links.distance[link]),
            source="cow_capitals",
            grade="C",
        )
        moved = distance / self.muster.parameter("sealift_speed")
        return (self.muster.parameter("mobilisation_days") + moved).called(
            f"{self.ally} arrival", f"days until reinforcement reaches {self.name}"
        )

    @cached_property
    def dependence(self) -> Mapping[str, Figure]:
        """By domain: share of the ally's stock that needs the guarantor's sustainment."""
        ally = self.world.index(self.ally)
        return {domain: self.muster.dependence(ally, row) for row, domain in enumerate(terms.DOMAINS)}

    @cached_property
    def channels(self) -> Mapping[str, Figure]:
        """Level of each of the eleven channels at the start, 0 absent to 1 full."""
        link = self.muster.link_of[self.world.index(self.ally)]
        return {channel: level(self.world, link, channel) for channel in terms.CHANNELS}

    @cached_property
    def troops(self) -> Figure:
        """Persons the guarantor has on the ally's soil."""
        return troops(self.world, self.muster.link_of[self.world.index(self.ally)])

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
        ally = self.world.index(self.ally)
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
        """Return what replacing the guarantor costs, who pays, and when it could be done; see `replacement.replace`."""
        from foedus.exposure.replacement.replace import replace

        return replace(self, preset, share_rule, pool, interoperability)

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
            found[f"{domain}-needed"] = self.need.needed[terms.DOMAINS.index(domain)]
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
        asked = name.strip().lower().replace("_", "-").replace(" ", "-")
        asked = SYNONYMS.get(asked, asked)
        if asked in self.named:
            return self.named[asked]
        deep = find(tuple(self.named.values()), name)
        if deep is None:
            raise UnknownName("figure", name, [*self.named, *SYNONYMS])
        return deep

    def explain(self, name: str, width: int = 80) -> str:
        """Return the chain of facts, assumptions and arithmetic behind a figure, down to sources."""
        return tree(self.figure(name), width)


def account(
    world: World, ally: str, *, guarantor: str | None = None, against: str | None = None, muster: Muster | None = None
) -> Account:
    """Draw up the account of an ally.

    world      states, links and pairs that it rests on
    ally       iso3 code or name
    guarantor  iso3 of the guarantor; the one that pledges most when None
    against    iso3 of the challenger to measure against, the ally's or else its pool's; the worst when None
    muster     forces already worked out for this world and guarantor, to share between accounts

    Raises UnknownName for names nobody knows, InputError for a state without a guarantor or challenger.
    """
    row = world.index(code_of(world, ally))
    code = world.states.iso3[row]
    links = [i for i, a in enumerate(world.links.ally) if int(a) == row]
    if not links:
        msg = f"{code}: no power guarantees {country(world.states.name[row])}, so there is no account to draw up"
        raise InputError(msg)
    held = muster or Muster(
        world,
        world.index(guarantor)
        if guarantor
        else int(world.links.guarantor[max(links, key=lambda i: world.links.channels[i, 0])]),
    )
    patron = held.guarantor
    if int(world.links.guarantor[held.link_of[row]]) != patron:
        known = [world.states.iso3[int(world.links.guarantor[held.link_of[row]])]]
        raise UnknownName("guarantor", world.states.iso3[patron], known, f"{code} guaranteed by")
    if against is None and not has_account(held, row):
        msg = (
            f"{code}: nobody whom its guarantor would fight challenges it or a member of its pool in this world, so "
            "there is nothing to measure it against"
        )
        raise InputError(msg)
    need = need_of(held, row, None if against is None else world.index(code_of(world, against)))
    parts = {name: shares_of(held, row, domain, need) for domain, name in enumerate(terms.DOMAINS)}
    overall = weighted(code, parts, need.weights, held.name(patron))
    return Account(world, code, world.states.iso3[patron], held, need, parts, overall)


def code_of(world: World, name: str) -> str:
    """Return the iso3 of a state by code or name; raise UnknownName with the nearest spelling."""
    if name.upper() in world.states.iso3:
        return name.upper()
    by_name = {held.lower(): code for held, code in zip(world.states.name, world.states.iso3, strict=True)}
    by_name |= {country(held).lower().removeprefix("the "): code for held, code in list(by_name.items())}
    if name.lower() in by_name:
        return by_name[name.lower()]
    raise UnknownName("state", name, [*world.states.iso3, *world.states.name])


def accounts(world: World, region: str | None = None, *, guarantor: str | None = None) -> list[Account]:
    """Return the accounts of a guarantor's allies that somebody challenges, most exposed first.

    world      states, links and pairs that the accounts rest on
    region     one of terms.REGIONS; everywhere when None
    guarantor  iso3; the power with most allies when None
    """
    if region is not None and region not in terms.REGIONS:
        raise UnknownName("region", region, terms.REGIONS)
    owners = [int(i) for i in world.links.guarantor]
    patron = world.index(guarantor) if guarantor else max(owners, key=owners.count)
    muster = Muster(world, patron)
    mine = [
        ally
        for ally, link in muster.link_of.items()
        if owners[link] == patron
        and (region is None or world.states.region[ally] == region)
        and has_challenger(muster, ally)
    ]
    found = [account(world, world.states.iso3[ally], muster=muster) for ally in mine]
    return sorted(found, key=lambda held: -held.index.value)


def unchallenged(world: World, region: str | None = None) -> list[str]:
    """Return the iso3 of the main guarantor's allies whom nobody that it would fight challenges, by region or all."""
    owners = [int(i) for i in world.links.guarantor]
    patron = max(owners, key=owners.count)
    muster = Muster(world, patron)
    return sorted(
        world.states.iso3[ally]
        for ally, link in muster.link_of.items()
        if owners[link] == patron and region in (None, world.states.region[ally]) and not has_challenger(muster, ally)
    )
