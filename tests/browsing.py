"""The real application in a process of its own, and Chromium to look at it; skipped, visibly, where it is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.request import urlopen

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 90_000
"""Milliseconds that a test waits for something to appear: machines that build are slow and shared."""

READY = 240
"""Seconds that a test waits for workers, which load the model first."""

OURS = re.compile(r"(http://(localhost|127\.0\.0\.1):\d+/|blob:|data:)")
"""Addresses that a page may ask."""


@dataclass(frozen=True)
class Served:
    """A page that is being served: its address without the last slash, and its process."""

    address: str
    process: subprocess.Popen[str]


@contextmanager
def served(*options: str) -> Iterator[Served]:
    """`foedus app` in a process of its own, on a free port, once its workers are ready."""
    code = "from foedus.cli import main; main()"
    command = [sys.executable, "-c", code, "app", "--no-browser", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as app:
        assert app.stdout is not None
        try:
            found = next(m for line in app.stdout if (m := re.search(r"http://localhost:\d+/", line)))
            address = found[0].rstrip("/")
            _ready(address)
            yield Served(address, app)
        finally:
            app.terminate()


def _ready(address: str) -> None:
    """Wait until the application answers and its workers are ready."""
    until = time.monotonic() + READY
    while time.monotonic() < until:
        with suppress(OSError), urlopen(f"{address}/api/health", timeout=30) as said:
            if b'"ok"' in said.read():
                return
        time.sleep(0.3)
    raise TimeoutError(address)


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless browser."""
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def opened(browser: Any, wrong: list[str], kinds: tuple[str, ...] = ("error",), **context: Any) -> Any:
    """A page in a context of its own: requests beyond this machine are cut off, what goes wrong is written to `wrong`.

    kinds  of what the console says that count as wrong
    """
    page = browser.new_context(**context).new_page()
    page.set_default_timeout(PATIENCE)

    def route(request: Any) -> None:
        if OURS.match(request.request.url):
            request.continue_()
        else:
            wrong.append(f"asked for {request.request.url}")
            request.abort()

    page.route("**/*", route)
    page.on("console", lambda message: wrong.append(message.text) if message.type in kinds else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return page


class Watched:
    """The workbench in a page of the browser that must say nothing, not even a warning."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        """Make a page, 1440 pixels wide unless the options say otherwise."""
        self.address, self.wrong = address, list[str]()
        self.page = opened(
            browser, self.wrong, ("error", "warning"), **{"viewport": {"width": 1440, "height": 900}, **options}
        )
        self.context = self.page.context
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])

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
