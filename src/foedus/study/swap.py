"""Put another function in the place of a published equation, for a while: how a scholar changes the model."""

from __future__ import annotations

import inspect
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from foedus.errors import InputError, UnknownName
from foedus.study.fingerprint import Untold, fingerprint


@dataclass(frozen=True)
class _Replacement:
    """A function in an equation's place, and a word for this one use of it."""

    function: Callable[..., Any]
    once: str


_active: dict[str, _Replacement] = {}


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

    A run made within the block says so in its manifest and its digest, by all that the function's results depend on
    (see `fingerprint`), so it is never mixed with others; one whose function depends on an object that cannot be told
    from others of its class is made, but never read back by running it again.
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
        _active[name] = _Replacement(function, uuid.uuid4().hex)
        yield
    finally:
        for module, attribute in places:
            setattr(module, attribute, published)
        _active.clear()
        _active.update(before)


def swapped() -> dict[str, str]:
    """Equations replaced at present, with a fingerprint of what stands in their place, its globals as they are now.

    What has no fingerprint stands there by a word of its own that no other use of it shares.
    """
    return {name: told or held.once for name, (held, told, _) in _told().items()}


def unrecognisable() -> dict[str, str]:
    """Equations replaced at present by what has no fingerprint, and why not."""
    return {name: why for name, (_, _, why) in _told().items() if why}


def _told() -> dict[str, tuple[_Replacement, str, str]]:
    """Each replacement with its fingerprint, or with the reason why it has none."""
    found: dict[str, tuple[_Replacement, str, str]] = {}
    for name, held in sorted(_active.items()):
        try:
            found[name] = held, fingerprint(held.function), ""
        except Untold as why:
            found[name] = held, "", str(why)
    return found


def _places(function: Callable[..., Any]) -> Iterator[tuple[ModuleType, str]]:
    """Every module of Foedus that holds the function, under the name it has there."""
    for name, module in list(sys.modules.items()):
        if name.startswith("foedus.") and isinstance(module, ModuleType):
            for attribute, value in list(vars(module).items()):
                if value is function:
                    yield module, attribute
