"""The strip of small pictures: one figure each, before and now, and its path over the years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus import charts, words
from foedus.app.picture import key_of, skeleton
from foedus.app.pictures import Sight, Values
from foedus.results import Results
from foedus.results.error import standard_error


@dataclass(frozen=True)
class Small:
    """A small picture.

    key    the large picture that shows more of it
    title  what the figure is
    unit   its unit
    path   by results and role: [Y, N]
    """

    key: str
    title: str
    unit: str
    path: Callable[[Results, str], Values]


def _of_guarantor(measure: str) -> Callable[[Results, str], Values]:
    def path(results: Results, role: str) -> Values:
        place = results.guarantors.index(results.main_guarantor)
        return np.asarray(results.guarantor(measure, role)[:, place])

    return path


SMALL = (
    Small("risks", "Allies at war", "expected", lambda r, role: np.asarray(r.ally("war", role).sum(axis=1))),
    Small("belief_all", "Belief in help", "%, mean of allies",
          lambda r, role: np.asarray(100.0 * r.ally("promise_ally", role).mean(axis=1))),
    Small("spending_all", "Spending", "% of GDP, mean",
          lambda r, role: np.asarray(100.0 * r.ally("spending", role).mean(axis=1))),
    Small("nuclear", "Armed allies", "expected",
          lambda r, role: np.asarray((r.ally("nuclear", role) >= 3.0).sum(axis=1).astype(np.float64))),
    Small("cost", "Guarantor’s cost", "bn USD a year", _of_guarantor("cost")),
    Small("involvement", "Guarantor’s wars", "a year", _of_guarantor("involvement")),
    Small("rivals", "Lean to rivals", "%, mean of allies",
          lambda r, role: np.asarray(100.0 * r.ally("lean_rival", role).mean(axis=1))),
)  # fmt: skip


def strip(seen: Sight) -> list[dict[str, Any]]:
    """Every small picture: title, unit, figure of the last year on both sides, and the chart."""
    return [_drawn(seen, small) for small in SMALL]


def _drawn(seen: Sight, small: Small) -> dict[str, Any]:
    held = {role: small.path(seen.results, role) for role in seen.roles}
    means = {role: path.mean(axis=1, dtype=np.float64) for role, path in held.items()}
    error = standard_error(held["posture"][-1], seen.results.twins())
    paths = {seen.roles[role]: [float(x) for x in path] for role, path in means.items()}
    years, structure = seen.results.years, ("spark", *paths)
    return {
        "key": small.key,
        "title": small.title,
        "unit": small.unit,
        "year": years[-1],
        "now": _short(means["posture"][-1]),
        "error": words.plus_minus(error, float(means["posture"][-1])),
        "before": _short(means["against"][-1]) if seen.paired else "",
        "chart": {
            "key": key_of(structure),
            "spec": skeleton(structure, lambda: charts.spark(paths, years)),
            "rows": [charts.spark_rows(paths, years)],
        },
    }


def _short(value: float) -> str:
    """A figure short enough to stand beside another in little space."""
    return words.significant(float(value), 3 if abs(value) >= 1.0 else 2)
