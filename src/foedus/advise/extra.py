"""The extra that advice needs: libraries that load on demand, and an error that names it where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from foedus.errors import InputError


def needed(module: str) -> Any:
    """A module of the extra `explore`; raise InputError naming it where it is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        msg = f'advice needs {missing.name}: pip install "foedus[explore]"'
        raise InputError(msg) from missing
