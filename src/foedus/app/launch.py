"""Serving the page on this machine: a free port, the address on the terminal, the browser, and a clean end."""

from __future__ import annotations

import ipaddress
import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

from foedus.app import files
from foedus.app.server import LOOPBACK, Settings, create
from foedus.errors import InputError

PORT = 8631
"""Port tried first; the next free one is taken where it is busy and none was named."""

TRIED = 20


def serve(settings: Settings, host: str, port: int | None, say: Callable[[str], None], *, browser: bool) -> None:
    """Serve the page until Ctrl-C.

    host     address to bind to; any but a loopback one makes a token that clients must show
    port     port, or None for the first free one
    say      prints a line
    browser  whether to open one

    Raises InputError when the port cannot be had.
    """
    import uvicorn

    ours = _bound(host, port)
    outside = not is_loopback(host)
    if outside:
        settings = replace(settings, hosts=(), token=settings.token or secrets.token_urlsafe(18))
    else:
        settings = replace(settings, hosts=tuple(dict.fromkeys((*LOOPBACK, host))))
    address = f"http://{'localhost' if not outside else host}:{ours.getsockname()[1]}/"
    address += f"?token={settings.token}" if settings.token else ""
    say(f"Foedus workbench: {address}")
    if outside:
        say("Bound beyond this machine: whoever has this address, with its token, can use the workbench.")
    say("Stop with Ctrl-C.")
    app = create(settings)

    class Server(uvicorn.Server):
        """One that ends the workers first, so that nobody waits for an answer while it stops."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            """Stop."""
            await app.state.crew.stop()
            await super().shutdown(sockets)

    server = Server(
        uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=5, limit_concurrency=400,
            server_header=False,
        )
    )  # fmt: skip
    leave = server.handle_exit

    def end(sig: int, frame: FrameType | None) -> None:
        app.state.ending.near = True
        leave(sig, frame)

    server.handle_exit = end  # type: ignore[method-assign]
    threading.Thread(target=files.prepare, daemon=True).start()
    if browser:
        threading.Timer(0.4, webbrowser.open, (address,)).start()
    try:
        server.run(sockets=[ours])
    except KeyboardInterrupt:
        pass
    finally:
        ours.close()
    say("Stopped.")


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _bound(host: str, port: int | None) -> socket.socket:
    """A socket bound to a port; the first free one from PORT on where none is named."""
    wanted = [port] if port is not None else [*range(PORT, PORT + TRIED), 0]
    failed: OSError | None = None
    for number in wanted:
        try:
            return _at(host, number)
        except OSError as error:
            failed = error
    msg = f"--host {host} --port {port}: cannot be used ({failed}). Name another with --port."
    raise InputError(msg)


def _at(host: str, port: int) -> socket.socket:
    """A socket bound to a port. Raises OSError when it cannot be had."""
    family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    ours = socket.socket(family, kind, protocol)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        ours.bind(place)
    except OSError:
        ours.close()
        raise
    return ours
