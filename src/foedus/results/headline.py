"""What a run says of each ally: levels under both postures, their paired difference, promise and window.

An expected loss is an expectation, so every figure is a mean over futures, and its range is that of the futures. Means
add up: the loss under one posture and the change give the loss under the other, and what is conceded and what is fought
give the whole. A median would do neither, and of a loss that is small in most futures and ruinous in a few it would
leave out the few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import isnan

import numpy as np
from numpy.typing import NDArray

from foedus.results.error import NO_TWINS, Twins, standard_errors
from foedus.results.ranks import ranks
from foedus.results.reduced import Levels, levels, mean_gap
from foedus.results.results import Results
from foedus.results.sources import LossTo, loss_sources
from foedus.words import VISIBLE

Values = NDArray[np.float32]

MOST_SURE = 0.9
"""Share of futures that must agree before a difference has a direction."""

LEAST_CHANGE = 0.001
"""Change of expected loss in per cent of GDP a year from which an ally is listed and spoken of."""

LEAST_FUTURES = 16
"""Below this a range of nine futures in ten has no meaning, nor has a direction that nine in ten must share."""

WINDOW = 1.1
"""Times the first year's expected loss above which a year counts as exposed."""


@dataclass(frozen=True)
class Range:
    """A quantity over futures: mean with median and 50 and 90 per cent bands."""

    low90: float
    low50: float
    median: float
    high50: float
    high90: float
    mean: float
    futures: int
    error: float = 0.0
    """Monte Carlo standard error of the mean: how far another seed would move it; NaN from one future"""

    @staticmethod
    def of(values: Values, twins: Twins = NO_TWINS) -> Range:
        """Mean and quantiles of values over futures; its error knows which of them are twins."""
        return Range.of_rows(values[None], twins)[0]

    @staticmethod
    def of_rows(values: Values, twins: Twins = NO_TWINS) -> list[Range]:
        """The same of each row of values [R, N]."""
        quantiles = np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95), axis=1)
        columns = *quantiles, values.mean(axis=1, dtype=np.float64), standard_errors(values, twins)
        return [
            Range(low90, low50, median, high50, high90, mean, values.shape[1], error)
            for low90, low50, median, high50, high90, mean, error in zip(*(c.tolist() for c in columns), strict=True)
        ]

    @property
    def told(self) -> bool:
        """Whether there are futures enough for its bands to mean something."""
        return self.futures >= LEAST_FUTURES


def ratio(loss: float, against: float) -> float | None:
    """How many times as large an expected loss is: the ratio of means; None where there is nothing to divide by.

    The mean of each future's own ratio would be another figure, ruled by futures whose loss is near zero.
    """
    return loss / against if against > 0.0 else None


@dataclass(frozen=True)
class Headline:
    """One ally's row: means over the years of the run, with ranges over futures; in per cent of GDP where a loss."""

    ally: str
    loss: Range
    conceded: Range
    fought: Range
    promise_true: Range
    promise_ally: Range
    promise_adversary: Range
    years_exposed: int
    """years in which the expected loss exceeds that of the first year by a tenth or more: 0 where it is worst at the
    start, as for a state at war already"""
    peak_year: int
    """year of the highest expected loss"""
    luck_share: float
    """share of the spread that is chance; the rest is uncertainty about parameters"""
    war: float = 0.0
    """chance of at least one war against the ally over the run"""
    ground: float = 0.0
    """share of what is at issue with its worst challenger that is conceded or lost by the last year"""
    total: float = 0.0
    """expected loss of all years together, per cent of one year's GDP"""
    war_error: float = float("nan")
    ground_error: float = float("nan")
    total_error: float = float("nan")
    """Monte Carlo standard errors of these three; NaN from one future"""
    sources: tuple[LossTo, ...] = ()
    """whom it loses to, most first"""
    against: Headline | None = None
    """the same under the other posture"""
    difference: Range | None = None
    """loss minus that of the other posture on the same random draws"""
    chance_worse: float | None = None
    """share of futures in which this posture loses more"""
    difference_luck: float | None = None
    """share of the spread of the difference that is chance"""

    @property
    def uncovered(self) -> bool:
        """Whether no guarantee covers the ally against its most dangerous challenger."""
        return self.promise_true.high90 <= 0.0

    @property
    def safe(self) -> bool:
        """Whether nobody in the data challenges the ally."""
        return self.loss.mean <= 0.0 and (self.against is None or self.against.loss.mean <= 0.0)

    @property
    def conceded_share(self) -> float | None:
        """Share of the expected loss that is from concessions, the rest from fighting; None where nothing is lost."""
        return self.conceded.mean / self.loss.mean if self.loss.mean > 0.0 else None

    @property
    def times(self) -> float | None:
        """Expected loss over that under the other posture; None where there is nothing to divide by."""
        return None if self.against is None else ratio(self.loss.mean, self.against.loss.mean)

    @property
    def source(self) -> LossTo | None:
        """The challenger to whom it loses most; None where it loses nothing."""
        return self.sources[0] if self.sources else None

    @property
    def limited_share(self) -> float:
        """Share of what it loses to challengers that is from force short of war; 0 where it loses nothing."""
        whole = sum(source.loss for source in self.sources)
        return sum(source.limited for source in self.sources) / whole if whole > 0.0 else 0.0

    @property
    def moved(self) -> bool:
        """Whether the expected loss changes by enough to list; a change that is not a number is listed, to be seen."""
        return self.difference is not None and not abs(self.difference.mean) < LEAST_CHANGE

    @property
    def direction(self) -> int:
        """1 when nine futures in ten lose more than under the other posture, -1 when they lose less, else 0.

        0 too where the change is shown as 0 or is not a number, where the mean goes the other way than most futures,
        and with too few futures to tell.
        """
        gap, chance = self.difference, self.chance_worse
        if gap is None or chance is None or not gap.told or not abs(gap.mean) >= VISIBLE:
            return 0
        if chance >= MOST_SURE:
            return int(gap.mean > 0.0)
        return -int(chance <= 1.0 - MOST_SURE and gap.mean < 0.0)


