"""Gathering a brief: the account, the posture and steady support on the same luck, and the what-ifs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from foedus.brief.cost import Bills, bills
from foedus.brief.drive import Driver, drivers
from foedus.brief.levers import LEVERS, Lever, pool_of, pool_to_join
from foedus.brief.reading import Reading, Simulated
from foedus.brief.runs import Ran, ran
from foedus.errors import InputError
from foedus.exposure import Account, account
from foedus.exposure.account import code_of
from foedus.names import possessive
from foedus.posture import Posture, Scenario, preset
from foedus.posture.naming import named_posture
from foedus.results.headline import LEAST_FUTURES, MOST_SURE
from foedus.study import Study, prepare
from foedus.terms import SEED
from foedus.world import World

STEADY = "steady"
BASE = "base"
"""Name of the posture's run that what-ifs are compared with."""

WHAT_IF_PART = 2
"""What-ifs, and the run they are compared with, have this part of the futures: they are many."""


@dataclass(frozen=True)
class WhatIf:
    """A lever pulled, on the same luck as the posture alone.

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
class Events:
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
    events: Mapping[str, Events]
    buys: Mapping[str, float]
    levers: tuple[WhatIf, ...]
    drivers: tuple[Driver, ...]
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
    def years(self) -> list[int]:
        """Years of the runs."""
        return self.runs["posture"].results.years


def brief(
    ally: str,
    posture: str = "limited-support",
    *,
    futures: int = 192,
    seed: int = SEED,
    threads: int = 2,
    world: World | None = None,
    done: Callable[[str], None] | None = None,
    against: str | None = None,
) -> Brief:
    """Draw up the brief of an ally, running what is not kept in the cache.

    ally      iso3 code or name
    posture   name of a preset, or the path of a posture file
    futures   futures of every run
    done      called with the name of each run when it is there
    against   challenger that the account is measured against; the worst when None. Runs know every challenger

    An ally that nobody challenges has no loss of its own: loss, belief and what-ifs are then those of the member of its
    pool where the account is measured.

    Raises UnknownName, InputError or RunFolderError, naming what is wrong.
    """
    if futures < LEAST_FUTURES:
        msg = f"--futures {futures}: a brief needs at least {LEAST_FUTURES} for its ranges"
        raise InputError(msg)
    if seed < 0:
        msg = f"--seed {seed}: must be zero or above"
        raise InputError(msg)
    world = world or World.load()
    held = account(world, code_of(world, ally), against=against)
    states = world.states.iso3
    chosen = named_posture(posture, states)
    studies = {
        "posture": study_of(chosen, futures, seed),
        STEADY: study_of(preset(STEADY, states), futures, seed),
    }
    runs = ran(studies, threads, done)
    base = runs["posture"]
    buys = _buys(base, held.ally)
    tried = study_of(chosen, max(futures // WHAT_IF_PART, LEAST_FUTURES), seed)
    changed = {lever.key: made for lever in LEVERS if (made := lever.change(tried, held.ally, buys)) is not None}
    runs |= ran({BASE: tried, **changed}, threads, done)
    subject = subject_of(held)
    readings = {name: Reading(run, subject) for name, run in runs.items()}
    own = {name: Reading(run, held.ally) for name, run in runs.items()}
    return Brief(
        account=held,
        posture=chosen,
        runs=runs,
        simulated=_simulated(readings, own),
        events={name: _events(runs[name], subject) for name in studies},
        buys=buys,
        levers=_what_ifs(readings, own, runs),
        drivers=drivers(readings["posture"]),
        bills=bills(held),
        pool=pool_of(world, held.ally),
        joins=pool_to_join(world, held.ally),
    )


def subject_of(held: Account) -> str:
    """iso3 of the state whose risk a brief tells of."""
    pairs, row = held.world.pairs, held.world.index(held.ally)
    return held.ally if (pairs.target == row).any() else held.front


def study_of(posture: Posture, futures: int, seed: int) -> Study:
    """The study of one posture over today's world."""
    scenario = Scenario.of(
        posture,
        None,
        name=f"brief-{posture.name}",
        title=posture.title,
        question=posture.question,
        futures=futures,
        seed=seed,
    )
    return prepare(scenario)


def _simulated(readings: Mapping[str, Reading], own: Mapping[str, Reading]) -> dict[str, Simulated]:
    """Every number the text uses, by name."""
    posture, steady = readings["posture"], readings[STEADY]
    found = [
        *posture.losses("posture"),
        *steady.losses(STEADY),
        posture.more_than(steady),
        *posture.promises(),
        *own["posture"].doings("posture"),
        *own[STEADY].doings(STEADY),
    ]
    return {number.name: number for number in found if number is not None}


def _what_ifs(
    readings: Mapping[str, Reading], own: Mapping[str, Reading], runs: Mapping[str, Ran]
) -> tuple[WhatIf, ...]:
    base = readings[BASE]
    found = []
    for lever in LEVERS:
        if lever.key in readings:
            removed, better = readings[lever.key].removed(base, lever)
            spending = float(own[lever.key].measure("spending").mean())
            found.append(WhatIf(lever, runs[lever.key], removed, better, spending))
    return tuple(sorted(found, key=lambda what: -what.removed.value))


def _events(run: Ran, ally: str) -> Events:
    pairs = run.results.pairs()
    mine = pairs.filter(pairs["target"] == ally)
    return Events(*(float(mine[name].sum()) for name in ("challenges", "conceded", "limited", "wars", "fought")))


def _buys(run: Ran, ally: str) -> dict[str, float]:
    options = run.results.options()
    row = options.filter(options["ally"] == ally).row(0, named=True)
    return {name: float(share) for name, share in row.items() if name != "ally"}


__all__ = ["Brief", "Driver", "Events", "WhatIf", "brief", "study_of"]
