"""Measures: what is kept of each year, declared once.

A declaration gives name, unit, meaning, and how the figure follows from what the year computed. The record, the parts
of a run folder, the long table, the report, `foedus table --list` and docs/measures.md all read it here: there is no
second list to keep in step. CONTRIBUTING.md shows how to add one. Measures of pairs are summed over futures: the record
and `results` have them, the long table and the report do not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.engine.fronts import Fronts
from foedus.engine.layout import Floats, entries, floats
from foedus.engine.moves import Events
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.engine.support import per_guarantor
from foedus.engine.threat import chance_of_war, total_faced, total_posed
from foedus.equations import order
from foedus.equations.choice import Number
from foedus.errors import UnknownName
from foedus.terms import Patron, Region

MOST_LEAD = 1e3
"""Above this a region's largest power counts as alone."""


class Group(Enum):
    """Whose measures they are; the value is the table that holds them in a part of a run."""

    ALLY = "allies"
    """[A, F] in each year"""
    GUARANTOR = "guarantors"
    """[g, F] in each year, of principal guarantors"""
    REGION = "regions"
    """[R, F] in each year (R24)"""
    PAIR = "pairs"
    """[P] summed over the futures of a chunk, and over years"""
    PAIR_YEAR = "pair_years"
    """[P] in each year, summed over the futures of a chunk"""

    @property
    def key(self) -> str:
        """One of them, and the column that names it: "ally", "guarantor", "region", "pair", "pair_year"."""
        return self.name.lower()

    @property
    def summed(self) -> bool:
        """Whether futures are summed, in double precision, instead of kept apart."""
        return self in (Group.PAIR, Group.PAIR_YEAR)


@dataclass(frozen=True)
class Observation:
    """What a measure is computed from: what a year saw, and the state it left, whose `moves` say what was done."""

    now: Situation
    after: State
    setting: Setting

    @property
    def events(self) -> Events:
        """The year's crises."""
        return self.after.moves.events

    def allies(self, of_states: Floats) -> Floats:
        """Rows [A, F] of figures of states, [S, F]."""
        return of_states[self.setting.layout.allies]

    def links(self, of_links: Floats) -> Floats:
        """Rows [A, F] of figures of links, [L, F]: of each ally's principal guarantor."""
        return of_links[self.setting.layout.link_of[self.setting.layout.allies]]

    def worst(self, of_pairs: Floats) -> Floats:
        """Rows [A, F] of figures of pairs, [P, F]: against each ally's worst challenger."""
        return self.allies(self.now.worst.from_(of_pairs))

    def guarantors(self, of_links: Floats) -> Floats:
        """Sums [g, F] of figures of links, [L, F], over each guarantor's allies."""
        return self.patrons(per_guarantor(of_links, self.setting))

    def patrons(self, of_guarantors: Floats) -> Floats:
        """Rows [g, F] of figures of guarantors, [G, F]: principal ones."""
        return of_guarantors[: len(self.setting.layout.patrons)]

    def pairs(self, flag: Floats) -> NDArray[np.float64]:
        """How many of the year's crises bear a flag, by pair, [P]."""
        counts = np.bincount(self.events.pair, weights=flag, minlength=self.setting.layout.counts.pairs)
        return np.asarray(counts, dtype=np.float64)

    def summed(self, of_pairs: Floats) -> NDArray[np.float64]:
        """Sums [P] of figures of pairs, [P, F], over futures."""
        return np.asarray(of_pairs.sum(axis=1, dtype=np.float64))

    @cached_property
    def resisted(self) -> Floats:
        """Chance that a pair's crisis is opened and the target does not yield, [P, F]."""
        crisis = self.now.outlook.crisis
        return np.asarray(crisis.challenge * (1.0 - crisis.concession))

    @cached_property
    def at_war(self) -> Floats:
        """Chance of each pair, [P, F], that a war breaks out in the year; 1 where one is on."""
        chance = chance_of_war(self.now.outlook)
        chance[self.fronts.pair, self.fronts.future] = 1.0
        return chance

    @property
    def others_help(self) -> Floats:
        """True chance that any second guarantor fights against each state's worst challenger, [S, F]."""
        others = self.now.nearest.others
        return np.zeros_like(self.now.nearest.stake) if others is None else others.true

    @property
    def fronts(self) -> Fronts:
        """The wars that are on when the year begins."""
        return self.now.state.fronts

    def in_wars(self, values: Floats) -> Floats:
        """Figures of the wars that are on, [n], where they are, [P, F]; 0 elsewhere."""
        spread = np.zeros((self.setting.layout.counts.pairs, self.setting.futures), dtype=np.float32)
        spread[self.fronts.pair, self.fronts.future] = values
        return spread

    @cached_property
    def limited(self) -> Floats:
        """Chance that a pair's crisis sees force short of war, [P, F]."""
        return np.asarray(self.resisted * self.now.outlook.crisis.limited_force)

    def of_kind(self, where: Floats, share: str) -> Floats:
        """Chance that a pair's crisis sees one kind of it, [P, F]: a share, by parameter, where `where` [P, 1] is 1."""
        return np.asarray(self.limited * where * self.setting.p[share])

    @cached_property
    def ground(self) -> Floats:
        """Share of the issue that each challenger was given or holds by force, [P, F]."""
        given = self.now.state.conceded
        return np.asarray(given + (1.0 - given) * self.in_wars(self.fronts.held))

    @cached_property
    def power_shares(self) -> dict[int, Floats]:
        """Shares of each region's powers, [power, F], by its place in `Region`, where there are any.

        Powers are a region's states at home, and each guarantor with what it would bring there.
        """
        at_home, delivered = self.now.forces.total, self.setting.p["order_on_delivered"]
        brought = self.now.forces.guarantor_help.sum(axis=1)
        by_region: dict[int, Floats] = {}
        for region, (here, guests) in enumerate(self.setting.layout.powers):
            if len(here) == 0:
                continue
            powers = [at_home[here]]
            for guarantor, helped in guests:
                most = brought[helped].max(axis=0, initial=0.0)
                powers.append((delivered * most + (1.0 - delivered) * at_home[guarantor])[None])
            by_region[region] = floats(order.power_shares(np.concatenate(powers)))
        return by_region

    def regions(self, measure: Callable[[Floats], Number], least: int = 1) -> Floats:
        """A measure of power shares by region, [R, F]; 0 where there are fewer powers than `least`."""
        values = np.zeros((len(Region), self.setting.futures), dtype=np.float32)
        for region, shares in self.power_shares.items():
            if len(shares) >= least:
                values[region] = measure(shares)
        return values


