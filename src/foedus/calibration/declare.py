"""What an estimate declares, and the verdict on the figure it supports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from foedus.calibration.evidence import Evidence
from foedus.calibration.measure import Measured

Kind = Literal["parameter", "base rate", "figure"]
Verdict = Literal["inside the interval", "inside the range", "at its bound", "drifted", "not re-estimated"]


@dataclass(frozen=True)
class DeclaredEstimate:
    """One declared estimate.

    name      its own
    recipe    how it is made, in a sentence
    measure   from the evidence to a figure
    stands    what it is compared with: name of a ledger parameter; "class variable" of a base rate; or, for a figure
              that only the model's specification states, its section
    kind      which of the three
    stated    the figure as the specification has it; None where ledger or table have it
    """

    name: str
    recipe: str
    measure: Callable[[Evidence], Measured]
    stands: str
    kind: Kind = "parameter"
    stated: float | None = None


@dataclass(frozen=True)
class Finding:
    """A re-estimate beside the figure it supports.

    held             the figure as ledger, table or specification have it
    low, high        its range; None where it has none
    measured         None when it could not be made
    reason           why not
    """

    name: str
    kind: Kind
    stands: str
    recipe: str
    held: float
    low: float | None
    high: float | None
    measured: Measured | None
    verdict: Verdict
    reason: str = ""


def verdict(held: float, low: float | None, high: float | None, measured: Measured) -> Verdict:
    """Judge a re-estimate.

    "inside the interval": the figure in use is in the re-estimate's interval.
    "inside the range": it does not, but the re-estimate is in the range in use.
    "drifted": neither.
    "at its bound": the re-estimate ended at a limit of its search, so that it says nothing for or against the figure.
    """
    if measured.at_bound:
        return "at its bound"
    if measured.low <= held <= measured.high:
        return "inside the interval"
    if low is not None and high is not None and low <= measured.value <= high:
        return "inside the range"
    return "drifted"
