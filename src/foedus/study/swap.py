"""Put another function in the place of a published equation, for a while: how a scholar changes the model."""

from __future__ import annotations

import hashlib
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
from foedus.study.fingerprint import Untold, fingerprint, source


@dataclass(frozen=True)
class _Replacement:
    """A function in an equation's place, the label it was given, and a token of this one use of it."""

    function: Callable[..., Any]
    label: str
    once: str

    def mark(self) -> tuple[str, str]:
        """What it is known by, with its globals as they are now; and why a kept run must not be read back, or nothing.

        The fingerprint, after the label where one was given. With a label the source is enough, and where that cannot
        be read either, the label; without one, the token.
        """
        try:
            return f"{self.label} {fingerprint(self.function)}".strip(), ""
        except Untold as why:
            if not self.label:
                return self.once, str(why)
        try:
            told = hashlib.sha256(source(self.function).encode()).hexdigest()[:16]
        except Untold:
            told = "without source"
        return f"{self.label} {told}", ""


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
def swap(name: str, function: Callable[..., Any], label: str = "") -> Iterator[None]:
    """Within the block, every call of an equation goes to `function`; after it, the published form is back.

    name      file and function, such as `crisis.chance_of_concession`
    function  takes the same arguments, by the same names, and broadcasts over arrays
    label     what you call this version of it; change it whenever its results would. Needed only to read a kept run
              back where the source does not show all that the results depend on: a lambda, an object of your own

    A run made within the block says so in its manifest and its digest, by the label and a hash of the function's
    source with all that it reads (see `fingerprint`), so it is never mixed with others. Without a label, one whose
    source does not show all is made, but never read back by running it again.
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
        _active[name] = _Replacement(function, label, uuid.uuid4().hex)
        yield
    finally:
        for module, attribute in places:
            setattr(module, attribute, published)
        _active.clear()
        _active.update(before)


def swapped() -> dict[str, str]:
    """Equations replaced at present, with what stands in their place: label and hash of its source, as they are now.

    A function that cannot be told so gets a random token, which no other use of it shares.
    """
    return {name: held.mark()[0] for name, held in sorted(_active.items())}


def replacements() -> list[Callable[..., Any]]:
    """Functions that stand in the place of equations at present."""
    return [held.function for _, held in sorted(_active.items())]


def unrecognisable() -> dict[str, str]:
    """Equations replaced at present by what has neither a label nor a source that shows all, and why not."""
    return {name: why for name, held in sorted(_active.items()) if (why := held.mark()[1])}


def _places(function: Callable[..., Any]) -> Iterator[tuple[ModuleType, str]]:
    """Every module of Foedus that holds the function, under the name it has there."""
    for name, module in list(sys.modules.items()):
        if name.startswith("foedus.") and isinstance(module, ModuleType):
            for attribute, value in list(vars(module).items()):
                if value is function:
                    yield module, attribute
