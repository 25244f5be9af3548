"""Advice to an ally or a group: search, try the best again on fresh futures, weigh what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foedus.advise.archive import nondominated
from foedus.advise.bench import Bench, Trial, trials_of
from foedus.advise.coalition import coalitions
from foedus.advise.contents import Advice
from foedus.advise.crew import Crew, crew
from foedus.advise.levers import KINDS, STATUS_LEVER, Levers, SearchSpace, triggers_of
from foedus.advise.objectives import scores
from foedus.advise.portfolio import Plan
from foedus.advise.progress import Told, counted, quiet
from foedus.advise.search import STEPS, Tried, moving, search
from foedus.advise.singly import singly, trials
from foedus.advise.tally import WATCHED, Tally
from foedus.advise.weighing import Fresh, weighed
from foedus.terms import NuclearStatus

Values = NDArray[np.float64]

FINALISTS = 20
"""Portfolios at most that are tried again on fresh futures."""

BOX = 0.02
"""Part of the range of an objective within which two portfolios count as the same."""


def advise(
    bench: Bench,
    portfolios: int,
    futures: int,
    threads: int = 2,
    limits: Mapping[str, float] | None = None,
    told: Told = quiet,
    *,
    nuclear: bool = True,
    boxes: bool = True,
) -> Advice:
    """Search for portfolios and weigh them.

    bench       whom for, under which postures, in which years
    portfolios  how many the search tries, 1 or more
    futures     on which each is tried in the search, dealt over the postures; finalists are tried again on as many
                fresh ones under every posture
    threads     trials side by side
    limits      most of some objectives that is accepted, by name; cost and loss near the own choice's without it
    told        hears of progress
    nuclear     whether portfolios of a single ally may begin with a nuclear programme
    boxes       whether boxes in which archetypes fail are searched (PRIM)

    Raises Stopped on Ctrl-C; trials that were finished are kept, and the same call continues.
    """
    each = -(-futures // len(bench.postures))
    with crew(bench, threads) as run:
        by_itself = run(trials_of(bench.own, bench.postures, each, fresh=False), lambda _: None)
        space = space_of(bench, by_itself, nuclear=nuclear and len(bench.allies) == 1)
        found = _without_idle(bench, run, space, _searched(bench, run, space, portfolios, each, told), each, told)
        numbers = _unbeaten(found)
        plans = [space.plan(found.vectors[number]) for number in numbers]
        own, *tallies = _again(bench, run, [bench.own, *plans], futures, told)
        single = singly(bench, run, space, each, counted(told, "singly", trials(bench, space)))
        advice = weighed(
            bench, space, found, Fresh(numbers, plans, own, tallies, futures), each, limits or {}, boxes=boxes
        )
        advice = replace(advice, effects=single)
        if len(bench.allies) == 1:
            return advice
        joint, names = [one.plan for one in advice.archetypes], [one.name for one in advice.archetypes]
        total = (1 + len(joint) * (1 + len(bench.allies))) * len(bench.postures)
        groups = coalitions(bench, run, names, joint, each, counted(told, "members", total))
    return replace(advice, coalitions=groups)


def space_of(bench: Bench, by_itself: Sequence[Tally], *, nuclear: bool) -> SearchSpace:
    """The search space of the members of a bench, from what they do by themselves.

    by_itself  tallies of the own choice, by posture
    nuclear    whether a state without the bomb may begin with a programme
    """
    study, _ = bench.study(Trial(bench.own, 0, 1))
    world, layout = study.world, study.layout
    watched = np.concatenate([one.watched for one in by_itself], axis=-1)
    levers = []
    for place, iso in enumerate(bench.allies):
        row = world.index(iso)
        spending = watched[WATCHED.index("spending"), :, place].mean(axis=-1)
        seen = {name: watched[number, :, place].ravel() for number, name in enumerate(WATCHED)}
        status = int(world.states.nuclear_pursuit[row])
        begins = nuclear and status < NuclearStatus.PURSUES and world.states.warheads[row] <= 0.0
        left = {"pool"} if layout.pool_of[row] >= layout.counts.pools else set()
        left |= set() if begins else {"nuclear"}
        levers.append(
            Levers(
                iso,
                bench.scenario.years,
                float(world.states.defence_share[row]),
                (float(spending[0]), float(spending[-1])),
                tuple(kind for kind in KINDS if kind not in left),
                triggers_of(seen),
                (None, *range(status + 1, NuclearStatus.ARMED)) if begins else (None,),
            )
        )
    return SearchSpace(tuple(levers))


def _searched(bench: Bench, run: Crew[Trial], space: SearchSpace, budget: int, each: int, told: Told) -> Tried:
    count = len(bench.postures)
    heard = counted(told, "search", budget * count)

    def score(vectors: Values) -> Values:
        plans = [space.plan(vector) for vector in vectors]
        tallies = run([trial for plan in plans for trial in trials_of(plan, bench.postures, each, fresh=False)], heard)
        return np.stack([scores(bench.combined(part)) for part in _dealt(tallies, count)])

    return search(score, len(space.names), space.anchors(), budget, bench.scenario.seed)


def _unbeaten(found: Tried) -> list[int]:
    """Numbers of the portfolios that no other beats."""
    steps = np.maximum(STEPS, BOX * np.ptp(found.values, axis=0))[found.moved]
    return nondominated(found.values[:, found.moved], steps, FINALISTS)


def _without_idle(bench: Bench, run: Crew[Trial], space: SearchSpace, found: Tried, each: int, told: Told) -> Tried:
    """What was tried, and the same portfolios without their nuclear programme, of those that no other beats.

    So a programme that brings nothing is beaten by the same portfolio without one, and does not reach the finalists.
    """
    if STATUS_LEVER not in space.names:
        return found
    vectors = found.vectors[[n for n in _unbeaten(found) if space.plan(found.vectors[n])[0][1].status is not None]]
    if not len(vectors):
        return found
    vectors[:, space.names.index(STATUS_LEVER)] = 0.0
    count = len(bench.postures)
    plans = [space.plan(vector) for vector in vectors]
    trials_ = [trial for plan in plans for trial in trials_of(plan, bench.postures, each, fresh=False)]
    tallies = run(trials_, counted(told, "without", len(trials_)))
    values = np.concatenate([found.values, [scores(bench.combined(part)) for part in _dealt(tallies, count)]])
    return Tried(np.concatenate([found.vectors, vectors]), values, moving(values))


def _again(bench: Bench, run: Crew[Trial], plans: Sequence[Plan], futures: int, told: Told) -> list[list[Tally]]:
    """Tallies of plans on fresh futures, by posture."""
    count = len(bench.postures)
    heard = counted(told, "again", len(plans) * count)
    tallies = run([t for plan in plans for t in trials_of(plan, bench.postures, futures, fresh=True)], heard)
    return _dealt(tallies, count)


def _dealt(tallies: Sequence[Tally], count: int) -> list[list[Tally]]:
    """Tallies of several plans, `count` postures each, by plan."""
    return [list(tallies[place : place + count]) for place in range(0, len(tallies), count)]
