"""Exposure: what rests on the guarantor, what replacing it costs, and when it could be done."""

from foedus.exposure.drawing_up import account, accounts
from foedus.exposure.figure import Figure, Leaf
from foedus.exposure.ledger import parameters_set
from foedus.exposure.statement import Account
from foedus.exposure.units import Unit, UnitError

__all__ = ["Account", "Figure", "Leaf", "Unit", "UnitError", "account", "accounts", "parameters_set"]
