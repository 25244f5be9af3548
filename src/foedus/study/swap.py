"""Put another function in the place of a published equation, for a while: how a scholar changes the model."""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from foedus.errors import InputError, UnknownName

_active: dict[str, str] = {}


def swappable() -> dict[str, Callable[..., Any]]:
    """Every equation by name, `crisis.chance_of_concession` for one."""
    import foedus.equations as room

    found: dict[str, Callable[..., Any]] = {}
    for info in iter_modules(room.__path__):
        module = import_module(f"foedus.equations.{info.name}")
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                found[f"{info.name}.{name}"] = value
    return found


@contextmanager
def swap(name: str, function: Callable[..., Any]) -> Iterator[None]:
    """Within the block, every call of an equation goes to `function`; after it, the published form is back.

    name      file and function, such as `crisis.chance_of_concession`
    function  takes the same arguments, by the same names, and broadcasts over arrays

    A run made within the block says so in its manifest and its digest, so it is never mixed with others.
    Raises UnknownName for an equation nobody wrote, InputError when the arguments differ.
    """
    equations = swappable()
    if name not in equations:
        raise UnknownName("equation", name, equations)
    published = equations[name]
    ours, theirs = (list(inspect.signature(f).parameters) for f in (published, function))
    if ours != theirs:
        msg = f"{name}: the model calls it with ({', '.join(ours)}); got a function of ({', '.join(theirs)})"
        raise InputError(msg)
    places = list(_places(published))
    before = dict(_active)
    try:
        for module, attribute in places:
            setattr(module, attribute, function)
        _active[name] = _fingerprint(function)
        yield
    finally:
        for module, attribute in places:
            setattr(module, attribute, published)
        _active.clear()
        _active.update(before)


def swapped() -> dict[str, str]:
    """Equations replaced at present, with a fingerprint of what stands in their place."""
    return dict(sorted(_active.items()))


def _places(function: Callable[..., Any]) -> Iterator[tuple[ModuleType, str]]:
    """Every module of Foedus that holds the function, under the name it has there."""
    for name, module in list(sys.modules.items()):
        if name.startswith("foedus.") and isinstance(module, ModuleType):
            for attribute, value in list(vars(module).items()):
                if value is function:
                    yield module, attribute


def _fingerprint(function: Callable[..., Any]) -> str:
    """Hash of what a function does, as far as its own code and constants tell."""
    code = getattr(function, "__code__", None)
    told = repr(function) if code is None else f"{code.co_code!r}{code.co_consts!r}{code.co_names!r}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]
