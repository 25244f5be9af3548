"""Gathering a brief: the account, the posture and steady support on the same random draws, and the what-ifs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from foedus.brief.bills import bills
from foedus.brief.contents import BASE, STEADY, Brief, EventCounts, WhatIf, subject_of
from foedus.brief.drive import drivers
from foedus.brief.levers import LEVERS, pool_of, pool_to_join
from foedus.brief.reading import Reading, Simulated
from foedus.brief.runs import Ran, ran
from foedus.errors import InputError
from foedus.exposure import Account, account
from foedus.exposure.drawing_up import code_of
from foedus.exposure.need import would_be_fought
from foedus.posture import Posture, Scenario, preset
from foedus.posture.naming import named_posture
from foedus.results.headline import LEAST_FUTURES
from foedus.results.sources import loss_sources
from foedus.study import Study, prepare
from foedus.terms import SEED
from foedus.world import World

Run = Callable[[Mapping[str, Study]], dict[str, Ran]]
"""Gives the results of studies, by name."""

WHAT_IF_PART = 2
"""What-ifs, and the run they are compared with, have this part of the futures: they are many."""


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
    against   challenger that the account is measured against. Without it, the one to whom the ally loses most under the
              posture, of those that its guarantor would fight. Runs know every challenger

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
    states = world.states.iso3
    drawn = account(world, code_of(world, ally), against=against)
    sides = (study_of(named_posture(posture, states), futures, seed), study_of(preset(STEADY, states), futures, seed))
    return drawn_up(drawn, *sides, lambda studies: ran(studies, threads, done), measured=against is not None)


def drawn_up(drawn: Account, mine: Study, steady: Study, run: Run, *, measured: bool = False) -> Brief:
    """Draw up the brief of an account's ally from two studies of one side each.

    mine      what is told of; its what-ifs have WHAT_IF_PART of its futures
    steady    what it is compared with
    run       gives the results of studies, by name
    measured  whether the challenger of the account was chosen and stays
    """
    studies = {"posture": mine, STEADY: steady}
    runs = run(studies)
    base = runs["posture"]
    ally_account = drawn if measured else _where_it_loses(drawn, base)
    world = ally_account.world
    buys = _buys(base, ally_account.ally)
    fewer = max(mine.scenario.futures // WHAT_IF_PART, LEAST_FUTURES)
    tried = replace(mine, scenario=mine.scenario.but(futures=fewer))
    changed = {
        lever.key: once_over(made, mine.world)
        for lever in LEVERS
        if (made := lever.change(tried, ally_account.ally, buys)) is not None
    }
    runs |= run({BASE: tried, **changed})
    subject = subject_of(ally_account)
    readings = {name: Reading(run, subject) for name, run in runs.items()}
    own = {name: Reading(run, ally_account.ally) for name, run in runs.items()}
    return Brief(
        account=ally_account,
        posture=mine.scenario.posture,
        runs=runs,
        simulated=_simulated(readings, own),
        events={name: _events(runs[name], subject) for name in studies},
        buys=buys,
        levers=_what_ifs(readings, own, runs),
        drivers=drivers(readings["posture"]),
        bills=bills(ally_account),
        pool=pool_of(world, ally_account.ally),
        joins=pool_to_join(world, ally_account.ally),
    )


def once_over(study: Study, world: World) -> Study:
    """The study, run eager where its world is another than `world`: one run of it would not repay compiling."""
    return study if study.world is world else study.by("eager")


def _where_it_loses(drawn: Account, run: Ran) -> Account:
    """The account against the challenger to whom the ally loses most in a run, of those that its guarantor would fight.

    An account that is measured where a pool would fight stays, and so does one whose ally loses nothing to any of them.
    """
    if drawn.borrowed:
        return drawn
    for source in loss_sources(run.results).get(drawn.ally, ()):
        row = drawn.world.index(source.challenger)
        if source.loss > 0.0 and would_be_fought(drawn.muster, row):
            return account(drawn.world, drawn.ally, against=source.challenger, muster=drawn.muster)
    return drawn


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
        *posture.dangers("posture"),
        *steady.dangers(STEADY),
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


def _events(run: Ran, ally: str) -> EventCounts:
    pairs = run.results.pairs()
    mine = pairs.filter(pairs["target"] == ally)
    return EventCounts(*(float(mine[name].sum()) for name in ("challenges", "conceded", "limited", "wars", "fought")))


def _buys(run: Ran, ally: str) -> dict[str, float]:
    options = run.results.options()
    row = options.filter(options["ally"] == ally).row(0, named=True)
    return {name: float(share) for name, share in row.items() if name != "ally"}
