"""Packages whose modules load when first asked for as attributes, so that importing the package costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from types import ModuleType

from foedus.errors import nearest


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
