"""Strategic (quantal-response) models: games whose players' choices are explained together.

Full-information maximum likelihood on game trees and on the ultimatum game, with formulas as in the R package
`games`. See docs/estimators.md. Sources: Signorino (1999, 2003); Kenkel and Signorino (2014).
"""

from foedus.history.strategic.build import crisis, egame12, egame122, egame123, strategic_model, ultimatum
from foedus.history.strategic.fit import StrategicFit
from foedus.history.strategic.models import StrategicModel
from foedus.history.strategic.nonnested import NonNestedTest, RowModel, clarke, vuong
from foedus.history.strategic.tables import regression_table
from foedus.history.strategic.trees import CRISIS, EGAME12, EGAME122, EGAME123, Move, Outcome, Tree

__all__ = [
    "CRISIS",
    "EGAME12",
    "EGAME122",
    "EGAME123",
    "Move",
    "NonNestedTest",
    "Outcome",
    "RowModel",
    "StrategicFit",
    "StrategicModel",
    "Tree",
    "clarke",
    "crisis",
    "egame12",
    "egame122",
    "egame123",
    "regression_table",
    "strategic_model",
    "ultimatum",
    "vuong",
]
