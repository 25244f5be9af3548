"""Engines by name, and which is the usual one. Light to load: the command line reads it before anything else."""

from __future__ import annotations

import os
from functools import cache

from foedus.errors import UnknownName

ENGINES = ("eager", "numpy", "compiled")
"""Legal engines; the last two give the same bits."""

AUTO = "auto"
"""Stands for the usual engine."""

SWITCH = "FOEDUS_ENGINE"
"""Name in the environment under which the usual engine can be another."""


def engine_named(name: str) -> str:
    """The engine of that name, or `auto`; raise UnknownName, with the nearest spelling, where there is none."""
    if name not in (AUTO, *ENGINES):
        raise UnknownName("engine", name, (AUTO, *ENGINES))
    return name


LEAST_LLVMLITE = (0, 45)
"""Version of llvmlite from which it writes what is needed."""


def usual_engine() -> str:
    """The engine where nobody names one: what FOEDUS_ENGINE says, else `compiled` with llvmlite and `eager` without.

    Raises UnknownName where FOEDUS_ENGINE says something else.
    """
    asked = os.environ.get(SWITCH)
    if not asked:
        return "compiled" if compiler_installed() else "eager"
    if asked not in ENGINES:
        raise UnknownName("engine", asked, ENGINES, f'{SWITCH}="{asked}"')
    return asked


@cache
def compiler_installed() -> bool:
    """Whether a llvmlite is installed that writes what is needed; it is not loaded."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("llvmlite")
    except PackageNotFoundError:
        return False
    return tuple(int(part) for part in found.split(".")[:2]) >= LEAST_LLVMLITE
