"""Draws the pictures of the workbench in docs: the page as a browser shows it once its answer has settled.

    python tools/screenshots.py

Needs Chromium and the group `browser`. The pictures say what the model said on the day: draw them again after figures
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
SHOTS = {"workbench.png": "light"}
"""File in docs, and the look, light or dark."""

SIZE = {"width": 1440, "height": 900}
PATIENCE = 300_000
"""Milliseconds that an answer may take."""


def main() -> None:
    """Serve the page, and draw each picture."""
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
                for name, look in SHOTS.items():
                    page = browser.new_page(viewport=SIZE, color_scheme=look)
                    page.set_default_timeout(PATIENCE)
                    page.goto(found[0])
                    page.locator("#status[data-state=settled]").wait_for()
                    page.wait_for_timeout(1500)
                    page.screenshot(path=DOCS / name)
                browser.close()
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
