"""A control variate: a posture's mean told better by the baseline beside it, whose own mean a larger run knows.

On the same luck a posture and the baseline go up and down together. Where a run of both happens to draw futures that
are worse for the baseline than its known mean, its mean for the posture is too high by about as much. The
slope is taken from the other half of the futures, so that the estimate stays unbiased: in a half, slope and means are
independent, and the mean of the baseline's futures is its known mean in expectation. docs/explore.md has what it saves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError, RunFolderError
from foedus.results.error import NO_TWINS, Twins, standard_error, standard_errors
from foedus.results.headline import stake_gdp
from foedus.results.reduced import levels
from foedus.results.results import Results
from foedus.study.apart import apart, said

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Controlled:
    """A mean told with a control variate.

    mean   the estimate
    error  its Monte Carlo standard error, that of the known mean included
    plain  standard error of the plain mean of the same futures
    """

    mean: float
    error: float
    plain: float

    @property
    def saves(self) -> float:
        """How many times as many futures the plain mean would need for the same error."""
        return (self.plain / self.error) ** 2 if self.error > 0.0 else float("inf")


def controlled(values: Floats, variate: Floats, mean: float, error: float = 0.0, twins: Twins = NO_TWINS) -> Controlled:
    """The mean of values [N] with the help of a variate [N] of the same futures.

    mean   of the variate, known
    error  standard error of that, where a larger run on other draws gave it; 0 where it is exact
    twins  futures that share parameters, which stay in one half

    Unbiased: each half's mean is moved by the slope of the other half times how far its variate's mean lies from the
    known one. Raises InputError for fewer than eight futures.
    """
    count = len(values)
    if count < 8:
        msg = f"a control variate needs eight futures or more; got {count}"
        raise InputError(msg)
    half = np.arange(count) % 2
    half[twins[1]] = half[twins[0]]
    slopes = [_slope(values[half == h], variate[half == h]) for h in (0, 1)]
    slope = np.where(half == 0, slopes[1], slopes[0])
    moved = values - slope * (variate - mean)
    own, known = standard_error(moved, twins), float(slope.mean()) * error
    return Controlled(float(moved.mean()), float(np.hypot(own, known)), standard_error(values, twins))


def _slope(values: Floats, variate: Floats) -> float:
    apart_ = variate - variate.mean()
    square = float(apart_ @ apart_)
    return float(apart_ @ values) / square if square > 0.0 else 0.0


def losses_by_baseline(results: Results, baseline: Results) -> dict[str, Controlled]:
    """Mean loss of every ally under the posture of a run, per cent of GDP a year, told by a larger run of its baseline.

    results   a run that compares a posture with a baseline
    baseline  the baseline alone, in more futures of another seed; all else as in `results`

    Raises InputError for a run that compares nothing, RunFolderError for a baseline of the same seed, of another
    posture, or that differs in more than seed and futures.
    """
    if "against" not in results.roles:
        msg = f"{results.parts.name}: compares nothing, so no baseline stands beside its posture"
        raise InputError(msg)
    marks = apart(results.manifest, baseline.manifest)
    wrong = [said(m, results.manifest, baseline.manifest) for m in marks if m.name not in ("seed", "futures")]
    if baseline.seed == results.seed:
        wrong.append(f"not in the seed, which is {results.seed} in both: the baseline needs draws of its own")
    if baseline.roles["posture"] != results.roles["against"]:
        wrong.append(f"the baseline ({results.roles['against']} and {baseline.roles['posture']})")
    if wrong:
        msg = f"{results.parts.name} and {baseline.parts.name} differ in {', '.join(wrong)}"
        raise RunFolderError(msg)
    scale = stake_gdp(results).astype(np.float32)
    mine, its = (levels(results, role, scale).means["loss"].astype(np.float64) for role in ("posture", "against"))
    known = levels(baseline, "posture", stake_gdp(baseline).astype(np.float32)).means["loss"]
    errors, means = standard_errors(known, baseline.twins()), known.mean(axis=1, dtype=np.float64)
    return {
        ally: controlled(mine[a], its[a], float(means[a]), float(errors[a]), results.twins())
        for a, ally in enumerate(results.allies)
    }
