"""Base rates a run produced, beside those of 1950-2010, by class of directed pair."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.results.results import Results
from foedus.terms import PAIR_CLASSES
from foedus.world import World

JOINED_SINCE_1945 = 0.22
"""Share of alliance members that fought when their promise fell due, since 1945: Berkemeier and Fuhrmann (2018)."""


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
        if not self.history:
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
    rows.append(Rate("all", "guarantor_joins", joined, JOINED_SINCE_1945, None, None))
    return rows
