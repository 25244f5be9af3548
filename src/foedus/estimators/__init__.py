"""Estimators on any frame, each giving a frozen `Fit`: logits, ordered logits, partial adjustment.

The room imports nothing of the model, so it serves a scholar who never runs it. `strategic` has games whose players'
choices are explained together, `scores` the scoring rules of forecasts, `specifications` the equations this project
fits on the samples of `foedus.panels.samples`; each loads when first asked for.
"""

from __future__ import annotations

from foedus.estimators.effects import average_chances, average_effects
from foedus.estimators.fit import Fit, Term
from foedus.estimators.logits import firth_logit, logit, ridge_logit
from foedus.estimators.ordered import held_out_reduction, ordered_logit
from foedus.estimators.spending import adjustment, long_run, partial_adjustment
from foedus.estimators.tables import regression_table
from foedus.facade import on_demand

__all__ = [
    "Fit",
    "Term",
    "adjustment",
    "average_chances",
    "average_effects",
    "firth_logit",
    "held_out_reduction",
    "logit",
    "long_run",
    "ordered_logit",
    "partial_adjustment",
    "regression_table",
    "ridge_logit",
]

__getattr__ = on_demand(__name__, ("scores", "specifications", "strategic"))
