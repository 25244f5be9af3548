"""The crisis tree calibrated: parameters at which the world of today has the base rates of history.

A minimum-distance estimate. The rates are asked twice: of the first year, and of the years to 2050 under steady
support, since in a run they fall (stakes are won, forces answer) and a fit to either end alone misses the other by up
to a factor of two. Rates are means over points of every other parameter's range, and over the ranges of stakes and
hostility; each miss counts by its log ratio over the spread of the historical figure in logs, and the two halves of
the question count the same. How a rate moves from the first year to the run is measured once, at the ledger's values:
it hardly depends on what is free. `tools/calibrate.py` searches the whole box; the re-estimate starts at the ledger and
goes downhill. Its intervals carry the sampling error of the historical rates; they know nothing of the model being
wrong. An estimate that ends at a limit of the box is not identified, and is called so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from foedus.calibration.declare import DeclaredEstimate
from foedus.calibration.evidence import Evidence
from foedus.calibration.measure import Measured
from foedus.errors import EstimationError
from foedus.estimators.fit import Floats

FREE: Mapping[str, tuple[float, float]] = {
    "challenge_cost": (0.0, 2.0),
    "hostility_weight": (0.0, 1.0),
    "yielding_cost": (0.0, 2.0),
    "back_down_cost": (-0.25, 0.5),
    "limited_gain": (0.0, 1.0),
    "challenger_war_cost": (0.0, 3.0),
    "war_cost_relief": (0.0, 3.0),
}
"""What is free, and within which limits, in stakes. Signs: opening a crisis, yielding and war are no gain in
themselves, hostility never deters, and its relief never makes a war dearer. Sizes: a raid wins at most the whole issue,
and hostility alone is worth no more. Backing down may bring something (most disputes are displays that ask for little),
but a challenger that gets nothing gains no more than one that gets its demand, which is a quarter of the issue
(`demand_share`). The other upper limits are wide: at two issues no state would challenge or yield, at three none
fights."""
LEAST_SPREAD = 0.15
"""Least spread of a target in logs, so that a rate known from thousands of cases does not crowd out the rest."""
AT_BOUND = 0.01
"""An estimate nearer to a limit than this share of its box is at that limit."""
Key = tuple[tuple[str, ...], str]


@dataclass(frozen=True, eq=False)
class CalibrationProblem:
    """Rates to meet, and the model that gives them.

    rates, spread, error  by class and rate: history's figure, what a miss is measured in, its sampling error in logs
    drift                 the run's rate over the first year's
    rates_at              the model's rates of the first year at values of `FREE`, in their order
    """

    rates: Mapping[Key, float]
    spread: Mapping[Key, float]
    error: Mapping[Key, float]
    drift: Mapping[Key, float]
    rates_at: Callable[[Floats], Mapping[Key, float]]

    def misses(self, point: Floats) -> Floats:
        """Log ratio of the model's to history's rate over its spread and the root of two, [first year's, run's]."""
        got = self.rates_at(point)
        first = np.array([np.log(max(got[k], 1e-6) / rate) / self.spread[k] for k, rate in self.rates.items()])
        moved = np.array([np.log(max(self.drift[k], 1e-6)) / self.spread[k] for k in self.rates])
        missed: Floats = np.concatenate([first, first + moved]) / np.sqrt(2.0)
        return missed


def problem(seed: int = 1) -> CalibrationProblem:
    """Set up the calibration on the world of today and its table of base rates."""
    from foedus.calibration.calibrated_world import calibrated_world, first_year, through_the_run
    from foedus.world import World

    facts = World.load().tables.latest("base_rates.csv")
    known = {key: fact for key, fact in facts.items() if fact.value > 0.0}
    error = {k: ((f.high or f.value) - (f.low or 0.0)) / 4.0 / f.value for k, f in known.items()}
    world = calibrated_world(seed)
    held = np.array([world.defaults[name] for name in FREE])
    rates_at = partial(first_year, world, tuple(FREE))
    start, run = rates_at(held), through_the_run(world)
    return CalibrationProblem(
        {k: f.value for k, f in known.items()},
        {k: max(e, LEAST_SPREAD) for k, e in error.items()},
        error,
        {k: run[k] / max(start[k], 1e-6) for k in known},
        rates_at,
    )


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Values of `FREE` that meet the rates best.

    errors   standard errors; of a value at a bound, as if it were free
    bounds   the limit that a value is at, if it is at one
    misfit   sum of squared misses, and of how many rates
    """

    values: Mapping[str, float]
    errors: Mapping[str, float]
    bounds: Mapping[str, float]
    misfit: float
    rates: int


