"""The real page: `foedus app` as a process, and a browser that reaches this machine alone and must say nothing."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

SMALL = """
name     = "small"
title    = "Small"
question = "What if forces leave?"
years    = [2026, 2030]
futures  = 64
states   = ["USA", "RUS", "CHN", "POL", "EST", "DEU", "UKR", "JPN", "TWN", "KOR", "PRK"]
against  = "steady"

[posture]
base = "limited-support"
"""
"""A scenario that settles in a second or two, with allies in two regions."""

PATIENCE = 45_000
"""Milliseconds that a test waits for anything: a loaded machine is slow, and a page that never answers must fail."""


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        return int(ours.getsockname()[1])


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a page that is being served with SMALL, and its process."""
    scenario, port = folder / "small.toml", free_port()
    scenario.write_text(SMALL)
    command = [sys.executable, "-c", "from foedus.cli import main; main()", "app", str(scenario), "--no-browser"]
    process = subprocess.Popen(
        [*command, "--port", str(port), *options], stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < until and '"ok"' not in _said(f"{address}/api/health"):
            time.sleep(0.2)
        yield address, process
    finally:
        process.terminate()
        process.wait(20)
        assert process.stdout is not None
        process.stdout.close()


def _said(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


class Watched:
    """A page of the browser; hosts beyond this machine are blocked, and what the console says is kept."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.address, self.wrong = address, list[str]()
        self.context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on(
            "console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.context.route("**/*", self._route)

    def _hear(self, said: Any) -> None:
        if said.type in ("error", "warning"):
            self.wrong.append(said.text)

    def _route(self, route: Any) -> None:
        if route.request.url.startswith((self.address, "blob:", "data:")):
            route.continue_()
        else:
            self.wrong.append(f"asked for {route.request.url}")
            route.abort()

    def open(self, fragment: str = "") -> Any:
        """Open the page and wait until its answer has settled."""
        self.page.goto(self.address + "/" + fragment)
        self.settled()
        return self.page

    def settled(self) -> None:
        """Wait until the answer on screen is settled."""
        self.page.locator("#status[data-state=settled]").wait_for()

    def close(self) -> None:
        """Close it; it must have said nothing."""
        self.context.close()
        assert self.wrong == [], self.wrong
