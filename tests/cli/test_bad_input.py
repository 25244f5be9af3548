"""Bad input: one clear line that names file, key and remedy, exit 2, and nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foedus import cli
from foedus.errors import SHORT, ScenarioError, UnknownName
from foedus.posture.reading import KEYS
from foedus.world import World, tables

GOOD = """
title = "A test"
question = "Does it run?"
years = "2026-2030"
futures = 8
states = ["USA", "RUS", "POL", "EST", "DEU"]
posture = "retrench"
against = "steady"
"""


def foedus(*arguments: str) -> int:
    """Run the command line in this process; return its exit code."""
    try:
        cli.main(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def refused(text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a scenario that must be refused with a line that holds `says`; return the line."""
    scenario, out = tmp_path / "scenario.toml", tmp_path / "run"
    scenario.write_text(text, encoding="utf-8")
    assert foedus("run", str(scenario), "--out", str(out)) == 2
    line = capsys.readouterr().err.strip()
    assert says in line
    assert "Traceback" not in line
    assert not out.exists()
    return line


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('title = "A test"', 'title = "A test'), "scenario.toml"),
        (('posture = "retrench"', "[posture]\ntroop = { 2026 = 1.0, 2030 = 0.5 }"), 'Did you mean "troops"?'),
        (('posture = "retrench"', "[posture.POLL]\ntroops = 0.5"), "POL"),
        (('"POL"', '"PLO"'), "PLO"),
        (('posture = "retrench"', 'posture = "retrenched"'), 'Did you mean "retrench"?'),
        (('years = "2026-2030"', 'years = "2030-2026"'), "years"),
        (("futures = 8", "futures = 0"), "futures"),
        (("futures = 8", "futures = -5"), "futures"),
        (('posture = "retrench"', "[posture]\ntroops = 2.5"), "2.5"),
        (('posture = "retrench"', "[posture]\ntroops = -0.1"), "-0.1"),
        (("futures = 8", "futures = 8\nwithout = ['R99']"), "R99"),
        (("futures = 8", "futures = 8\nfuturs = 9"), 'Did you mean "futures"?'),
        (('against = "steady"', 'against = "steady"\n[parameters]\nprecison = 4.0'), 'Did you mean "precision"?'),
        (('against = "steady"', 'against = "steady"\n[world.POL]\ngdpp = 4.0'), "gdp"),
        (('against = "steady"', 'against = "steady"\n[parameters]\nprecision = nan'), "nan is not a finite number"),
        (('against = "steady"', 'against = "steady"\n[doctrine.RUS]\nspending = 0.03'), "Allies: DEU, EST, POL"),
        (('posture = "retrench"', "[posture.USA]\ntroops = 0.5"), "posture.USA: covers no ally of USA"),
        (('"USA", "RUS", ', ""), "no guarantor has an ally"),
    ],
)
def test_a_scenario_that_breaks_a_rule_is_refused_in_one_line(
    change: tuple[str, str],
    says: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before, after = change
    text = GOOD.replace(before, after)
    if "[posture" in after:
        text = text.replace('against = "steady"', "").replace(after, "") + 'against = "steady"\n' + after + "\n"
    assert text != GOOD
    refused(text, says, tmp_path, capsys)


def test_a_missing_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert foedus("run", str(tmp_path / "none.toml")) == 2
    assert "none.toml" in capsys.readouterr().err


def test_a_directory_that_cannot_be_written_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = tmp_path / "scenario.toml"
    scenario.write_text(GOOD, encoding="utf-8")
    assert foedus("run", str(scenario), "--out", "/dev/null/run") == 2
    assert "/dev/null/run" in capsys.readouterr().err


def test_the_run_folder_of_another_scenario_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, out = tmp_path / "scenario.toml", tmp_path / "run"
    scenario.write_text(GOOD, encoding="utf-8")
    assert foedus("run", str(scenario), "--out", str(out)) == 0
    assert "Does it run?\n8 futures" in capsys.readouterr().out
    written = sorted(out.rglob("*"))
    scenario.write_text(GOOD.replace("futures = 8", "futures = 8\nseed = 9"), encoding="utf-8")
    capsys.readouterr()
    assert foedus("run", str(scenario), "--out", str(out)) == 2
    assert str(out) in capsys.readouterr().err
    assert sorted(out.rglob("*")) == written


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("POL,gdp,2025,1000,,,billion USD,,V,", "source"),
        ("POL,gdp,2025,1000,,,billion USD,nobody2020,V,", "nobody2020"),
        ("POL,gdp,2025,1000,,,billion EUR,world_bank2025,V,", "billion USD"),
        ("POL,gdp,2025,1000,2000,3000,billion USD,world_bank2025,V,", "economy.csv"),
        ("POL,gdp,2025,1000,,,billion USD,world_bank2025,Z,", "Z"),
    ],
)
def test_a_fact_that_breaks_a_rule_names_its_file_and_line(
    row: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    overlay = tmp_path / "facts"
    overlay.mkdir()
    head = (Path(tables.__file__).parent / "facts" / "economy.csv").read_text(encoding="utf-8").splitlines()[0]
    (overlay / "economy.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    line = refused(f'overlay = "{overlay}"\n' + GOOD, says, tmp_path, capsys)
    assert "economy.csv:2" in line


@pytest.mark.parametrize(
    "arguments",
    [
        ("demo", "--futures", "0"),
        ("demo", "--futures", "many"),
        ("demo", "--futures", "1.5"),
        ("compare", "retrench", "--seed", "2.5"),
        ("validate", "--draws", "50.5"),
        ("demo", "--future", "9"),
        ("rum",),
        ("demo", "--threads", "0"),
        ("compare", "stedy"),
        ("compare", "retrench", "elsewhere/run"),
        ("compare", "retrench", "--years", "2040:2030"),
        ("compare", "retrench", "--seed", "-1"),
        ("ablate", "retrench", "--rows", "R99", "--futures", "4"),
        ("ablate", "retrench", "--futures", "1"),
        ("sources", "POLL"),
        ("ledger", "--grade", "Q"),
        ("report", "nowhere"),
        ("brief", "EST", "--seed", "-1"),
        ("run", "limited-suport"),
        ("exposure", "Europ"),
        ("world", "Europ"),
    ],
)
def test_arguments_that_cannot_be_are_refused(
    arguments: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert foedus(*arguments) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="limits the size of files as a full disk would")
def test_a_full_disk_is_said_in_one_line_and_the_same_command_continues(tmp_path: Path) -> None:
    import resource

    (tmp_path / "scenario.toml").write_text(GOOD.replace("futures = 8", "futures = 512"), encoding="utf-8")
    command = [sys.executable, "-c", "from foedus.cli import main; main()", "run", "scenario.toml", "--out", "run"]
    command += ["--threads", "1"]

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    full = subprocess.run(
        command, cwd=tmp_path, preexec_fn=little_room, capture_output=True, text=True, timeout=300, check=False
    )
    assert full.returncode == 2
    assert "run: cannot be written" in full.stderr
    assert len(full.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.glob("run/parts/*/*"))
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert again.returncode == 0
    assert (tmp_path / "run" / "report.html").exists()


def test_debug_shows_the_traceback_that_a_plain_run_hides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ScenarioError):
        cli.main(["--debug", "run", str(tmp_path / "none.toml")])
    assert foedus("run", str(tmp_path / "none.toml")) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("sh") is None or os.name == "nt", reason="sends an interrupt")
