"""The crisis tree calibrated: parameters at which today's world has the base rates of history in its first year.

A minimum-distance estimate. Rates are means over points of every other parameter's range, and over the ranges of
stakes and hostility, as in a run; each miss counts by its log ratio over the spread of the historical figure in logs.
`tools/calibrate.py` searches the whole box; the re-estimate starts at the ledger and goes downhill. Its intervals
carry the sampling error of the historical rates; they know nothing of the model being wrong, so ranges are wider.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from foedus.errors import EstimationError
from foedus.history.estimate.declare import Estimate
from foedus.history.estimate.evidence import Evidence
from foedus.history.estimate.measure import Measured
from foedus.history.estimators.fit import Floats

if TYPE_CHECKING:
    from foedus.engine.layout import Layout
    from foedus.equations.crisis import Crisis

FUTURES = 32
FREE: Mapping[str, tuple[float, float]] = {
    "challenge_cost": (0.3, 1.0),
    "hostility_weight": (0.0, 0.6),
    "yielding_cost": (0.1, 0.8),
    "back_down_cost": (-0.1, 0.15),
    "limited_gain": (0.05, 0.5),
    "challenger_war_cost": (0.6, 2.2),
    "war_cost_relief": (0.0, 2.2),
    "war_cost_scaling": (0.3, 1.0),
}
"""What is free, and the box that is searched."""
LEAST_SPREAD = 0.15
"""Least spread of a target in logs, so that a rate known from thousands of cases does not crowd out the rest."""
Key = tuple[tuple[str, ...], str]


@dataclass(frozen=True, eq=False)
class Problem:
    """Rates to meet, and the model that gives them.

    rates, spread, error  by class and rate: history's figure, what a miss is measured in, its sampling error in logs
    rates_at              the model's rates at values of `FREE`, in their order
    """

    rates: Mapping[Key, float]
    spread: Mapping[Key, float]
    error: Mapping[Key, float]
    rates_at: Callable[[Floats], Mapping[Key, float]]

    def misses(self, point: Floats) -> Floats:
        """Log ratio of the model's to history's rate over its spread, [rates]."""
        got = self.rates_at(point)
        return np.array([np.log(max(got[k], 1e-6) / rate) / self.spread[k] for k, rate in self.rates.items()])


def problem(seed: int = 1) -> Problem:
    """Set up the calibration on the world of today and its table of base rates."""
    from foedus import terms
    from foedus.engine.draws import Draws
    from foedus.engine.forces import muster
    from foedus.engine.layout import lay_out
    from foedus.engine.setting import Policy, Setting
    from foedus.engine.state import at_start
    from foedus.engine.support import provide
    from foedus.engine.threat import cohesion, face, judge
    from foedus.equations.hedging import OPTIONS
    from foedus.ledger import load_ledger, parameter_values, sobol_points
    from foedus.world import World

    world, ledger = World.load(), load_ledger()
    layout = lay_out(world.states, world.pairs, world.links, world.pools)
    facts = world.tables.latest("base_rates.csv")
    known = {key: fact for key, fact in facts.items() if fact.value > 0.0}
    error = {k: ((f.high or f.value) - (f.low or 0.0)) / 4.0 / f.value for k, f in known.items()}
    points = sobol_points(FUTURES, len(ledger.uncertain), seed)
    drawn = parameter_values(ledger, points, {}, {})
    values = {name: np.broadcast_to(value, FUTURES).astype(np.float32) for name, value in drawn.items()}
    states, _, links, _ = layout.counts
    policy = Policy(
        "steady", np.ones((1, links, len(terms.CHANNELS)), np.float32), np.zeros((1, links), np.float32), 0.0, 1.0, 0.0,
        {}, np.full((states, len(OPTIONS)), np.nan, np.float32), np.full(states, np.nan, np.float32),
    )  # fmt: skip
    luck = Draws(seed, np.arange(FUTURES, dtype=np.uint64))

    def rates_at(point: Floats) -> Mapping[Key, float]:
        moved = {name: values[name] + np.float32(x - ledger[name].default) for name, x in zip(FREE, point, strict=True)}
        p = values | moved
        setting = Setting(layout, (2026,), policy, p, luck, luck)
        state = at_start(setting)
        support = provide(0, state, setting)
        forces = muster(support, state, np.zeros_like(state.gdp), setting)
        outlook = judge(face(support, forces, state, setting), p)
        state = replace(state, cohesion=cohesion(outlook, state, setting))
        return summarise(judge(face(support, forces, state, setting), p).crisis, layout)

    return Problem(
        {k: f.value for k, f in known.items()}, {k: max(e, LEAST_SPREAD) for k, e in error.items()}, error, rates_at
    )


def summarise(crisis: Crisis, layout: Layout) -> dict[Key, float]:
    """Return the expected base rates of a solved tree, by class and over all pairs."""
    from foedus import terms

    challenge = np.asarray(crisis.challenge)
    resisted = challenge * (1 - crisis.concession)
    war = resisted * crisis.attack
    force = war + resisted * crisis.limited_force
    aided = layout.treaty
    found: dict[Key, float] = {}
    for name in ("rival", "contiguous", "major", "all"):
        mine = np.full(len(challenge), True) if name == "all" else layout.pair_class == terms.PAIR_CLASSES.index(name)
        total = challenge[mine].sum()
        found[((name,), "challenge")] = float(challenge[mine].mean())
        found[((name,), "conceded")] = float((challenge * crisis.concession)[mine].sum() / total)
        found[((name,), "force")] = float(force[mine].sum() / total)
        found[((name,), "war")] = float(war[mine].sum() / total)
        for label, some in (("war_with_major_ally", mine & aided), ("war_without_major_ally", mine & ~aided)):
            found[((name,), label)] = float(war[some].sum() / max(challenge[some].sum(), 1e-9))
    return found


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Values of `FREE` that meet the rates best, their standard errors, the misfit, and how many rates."""

    values: Mapping[str, float]
    errors: Mapping[str, float]
    misfit: float
    rates: int


