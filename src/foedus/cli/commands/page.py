"""The command that serves the workbench."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from foedus.cli.commands.options import whole


def workbench(
    name: str = "limited-support",
    *,
    host: Annotated[str, Parameter(help="Address to bind to; any beyond this machine makes a token.")] = "127.0.0.1",
    port: Annotated[int | None, Parameter(converter=whole, help="Port; default: the first free one from 8631.")] = None,
    no_browser: Annotated[bool, Parameter(help="Open no browser.", negative="")] = False,
    workers: Annotated[
        int | None, Parameter(converter=whole, help="Worker processes; default: one a core, at most four.")
    ] = None,
) -> None:
    """Serve the workbench: a page on this machine where the world answers while you move it.

    NAME is a scenario file, one that ships (foedus scenarios), a preset posture, or a run folder. Stop with Ctrl-C.
    """
    from foedus.cli.page import open_page

    open_page(name, host, port, workers, browser=not no_browser)
