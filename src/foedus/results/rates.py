"""Base rates a run produced, beside those of 1950-2010, by class of directed pair, with their Monte Carlo error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.results.error import ratio_error
from foedus.results.results import Results
from foedus.terms import PAIR_CLASSES
from foedus.world import World

JOINED_SINCE_1945 = 0.22
"""Share of alliance members that fought when their promise fell due, since 1945: Berkemeier and Fuhrmann (2018)."""

Floats = NDArray[np.float64]

Counts = Mapping[str, Floats]
"""Of one class, or of all: counts by future, [N]."""


@dataclass(frozen=True)
class Rate:
    """A base rate of the run beside history.

    error  Monte Carlo standard error of the run's; NaN from one future, or where nothing happened
    """

    pair_class: str
    measure: str
    run: float
    history: float | None
    low: float | None
    high: float | None
    error: float = float("nan")

    @property
    def within_two(self) -> bool | None:
        """Whether run and history are within a factor of two; None when history has no figure above zero."""
        if not self.history:
            return None
        return 0.5 <= self.run / self.history <= 2.0


def base_rates(results: Results, world: World, role: str = "against") -> list[Rate]:
    """Rates the run produced, by class of pair, beside those of 1950-2010."""
    role = role if role in results.roles else "posture"
    history, twins = world.tables.latest("base_rates.csv"), results.twins()
    by_class = _by_class(results, role)
    rows: list[Rate] = []
    for name, counts in by_class.items():
        for measure, (events, cases) in _shares(counts).items():
            fact = history.get(((name,), measure))
            value, low, high = (fact.value, fact.low, fact.high) if fact else (None, None, None)
            error = ratio_error(events, cases, twins)
            rows.append(Rate(name, measure, _share(events, cases), value, low, high, error))
    kept, due = by_class["all"]["fought"], by_class["all"]["due"]
    joined = _share(kept, due)
    return [*rows, Rate("all", "guarantor_joins", joined, JOINED_SINCE_1945, None, None, ratio_error(kept, due, twins))]


def _by_class(results: Results, role: str) -> dict[str, Counts]:
    """Counts of each class of pair that the run has, then of all; `years`, the pair-years of a future, among them."""
    table, pairs = results.classes(role), results.pairs(role)
    found = {}
    for name in PAIR_CLASSES:
        if count := pairs.filter(pairs["class"] == name).height:
            frame = table.filter(table["class"] == name).drop("class", "future")
            counts = {column: frame[column].to_numpy().astype(np.float64) for column in frame.columns}
            found[name] = counts | {"years": np.full(frame.height, float(count * len(results.years)))}
    whole = {name: np.sum([counts[name] for counts in found.values()], axis=0) for name in next(iter(found.values()))}
    return {**found, "all": whole}


def _shares(counts: Counts) -> dict[str, tuple[Floats, Floats]]:
    """What happened and out of how many, by rate, [N] each; a pair stands in for one pair-year a future and year."""
    n = counts
    return {
        "challenge": (n["challenges"], n["years"]),
        "conceded": (n["conceded"], n["challenges"]),
        "force": (n["forced"], n["challenges"]),
        "war": (n["wars"], n["challenges"]),
        "war_with_major_ally": (n["owed_wars"], n["owed"]),
        "war_without_major_ally": (n["wars"] - n["owed_wars"], n["challenges"] - n["owed"]),
    }


def _share(events: Floats, cases: Floats) -> float:
    return float(events.sum() / max(cases.sum(), 1.0))
