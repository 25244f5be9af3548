"""Libraries of the extra `explore`, loaded when first used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from foedus.facade import needs


def needed(module: str) -> Any:
    """A module of the extra `explore`; raise InputError naming the extra where it is not installed."""
    needs(module.partition(".")[0])
    return import_module(module)
