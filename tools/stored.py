"""Results of the main postures as data/results.json holds them: written by results.py, read by the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parents[1] / "data" / "results.json"

Effects = Mapping[str, Mapping[str, float | None]]
"""Effect by row and measure; None where its interval holds zero."""


@dataclass(frozen=True)
class Band:
    """Mean over futures, the ends of what nine in ten hold, and the Monte Carlo standard error of the mean."""

    mean: float
    low: float
    high: float
    error: float | None = None


@dataclass(frozen=True)
class Ally:
    """Expected loss of an ally, per cent of GDP a year.

    name       with its guarantor where that is not the main one
    steady     under steady support
    changes    by posture, against steady support on the same luck
    direction  by posture: 1 where nine futures in ten lose more, -1 where they lose less, else 0
    conceded   by posture, steady included: share of the loss that is conceded; None where nothing is lost
    """

    name: str
    steady: Band
    changes: Mapping[str, Band]
    direction: Mapping[str, int]
    conceded: Mapping[str, float | None]


@dataclass(frozen=True)
class BaseRate:
    """A base rate under steady support beside that of 1950-2010, by class of pair."""

    pair_class: str
    measure: str
    run: float
    history: float | None
    low: float | None
    high: float | None
    within_two: bool | None
    error: float | None = None
    """Monte Carlo standard error of the run's; None where it cannot be told"""


@dataclass(frozen=True)
class Ablation:
    """What each mechanism adds, by posture, row and measure, and what it was made from."""

    futures: int
    ledger: str
    facts: str
    effects: Mapping[str, Effects]


@dataclass(frozen=True)
class Stored:
    """All that docs/results.md shows; allies worst under retrenchment first."""

    futures: int
    years: tuple[int, int]
    seed: int
    ledger: str
    facts: str
    postures: tuple[str, ...]
    allies: tuple[Ally, ...]
    rates: tuple[BaseRate, ...]
    ablation: Ablation
    ensemble: str = ""


def write_results(stored: Stored, path: Path = RESULTS) -> None:
    """Write stored results, figures to nine digits."""
    path.write_text(json.dumps(_plain(asdict(stored)), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_results(path: Path = RESULTS) -> Stored:
    """Read stored results. Raises ValueError when there are none, or in another form."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        allies = tuple(
            Ally(**{**a, "steady": Band(**a["steady"]), "changes": {k: Band(**b) for k, b in a["changes"].items()}})
            for a in held["allies"]
        )
        rates = tuple(BaseRate(**rate) for rate in held["rates"])
        lists = {"years": tuple(held["years"]), "postures": tuple(held["postures"])}
        return Stored(**{**held, **lists, "allies": allies, "rates": rates, "ablation": Ablation(**held["ablation"])})
    except (OSError, KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        msg = f"{path.name}: not results as tools/results.py stores them ({error}). Run: python tools/results.py"
        raise ValueError(msg) from error


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (tuple, list)) else value
