"""What commands print, whatever takes it: other encodings, full places, signals; no results are lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foedus.cli import output, running, tables
from foedus.cli.asked import Asked, Way
from foedus.cli.changes import Changes

RUN = ["run", "retrench", "--futures", "2", "--years", "2026:2027", "--out", "run"]


def foedus(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a folder."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    code = "from foedus.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *words], cwd=folder, env=env, capture_output=True, check=False)


@pytest.mark.parametrize("encoding", ["cp1252", *(pytest.param(x, marks=pytest.mark.slow) for x in ("ascii", "utf-8"))])
def test_a_run_prints_its_table_and_writes_its_report_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    done = foedus(tmp_path, *RUN, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Retrench against steady" in done.stdout.decode(encoding)
    assert (tmp_path / "run" / "report.html").is_file()


def test_json_reads_back_the_same_in_any_encoding(tmp_path: Path) -> None:
    found = [
        json.loads(foedus(tmp_path, "world", "--json", PYTHONIOENCODING=name).stdout.decode(name))
        for name in ("utf-8", "cp1252", "ascii")
    ]
    assert found[0] == found[1] == found[2]


NO_UTF_8 = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def test_a_locale_without_utf_8_prints_the_name_of_a_file_as_it_is(tmp_path: Path) -> None:
    done = foedus(tmp_path, "run", "keiñ.toml", **NO_UTF_8)
    assert (done.returncode, done.stderr.decode()) == (2, "foedus: keiñ.toml: no such file\n")


@pytest.mark.slow
def test_a_locale_without_utf_8_reads_and_writes_what_has_marks_in_its_name(tmp_path: Path) -> None:
    states = 'states = ["USA", "RUS", "EST"]\nfutures = 2\nyears = "2026-2026"\n'
    (tmp_path / "ü.toml").write_text(states + "[posture]\ntroops = 0.5\n", encoding="utf-8")
    done = foedus(tmp_path, "run", "ü.toml", **NO_UTF_8)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "foedus-ü/report.html" in done.stdout.decode()
    done = foedus(tmp_path, "table", "foedus-ü", "--out", "tä.csv", **NO_UTF_8)
    assert done.stdout.decode().startswith("tä.csv: ")
    assert (tmp_path / "tä.csv").read_text(encoding="utf-8").startswith("role,posture,")


def test_signs_of_tables_have_plain_letters_and_names_their_own_bytes() -> None:
    with output.ready():
        said = "a\udce9b ± ▲ é ı │ ρ 日".encode("ascii", "foedus")
        assert said == b"a\xe9b +- ^ e i | rho ?"
        assert "\udce9".encode("utf-16-le", "foedus") == "?".encode("utf-16-le")


def test_a_full_place_for_what_is_printed_is_told_in_one_line(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    code = "from foedus.cli import main; main()"
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, *RUN], cwd=tmp_path, env=env, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.stderr == b"foedus: what is printed cannot be written: No space left on device\n"
    assert done.returncode == 2


@pytest.mark.parametrize(
    "words", [["validate", "--stored", "--out", "nodir/x.json"], ["brief", "EST", "--html", "no/x.html"]]
)
def test_where_a_file_goes_is_checked_before_the_work(tmp_path: Path, words: list[str]) -> None:
    done = foedus(tmp_path, *words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"cannot be written: there is no folder no" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(
    "number", [signal.SIGTERM, *(pytest.param(x, marks=pytest.mark.slow) for x in (signal.SIGHUP, signal.SIGINT))]
)
def test_signals_end_a_run_like_ctrl_c_and_the_same_command_continues(tmp_path: Path, number: signal.Signals) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = ["run", "retrench", "--futures", "2048", "--years", "2026:2027", "--out", "run"]
    code = "import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL); from foedus.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=tmp_path,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("run/parts/*/0*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, number)
    _, said = process.communicate()
    assert said == b"\nstopped; finished parts are in run. The same command continues from there.\n"
    assert process.returncode == 130


def test_a_table_that_cannot_be_printed_costs_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tables, "shown", broken)
    with pytest.raises(BrokenPipeError):
        running.run_scenario("retrench", Changes(2, "2026:2027"), Way(threads=1), Asked())
    assert (tmp_path / "foedus-retrench" / "report.html").is_file()
