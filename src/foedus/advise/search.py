"""The search for portfolios: U-NSGA-III (pymoo) on common random numbers, every choice from a fixed seed.

The algorithm asks for portfolios and is told their scores; what it asked for before is read back from disk, so that a
search that was stopped goes the same way again, and costs nothing until it comes to new ground.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from foedus.advise.extra import needed
from foedus.advise.objectives import OBJECTIVES

Values = NDArray[np.float64]
Score = Callable[[Values], Values]
"""Scores [P, O] of vectors [P, size]."""

PART = 5
"""A generation is this part of all the portfolios of a search."""

LEAST, MOST = 10, 60
"""Least and most portfolios in a generation; no fewer than the algorithm has directions for nine objectives."""

MOVED = 1.0
"""Steps of an objective between its best and its worst portfolio, below which no portfolio moves it."""

STEPS = np.array([objective.step for objective in OBJECTIVES])


@dataclass(frozen=True)
class Tried:
    """What a search tried.

    vectors  [P, size], in the order tried
    values   [P, O] scores
    moved    [O] whether any portfolio moves an objective by more than its step
    """

    vectors: Values
    values: Values
    moved: NDArray[np.bool_]


def search(score: Score, size: int, anchors: Sequence[Values], budget: int, seed: int) -> Tried:
    """Try `budget` portfolios.

    score    what tries them
    size     numbers in a vector
    anchors  vectors to begin with
    budget   how many portfolios, one or more
    """
    generation = min(max(budget // PART, LEAST), MOST, budget)
    vectors = first_vectors(anchors, generation, size, seed)
    values = score(vectors)
    moved = moving(values)
    if budget > generation:
        vectors, values = _evolved(score, vectors, values, moved, budget, seed)
    return Tried(vectors, values, moving(values))


def first_vectors(anchors: Sequence[Values], count: int, size: int, seed: int) -> Values:
    """Anchors, at most half of the vectors, and a Latin hypercube for the rest, [count, size]."""
    hypercube = needed("pymoo.operators.sampling.lhs").sampling_lhs_unit
    kept = list(anchors)[: count // 2]
    rest = hypercube(count - len(kept), size, random_state=np.random.default_rng(seed))
    return np.concatenate([np.reshape(kept, (len(kept), size)), rest])


def moving(values: Values) -> NDArray[np.bool_]:
    """Objectives that portfolios move by more than a step, [O]; the first two, cost and loss, always count."""
    moved: NDArray[np.bool_] = np.ptp(values, axis=0) > MOVED * STEPS
    moved[:2] = True
    return moved


def directions(objectives: int, most: int) -> Values:
    """Directions toward which the algorithm looks, at most `most` if objectives are as many: Das and Dennis (1998)."""
    parts = 1
    while comb(parts + objectives, objectives - 1) <= most:
        parts += 1
    found = needed("pymoo.util.ref_dirs").get_reference_directions("das-dennis", objectives, n_partitions=parts)
    return np.asarray(found, dtype=np.float64)


def _evolved(
    score: Score, vectors: Values, values: Values, moved: NDArray[np.bool_], budget: int, seed: int
) -> tuple[Values, Values]:
    """All that was tried once the algorithm has gone on from a first generation."""
    nsga3 = needed("pymoo.algorithms.moo.unsga3")
    count = int(moved.sum())
    problem = needed("pymoo.core.problem").Problem(n_var=vectors.shape[1], n_obj=count, xl=0.0, xu=1.0)
    algorithm = nsga3.UNSGA3(ref_dirs=directions(count, len(vectors)), pop_size=len(vectors), sampling=vectors)
    algorithm.setup(problem, termination=("n_eval", budget), seed=seed, verbose=False)
    evaluator = needed("pymoo.core.evaluator").Evaluator()
    static = needed("pymoo.problems.static")
    tried: list[tuple[Values, Values]] = []
    while (left := budget - sum(len(x) for x, _ in tried)) > 0:
        asked = algorithm.ask()
        wanted = np.asarray(asked.get("X"), dtype=np.float64)
        told = values if not tried else score(wanted[:left])
        tried.append((wanted[:left], told))
        if left >= len(wanted):
            evaluator.eval(static.StaticProblem(problem, F=told[:, moved]), asked)
            algorithm.tell(infills=asked)
    return np.concatenate([x for x, _ in tried]), np.concatenate([y for _, y in tried])