@dataclass(frozen=True)
class Measure:
    """One figure that is kept of each year.

    name     as parts and tables call it; no two of a group share one
    unit     "stakes", "chance", "share", "share of GDP", "billion USD", "index", "uses a year", "count" and the like
    label    its head in a table of the report
    meaning  what it is
    compute  the figure from what a year computed, rows as its group has them
    rows     mechanisms that it shows, for tables
    """

    name: str
    unit: str
    label: str
    meaning: str
    compute: Callable[[Observation], NDArray[np.floating]]
    rows: tuple[str, ...] = ()


def _war(seen: Observation) -> Floats:
    """Chance of each pair that the year brings war, short of certainty, so that the chance of peace has a logarithm."""
    return np.minimum(seen.at_war, floats(1.0 - 1e-6))


def _loss(seen: Observation) -> Floats:
    """Expected loss of each pair's target to its challenger, [P, F], in stakes; offers go to the worst challenger."""
    outlook, given, worst = seen.now.outlook, seen.after.moves.conceded, seen.now.worst
    loss = outlook.loss_conceded + outlook.loss_fought
    member, future = entries((given > 0.0) & (worst.some > 0.0))
    loss[worst.pair[member, future], future] += given[member, future]
    return floats(loss)


def _in_product(seen: Observation, of_pairs: Floats) -> NDArray[np.float64]:
    """Sums [P] over futures of a loss in stakes, [P, F], told in the target's product."""
    return seen.summed(of_pairs * seen.setting.p["stake_share_of_gdp"])


def _own_force(seen: Observation) -> Floats:
    crisis = seen.now.outlook.crisis
    used = crisis.challenge * (1.0 - crisis.concession) * (crisis.limited_force + crisis.attack)
    return seen.allies(total_posed(used, seen.setting))


def _pool_resolve(seen: Observation) -> Floats:
    layout = seen.setting.layout
    pool, pools = layout.pool_of[layout.allies], len(layout.pools.name)
    if not pools:
        return np.zeros((len(layout.allies), seen.setting.futures), dtype=np.float32)
    return seen.after.resolve[np.minimum(pool, pools - 1)] * (pool < pools)[:, None]