@cache
def from_the_ledger() -> Calibrated:
    """Go downhill from the ledger's values, within the box. Raises EstimationError when it does not settle."""
    from scipy.optimize import least_squares

    from foedus.ledger import load_ledger

    ledger, posed = load_ledger(), problem()
    low, high = np.array(list(FREE.values())).T
    margin = 1e-3 * (high - low)
    start = np.clip([ledger[name].default for name in FREE], low + margin, high - margin)
    scale = np.array([max(ledger[name].high - ledger[name].low, 0.05) / 2 for name in FREE])
    found = least_squares(
        posed.misses, start, bounds=(low, high), x_scale=scale, diff_step=[1e-3] * len(FREE), max_nfev=200
    )
    if not found.success:
        msg = f"the calibration did not settle in 200 evaluations ({found.message})"
        raise EstimationError(msg)
    slope = np.asarray(found.jac, dtype=np.float64)
    weighed = slope * np.array([posed.error[k] / posed.spread[k] for k in posed.rates])[:, None]
    bread = np.linalg.pinv(slope.T @ slope)
    errors = np.sqrt(np.diag(bread @ weighed.T @ weighed @ bread))
    return Calibrated(
        dict(zip(FREE, found.x.tolist(), strict=True)),
        dict(zip(FREE, errors.tolist(), strict=True)),
        float(2 * found.cost),
        len(posed.rates),
    )


def _calibrated(name: str) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:  # noqa: ARG001  the table of base rates is its evidence
        found = from_the_ledger()
        value, reach = found.values[name], 1.96 * found.errors[name]
        return Measured(value, value - reach, value + reach, found.rates, "sampling error of the base rates")

    return measure


_RECIPE = "value at which the world of 2026, in its first year, comes closest to the table of base rates"
ESTIMATES = tuple(
    Estimate(f"calibrated {name.replace('_', ' ')}", _RECIPE, _calibrated(name), name)
    for name in FREE
    if name != "war_cost_scaling"
)
