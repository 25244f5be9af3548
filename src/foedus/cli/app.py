"""The command line as a whole: which commands there are."""

from __future__ import annotations

from collections.abc import Callable
from inspect import getdoc
from typing import Any

from cyclopts import App, Group, Parameter

from foedus.cli.applies import once
from foedus.cli.commands import accounts, data, lists, page, results, runs, scholars, tabletop
from foedus.version import __version__


def _told(default: Any) -> str | None:
    """A default as help shows it; None for what is off or empty unless asked for, which goes without saying."""
    return None if default is False or default in ("", None) else str(default)


def _paragraphs(command: Callable[..., None]) -> str:
    """What a command says of itself, each paragraph a line, so that it breaks where the terminal does."""
    return "\n\n".join(" ".join(part.split()) for part in (getdoc(command) or "").split("\n\n"))


def _once(_: Any, value: Any) -> None:
    """Refuse an option that is given one value twice."""
    if isinstance(value, list):
        once([str(word) for word in value])


app = App(
    name="foedus",
    version=__version__,
    help_format="plaintext",
    suppress_keyboard_interrupt=False,  # main says that the command was stopped
    default_parameter=Parameter(show_default=_told, validator=_once),
    help="A security order whose guarantor is no longer certain. "
    "It compares policies under stated uncertainty; it does not predict.\n\n"
    "Begin with foedus demo, a table and a report, or foedus app, a page in the browser. "
    "Tutorials: foedus manual. Each command has --help. Add --debug to any for tracebacks.",
)

THEMES: tuple[tuple[str, tuple[Callable[..., None] | App, ...]], ...] = (
    ("Run the model", (*runs.COMMANDS, page.workbench, tabletop.tabletop_app)),
    ("Read a run", results.COMMANDS),
    ("One ally", accounts.COMMANDS),
    ("What the model holds", lists.COMMANDS),
    ("The record", (*scholars.COMMANDS, data.data_app)),
)
"""Every command under the heading that help prints it under, in the order in which both are printed."""


def _add(command: Callable[..., None] | App, group: Group, place: int) -> None:
    """Make a command one of the program's, at its place below a heading."""
    if isinstance(command, App):
        command.group, command.sort_key = group, place
        app.command(command)
        return
    name = "app" if command is page.workbench else None
    app.command(command, name=name, help=_paragraphs(command), group=group, sort_key=place)


for heading, commands in THEMES:
    group = Group.create_ordered(heading)
    for place, command in enumerate(commands):
        _add(command, group, place)
about = Group.create_ordered("Options")
for flag in ("--help", "--version"):
    app[flag].group = about