ALLY_MEASURES = (
    Measure(
        "loss_conceded", "stakes", "conceded", "expected yearly loss by conceding",
        lambda seen: seen.allies(
            total_faced(seen.now.outlook.loss_conceded, seen.setting) + seen.after.moves.conceded
        ),
        ("R10",),
    ),
    Measure(
        "loss_fought", "stakes", "fought", "expected yearly loss by fighting, in its own wars and strikes too",
        lambda seen: seen.allies(
            total_faced(seen.now.outlook.loss_fought, seen.setting)
            + total_posed(seen.now.outlook.loss_own, seen.setting)
        ),
        ("R10", "R33"),
    ),
    Measure(
        "loss_own", "stakes", "in its own wars", "the part of it that is from wars and strikes that it starts itself",
        lambda seen: seen.allies(total_posed(seen.now.outlook.loss_own, seen.setting)), ("R33",),
    ),
    Measure(
        "at_war", "chance", "at war", "1 when a war goes on upon its soil as the year begins",
        lambda seen: seen.allies(seen.fronts.on_soil(seen.setting)), ("R32",),
    ),
    Measure(
        "front", "share", "held by force", "share of the issue that the worst challenger holds by force in a war",
        lambda seen: seen.worst(seen.in_wars(seen.fronts.held)), ("R32",),
    ),
    Measure(
        "ruin", "share of GDP", "product lost to war", "product missing through war on its soil and blockade",
        lambda seen: seen.allies(seen.now.state.ruin), ("R33", "R34"),
    ),
    Measure(
        "war", "chance", "war", "chance that a war against it is on or breaks out in a year, by whatever challenger",
        lambda seen: seen.allies(floats(1.0 - np.exp(total_faced(np.log1p(-_war(seen)), seen.setting)))), ("R21",),
    ),
    Measure(
        "promise_true", "chance", "promise kept", "chance the guarantor fights, worst challenger",
        lambda seen: seen.allies(seen.now.foreseen.promise), ("R02",),
    ),
    Measure(
        "promise_ally", "chance", "ally believes", "the same chance, as the ally believes it",
        lambda seen: seen.allies(seen.now.foreseen.promise_ally), ("R02",),
    ),
    Measure(
        "promise_adversary", "chance", "adversary believes", "the same chance, as that challenger believes it",
        lambda seen: seen.allies(seen.now.foreseen.promise_adversary), ("R02",),
    ),
    Measure(
        "win_alone", "chance", "lost alone", "chance the worst challenger wins if the guarantor stays out",
        lambda seen: seen.allies(seen.now.foreseen.win_alone),
    ),
    Measure(
        "spending", "share of GDP", "spending", "military spending",
        lambda seen: seen.allies(seen.now.state.share), ("R03", "R13"),
    ),
    Measure(
        "beyond", "share of GDP", "beyond what is carried",
        "spending that a doctrine orders, or a plan announces, beyond what opinion and debt carry",
        lambda seen: seen.allies(seen.now.state.share - seen.now.state.carried), ("R03", "R13", "R31"),
    ),
    Measure(
        "capability", "billion USD", "capability", "effective capability, at purchasing power",
        lambda seen: seen.allies(seen.now.forces.total),
    ),
    Measure(
        "completeness", "share", "C4ISR", "C4ISR completeness",
        lambda seen: seen.allies(seen.now.forces.completeness), ("R05", "R07", "R12"),
    ),
    Measure(
        "dependence", "share", "depends on guarantor", "share of stock that needs the guarantor's sustainment",
        lambda seen: seen.allies(seen.now.state.dependent), ("R06",),
    ),
    Measure(
        "conceded", "share", "ground lost", "ground conceded to the worst challenger, or held by it in war",
        lambda seen: seen.worst(seen.ground), ("R10", "R32"),
    ),
    Measure(
        "nuclear", "index", "nuclear, 0–3", "nuclear status, 0 none to 3 armed",
        lambda seen: seen.allies(seen.now.state.nuclear), ("R09", "R22"),
    ),
    Measure(
        "lean_rival", "share", "leans to rivals", "alignment with rival powers",
        lambda seen: seen.links(seen.now.state.alignment[Patron.RIVAL]), ("R28",),
    ),
    Measure(
        "tension", "index", "tension, 0–2", "tension with the guarantor, 0-2",
        lambda seen: seen.links(seen.now.state.tension), ("R27",),
    ),
    Measure(
        "others_help", "chance", "others would help",
        "chance that any second guarantor fights, worst challenger",
        lambda seen: seen.allies(seen.others_help), ("R35",),
    ),
    Measure(
        "support", "index", "support", "support delivered, mean of channels, relative to the start",
        lambda seen: seen.links(seen.now.support.overall), ("R16",),
    ),
    Measure(
        "home_share", "share", "made at home", "share of stock made at home or in the region",
        lambda seen: seen.allies(seen.now.state.home_share), ("R08", "R11"),
    ),
    Measure(
        "loyalty", "share", "loyalty bought", "stakes bought by loyalty spending, 0-1",
        lambda seen: seen.links(seen.now.state.loyalty), ("R04",),
    ),
    Measure("pool_resolve", "chance", "pool helps", "chance a pool member helps", _pool_resolve, ("R29",)),
    Measure(
        "own_force", "uses a year", "own force, a year",
        "expected uses of force by the ally in a year: limited force and attacks", _own_force, ("R19", "R21"),
    ),
    Measure(
        "hostility", "share", "hostility faced", "hostility of the worst challenger",
        lambda seen: seen.allies(seen.now.nearest.hostility), ("R19",),
    ),
    Measure(
        "cohesion", "share", "neighbours with it",
        "share of its neighbours that would stand together against the worst challenger",
        lambda seen: seen.worst(seen.now.state.cohesion[seen.setting.layout.challenger]), ("R20",),
    ),
)  # fmt: skip

