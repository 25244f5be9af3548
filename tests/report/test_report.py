"""The report: one file that asks nothing of the network, opens without a complaint and names every mechanism."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import studies
from foedus.history.hindcast.results import lines_of, read_results
from foedus.ledger import load_ledger
from foedus.report import grounds, write
from foedus.results import Results
from foedus.study import run
from foedus.world import World

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


def test_the_first_screen_is_one_sentence_a_table_a_map_and_a_chart(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    screen = text.split("<main>")[1].split("<h2>")[0]
    assert screen.count("class='lead'") == 1
    assert screen.count("<table") == 1
    assert screen.count("<svg") == 2
    assert "Borders as the source" in screen
    assert "does not predict" in screen


def test_every_mechanism_has_its_place_in_a_section_that_exists(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    placed = [row for rows in grounds.PLACES.values() for row in rows]
    assert sorted(placed) == sorted(load_ledger().mechanisms)
    for anchor, rows in grounds.PLACES.items():
        section = text.split(f"<section id={anchor}>")[1].split("</section>")[0]
        for row in rows:
            assert row in section, (row, anchor)


def test_failures_on_history_stand_in_the_report_as_plainly_as_successes(report: Path) -> None:
    lines = lines_of(read_results())
    text = report.read_text(encoding="utf-8")
    for line in lines:
        assert line.test.name in text
    assert text.count("<b>fail</b>") == sum(line.verdict == "fail" for line in lines)


def test_a_report_of_two_run_folders_names_both_and_takes_the_manifest_of_neither_for_granted(tmp_path: Path) -> None:
    for name in ("retrench", "steady"):
        run(studies.study(name, None, futures=16, last=2029), tmp_path / name, threads=1)
    paired = Results.open(tmp_path / "retrench").beside(Results.open(tmp_path / "steady"))
    text = write(paired, World.load(), tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<h1>retrench against steady</h1>" in text
    assert f"foedus compare {tmp_path / 'retrench'} {tmp_path / 'steady'}</pre>" in text


def test_a_report_without_a_comparison_shows_levels(tmp_path: Path) -> None:
    study = studies.study("steady", None, futures=16, last=2029)
    results = Results.open(run(study, tmp_path / "run", threads=1).path)
    text = write(results, study.world, tmp_path / "report.html").read_text(encoding="utf-8")
    assert "expected losses are largest for" in text
    assert "Allies, worst first" in text


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
    from foedus.results import headlines, words

    results = Results.open(report.parent / "run")
    text = report.read_text(encoding="utf-8")
    for row in headlines(results)[:5]:
        assert f"<b>{words.significant(row.loss.median)}</b>" in text
        assert row.difference is not None
        assert f"{words.change(row.difference)[0]} {words.arrow(row)}</b>" in text
    manifest = json.loads((report.parent / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["digest"] in text
