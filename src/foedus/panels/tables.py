"""Every research file that is read, declared once (`declared/`)."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.panels.declared.cases import CASES
from foedus.panels.declared.disputes import DISPUTES
from foedus.panels.declared.pairs import PAIRS
from foedus.panels.declared.states import STATES
from foedus.panels.table import Table

TABLES: Mapping[str, Table] = {table.name: table for table in (*STATES, *PAIRS, *DISPUTES, *CASES)}
"""Every declared file by name."""