def stake_gdp(results: Results) -> NDArray[np.float64]:
    """Per cent of GDP that a stake of one is worth, by future, [N] (3.17)."""
    return 100.0 * results.parameters(["stake_share_of_gdp"])["stake_share_of_gdp"].to_numpy().astype(np.float64)


def years_exposed(path: NDArray[np.float64]) -> int:
    """Window of vulnerability (R11): years whose expected loss exceeds that of the first year by a tenth or more.

    path  mean over futures by year, [Y]
    """
    return int((path > WINDOW * path[0]).sum())


def headlines(results: Results, role: str = "posture") -> list[Headline]:
    """A row for each ally: most changed first when there is a comparison, else worst first."""
    paired = role == "posture" and "against" in results.roles
    twins, scale = results.twins(), stake_gdp(results).astype(np.float32)
    rows = _rows(results, role, levels(results, role, scale), twins)
    if not paired:
        return sorted(rows, key=lambda row: _first(row.loss.mean))
    sides = zip(rows, _rows(results, "against", levels(results, "against", scale), twins), strict=True)
    gap = mean_gap(results, scale)
    differences, luck, worse = Range.of_rows(gap, twins), luck_shares(gap, *twins), (gap > 0.0).mean(axis=1)
    return by_change(
        [
            replace(
                row,
                against=its,
                difference=differences[a],
                chance_worse=float(worse[a]) if np.isfinite(gap[a]).all() else float("nan"),
                difference_luck=float(luck[a]),
            )
            for a, (row, its) in enumerate(sides)
        ]
    )


def by_change(rows: Sequence[Headline]) -> list[Headline]:
    """Most changed first: by the size of the change of the expected loss, then by level. What is not a number leads."""
    return sorted(rows, key=lambda r: (_first(abs(r.difference.mean)) if r.difference else 0.0, _first(r.loss.mean)))


def _first(size: float) -> float:
    """Key that sorts the largest first, and what is not a number before it."""
    return -np.inf if isnan(size) else -size


def _rows(results: Results, role: str, held: Levels, twins: Twins) -> list[Headline]:
    """A row for each ally in axis order."""
    ranges = {name: Range.of_rows(values, twins) for name, values in held.means.items()}
    war, ground = (values.mean(axis=1, dtype=np.float64) for values in (held.at_war, held.ground))
    war_error, ground_error = (standard_errors(values, twins) for values in (held.at_war, held.ground))
    luck, sources = luck_shares(held.means["loss"], *twins), loss_sources(results, role)
    return [
        Headline(
            ally=ally,
            loss=ranges["loss"][a],
            conceded=ranges["loss_conceded"][a],
            fought=ranges["loss_fought"][a],
            promise_true=ranges["promise_true"][a],
            promise_ally=ranges["promise_ally"][a],
            promise_adversary=ranges["promise_adversary"][a],
            years_exposed=years_exposed(held.path[:, a]),
            peak_year=results.years[int(np.argmax(held.path[:, a]))],
            luck_share=float(luck[a]),
            war=float(war[a]),
            ground=float(ground[a]),
            total=float(held.path[:, a].sum()),
            war_error=float(war_error[a]),
            ground_error=float(ground_error[a]),
            total_error=len(held.path) * ranges["loss"][a].error,
            sources=sources.get(ally, ()),
        )
        for a, ally in enumerate(results.allies)
    ]


def luck_shares(values: Values, first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.float64]:
    """Share of the spread that is chance: one less the rank correlation of twins, 0-1; NaN without enough twins.

    values  [A, N]; a share for each row

    Twins (replicates) share parameters and differ in random draws only: what agrees between them is parametric
    (epistemic) uncertainty, what differs is chance.
    Ranks, because a handful of very bad futures would otherwise decide the figure.
    """
    found = np.full(len(values), np.nan)
    if len(first) < 8:
        return found
    ranked = ranks(values)
    one, two = (side - side.mean(axis=1, keepdims=True) for side in (ranked[:, first], ranked[:, second]))
    size = np.sqrt((one**2).sum(axis=1) * (two**2).sum(axis=1))
    varies = size > 0.0
    found[varies] = 1.0 - (one * two).sum(axis=1)[varies] / size[varies]
    return np.asarray(np.clip(found, 0.0, 1.0))


def as_mapping(row: Headline) -> Mapping[str, object]:
    """A headline as plain values, for JSON: what cannot be told is None."""
    shares = {"conceded_share": row.conceded_share, "times": row.times, "direction": row.direction}
    found: dict[str, object] = {**asdict(row), **shares}
    if row.against is not None:
        found["against"] = as_mapping(row.against)
    return _plain(found)


def _plain(found: Mapping[str, object]) -> dict[str, object]:
    """The same with None for what is no number, and for the bands of a range of too few futures."""
    few = isinstance(count := found.get("futures"), int) and count < LEAST_FUTURES
    plain: dict[str, object] = {}
    for name, value in found.items():
        if isinstance(value, Mapping):
            plain[name] = _plain(value)
        elif isinstance(value, float) and (isnan(value) or (few and name.startswith(("low", "high")))):
            plain[name] = None
        else:
            plain[name] = value
    return plain
