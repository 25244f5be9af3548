"""Panels of states and pairs by year, from the researcher's own folder of published data.

The room imports nothing of the model, so it serves a scholar who never runs it. `samples` holds the frames that the
field's standard equations are fitted on, and loads when first asked for.
"""

from __future__ import annotations

from foedus.facade import on_demand
from foedus.panels.adopt import adopt_dyad_years
from foedus.panels.build import build_panel, dispute_dyad_years, dyad_years, state_years
from foedus.panels.files import DataFolder
from foedus.panels.panel import Panel
from foedus.panels.registry import VARIABLES, Variable
from foedus.panels.weakest import greater, lesser

__all__ = [
    "VARIABLES",
    "DataFolder",
    "Panel",
    "Variable",
    "adopt_dyad_years",
    "build_panel",
    "dispute_dyad_years",
    "dyad_years",
    "greater",
    "lesser",
    "state_years",
]

__getattr__ = on_demand(__name__, ("data", "samples"))
