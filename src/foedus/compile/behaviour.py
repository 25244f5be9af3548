"""What the room's modules do to traced arrays, by name; each declares its own as it loads, and arrays ask for it here.

Arrays (`traced.py`) and places (`places.py`) come first in the order of imports, and what is done to them builds on
them; so they name it instead of importing it. `program.py` loads the modules that declare.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

_behaviour: dict[str, Callable[..., Any]] = {}


def does(name: str) -> Callable[[Function], Function]:
    """Declare what does a named thing to traced arrays."""

    def declare(function: Function) -> Function:
        _behaviour[name] = function
        return function

    return declare


def do(name: str, *given: Any) -> Any:
    """Do a named thing."""
    return _behaviour[name](*given)
