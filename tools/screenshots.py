"""Draws the picture of the workbench in docs: the page as a browser shows it once its answer has settled.

    python tools/screenshots.py

Needs Chromium and the group `browser`. The picture says what the model said on the day: draw it again after figures
move.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
SHOT = "workbench.png"
"""File in docs."""

PATIENCE = 300_000
"""Milliseconds that an answer may take."""


def main() -> None:
    """Serve the page, and draw it."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    command = [sys.executable, "-u", "-c", "from foedus.cli import main; main()", "app", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        try:
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
                page.set_default_timeout(PATIENCE)
                page.goto(found[0])
                page.locator("#status[data-state=settled]").wait_for()
                page.wait_for_timeout(1500)
                page.screenshot(path=DOCS / SHOT)
                browser.close()
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
