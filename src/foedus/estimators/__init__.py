"""Estimators for one equation at a time, on frames; each returns a frozen `Fit`. Strategic ones live next door."""

from __future__ import annotations

from foedus.estimators.fit import Fit, Term
from foedus.estimators.logit import firth_logit, logit, ridge_logit
from foedus.estimators.ordered import held_out_reduction, ordered_logit
from foedus.estimators.spending import adjustment, long_run, partial_adjustment

__all__ = [
    "Fit",
    "Term",
    "adjustment",
    "firth_logit",
    "held_out_reduction",
    "logit",
    "long_run",
    "ordered_logit",
    "partial_adjustment",
    "ridge_logit",
]
