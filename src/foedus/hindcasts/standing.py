"""Where the model stands beside other forecasters of the same cases: better, worse, or not told apart.

One rule for all: a score is better, or worse, where the whole interval of its difference lies on one side of none.
Verdicts do not use it. They go by the figure itself, so that a tie may pass or fail.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from foedus.hindcasts.registry import FoundMeasure
from foedus.hindcasts.results import ScoreLine

Standing = Literal["worse", "not told apart", "better"]
STANDINGS: tuple[Standing, ...] = ("worse", "not told apart", "better")
"""In the order shown: losses first."""


@dataclass(frozen=True)
class ScoreBeside:
    """A score beside another forecaster's on the same cases and draws.

    hindcast, rival  by name
    figure           the difference, ours less the other's
    standing         what its interval says
    """

    hindcast: str
    rival: str
    figure: FoundMeasure
    standing: Standing


def standings(lines: Sequence[ScoreLine]) -> tuple[ScoreBeside, ...]:
    """Find every difference from another forecaster that a criterion judges and that has an interval, losses first."""
    found = []
    for line in lines:
        by_name = {} if line.outcome is None else {f.measure: f for f in line.outcome.figures}
        for criterion in line.test.criteria:
            figure = by_name.get(criterion.measure)
            if not criterion.rival or figure is None or figure.low is None or figure.high is None:
                continue
            standing = standing_of(figure.low, figure.high, less_is_better=criterion.low is None)
            found.append(ScoreBeside(line.test.name, criterion.rival, figure, standing))
    return tuple(sorted(found, key=lambda one: STANDINGS.index(one.standing)))


def standing_of(low: float, high: float, *, less_is_better: bool) -> Standing:
    """Return what an interval of a difference says of ours."""
    if low <= 0.0 <= high:
        return "not told apart"
    return "better" if (high < 0.0) == less_is_better else "worse"


def counted_standings(found: Sequence[ScoreBeside]) -> str:
    """Return them counted in words: "20 differences: 1 worse, 8 not told apart, 11 better"."""
    held = Counter(one.standing for one in found)
    return f"{len(found)} differences: {', '.join(f'{held[standing]} {standing}' for standing in STANDINGS)}"