GUARANTOR_MEASURES = (
    Measure(
        "cost", "billion USD", "cost of its guarantees, bn USD a year", "yearly cost of its guarantees",
        lambda seen: seen.guarantors(seen.now.account.cost), ("R14",),
    ),
    Measure(
        "worth", "index", "worth of access and allied capability, index", "worth of its guarantees",
        lambda seen: seen.guarantors(seen.now.account.worth), ("R15",),
    ),
    Measure(
        "involvement", "wars a year", "wars it is drawn into a year", "expected wars it is drawn into in a year",
        lambda seen: seen.patrons(seen.now.account.involvement), ("R23",),
    ),
    Measure(
        "reliable", "0 or 1", "chance it is of the reliable type", "1 when of the reliable type",
        lambda seen: seen.patrons(seen.now.state.reliable), ("R02",),
    ),
    Measure(
        "politics", "index", "adverse politics", "adverse politics",
        lambda seen: seen.patrons(seen.now.state.politics),
    ),
    Measure(
        "reputation", "index", "reputation, −2 to 2", "reputation, -2 to 2",
        lambda seen: seen.patrons(seen.now.state.reputation), ("R02",),
    ),
    Measure(
        "load", "ratio", "load: involvement over capacity", "involvement over capacity",
        lambda seen: seen.patrons(seen.now.state.load), ("R23", "R26"),
    ),
)  # fmt: skip

REGION_MEASURES = (
    Measure(
        "powers", "powers", "effective number of powers", "effective number of powers",
        lambda seen: seen.regions(order.effective_powers), ("R24",),
    ),
    Measure(
        "concentration", "share", "concentration", "concentration of capabilities",
        lambda seen: seen.regions(order.concentration), ("R24",),
    ),
    Measure(
        "lead", "ratio", "first power over second", "largest power over the second",
        lambda seen: seen.regions(lambda shares: np.minimum(order.lead_of_first(shares), MOST_LEAD), least=2),
        ("R24",),
    ),
)  # fmt: skip

PAIR_MEASURES = (
    Measure(
        "years", "count", "pair-years", "pair-years: one a future and year",
        lambda seen: seen.summed(np.ones_like(seen.now.outlook.win_alone)),
    ),
    Measure(
        "challenges", "count", "challenges", "challenges",
        lambda seen: seen.pairs(np.ones_like(seen.events.war)),
    ),
    Measure("conceded", "count", "conceded", "challenges conceded", lambda seen: seen.pairs(seen.events.conceded)),
    Measure(
        "limited", "count", "limited force", "challenges that see limited force",
        lambda seen: seen.pairs(seen.events.limited),
    ),
    Measure(
        "blockades", "count", "blockades", "uses of limited force that are blockades",
        lambda seen: seen.pairs(seen.events.blockade), ("R34",),
    ),
    Measure(
        "grabs", "count", "grabs", "uses of limited force that take ground",
        lambda seen: seen.pairs(seen.events.grab), ("R34",),
    ),
    Measure("wars", "count", "wars", "challenges that become war", lambda seen: seen.pairs(seen.events.war)),
    Measure(
        "lasting", "count", "wars that go on", "wars that go on beyond the year in which they break out",
        lambda seen: seen.pairs(seen.events.goes_on), ("R32",),
    ),
    Measure(
        "due", "count", "promises due", "wars in which a guarantor's promise fell due",
        lambda seen: seen.pairs(seen.events.due),
    ),
    Measure(
        "fought", "count", "promises kept", "wars in which the guarantor fought",
        lambda seen: seen.pairs(seen.events.fought),
    ),
    Measure(
        "won", "count", "won", "wars that the challenger won", lambda seen: seen.pairs(seen.events.won)
    ),
)  # fmt: skip

