"""Strategic (quantal-response) models: games whose players' choices are explained together.

Full-information maximum likelihood on game trees and on the ultimatum game, with formulas as in the R package
`games`. See docs/estimators.md. Sources: Signorino (1999, 2003); Kenkel and Signorino (2014).
"""

from foedus.estimators.strategic.build import crisis, egame12, egame122, egame123, strategic_model, ultimatum
from foedus.estimators.strategic.fit import StrategicFit
from foedus.estimators.strategic.models import StrategicModel
from foedus.estimators.strategic.nonnested import NonNestedTest, RowModel, clarke, vuong
from foedus.estimators.strategic.tables import regression_table
from foedus.estimators.strategic.trees import CRISIS, EGAME12, EGAME122, EGAME123, Move, Outcome, Tree

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
