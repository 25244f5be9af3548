"""What a function does, as a hash: code, constants, defaults, closure and the globals it reads, all the way down."""

from __future__ import annotations

import dis
import hashlib
import sys
import sysconfig
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

PLAIN = (type(None), bool, int, float, complex, str, bytes, type(Ellipsis))

KINDS = 0x3FF
"""Flags of code that say how it is called; the others say how its text was compiled."""


class Untold(Exception):
    """A value whose effect cannot be told from what it is made of; the message says which."""


def fingerprint(function: Callable[..., Any]) -> str:
    """Hash of everything a function's results depend on besides its arguments.

    Code is read as bytecode, with nested functions; closures, defaults and globals are followed where they are plain
    values, arrays, functions, or belong to an installed package, which its version stands for. The same text run
    twice, in this process or another of the same Python, gives the same hash.

    Raises Untold, naming what, when it depends on an object that none of this covers.
    """
    try:
        told = "\n".join(_told(function, getattr(function, "__name__", "the function"), {}))
    except RecursionError:
        msg = "it holds a value that holds itself"
        raise Untold(msg) from None
    return hashlib.sha256(f"{sys.version_info[:2]}\n{told}".encode()).hexdigest()[:16]


def _told(value: object, where: str, seen: dict[int, int]) -> Iterator[str]:
    """Lines that tell a value; `where` says whose it is, `seen` holds the functions already told, for cycles."""
    if type(value) in PLAIN:
        yield f"{type(value).__name__} {value!r}"
    elif type(value) in (tuple, list, set, frozenset, dict):
        yield from _items(value, where, seen)  # type: ignore[arg-type]
    elif (type(value) is np.ndarray or isinstance(value, np.generic)) and not value.dtype.hasobject:
        held = np.ascontiguousarray(value)
        yield f"array {type(value).__name__} {value.dtype.str} {value.shape}"
        yield hashlib.sha256(held.tobytes()).hexdigest()
    elif isinstance(value, CodeType):
        yield from _code(value, where, seen)
    elif (owner := _owner(value)) is not None:
        yield owner
    elif isinstance(value, FunctionType):
        yield from _function(value, where, seen)
    elif isinstance(value, partial):
        yield "partial"
        for part in (value.func, value.args, value.keywords):
            yield from _told(part, where, seen)
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
    yield f"function {function.__name__}"
    code = function.__code__
    yield from _code(code, where, seen)
    yield from _told(function.__defaults__, f"a default of {where}", seen)
    yield from _told(function.__kwdefaults__, f"a default of {where}", seen)
    yield from _told(function.__dict__, f"an attribute of {where}", seen)
    for name, cell in zip(code.co_freevars, function.__closure__ or (), strict=True):
        yield f"closure {name}"
        try:
            held = cell.cell_contents
        except ValueError:
            yield "empty"
        else:
            yield from _told(held, name, seen)
    for name in sorted(_globals(code)):
        yield f"global {name}"
        if name in function.__globals__:
            yield from _told(function.__globals__[name], name, seen)


def _code(code: CodeType, where: str, seen: dict[int, int]) -> Iterator[str]:
    """Bytecode without file, line and address, so that the same text elsewhere is the same code."""
    yield f"code {code.co_code.hex()} {code.co_exceptiontable.hex()}"
    yield f"{code.co_argcount} {code.co_posonlyargcount} {code.co_kwonlyargcount} {code.co_flags & KINDS}"
    yield f"{code.co_names} {code.co_varnames} {code.co_cellvars} {code.co_freevars}"
    yield from _told(code.co_consts, where, seen)


def _globals(code: CodeType) -> set[str]:
    """Names that a code object and those nested in it look up outside themselves."""
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
