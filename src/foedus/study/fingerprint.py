"""What stands in an equation's place, as a hash of its source: its own text and all that the text reads by name."""

from __future__ import annotations
import __future__

import dis
import hashlib
import inspect
import linecache
import sys
import sysconfig
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from textwrap import dedent
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

PLAIN = (type(None), bool, int, float, complex, str, bytes)
"""Types whose values are told by how they print."""

FUTURES = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
"""Flags of code by which an import from __future__, of the file or the notebook, changes how text is compiled."""


class Untold(Exception):
    """A function whose results depend on something that no source text shows; the message says on what."""


def fingerprint(function: Callable[..., Any]) -> str:
    """Hash of everything a function's results depend on besides its arguments.

    That is its source text, and what the text reads: closures, defaults, attributes and globals, where they are plain
    values, arrays, or functions told in the same way; what belongs to Python or an installed package counts by name
    and version. The same text in another process gives the same hash.

    Raises Untold, naming what, for a lambda, for a function whose source cannot be read or has changed since it was
    loaded, and for one that reads an object that none of this covers.
    """
    try:
        told = "\n".join(_told(function, getattr(function, "__name__", "the function"), {}))
    except RecursionError:
        msg = "it holds a value that holds itself"
        raise Untold(msg) from None
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def source(function: Callable[..., Any]) -> str:
    """Source text of a function, without the indentation of its surroundings.

    Raises Untold for a lambda, whose text does not say which one of its line it is; for what has no text, such as what
    was typed at a prompt; and where the text is no longer what runs, because its file was edited after it was loaded.
    """
    name = getattr(function, "__name__", "the function")
    if not isinstance(function, FunctionType):
        msg = f"{name} is an object of class {type(function).__name__}"
        raise Untold(msg)
    if function.__name__ == "<lambda>":
        msg = f"{function.__qualname__} is a lambda; give it a name with def"
        raise Untold(msg)
    file = function.__code__.co_filename
    linecache.checkcache(file)
    text = "".join(linecache.getlines(file, function.__globals__))
    if not text:
        msg = f"the source of {name} cannot be read"
        raise Untold(msg)
    if not _runs(function.__code__, text, file):
        msg = f"{name} is not as {Path(file).name} has it now; load the file again"
        raise Untold(msg)
    return dedent(inspect.getsource(function.__code__))


def _runs(code: CodeType, text: str, file: str) -> bool:
    """Whether a text, compiled, holds this code: whether the text is what runs."""
    try:
        waiting = [compile(text, file, "exec", flags=code.co_flags & FUTURES, dont_inherit=True)]
    except SyntaxError:
        return False
    while waiting:
        held = waiting.pop()
        if held.co_firstlineno == code.co_firstlineno and held == code.replace(co_filename=held.co_filename):
            return True
        waiting += [constant for constant in held.co_consts if isinstance(constant, CodeType)]
    return False


def _told(value: object, where: str, seen: dict[int, int]) -> Iterator[str]:
    """Lines that tell a value; `where` says whose it is, `seen` holds the functions already told, for cycles."""
    if type(value) in PLAIN:
        yield f"{type(value).__name__} {value!r}"
    elif type(value) in (tuple, list, set, frozenset, dict):
        yield from _items(value, where, seen)  # type: ignore[arg-type]
    elif (type(value) is np.ndarray or isinstance(value, np.generic)) and not value.dtype.hasobject:
        yield f"array {type(value).__name__} {value.dtype.str} {value.shape}"
        yield hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()
    elif (owner := _owner(value)) is not None:
        yield owner
    elif isinstance(value, FunctionType):
        yield from _function(value, where, seen)
    elif isinstance(value, ModuleType):
        msg = f"{where} is a module of its own; import what is needed from it by name"
        raise Untold(msg)
    else:
        msg = f"{where} is an object of class {type(value).__name__}"
        raise Untold(msg)


def _items(value: Collection[object], where: str, seen: dict[int, int]) -> Iterator[str]:
    yield f"{type(value).__name__} {len(value)}"
    if isinstance(value, set | frozenset):
        yield from sorted(" ".join(_told(item, where, seen)) for item in value)
        return
    for item in value.items() if isinstance(value, dict) else value:
        yield from _told(item, where, seen)


def _function(function: FunctionType, where: str, seen: dict[int, int]) -> Iterator[str]:
    if id(function) in seen:
        yield f"function {seen[id(function)]} again"
        return
    seen[id(function)] = len(seen)
    yield f"function {source(function)}"
    yield from _told(function.__defaults__, f"a default of {where}", seen)
    yield from _told(function.__kwdefaults__, f"a default of {where}", seen)
    yield from _told(function.__dict__, f"an attribute of {where}", seen)
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        yield f"closure {name}"
        try:
            held = cell.cell_contents
        except ValueError:
            yield "empty"
        else:
            yield from _told(held, name, seen)
    for name in sorted(_globals(function.__code__)):
        yield f"global {name}"
        if name in function.__globals__:
            yield from _told(function.__globals__[name], name, seen)


def _globals(code: CodeType) -> set[str]:
    """Names that a function and those nested in it look up outside themselves."""
    found = {str(step.argval) for step in dis.get_instructions(code) if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= _globals(constant)
    return found


def _owner(value: object) -> str | None:
    """Name and version of what belongs to Python or an installed package and can be found there; None for others."""
    if isinstance(value, ModuleType):
        version = _version(value.__name__)
        return f"module {value.__name__} {version}" if version is not None else None
    for module, place in _addresses(value):
        found: object = sys.modules.get(module)
        for step in place.split("."):
            found = getattr(found, step, None)
        if found is value and (version := _version(module)) is not None:
            return f"{module} {place} {version}"
    return None


def _addresses(value: object) -> list[tuple[str, str]]:
    """Module and name under which a value says that it can be found."""
    if isinstance(value, np.ufunc):
        return [("numpy", value.__name__), ("scipy.special", value.__name__)]
    module, place = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    return [(module, place)] if isinstance(module, str) and isinstance(place, str) else []


def _version(module: str) -> str | None:
    """Version of the package a module belongs to; None for a module that is not installed."""
    root = module.partition(".")[0]
    if root in sys.stdlib_module_names:
        return sys.version
    held = sys.modules.get(root)
    version, path = getattr(held, "__version__", None), getattr(held, "__file__", None)
    if root == "foedus":
        return str(version)
    if version is None or path is None:
        return None
    homes = [Path(sysconfig.get_path(key)) for key in ("purelib", "platlib")]
    return str(version) if any(Path(path).is_relative_to(home) for home in homes) else None
