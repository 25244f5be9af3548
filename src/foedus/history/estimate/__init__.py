"""Re-estimates of every figure that the ledger or the world's base rates call computed, and what has drifted."""

from __future__ import annotations

from foedus.history.estimate.compare import NOT_ESTIMATED, chosen, estimate, every_estimate
from foedus.history.estimate.declare import Estimate, Finding
from foedus.history.estimate.evidence import Evidence
from foedus.history.estimate.measure import Measured

__all__ = [
    "NOT_ESTIMATED",
    "Estimate",
    "Evidence",
    "Finding",
    "Measured",
    "chosen",
    "estimate",
    "every_estimate",
]
