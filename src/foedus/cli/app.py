"""The command line as a whole: which commands there are."""

from __future__ import annotations

from cyclopts import App

from foedus.cli.commands import accounts, data, lists, page, results, runs, scholars, tabletop
from foedus.version import __version__

app = App(
    name="foedus",
    version=__version__,
    help_format="plaintext",
    help="A security order whose guarantor is no longer certain. "
    "It compares policies under stated uncertainty; it does not predict. Add --debug to any command for tracebacks.",
)

for theme in (runs, results, accounts, lists, scholars):
    for command in theme.COMMANDS:
        app.command(command)
app.command(data.data_app)
app.command(tabletop.tabletop_app)
app.command(page.workbench, name="app")
