"""The command that serves the workbench."""

from __future__ import annotations

from pathlib import Path
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
    static: Annotated[
        Path | None, Parameter(help="Serve nothing; write a folder that opens from disk, with answers worked out.")
    ] = None,
) -> None:
    """Serve the workbench: a page on this machine where the world answers while you move it.

    NAME is a scenario file, one that ships (foedus scenarios), a preset posture, or a run folder. Stop with Ctrl-C.
    --static DIR writes the static edition instead, which needs no server: presets and four levers, minutes of work.
    """
    from foedus.cli.applies import not_with
    from foedus.cli.page import open_page, write_static

    if static is not None:
        given = None if name == "limited-support" else name
        not_with("--static, which has every preset", name=given, port=port, workers=workers, no_browser=no_browser)
        write_static(static)
        return
    open_page(name, host, port, workers, browser=not no_browser)
