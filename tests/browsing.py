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
from typing import Any
from urllib.request import urlopen

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 90_000
"""Milliseconds that a test waits for something to appear: machines that build are slow and shared."""


@contextmanager
def served(*options: str) -> Iterator[str]:
    """Address of `foedus app` in a process of its own, on a free port."""
    code = "from foedus.cli import main; main()"
    command = [sys.executable, "-c", code, "app", "--no-browser", "--workers", "1", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as app:
        assert app.stdout is not None
        try:
            found = next(m for line in app.stdout if (m := re.search(r"http://localhost:\d+/", line)))
            address = found[0].rstrip("/")
            _answering(address)
            yield address
        finally:
            app.terminate()


def _answering(address: str) -> None:
    """Wait until the application answers."""
    for _ in range(PATIENCE // 500):
        with suppress(OSError), urlopen(f"{address}/api/health"):
            return
        time.sleep(0.5)
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


def opened(browser: Any, wrong: list[str], **context: Any) -> Any:
    """A page in a context of its own: requests beyond loopback are cut off, what goes wrong is written to `wrong`."""
    page = browser.new_context(**context).new_page()
    page.set_default_timeout(PATIENCE)

    def route(request: Any) -> None:
        if re.match(r"(http://localhost:|blob:|data:)", request.request.url):
            request.continue_()
        else:
            wrong.append(f"asked for {request.request.url}")
            request.abort()

    page.route("**/*", route)
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return page
