"""From trials to advice: scores on fresh futures, robustness, archetypes, what each gives up and when it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.advise.archetypes import clusters, names_of
from foedus.advise.bench import Bench, Trial
from foedus.advise.conditions import box_of, condition
from foedus.advise.contents import Advice, Archetype
from foedus.advise.levers import SearchSpace
from foedus.advise.objectives import BY_NAME, OBJECTIVES, scores
from foedus.advise.portfolio import Plan
from foedus.advise.robust import Robustness, own_errors, robustness, satisfied
from foedus.advise.search import Tried
from foedus.advise.tally import WATCHED, Tally
from foedus.posture.side import SHARED
from foedus.results.correlation import rank_correlation

Values = NDArray[np.float64]
Columns = dict[str, NDArray[np.floating]]

DEARER = 1.25
"""Cost, relative to the ally's own choice, that is accepted unless a limit is given."""


BESIDE = ("beyond", "alone", "tension")
"""Outcomes that are told and not weighed."""


@dataclass(frozen=True)
class Fresh:
    """Trials on fresh futures: by posture, of the own choice and of each finalist.

    numbers  of the finalists among all that the search tried
    """

    numbers: Sequence[int]
    plans: Sequence[Plan]
    own: Sequence[Tally]
    tallies: Sequence[Sequence[Tally]]
    futures: int


def weighed(
    bench: Bench, space: SearchSpace, found: Tried, fresh: Fresh, each: int, limits: Mapping[str, float], *, boxes: bool
) -> Advice:
    """The advice that trials give.

    each    futures a posture in the search
    limits  most of some objectives that is accepted; the usual ones where empty
    boxes   whether boxes in which archetypes fail are searched
    """
    outcomes = [bench.combined(part) for part in fresh.tallies]
    by_itself = bench.combined(fresh.own)
    table, own = np.stack([scores(one) for one in outcomes]), scores(by_itself)
    accepted = dict(limits) or {
        "cost": DEARER * float(by_itself["cost"].mean()),
        "loss": float(bench.combined(fresh.own[:1])["loss"].mean()),
    }
    limited = {name: np.stack([one[BY_NAME[name].of] for one in (by_itself, *outcomes)]) for name in accepted}
    cost, loss = (np.stack([one[name] for one in (by_itself, *outcomes)]) for name in ("cost", "loss"))
    robust = robustness(cost + loss, loss, limited, accepted)
    searched = found.values[list(fresh.numbers)]
    return Advice(
        scenario=bench.scenario,
        members=bench.allies,
        postures=tuple(posture.name for posture in bench.postures),
        tried=len(found.vectors),
        search=each,
        fresh=fresh.futures,
        own=_by_name(own),
        beside=_beside(by_itself),
        finalists=tuple(fresh.plans),
        scores=table,
        robust=robust,
        limits=accepted,
        moved=tuple(o.name for o, moves in zip(OBJECTIVES, found.moved, strict=True) if moves),
        held={
            o.name: rank_correlation(searched[:, i], table[:, i]) for i, o in enumerate(OBJECTIVES) if found.moved[i]
        },
        robust_errors=own_errors(cost + loss, loss, limited, accepted, fresh.futures),
        errors={o.name: o.error(by_itself[o.of].reshape(len(bench.postures), -1)) for o in OBJECTIVES},
        watched_in=bench.watch_years[0],
        archetypes=_archetypes(
            bench, found, fresh, table, float(own[0]), robust, ~satisfied(limited, accepted)[1:], boxes=boxes
        ),
        levers=space.levers,
    )


def _archetypes(
    bench: Bench,
    found: Tried,
    fresh: Fresh,
    table: Values,
    own_cost: float,
    robust: Robustness,
    missed: NDArray[np.bool_],
    *,
    boxes: bool,
) -> tuple[Archetype, ...]:
    groups = clusters(table[:, found.moved], robust.regret[1:])
    chosen = [group.chosen for group in groups]
    named = names_of([fresh.plans[number] for number in chosen], table[chosen, 0].tolist(), own_cost)
    where = _where(bench, fresh.futures)
    return tuple(
        Archetype(
            name=name,
            plan=fresh.plans[group.chosen],
            number=group.chosen,
            alike=len(group.members),
            scores=_by_name(table[group.chosen]),
            beside=_beside(bench.combined(fresh.tallies[group.chosen])),
            gives_up=gives_up(table[chosen], place, found.moved),
            missed=float(missed[group.chosen].mean()),
            fails=condition(where, missed[group.chosen]),
            box=box_of(where, missed[group.chosen], bench.scenario.seed) if boxes else None,
            signpost=condition(_seen(fresh.tallies[group.chosen]), missed[group.chosen]),
        )
        for place, (name, group) in enumerate(zip(named, groups, strict=True))
    )


def gives_up(scores: Values, place: int, moved: NDArray[np.bool_]) -> tuple[tuple[str, float, float], ...]:
    """Objectives in which one of several portfolios is behind the best of them: what it gives up most first.

    scores  [P, O]
    place   which of them
    moved   [O] objectives that count

    Gaps are compared over the range between the portfolios; one below half of the range, or a step, is left out.
    """
    best, span = scores.min(axis=0), np.ptp(scores, axis=0)
    gap = scores[place] - best
    told = [i for i, o in enumerate(OBJECTIVES) if moved[i] and gap[i] > max(o.step, 0.5 * span[i])]
    told.sort(key=lambda i: -gap[i] / span[i])
    return tuple((OBJECTIVES[i].name, float(scores[place, i]), float(best[i])) for i in told)


def _where(bench: Bench, futures: int) -> Columns:
    """What fresh futures differ in before anybody acts: the posture, and parameters but for the unit of loss."""
    count = len(bench.postures)
    drawn = bench.parameters(Trial(bench.own, 0, futures, fresh=True))
    found: Columns = {
        name: np.tile(values, count) for name, values in drawn.items() if name not in SHARED and np.ptp(values) > 0.0
    }
    for place, posture in enumerate(bench.postures):
        if count > 1:
            found[f"posture {posture.name}"] = (np.arange(count).repeat(futures) == place).astype(np.float64)
    return found


def _seen(tallies: Sequence[Tally]) -> Columns:
    """What could be seen in the first watched year under a plan, over postures and futures, mean of members."""
    watched = np.concatenate([one.watched[:, 0].mean(axis=1) for one in tallies], axis=-1)
    return dict(zip(WATCHED, watched, strict=True))


def _by_name(values: Values) -> dict[str, float]:
    return {objective.name: float(value) for objective, value in zip(OBJECTIVES, values, strict=True)}


def _beside(outcomes: Mapping[str, Values]) -> dict[str, float]:
    return {name: float(outcomes[name].mean()) for name in BESIDE}
