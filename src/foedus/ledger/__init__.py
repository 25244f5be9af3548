"""The ledger: every parameter with range, grade and source; every mechanism with its switch."""

from foedus.ledger.ledger import Ledger, Mechanism, load_ledger, read_ledger
from foedus.ledger.parameter import Parameter
from foedus.ledger.sampling import parameter_points, parameter_values, sobol_points, swept

__all__ = [
    "Ledger",
    "Mechanism",
    "Parameter",
    "load_ledger",
    "parameter_points",
    "parameter_values",
    "read_ledger",
    "sobol_points",
    "swept",
]
