"""The command line as a whole: which commands there are."""

from __future__ import annotations

from collections.abc import Callable
from inspect import getdoc
from typing import Any

from cyclopts import App, Parameter

from foedus.cli.commands import accounts, data, lists, page, results, runs, scholars, tabletop
from foedus.version import __version__


def _told(default: Any) -> str | None:
    """A default as help shows it; None for what is off or empty unless asked for, which goes without saying."""
    return None if default is False or default in ("", None) else str(default)


def _paragraphs(command: Callable[..., None]) -> str:
    """What a command says of itself, each paragraph a line, so that it breaks where the terminal does."""
    return "\n\n".join(" ".join(part.split()) for part in (getdoc(command) or "").split("\n\n"))


app = App(
    name="foedus",
    version=__version__,
    help_format="plaintext",
    default_parameter=Parameter(show_default=_told),
    help="A security order whose guarantor is no longer certain. "
    "It compares policies under stated uncertainty; it does not predict.\n\n"
    "Begin with foedus demo, a table and a report, or foedus app, a page in the browser. "
    "Each command has --help. Add --debug to any for tracebacks.",
)

for theme in (runs, results, accounts, lists, scholars):
    for command in theme.COMMANDS:
        app.command(command, help=_paragraphs(command))
app.command(data.data_app)
app.command(tabletop.tabletop_app)
app.command(page.workbench, name="app", help=_paragraphs(page.workbench))
