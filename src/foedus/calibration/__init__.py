"""Re-estimates of every figure that the ledger or the world's base rates call computed, and what has drifted."""

from __future__ import annotations

from foedus.calibration.compare import NOT_ESTIMATED, chosen, estimate, every_estimate
from foedus.calibration.declare import DeclaredEstimate, Finding
from foedus.calibration.evidence import Evidence
from foedus.calibration.measure import Measured

__all__ = [
    "NOT_ESTIMATED",
    "DeclaredEstimate",
    "Evidence",
    "Finding",
    "Measured",
    "chosen",
    "estimate",
    "every_estimate",
]
