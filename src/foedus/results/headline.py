"""What a run says of each ally: levels under both postures, their paired difference, promise and window. Quantiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import isnan

import numpy as np
from numpy.typing import NDArray

from foedus.results.results import Results

Values = NDArray[np.float32]

MOST_SURE = 0.9
"""Share of futures that must agree before a difference has a direction."""

VISIBLE = 5e-5
"""Loss in per cent of GDP below which nothing is said to change."""


@dataclass(frozen=True)
class Range:
    """A quantity over futures: median with 50 and 90 per cent bands."""

    low90: float
    low50: float
    median: float
    high50: float
    high90: float

    @staticmethod
    def of(values: Values) -> Range:
        """Quantiles of values over futures."""
        return Range(*(float(x) for x in np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95))))


@dataclass(frozen=True)
class Headline:
    """One ally's row: means over the years of the run, in per cent of GDP where a loss."""

    ally: str
    loss: Range
    conceded: Range
    fought: Range
    promise_true: Range
    promise_ally: Range
    promise_adversary: Range
    window_years: int
    """years in which the median loss exceeds that of the first year by a tenth or more"""
    peak_year: int
    luck_share: float
    """share of the spread that is luck; the rest is not knowing the parameters"""
    against: Headline | None = None
    """the same under the other posture"""
    difference: Range | None = None
    """loss minus that of the other posture on the same luck"""
    chance_worse: float | None = None
    """share of futures in which this posture loses more"""
    difference_luck: float | None = None
    """share of the spread of the difference that is luck"""

    @property
    def uncovered(self) -> bool:
        """Whether no guarantee covers the ally against its most dangerous challenger."""
        return self.promise_true.high90 <= 0.0

    @property
    def safe(self) -> bool:
        """Whether nobody in the data challenges the ally."""
        return self.loss.high90 <= 0.0 and (self.against is None or self.against.loss.high90 <= 0.0)

    @property
    def times(self) -> float | None:
        """Median loss over that under the other posture; None where there is nothing to divide by."""
        if self.against is None or self.against.loss.median <= 0.0:
            return None
        return self.loss.median / self.against.loss.median

    @property
    def direction(self) -> int:
        """1 when nine futures in ten lose more than under the other posture, -1 when they lose less, else 0."""
        if self.chance_worse is None or self.difference is None or self.safe:
            return 0
        if max(abs(self.difference.low90), abs(self.difference.high90)) < VISIBLE:
            return 0
        return int(self.chance_worse >= MOST_SURE) - int(self.chance_worse <= 1.0 - MOST_SURE)


def stake_gdp(results: Results) -> NDArray[np.float64]:
    """Per cent of GDP that a stake of one is worth, by future, [N] (3.17)."""
    parameters = results.parameters()
    if "stake_share_of_gdp" in parameters.columns:
        return 100.0 * parameters["stake_share_of_gdp"].to_numpy().astype(np.float64)
    return np.full(results.futures, 28.0)


def headlines(results: Results, role: str = "posture") -> list[Headline]:
    """A row for each ally: most changed first when there is a comparison, else worst first."""
    scale = stake_gdp(results).astype(np.float32)
    total, rows = _rows(results, role, scale)
    if role != "posture" or "against" not in results.roles:
        return sorted(rows, key=lambda row: -row.loss.median)
    other, others = _rows(results, "against", scale)
    first, second = results.twins()
    paired = []
    for a, (row, its) in enumerate(zip(rows, others, strict=True)):
        gap = (total[:, a] - other[:, a]).mean(axis=0)
        paired.append(
            replace(
                row,
                against=its,
                difference=Range.of(gap),
                chance_worse=float((gap > 0.0).mean()),
                difference_luck=luck_share(gap, first, second),
            )
        )
    return by_change(paired)


def by_change(rows: Sequence[Headline]) -> list[Headline]:
    """Most changed first: by the size of the median difference, then by level."""
    return sorted(rows, key=lambda r: (-abs(r.difference.median) if r.difference else 0.0, -r.loss.median))


def _rows(results: Results, role: str, scale: Values) -> tuple[Values, list[Headline]]:
    """Loss [Y, A, N] in per cent of GDP, and a row for each ally in axis order."""
    parts = {name: results.ally(name, role) * scale for name in ("loss_conceded", "loss_fought")}
    total = parts["loss_conceded"] + parts["loss_fought"]
    promise = {name: results.ally(name, role) for name in ("promise_true", "promise_ally", "promise_adversary")}
    first, second = results.twins()
    rows = []
    for a, ally in enumerate(results.allies):
        mean = total[:, a].mean(axis=0)
        path = np.median(total[:, a], axis=1)
        rows.append(
            Headline(
                ally=ally,
                loss=Range.of(mean),
                conceded=Range.of(parts["loss_conceded"][:, a].mean(axis=0)),
                fought=Range.of(parts["loss_fought"][:, a].mean(axis=0)),
                promise_true=Range.of(promise["promise_true"][:, a].mean(axis=0)),
                promise_ally=Range.of(promise["promise_ally"][:, a].mean(axis=0)),
                promise_adversary=Range.of(promise["promise_adversary"][:, a].mean(axis=0)),
                window_years=int((path > 1.1 * path[0]).sum()),
                peak_year=results.years[int(np.argmax(path))],
                luck_share=luck_share(mean, first, second),
            )
        )
    return total, rows


def luck_share(values: Values, first: NDArray[np.intp], second: NDArray[np.intp]) -> float:
    """Share of the spread that is luck: one less the rank correlation of twins, 0-1; NaN without enough twins.

    Twins share parameters and differ in luck only, so what agrees between them is ignorance and what differs is luck.
    Ranks, because a handful of very bad futures would otherwise decide the figure.
    """
    if len(first) < 8 or float(values.std()) <= 0.0:
        return float("nan")
    from scipy.stats import rankdata  # half a second: only those who ask pay it

    ranks = rankdata(values)
    one, two = ranks[first], ranks[second]
    if one.std() == 0.0 or two.std() == 0.0:
        return float("nan")
    return float(np.clip(1.0 - np.corrcoef(one, two)[0, 1], 0.0, 1.0))


def as_mapping(row: Headline) -> Mapping[str, object]:
    """A headline as plain values, for JSON: what cannot be told is None."""
    found: dict[str, object] = {**asdict(row), "times": row.times, "direction": row.direction}
    if row.against is not None:
        found["against"] = as_mapping(row.against)
    return {name: None if isinstance(value, float) and isnan(value) else value for name, value in found.items()}
