"""Joint portfolios of a group: who gains, who would rather let the others do it, and what would keep it in.

Everything is a mean over the same futures: cost and expected loss together, in per cent of a member's product and in
billions of dollars of its product in the first year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.advise.bench import Bench, Trial, trials_of
from foedus.advise.crew import Crew
from foedus.advise.portfolio import OWN_CHOICE, Plan
from foedus.advise.progress import Done
from foedus.advise.tally import OUTCOMES, Tally
from foedus.world import World

Values = NDArray[np.float64]

SURE = 2.0
"""Standard errors of a paired difference from which it counts."""


@dataclass(frozen=True)
class Paired:
    """A paired difference: its mean over futures, and the standard error of that."""

    mean: float
    error: float

    @property
    def sign(self) -> int:
        """1 or -1 where the mean is told from nothing by `SURE` standard errors, else 0."""
        return int(np.sign(self.mean)) if abs(self.mean) > SURE * self.error else 0

    @staticmethod
    def of(difference: Values) -> Paired:
        """The change that differences by future, [N], show."""
        return Paired(float(difference.mean()), float(difference.std() / np.sqrt(len(difference))))


@dataclass(frozen=True)
class Member:
    """One member under a joint portfolio.

    product  billion USD in the first year
    gains    cost and loss saved against every member's own choice, per cent of its product
    safer    the part of that which is expected loss
    leaving  cost and loss it would save by going back to its own choice while the others stay, per cent of its product
    harm     what the others would lose by that, billion USD a year
    """

    iso: str
    product: float
    gains: Paired
    safer: Paired
    leaving: Paired
    harm: Paired

    @property
    def rides_free(self) -> bool:
        """Whether it would rather leave while the others stay."""
        return self.leaving.sign > 0

    @property
    def payment(self) -> float:
        """What would make it stay, billion USD a year; 0 where it stays by itself."""
        return max(self.leaving.mean, 0.0) * self.product / 100.0 if self.rides_free else 0.0


@dataclass(frozen=True)
class Coalition:
    """A joint portfolio and its members, by how much they gain."""

    name: str
    members: tuple[Member, ...]

    @property
    def surplus(self) -> float:
        """What the members save together, billion USD a year."""
        return sum(one.gains.mean * one.product / 100.0 for one in self.members)

    @property
    def payments(self) -> float:
        """What would keep every member in, billion USD a year."""
        return sum(one.payment for one in self.members)

    @property
    def worth(self) -> float:
        """What staying of those who would rather leave is worth to the others, billion USD a year."""
        return sum(max(one.harm.mean, 0.0) for one in self.members if one.rides_free)

    @property
    def holds(self) -> bool:
        """Whether the others lose more by each leaver's going than would make it stay."""
        return all(one.harm.mean >= one.payment for one in self.members if one.rides_free)


def coalitions(
    bench: Bench, run: Crew[Trial], names: Sequence[str], plans: Sequence[Plan], futures: int, done: Done
) -> tuple[Coalition, ...]:
    """Each joint plan with every member's gain, and what each would gain by leaving it, on fresh futures.

    names, plans  of the joint portfolios
    futures       under every posture
    done          hears of trials done
    """
    tried = [bench.own, *(one for plan in plans for one in (plan, *without_each(plan)))]
    tallies = run([t for plan in tried for t in trials_of(plan, bench.postures, futures, fresh=True)], done)
    count = len(bench.postures)
    parts = iter([_priced(tallies[place : place + count]) for place in range(0, len(tallies), count)])
    products = _products(bench)
    own = next(parts)
    return tuple(
        coalition(name, bench.allies, products, own, next(parts), [next(parts) for _ in plan])
        for name, plan in zip(names, plans, strict=True)
    )


def without_each(plan: Plan) -> list[Plan]:
    """The plan with one member after the other going back to its own choice."""
    return [tuple((iso, OWN_CHOICE if iso == left else held) for iso, held in plan) for left, _ in plan]


def coalition(
    name: str,
    members: Sequence[str],
    products: Values,
    own: NDArray[np.floating],
    joint: NDArray[np.floating],
    left: Sequence[NDArray[np.floating]],
) -> Coalition:
    """The members of a joint portfolio.

    products  [A] billion USD
    own       [2, A, N] cost and loss where every member follows its own choice, per cent of product
    joint     the same under the joint portfolio
    left      the same by the member that left it
    """
    found = []
    for place, iso in enumerate(members):
        burdens = [one.sum(axis=0) for one in (own, joint, left[place])]
        others = np.arange(len(members)) != place
        harm = ((burdens[2] - burdens[1])[others] * products[others, None]).sum(axis=0) / 100.0
        found.append(
            Member(
                iso,
                float(products[place]),
                Paired.of(burdens[0][place] - burdens[1][place]),
                Paired.of(own[1, place] - joint[1, place]),
                Paired.of(burdens[1][place] - burdens[2][place]),
                Paired.of(harm),
            )
        )
    return Coalition(name, tuple(sorted(found, key=lambda one: -one.gains.mean)))


def _priced(tallies: Sequence[Tally]) -> Values:
    """Cost and loss of every member over postures, [2, A, postures x F]."""
    outcomes = np.concatenate([one.outcomes for one in tallies], axis=-1).astype(np.float64)
    return outcomes[[OUTCOMES.index("cost"), OUTCOMES.index("loss")]]


def _products(bench: Bench) -> Values:
    world = World.load(bench.scenario.overlay)
    return np.array([world.states.gdp[world.index(iso)] for iso in bench.allies], dtype=np.float64)