@cache
def from_the_ledger() -> Calibrated:
    """Go downhill from the ledger's values, within the box. Raises EstimationError when it does not settle."""
    from foedus.ledger import load_ledger

    ledger = load_ledger()
    return downhill(problem(), np.array([ledger[name].default for name in FREE]))


def downhill(posed: CalibrationProblem, start: Floats, box: Mapping[str, tuple[float, float]] = FREE) -> Calibrated:
    """Return what meets the rates of `posed` best, searching from `start` within `box`.

    The search walks in shares of the box, from 1 to 2 so that a step means the same at both ends.
    Raises EstimationError when it does not settle.
    """
    from scipy.optimize import least_squares

    low, high = np.array(list(box.values())).T
    first = 1.0 + np.clip((start - low) / (high - low), 2 * AT_BOUND, 1.0 - 2 * AT_BOUND)

    def misses(at: Floats) -> Floats:
        return posed.misses(low + (at - 1.0) * (high - low))

    found = least_squares(
        misses,
        first,
        bounds=(1.0, 2.0),
        x_scale=0.1,
        diff_step=[1e-3] * len(box),
        max_nfev=200,
    )
    if not found.success:
        msg = f"the calibration did not settle in 200 evaluations ({found.message})"
        raise EstimationError(msg)
    share = found.x - 1.0
    stopped = np.where(share < AT_BOUND, low, np.where(share > 1.0 - AT_BOUND, high, np.nan))
    values = np.where(np.isnan(stopped), low + share * (high - low), stopped)
    slope = np.asarray(found.jac, dtype=np.float64) / (high - low)
    free = np.isnan(stopped)
    errors = _errors(slope, posed)
    errors[free] = _errors(slope[:, free], posed)
    return Calibrated(
        dict(zip(box, values.tolist(), strict=True)),
        dict(zip(box, errors.tolist(), strict=True)),
        {name: float(x) for name, x in zip(box, stopped, strict=True) if not np.isnan(x)},
        float(2 * found.cost),
        len(posed.rates),
    )


def _errors(slope: Floats, posed: CalibrationProblem) -> Floats:
    """Standard errors by the delta method: a historical rate errs once, for the first year and the run alike."""
    first, run = np.split(slope, 2)
    weighed = (first + run) * np.array([posed.error[k] / posed.spread[k] for k in posed.rates])[:, None] / np.sqrt(2.0)
    bread = np.linalg.pinv(slope.T @ slope)
    found: Floats = np.sqrt(np.diag(bread @ weighed.T @ weighed @ bread))
    return found


def _calibrated(name: str) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:  # noqa: ARG001  the table of base rates is its evidence
        return measured(from_the_ledger(), name)

    return measure


def measured(found: Calibrated, name: str, box: Mapping[str, tuple[float, float]] = FREE) -> Measured:
    """Return a calibrated value with its interval, cut at the box, and the limit it is at, if any."""
    value, reach = found.values[name], 1.96 * found.errors[name]
    low, high = np.clip((value - reach, value + reach), *box[name])
    bound = found.bounds.get(name)
    return Measured(
        value, float(low), float(high), found.rates, "sampling error of the base rates", at_bound=bound is not None
    )


_RECIPE = "value at which the world of 2026, in its first year and to 2050, comes closest to the table of base rates"
ESTIMATES = tuple(
    DeclaredEstimate(f"calibrated {name.replace('_', ' ')}", _RECIPE, _calibrated(name), name) for name in FREE
)
