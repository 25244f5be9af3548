"""What a brief holds: the account, simulated numbers, events, what-ifs, drivers and bills of one ally."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.brief.bills import Bills
from foedus.brief.drive import AllyDriver
from foedus.brief.levers import Lever
from foedus.brief.reading import Simulated
from foedus.brief.runs import Ran
from foedus.exposure import Account
from foedus.names import possessive
from foedus.posture import Posture
from foedus.results import Results
from foedus.results.error import standard_error
from foedus.results.headline import MOST_SURE, stake_gdp
from foedus.results.reduced import mean_loss
from foedus.results.sources import LossTo, loss_sources
from foedus.world import World

STEADY = "steady"
BASE = "base"
"""Name of the posture's run that what-ifs are compared with."""


@dataclass(frozen=True)
class WhatIf:
    """A lever pulled, on the same random draws as the posture alone.

    run      its run; compared with the run BASE of as many futures
    removed  share of the ally's expected loss that it removes: below zero where it adds
    better   share of futures in which the loss is lower
    spending mean spending with it, share of GDP
    """

    lever: Lever
    run: Ran
    removed: Simulated
    better: float
    spending: float

    @property
    def clear(self) -> bool:
        """Whether nine futures in ten agree on whether it helps or harms."""
        return self.better >= MOST_SURE or self.better <= 1.0 - MOST_SURE


@dataclass(frozen=True)
class EventCounts:
    """What happened to the ally over all futures and years, as counts."""

    challenges: float
    conceded: float
    limited: float
    wars: float
    joined: float
    """wars in which the guarantor fought beside it"""


@dataclass(frozen=True)
class Brief:
    """Everything a brief says about one ally under one posture.

    simulated   by name: every number read from runs, each of which can say where it comes from
    events      by run: "posture" and "steady"
    buys        mean share of flexible money by option
    levers      what-ifs, the most helpful first; absent where a lever has no sense for the ally
    drivers     parameters its loss hangs on, strongest first
    bills       what replacing the guarantor would cost it
    pool        the pool it is in; `joins` one that it could join
    """

    account: Account
    posture: Posture
    runs: Mapping[str, Ran]
    simulated: Mapping[str, Simulated]
    events: Mapping[str, EventCounts]
    buys: Mapping[str, float]
    levers: tuple[WhatIf, ...]
    drivers: tuple[AllyDriver, ...]
    bills: Bills
    pool: str | None
    joins: str | None

    @property
    def world(self) -> World:
        """The world of account and runs."""
        return self.account.world

    @property
    def ally(self) -> str:
        """The ally's iso3."""
        return self.account.ally

    @property
    def name(self) -> str:
        """The ally's name in running text."""
        return self.account.name

    @property
    def subject(self) -> str:
        """iso3 of the state whose risk is told: the ally, or where its pool would fight when nobody challenges it."""
        return subject_of(self.account)

    @property
    def subject_name(self) -> str:
        """Its name in running text."""
        return self.account.name if self.subject == self.ally else self.account.front_name

    @property
    def whose(self) -> str:
        """Whose loss and challenger are told of: "its", or the fellow member's."""
        return "its" if self.subject == self.ally else possessive(self.subject_name)

    @property
    def guarantor(self) -> str:
        """The guarantor's name, short."""
        return {"the United States": "the US"}.get(self.account.guarantor_name, self.account.guarantor_name)

    @property
    def under(self) -> str:
        """The posture in running text: the head of its title."""
        head = self.posture.title.partition(":")[0]
        return head[:1].lower() + head[1:]

    @property
    def lost_to(self) -> tuple[LossTo, ...]:
        """What the subject loses to each of its challengers under the posture, most first."""
        return loss_sources(self.runs["posture"].results).get(self.subject, ())

    def value(self, name: str) -> float:
        """Middle value of a simulated number."""
        return self.simulated[name].value

    @property
    def ratio(self) -> float:
        """Expected loss over that under steady support."""
        return self.value("loss") / max(self.value(f"{STEADY}-loss"), 1e-12)

    @property
    def steady(self) -> bool:
        """Whether the posture is steady support itself, so that there is nothing to compare."""
        return self.posture.name == STEADY

    @property
    def futures(self) -> int:
        """How many futures each run has."""
        return self.runs["posture"].results.futures

    @property
    def results(self) -> Results:
        """The run of the posture."""
        return self.runs["posture"].results

    @property
    def loss_error(self) -> float:
        """Monte Carlo standard error of the mean loss, per cent of GDP a year."""
        results = self.results
        loss = mean_loss(results)[results.allies.index(self.subject)]
        return standard_error(loss * stake_gdp(results), results.twins())

    @property
    def years(self) -> list[int]:
        """Years of the runs."""
        return self.runs["posture"].results.years


def subject_of(account: Account) -> str:
    """iso3 of the state whose risk a brief tells of."""
    pairs, row = account.world.pairs, account.world.index(account.ally)
    return account.ally if (pairs.target == row).any() else account.front
