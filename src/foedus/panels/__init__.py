"""Panels of states and pairs by year, from the researcher's own folder of published data."""

from __future__ import annotations

from foedus.panels.adopt import adopt_dyad_years
from foedus.panels.build import build_panel, dispute_dyad_years, dyad_years, state_years
from foedus.panels.files import DataFolder
from foedus.panels.panel import Panel
from foedus.panels.registry import VARIABLES, Variable

__all__ = [
    "VARIABLES",
    "DataFolder",
    "Panel",
    "Variable",
    "adopt_dyad_years",
    "build_panel",
    "dispute_dyad_years",
    "dyad_years",
    "state_years",
]
