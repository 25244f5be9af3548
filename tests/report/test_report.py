"""The report: one file that asks nothing of the network, opens without a complaint and names every mechanism."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import studies
from foedus import words
from foedus.hindcasts.results import lines_of, read_results
from foedus.ledger import load_ledger
from foedus.posture import Change, Posture, Schedule
from foedus.report import first, grounds, write
from foedus.report.report import page
from foedus.results import Results, answer, headlines, wording
from foedus.study import prepare, run
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
    for phrase in ("does not predict", "not a forecast", "To reproduce", "within a factor of two", "Estonia"):
        assert phrase in text


def test_the_first_screen_is_one_sentence_a_table_a_map_and_a_chart(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    screen = text.split("<main>")[1].split("<h2>")[0]
    assert screen.count("class='lead'") == 1
    assert screen.count("<table") == 1
    assert screen.count("<svg") == 2
    assert "Borders as the source" in screen
    assert "does not predict" in screen


def test_what_others_say_stands_beside_the_run(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    part = text[text.index("<section id=others>") :].partition("</section>")[0]
    assert "nothing is fitted to these figures" in part
    assert any(word in part for word in ("inside", "▲ above", "▼ below"))


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
    assert text.count("No command made this run") == 2


def test_a_report_without_a_comparison_shows_levels(tmp_path: Path) -> None:
    study = studies.study("steady", None, futures=16, last=2029)
    results = Results.open(run(study, tmp_path / "run", threads=1).path)
    text = write(results, study.world, tmp_path / "report.html").read_text(encoding="utf-8")
    assert "expected losses are largest for" in text
    assert "Allies, worst first" in text
    assert "<th class=n>of which conceded, %</th>" in text.split("<h2>")[0]


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
    found = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
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
    results = Results.open(report.parent / "run")
    text = report.read_text(encoding="utf-8")
    for row in headlines(results)[:5]:
        assert f"<b>{words.significant(row.loss.mean)}</b>" in text
        assert row.difference is not None
        assert f"{wording.change(row.difference)[0]} {wording.arrow(row)}</b>" in text
    manifest = json.loads((report.parent / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["digest"] in text


def test_a_row_of_the_first_screen_is_coherent_and_tells_what_is_conceded(report: Path) -> None:
    results = Results.open(report.parent / "run")
    row = headlines(results)[0]
    assert row.against is not None
    assert row.difference is not None
    assert row.times == pytest.approx(row.loss.mean / row.against.loss.mean)
    assert row.loss.mean - row.against.loss.mean == pytest.approx(row.difference.mean, rel=1e-3)
    assert row.conceded.mean + row.fought.mean == pytest.approx(row.loss.mean, rel=1e-4)
    screen = report.read_text(encoding="utf-8").split("<h2>")[0]
    assert "<th class=n>of which conceded, %</th>" in screen
    assert f"<td class=n>{wording.conceded(row)}</td>" in screen


def test_the_report_says_that_years_exposed_are_mostly_there_under_either_posture(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    assert "it is 0 for a state whose loss is worst at the start, as for one at war already" in text
    rows = answer.listed(headlines(Results.open(report.parent / "run")))[0]
    for row in rows:
        assert row.against is not None
        assert f"{row.against.years_exposed} → {row.years_exposed} <small>peak {row.peak_year}</small>" in text


def test_the_limits_name_hindcasts_that_failed_on_an_ally_shown_and_base_rates_missed(report: Path) -> None:
    limits = report.read_text(encoding="utf-8").split("<section id=limits>")[1].split("</section>")[0]
    lines = {line.test.name: line for line in lines_of(read_results())}
    shown = {r.ally for r in answer.listed(headlines(Results.open(report.parent / "run")), first.SHOWN)[0]}
    assert "TWN" in shown
    assert lines["saigon-and-carter-1975"].verdict == "fail"
    assert "saigon-and-carter-1975, which bears on " in limits
    assert "By class of pair" in limits


def test_a_report_without_taiwan_does_not_speak_of_its_hindcast() -> None:
    text = grounds.limits(["EST"], World.load(), [])
    assert "taiwan-pact" not in text
    assert "By class of pair" not in text


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A run of which one chunk of two is there."""
    folder = tmp_path_factory.mktemp("stopped") / "run"
    command = ("foedus", "run", "plans/my taiwan.toml", "--futures", "520")
    states = ("USA", "CHN", "TWN", "JPN")
    scenario = studies.scenario("steady", None, futures=520, last=2027, states=states)
    run(prepare(scenario.but(command=command)), folder, threads=1)
    last = max(folder.glob("parts/posture/*"))
    shutil.rmtree(last)
    return Results.open(folder)


def test_the_command_to_reproduce_is_the_one_that_made_the_run_with_its_folder(stopped: Results) -> None:
    assert "<pre>foedus run &#x27;plans/my taiwan.toml&#x27; --futures 520</pre>" in grounds.again(stopped)


def test_a_report_of_a_stopped_run_says_that_it_is_unfinished(stopped: Results) -> None:
    assert stopped.extent == "512 of 520 futures, unfinished"
    assert "This run is unfinished: the figures here are of 512 of 520 futures" in grounds.again(stopped)
    assert "512 of 520 futures, unfinished" in page(stopped, World.load()).split("<main>")[0]


def test_no_command_is_invented_for_a_run_made_in_python(report: Path) -> None:
    text = grounds.again(Results.open(report.parent / "run"))
    assert "No command made this run" in text
    assert "foedus run" not in text


def test_a_posture_that_touches_one_ally_shows_that_ally_alone(tmp_path: Path) -> None:
    change = Change("TWN", "reinforcement", Schedule((2026, 2028), (1.0, 0.2)))
    posture = Posture("less", "less", "", changes=(change,), guarantor="USA")
    scenario = studies.scenario("steady", "steady", futures=32, last=2029, states=("USA", "TWN", "CHN", "DEU", "RUS"))
    study = prepare(scenario.but(posture=posture))
    results = Results.open(run(study, tmp_path / "run", threads=1).path)
    rows = headlines(results)
    listed, hidden = answer.listed(rows, first.SHOWN)
    assert [row.ally for row in listed] == ["TWN"]
    screen = page(results, World.load()).split("<h2>")[0]
    assert screen.count("<tr>") == 2
    assert answer.left_out(hidden) in screen
    assert len(hidden) == sum(not row.safe for row in rows) - 1
