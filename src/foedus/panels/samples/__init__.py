"""Samples: published data as the frames that the field's standard equations are fitted on, one call each.

Rows, columns and what is left out are in each docstring. Which columns this project fits, and how, is in
`foedus.estimators.specifications`.
"""

from __future__ import annotations

from foedus.panels.samples.joiners import bilateral_disputes, intervention_rows
from foedus.panels.samples.nuclear import MOVES, at_risk, programme_rows, rival_rows
from foedus.panels.samples.onset import CODINGS, ONGOING, Coding, Sample, onset_frame, with_disputes
from foedus.panels.samples.outcomes import outcome_rows
from foedus.panels.samples.spending import LAGGED, fatal_rows, spending_rows
from foedus.panels.samples.third_parties import third_party_rows
from foedus.panels.samples.ties import tie_rows

__all__ = [
    "CODINGS",
    "LAGGED",
    "MOVES",
    "ONGOING",
    "Coding",
    "Sample",
    "at_risk",
    "bilateral_disputes",
    "fatal_rows",
    "intervention_rows",
    "onset_frame",
    "outcome_rows",
    "programme_rows",
    "rival_rows",
    "spending_rows",
    "third_party_rows",
    "tie_rows",
    "with_disputes",
]
