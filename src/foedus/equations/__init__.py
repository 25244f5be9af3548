"""The model's equations: pure functions on floats or arrays, one file a mechanism.

Every function broadcasts its arguments, holds no state, draws no luck and does no input or output, so it can be
called in a notebook with plain numbers, plotted, and replaced. Numbers in docstrings (eq. 16) are those of the pages
in docs/equations.

Shapes: arguments are numbers or NumPy arrays of any shape that broadcast, and the result has their common shape. Where
a docstring names an axis, [K, ...] or [n, ...], that axis comes first and a plain list will do.

Ranges: nothing is checked, because the engine calls these thousands of times a second. Each docstring gives the legal
range of every argument and, after "Unchecked", what comes of leaving it. Dividing by zero gives infinity or NaN with
NumPy's warning for arrays, and may raise ZeroDivisionError for plain floats. NaN in is NaN out.

A mechanism's file loads when it is first asked for: `foedus.equations.crisis`.
"""

from pkgutil import iter_modules

from foedus.facade import on_demand

_MODULES = tuple(module.name for module in iter_modules(__path__))
__getattr__ = on_demand(__name__, _MODULES)


def __dir__() -> list[str]:
    return list(_MODULES)
