"""Pages of the site that are written from the program itself: command line, tables and units, Python."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType

import foedus
from foedus.cli.app import app
from foedus.tables import grid
from foedus.world.variables import TABLES

ROOMS = ("equations", "panels", "estimators", "charts", "exposure", "past", "calibration", "hindcasts")
"""Rooms that the public face names, each with a page of its own."""


def command_line() -> dict[str, str]:
    """Every command with its arguments, as the parser declares them."""
    text = app.generate_docs(output_format="markdown", include_hidden=False)
    title, _, commands = text.partition("## foedus demo")
    said = title.partition("```\n\n")[2].partition("\n")[0]
    return {"command-line.md": f"# Command line\n\n{said}\n\n## foedus demo{commands}"}


def tables_and_units() -> dict[str, str]:
    """Every variable of the fact tables: unit, legal range, meaning."""
    lines = [
        "# Tables and units",
        "",
        "What each fact table may say, as `src/foedus/world/variables.py` declares it; a row out of range does not",
        "load. Where each figure comes from is in [facts](../evidence/facts.md), what a run records in",
        "[measures](measures.md).",
    ]
    for table, (keys, variables) in TABLES.items():
        rows = [(f"`{v.name}`", v.unit, f"{v.low:g} to {v.high:g}", v.meaning) for v in variables.values()]
        by = ", ".join(f"`{key}`" for key in keys)
        lines += [
            "",
            f"## {table}",
            "",
            f"By {by}.",
            "",
            *grid(("Variable", "Unit", "Legal", "Meaning"), rows).markdown(),
        ]
    return {"tables-and-units.md": "\n".join(lines) + "\n"}


def python() -> dict[str, str]:
    """The public face and a page for each room it names, from docstrings."""
    face = ["Python", "======", "", ".. py:module:: foedus", "", *_toctree(ROOMS), *_members(foedus, _names(foedus))]
    pages = {"python.rst": "\n".join(face) + "\n"}
    for room in ROOMS:
        module = import_module(f"foedus.{room}")
        lines = [f"foedus.{room}", "=" * (7 + len(room)), ""]
        if room == "equations":
            for part in pkgutil.iter_modules(module.__path__):
                name = f"foedus.equations.{part.name}"
                lines += [part.name, "-" * len(part.name), "", f".. automodule:: {name}", "   :members:", ""]
        else:
            lines += [f".. automodule:: foedus.{room}", "   :no-members:", "", *_members(module, _names(module))]
        pages[f"python-{room}.rst"] = "\n".join(lines) + "\n"
    return pages


def _toctree(rooms: tuple[str, ...]) -> list[str]:
    return [".. toctree::", "   :maxdepth: 1", "", *(f"   python-{room}" for room in rooms), ""]


def _names(module: ModuleType) -> list[str]:
    named: list[str] = module.__all__
    return named


def _members(module: ModuleType, names: list[str]) -> list[str]:
    """Directives for functions, classes and sub-modules of a room."""
    lines: list[str] = []
    for name in names:
        held = getattr(module, name)
        if inspect.ismodule(held):
            continue
        if not (inspect.isclass(held) or inspect.isfunction(held)):
            continue
        kind = "autoclass" if inspect.isclass(held) else "autofunction"
        lines += ["", f".. {kind}:: {held.__module__}.{held.__qualname__}"]
        lines += ["   :members:"] if inspect.isclass(held) else []
    return [*lines, ""]


MADE: Mapping[str, Callable[[], dict[str, str]]] = {
    "command-line": command_line,
    "tables-and-units": tables_and_units,
    "python": python,
}
"""By name in navigation.toml: what writes the page, and files beside it."""
