"""What loads on demand: modules when first asked for as attributes, and packages that an extra installs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from foedus.errors import InputError, nearest


def on_demand(package: str, modules: Iterable[str]) -> Callable[[str], ModuleType]:
    """Return a `__getattr__` for a package that imports one of its modules when it is asked for.

    package  full name, such as "foedus.equations"
    modules  names within it

    The function raises AttributeError for any other name, with the nearest spelling.
    """
    known = sorted(modules)

    def load(name: str) -> ModuleType:
        if name in known:
            return import_module(f"{package}.{name}")
        near = nearest(name, known)
        msg = f"{package} has no {name!r}." + (f" Did you mean {near!r}?" if near else "")
        raise AttributeError(msg)

    return load


PACKAGES = {
    "SALib": "SALib",
    "ema_workbench": "ema-workbench",
    "pandas": "pandas",
    "platypus": "platypus-opt",
    "pymoo": "pymoo",
    "xarray": "xarray",
}
"""Names on the registry by the module that is imported."""


def needs(*modules: str) -> None:
    """Raise InputError, naming the extra, where one of these modules is not installed."""
    if missing := [PACKAGES[name] for name in modules if find_spec(name) is None]:
        msg = f'this needs {" and ".join(missing)}: pip install "foedus[explore]"'
        raise InputError(msg)
