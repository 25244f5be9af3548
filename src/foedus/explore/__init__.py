"""Exploring a run: what drives an answer, when a policy fails, how many futures are enough, and what else can read it.

Modules load when first asked for. The methods are those of SALib and the EMA Workbench, called and not rewritten; they
come with the extra `explore`.
"""

from foedus.facade import on_demand

MODULES = (
    "boxes",
    "condition",
    "design",
    "drive",
    "effects",
    "ema",
    "enough",
    "inputs",
    "outcome",
    "words",
    "worth",
)

__getattr__ = on_demand("foedus.explore", MODULES)
__all__ = list(MODULES)


def __dir__() -> list[str]:
    return sorted(__all__)
