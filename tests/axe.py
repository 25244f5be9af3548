"""axe-core, which finds what keeps people from using a page: fetched by npm for the tests alone; skipped without it."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

PACKAGE = "axe-core@4.14.1"
SERIOUS = ("serious", "critical")
"""Impacts that fail a test."""


@cache
def axe_script() -> str:
    """The script; the test is skipped, visibly, where npm is absent or cannot fetch it."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is absent, so that axe-core cannot be fetched")
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [npm, "pack", PACKAGE, "--silent"], cwd=folder, capture_output=True, timeout=120, check=False
        )
        found = list(Path(folder).glob("*.tgz"))
        if done.returncode or not found:
            pytest.skip(f"npm could not fetch {PACKAGE}")
        with tarfile.open(found[0]) as archive:
            held = archive.extractfile("package/axe.min.js")
            assert held is not None
            return held.read().decode("utf-8")


def violations(page: Any) -> list[str]:
    """Serious violations on a page of the browser as it stands: rule, what it asks, and the first element."""
    page.evaluate(axe_script())
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'], preload: false })")["violations"]
    return [f"{v['id']}: {v['help']} ({v['nodes'][0]['target']})" for v in found if v["impact"] in SERIOUS]