PAIR_YEAR_MEASURES = (
    Measure(
        "challenge", "chance", "challenge", "chance that the challenger opens a crisis",
        lambda seen: seen.summed(seen.now.outlook.crisis.challenge), ("R21",),
    ),
    Measure(
        "force", "chance", "force short of war", "chance of a crisis in which the challenger uses limited force",
        lambda seen: seen.summed(seen.limited), ("R19",),
    ),
    Measure(
        "blockade", "chance", "blockade", "chance of a crisis in which the challenger blockades the target",
        lambda seen: seen.summed(seen.of_kind(floats(1.0 - seen.setting.known.land), "blockade_share")), ("R34",),
    ),
    Measure(
        "grab", "chance", "grab", "chance of a crisis in which the challenger takes ground short of war",
        lambda seen: seen.summed(seen.of_kind(floats(seen.setting.known.land), "grab_share")), ("R34",),
    ),
    Measure(
        "war", "chance", "war", "chance that a war is on or that a crisis becomes one",
        lambda seen: seen.summed(seen.at_war), ("R21", "R32"),
    ),
    Measure(
        "fighting", "chance", "war goes on", "chance that a war is on as the year begins",
        lambda seen: seen.summed(seen.in_wars(np.ones_like(seen.fronts.held))), ("R32",),
    ),
    Measure(
        "ceasefire", "chance", "ceasefire", "chance that a war that is on ends in the year without a decision",
        lambda seen: seen.summed(
            seen.in_wars(seen.now.campaign.ends * (1.0 - seen.now.campaign.decisive))
        ),
        ("R32",),
    ),
    Measure(
        "ground", "share", "ground lost", "share of the issue conceded to this challenger, or held by it in war",
        lambda seen: seen.summed(seen.ground), ("R10", "R32"),
    ),
    Measure(
        "help", "chance", "help", "chance that any guarantor would fight for the target, attacked by this one",
        lambda seen: seen.summed(seen.now.outlook.helped), ("R02", "R35"),
    ),
    Measure(
        "loss", "share of GDP", "loss", "expected loss of the target to this challenger, conceded and fought",
        lambda seen: _in_product(seen, _loss(seen)), ("R10",),
    ),
    Measure(
        "loss_limited", "share of GDP", "from force short of war", "the part of it that is from force short of war",
        lambda seen: _in_product(seen, seen.now.outlook.loss_limited), ("R19", "R34"),
    ),
    Measure(
        "loss_own", "share of GDP", "challenger's loss",
        "expected loss of the challenger in the wars and strikes that it starts here, in its own product",
        lambda seen: _in_product(seen, seen.now.outlook.loss_own), ("R33",),
    ),
    Measure(
        "war_by", "chance", "war by then", "chance of at least one war since the start",
        lambda seen: seen.summed(1.0 - seen.after.peace),
    ),
)  # fmt: skip

MEASURES: dict[Group, dict[str, Measure]] = {
    group: {measure.name: measure for measure in declared}
    for group, declared in (
        (Group.ALLY, ALLY_MEASURES),
        (Group.GUARANTOR, GUARANTOR_MEASURES),
        (Group.REGION, REGION_MEASURES),
        (Group.PAIR, PAIR_MEASURES),
        (Group.PAIR_YEAR, PAIR_YEAR_MEASURES),
    )
}
"""Every measure by group and name, in the order of a part's columns."""


def measure_of(group: Group, name: str) -> Measure:
    """The measure of a group by its name; raise UnknownName, with the nearest spelling, where there is none."""
    if name not in MEASURES[group]:
        raise UnknownName("measure", name, MEASURES[group])
    return MEASURES[group][name]
