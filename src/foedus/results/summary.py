"""What a run says: headline by ally, paired comparison, base rates, drivers. Quantiles, never a lone line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.results.results import Results
from foedus.terms import PAIR_CLASSES
from foedus.world import World

Values = NDArray[np.float32]


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
    difference: Range | None
    """loss minus that of the other posture on the same luck"""
    chance_worse: float | None
    """share of futures in which this posture loses more"""

    @property
    def uncovered(self) -> bool:
        """Whether no guarantee covers the ally against its most dangerous challenger."""
        return self.promise_true.high90 <= 0.0


def stake_gdp(results: Results) -> NDArray[np.float64]:
    """Per cent of GDP that a stake of one is worth, by future, [N] (3.17)."""
    parameters = results.parameters()
    if "stake_share_of_gdp" in parameters.columns:
        return 100.0 * parameters["stake_share_of_gdp"].to_numpy().astype(np.float64)
    return np.full(results.futures, 28.0)


def headlines(results: Results, role: str = "posture") -> list[Headline]:
    """A row for each ally, worst first."""
    scale = stake_gdp(results).astype(np.float32)
    parts = {name: results.ally(name, role) * scale for name in ("loss_conceded", "loss_fought")}
    total = parts["loss_conceded"] + parts["loss_fought"]
    other = results.loss("against") * scale if "against" in results.roles and role == "posture" else None
    promise = {name: results.ally(name, role) for name in ("promise_true", "promise_ally", "promise_adversary")}
    first, second = results.twins()
    rows = []
    for a, ally in enumerate(results.allies):
        mean = total[:, a].mean(axis=0)
        path = np.median(total[:, a], axis=1)
        gap = None if other is None else mean - other[:, a].mean(axis=0)
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
                difference=None if gap is None else Range.of(gap),
                chance_worse=None if gap is None else float((gap > 0.0).mean()),
            )
        )
    return sorted(rows, key=lambda row: -row.loss.median)


def luck_share(values: Values, first: NDArray[np.intp], second: NDArray[np.intp]) -> float:
    """Share of the variance that is luck: half the mean squared gap of twins over it all; NaN without twins.

    Twins share parameters and differ in luck only, so their gap has no part of ignorance in it.
    """
    whole = float(values.var())
    if len(first) < 2 or whole <= 0.0:
        return float("nan")
    gap = values[first].astype(np.float64) - values[second]
    return float(np.clip(0.5 * (gap**2).mean() / whole, 0.0, 1.0))


@dataclass(frozen=True)
class Rate:
    """A base rate of the run beside history."""

    pair_class: str
    measure: str
    run: float
    history: float | None
    low: float | None
    high: float | None

    @property
    def within_two(self) -> bool | None:
        """Whether run and history are within a factor of two; None when history has no figure above zero."""
        if not self.history or self.run <= 0.0:
            return None
        return 0.5 <= self.run / self.history <= 2.0


def base_rates(results: Results, world: World, role: str = "against") -> list[Rate]:
    """Rates the run produced, by class of pair, beside those of 1950-2010."""
    role = role if role in results.roles else "posture"
    pairs = results.pairs(role)
    history = world.tables.latest("base_rates.csv")
    rows: list[Rate] = []
    for name in (*PAIR_CLASSES, "all"):
        part = pairs if name == "all" else pairs.filter(pairs["class"] == name)
        if not part.height:
            continue
        total = {column: float(part[column].sum()) for column in part.columns[4:]}
        # a pair stands in for one pair-year per future and year
        exposure = total["years"]
        found = {
            "challenge": total["challenges"] / exposure,
            "conceded": total["conceded"] / max(total["challenges"], 1.0),
            "force": (total["limited"] + total["wars"]) / max(total["challenges"], 1.0),
            "war": total["wars"] / max(total["challenges"], 1.0),
        }
        for label, treaty in (("war_with_major_ally", True), ("war_without_major_ally", False)):
            some = part.filter(part["treaty"] == treaty)
            found[label] = float(some["wars"].sum()) / max(float(some["challenges"].sum()), 1.0)
        for measure, value in found.items():
            fact = history.get(((name,), measure))
            rows.append(
                Rate(name, measure, value, *((fact.value, fact.low, fact.high) if fact else (None, None, None)))
            )
    bound = pairs.filter(pairs["treaty"])
    joined = float(bound["fought"].sum()) / max(float(bound["due"].sum()), 1.0)
    rows.append(Rate("all", "guarantor joins", joined, 0.22, None, None))
    return rows


def drivers(results: Results, ally: int | None = None, most: int = 12) -> list[tuple[str, float]]:
    """Parameters whose rank correlates most with the loss, over futures: what drives the answer (Spearman's rho)."""
    loss = results.loss()
    values = (loss[:, ally] if ally is not None else loss.mean(axis=1)).mean(axis=0)
    ranked = _ranks(values)
    table = results.parameters()
    found = []
    for name in table.columns[1:]:
        column = table[name].to_numpy()
        if column.std() > 0:
            found.append((name, float(np.corrcoef(_ranks(column), ranked)[0, 1])))
    return sorted(found, key=lambda item: -abs(item[1]))[:most]


def _ranks(values: NDArray[np.floating]) -> NDArray[np.float64]:
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(len(values))
    return ranks


def as_mapping(row: Headline) -> Mapping[str, object]:
    """A headline as plain values, for JSON."""
    from dataclasses import asdict

    return asdict(row)
