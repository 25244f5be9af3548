"""The report: one file that asks nothing of the network, opens without a complaint and names every mechanism."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import studies
from foedus.ledger import load_ledger
from foedus.report import write
from foedus.results import Results
from foedus.study import run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-default-browser-check",
    "--disable-features=OptimizationHints,MediaRouter",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    study = studies.study("limited-support", futures=48)
    results = Results.open(run(study, folder / "run", threads=1).path)
    return write(results, study.world, folder / "report.html")


def test_the_report_asks_nothing_of_the_network(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    assert "<script" not in text
    assert not re.search(r"(src|href)=[\"']?(https?:)?//", text)
    assert not re.search(r"url\((?!['\"]?#)", text)
    assert "@import" not in text


def test_the_report_names_every_mechanism_and_its_own_limits(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    for row in load_ledger().mechanisms:
        assert row in text
    for words in ("does not predict", "not a forecast", "To reproduce", "within a factor of two", "Estonia"):
        assert words in text


def test_text_of_a_scenario_is_escaped(tmp_path: Path) -> None:
    study = studies.study("steady", None, futures=8, title="<script>alert(1)</script>", last=2028)
    results = Results.open(run(study, tmp_path / "run", threads=1).path)
    text = write(results, study.world, tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<script>" not in text


def opened(page: str, folder: Path) -> tuple[str, set[str], Path]:
    """Open a page with every host blocked; return what the browser said, hosts asked for, and a screenshot."""
    folder.mkdir()
    log, shot = folder / "net.json", folder / "shot.png"
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={folder / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND"]
    command += ["--enable-logging=stderr", "--v=0", f"--log-net-log={log}", "--window-size=1200,3000"]
    command += [f"--screenshot={shot}", page]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    asked = re.findall(r'"url":"https?://([^/"]+)', log.read_text(encoding="utf-8", errors="replace"))
    return found.stderr, set(asked), shot


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
def test_the_report_opens_without_console_error_or_request_while_every_host_is_blocked(
    report: Path, tmp_path: Path
) -> None:
    _, browsers_own, _ = opened("about:blank", tmp_path / "blank")
    said, asked, shot = opened(report.as_uri(), tmp_path / "report")
    assert shot.stat().st_size > 50_000
    assert "CONSOLE" not in said
    assert {host for host in asked - browsers_own if "google" not in host} == set()


def test_the_numbers_of_the_page_are_those_of_the_run(report: Path) -> None:
    from foedus.results import headlines

    results = Results.open(report.parent / "run")
    text = report.read_text(encoding="utf-8")
    for row in headlines(results)[:5]:
        assert f"<b>{row.loss.median:.2f}</b>" in text
    manifest = json.loads((report.parent / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["digest"] in text
