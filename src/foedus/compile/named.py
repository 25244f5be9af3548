"""Engines by name, and which is the usual one. Light to load: the command line reads it before anything else."""

from __future__ import annotations

import os

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


def usual_engine() -> str:
    """The engine where nobody names one: what FOEDUS_ENGINE says, else `eager`.

    Raises UnknownName where FOEDUS_ENGINE says something else.
    """
    asked = os.environ.get(SWITCH) or "eager"
    if asked not in ENGINES:
        raise UnknownName("engine", asked, ENGINES, SWITCH)
    return asked