def test_an_interrupt_says_how_to_continue_and_the_same_command_does(tmp_path: Path) -> None:
    out = tmp_path / "run"
    command = [sys.executable, "-c", "from foedus.cli import main; main()", "demo", "--futures", "1536"]
    command += ["--out", str(out)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    deadline = time.monotonic() + 60
    while not list(out.glob("parts/*/[0-9]*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=300)
    assert running.returncode == 130
    assert "same command continues" in said
    assert list(out.glob("parts/*/[0-9]*"))
    assert not list(out.rglob("*.tmp"))


POSTURE = 'title = "Fewer troops"\n[posture]\ntroops = 0.5\n'


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command line, which must succeed; return what it prints."""
    capsys.readouterr()
    assert foedus(*arguments) == 0, capsys.readouterr().err
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "written",
    ["pose.toml", *(pytest.param(x, marks=pytest.mark.slow) for x in ("./pose.toml", "sub/../pose.toml", "absolute"))],
)
def test_a_path_that_ends_in_toml_is_a_file_whatever_its_slashes(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "pose.toml").write_text(POSTURE, encoding="utf-8")
    name = str(tmp_path / "pose.toml") if written == "absolute" else written
    said = ran(capsys, "compare", name, "steady", "--futures", "4", "--years", "2026:2027", "--out", "run")
    assert "Pose against steady\n4 futures, 2026-2027" in said


def test_a_scenario_where_a_posture_is_wanted_says_how_it_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "class.toml"
    path.write_text(GOOD, encoding="utf-8")
    for command in (("compare", str(path), "steady"), ("brief", "EST", "--posture", str(path))):
        assert foedus(*command) == 2
        assert f"Run it: foedus run {path}" in capsys.readouterr().err


def test_a_preset_where_a_scenario_is_wanted_runs_beside_steady_support(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--futures", "4", "--years", "2026:2027", "--out", str(tmp_path / "run"))
    assert "Limited-support against steady\n4 futures, 2026-2027" in ran(capsys, "run", "limited-support", *options)


def test_a_mechanism_is_switched_off_in_either_case_of_its_letter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = []
    for row in ("r17", "R17"):
        options = ("--futures", "4", "--years", "2026:2026", "--out", str(tmp_path / row), "--json")
        runs.append(json.loads(ran(capsys, "compare", "retrench", *options, "--without", row))["manifest"])
    assert runs[0]["digest"] == runs[1]["digest"]


def test_a_list_of_keys_is_never_cut_and_a_long_list_says_what_shows_the_rest() -> None:
    keys = [f"key{n}" for n in range(SHORT)]
    assert str(UnknownName("part", "other", keys)).endswith(", ".join(keys))
    assert str(UnknownName("state", "XXX", [*keys, "more"])).endswith(f"all {SHORT + 1}: foedus world")
    assert "uncertain, doctrine, plans, events, wars, world" in str(UnknownName("part of a scenario", "x", KEYS))


def test_every_state_is_listed_with_its_code_and_its_guarantor(capsys: pytest.CaptureFixture[str]) -> None:
    listed = {row["iso3"]: row for row in json.loads(ran(capsys, "world", "--json"))}
    assert tuple(sorted(listed)) == tuple(sorted(World.load().states.iso3))
    assert listed["EST"]["guarantors"] == ["USA"]
    assert listed["EST"]["pools"] == ["Europe"]
    assert "RUS" in listed["EST"]["challengers"]
    assert "EST" in ran(capsys, "world", "europe")
    assert "Japan" not in ran(capsys, "world", "europe")
