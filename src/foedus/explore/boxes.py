"""When a policy fails: boxes of assumptions in which a condition holds far more often than elsewhere.

Scenario discovery (Bryant and Lempert 2010) by the EMA Workbench: PRIM peels the range of one assumption at a time and
so trades coverage (the share of all failures that lie in the box) for density (the share of the box that fails); CART
splits all futures into leaves. Three checks of a box: quasi-p-values (does each limit do more than chance would),
resampling (do halves of the futures find the same limits), and its step in the peeling trajectory (what a larger or a
smaller box would have been).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.explore.drive import feature_scores
from foedus.explore.extra import quietly
from foedus.facade import needs

Floats = NDArray[np.float64]

LEAST_CASES = 20
"""Futures that must fail, and must not, before boxes can be told from accidents."""

SEARCHED = 10
"""Assumptions that boxes are searched among: those with the highest feature scores; more would find accidents."""

MOST_LIMITED = 4
"""Assumptions that a box limits at most: what a reader can hold in mind (Bryant and Lempert 2010)."""

SURE = 0.05
"""Quasi-p-value from which a limit is no more than chance."""

HALVES = 10
"""Random halves of the futures that look for the box again."""

PEEL = 0.05
"""Share of the box that one step peels."""

ANY = 1e-6
"""Density from which the Workbench keeps a trajectory: any, since the box is chosen from it afterwards."""

LEAF = 0.05
"""Share of futures that a box, and a leaf of the tree, keeps at least."""


@dataclass(frozen=True)
class BoxLimit:
    """A box's limits on one assumption; None where it is not limited on that side.

    quasi_p     of the limit that means least, one-sided binomial
    reproduced  share of random halves that limit it too, in a box of like coverage and of like density; None for a leaf
    """

    name: str
    low: float | None
    high: float | None
    quasi_p: float
    reproduced: tuple[float, float] | None = None


@dataclass(frozen=True)
class FailureBox:
    """A box: shares 0-1.

    coverage  share of all failures that lie in it
    density   share of its futures that fail
    mass      share of all futures that lie in it
    step      place in the peeling trajectory; -1 for a leaf
    """

    coverage: float
    density: float
    mass: float
    limits: tuple[BoxLimit, ...]
    step: int = -1


@dataclass(frozen=True)
class PeelStep:
    """A step of the peeling trajectory: what a box of so many limits would have been."""

    step: int
    coverage: float
    density: float
    mass: float
    limited: int


@dataclass(frozen=True)
class Discovery:
    """What scenario discovery found.

    cases     futures searched
    failures  how many of them fail
    searched  assumptions that boxes were searched among
    box       of the trajectory, chosen
    leaves    of the tree in which failures are at least twice as frequent as over all, densest first
    """

    cases: int
    failures: int
    searched: tuple[str, ...]
    box: FailureBox
    trajectory: tuple[PeelStep, ...]
    leaves: tuple[FailureBox, ...]

    @property
    def base(self) -> float:
        """Share of futures that fail."""
        return self.failures / self.cases


def discover(
    names: Sequence[str],
    columns: Floats,
    fails: NDArray[np.bool_],
    density: float | None = None,
    *,
    seed: int = 1,
    peel: float = PEEL,
) -> Discovery:
    """Search boxes.

    names    of the columns
    columns  [P, k] assumptions
    fails    [P] whether each future fails
    density  density that the box must reach: of the steps that do, the one of highest coverage. Without it, the step
             with the highest harmonic mean of coverage and density
    seed     of feature scores and halves
    peel     share of the box that one step peels, 0-1

    Raises InputError where the extra is missing, too few futures fail or do not, or no step reaches the density.
    """
    needs("ema_workbench", "pandas")
    failures = int(fails.sum())
    if min(failures, len(fails) - failures) < LEAST_CASES:
        msg = (
            f"the condition holds in {failures:,} of {len(fails):,} futures; a search takes {LEAST_CASES} or more in "
            f"which it holds and as many in which it does not. Choose another bound, or run more futures"
        )
        raise InputError(msg)
    rng = np.random.default_rng(seed)
    with quietly():
        chosen = _searched(columns, fails, rng)
        frame = _frame([names[k] for k in chosen], columns[:, chosen])
        box, trajectory = _prim(frame, fails, density, int(rng.integers(2**31)), peel)
        leaves = _leaves(frame, fails)
    return Discovery(len(fails), failures, tuple(frame.columns), box, trajectory, leaves)


def _searched(columns: Floats, fails: NDArray[np.bool_], rng: np.random.Generator) -> list[int]:
    """Columns with the highest feature scores, in their own order."""
    if columns.shape[1] <= SEARCHED:
        return list(range(columns.shape[1]))
    scores, _ = feature_scores(columns, fails.astype(np.float64), rng)
    return sorted(np.argsort(-scores)[:SEARCHED].tolist())


def _frame(names: Sequence[str], columns: Floats) -> Any:
    import pandas as pd

    return pd.DataFrame(columns, columns=list(names))


def _prim(
    frame: Any, fails: NDArray[np.bool_], density: float | None, seed: int, peel: float
) -> tuple[FailureBox, tuple[PeelStep, ...]]:
    """The chosen box and the trajectory it is of."""
    from ema_workbench.analysis.prim import Prim

    found = Prim(frame, fails.astype(int), threshold=ANY, peel_alpha=peel, mass_min=LEAF).find_box()
    steps = _steps(found)
    step = _chosen(found, steps, density)
    with _seeded(seed):
        again = found.resample(step, iterations=HALVES, p=0.5)
    limits = _limits(found.box_lims[step], found.box_lims[0], found.qp[step])
    reproduced = {str(name): (float(row.iloc[0]) / 100.0, float(row.iloc[1]) / 100.0) for name, row in again.iterrows()}
    kept = tuple(replace(limit, reproduced=reproduced[limit.name]) for limit in limits)
    at = _steps(found)[step]
    return FailureBox(at.coverage, at.density, at.mass, kept, step), steps


def _steps(found: Any) -> tuple[PeelStep, ...]:
    return tuple(
        PeelStep(int(row.id), float(row.coverage), float(row.density), float(row.mass), int(row.res_dim))
        for row in found.peeling_trajectory.itertuples()
    )


def _chosen(found: Any, steps: Sequence[PeelStep], density: float | None) -> int:
    """The step whose box is told: pruned, and of the density asked for or the best compromise."""
    legal = [s for s in steps if s.limited]
    if not legal:
        msg = "no box stands out: no assumption tells the futures that fail from the rest. Ask for another bound"
        raise InputError(msg)
    if density is None:
        best = max(legal, key=lambda s: 2.0 * s.coverage * s.density / max(s.coverage + s.density, 1e-12))
        return _pruned(found, best.step)
    most = 0.0
    for step in sorted((s for s in legal if s.density >= density), key=lambda s: -s.coverage):
        at = _pruned(found, step.step)
        if (reached := float(found.peeling_trajectory.density[at])) >= density:
            return at
        most = max(most, reached)
    msg = (
        f"--density {density:g}: no box of at most {MOST_LIMITED} limits, each more than chance, is so dense; "
        f"the densest has {max(most, *(s.density for s in legal if s.limited <= MOST_LIMITED), 0.0):.2f}"
    )
    raise InputError(msg)


def _pruned(found: Any, step: int) -> int:
    """The step without limits that do no more than chance would, nor more than a reader keeps in mind.

    Each is dropped in turn, that which means least first.
    """
    while len(quasi := found.qp[step]) > 1:
        name, worst = max(((name, max(values)) for name, values in quasi.items()), key=lambda pair: pair[1])
        if worst <= SURE and len(quasi) <= MOST_LIMITED:
            break
        found.drop_restriction(name, step)
        step = len(found.box_lims) - 1
    return step


def _limits(limits: Any, whole: Any, quasi: Mapping[str, Sequence[float]]) -> tuple[BoxLimit, ...]:
    """Limits of a box, that which means most first."""
    found = []
    for name, values in quasi.items():
        low, high = (
            None if limits[name].iloc[side] == whole[name].iloc[side] else float(limits[name].iloc[side])
            for side in (0, 1)
        )
        found.append(BoxLimit(str(name), low, high, float(max(values))))
    return tuple(sorted(found, key=lambda limit: limit.quasi_p))


def _leaves(frame: Any, fails: NDArray[np.bool_]) -> tuple[FailureBox, ...]:
    """Leaves of the tree in which failures are at least twice as frequent as over all, densest first."""
    from ema_workbench.analysis.cart import CART
    from ema_workbench.analysis.scenario_discovery_util import RuleInductionType, _make_box

    tree = CART(frame, fails, mass_min=LEAF, mode=RuleInductionType.BINARY)
    tree.build_tree()
    if tree.clf.tree_.node_count < 2:
        return ()
    whole, found = _make_box(frame), []
    for limits, stats in zip(tree.boxes, tree.stats, strict=True):
        sides = {
            str(name): tuple(
                None if limits[name].iloc[side] == whole[name].iloc[side] else float(limits[name].iloc[side])
                for side in (0, 1)
            )
            for name in frame.columns
        }
        kept = tuple(
            BoxLimit(name, low, high, float("nan"))
            for name, (low, high) in sides.items()
            if (low, high) != (None, None)
        )
        found.append(FailureBox(float(stats["coverage"]), float(stats["density"]), float(stats["mass"]), kept))
    dense = [leaf for leaf in found if leaf.density >= 2.0 * fails.mean()]
    return tuple(sorted(dense, key=lambda leaf: -leaf.density))


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Within the block NumPy's global generator, which the EMA Workbench draws halves from, has a seed of its own."""
    before = np.random.get_state()  # noqa: NPY002
    np.random.seed(seed)  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002
