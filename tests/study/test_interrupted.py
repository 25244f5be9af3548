"""Run folders in bad company: two processes, damaged parts, kills, full disks, other people's pools."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import studies
from foedus.errors import FoedusWarning, RunFolderError
from foedus.files import locked
from foedus.frames import read_parquet
from foedus.results import Results
from foedus.study import Stopped, run
from foedus.study import study as study_module

CHILD = """
import sys, studies
from pathlib import Path
from foedus.study import run
from foedus.study import study as study_module
study_module.CHUNK = 16
run(studies.study(futures=int(sys.argv[2])), Path(sys.argv[1]), threads=2)
"""


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of 16, so that a small study has several."""
    monkeypatch.setattr(study_module, "CHUNK", 16)


def begin(folder: Path, futures: int) -> subprocess.Popen[bytes]:
    """Another process that runs a study into a folder."""
    env = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(futures)],
        cwd=Path(studies.__file__).parent,
        env=env,
        stderr=subprocess.PIPE,
    )


def test_a_second_process_in_a_run_folder_is_told_and_harms_nothing(tmp_path: Path) -> None:
    first = begin(tmp_path / "run", 320)
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob("run/parts/*/0*"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    with pytest.raises(RunFolderError, match="another process is running here"):
        run(studies.study(futures=16), tmp_path / "run")
    with pytest.raises(RunFolderError, match="another process is running here"):
        run(studies.study("surge", futures=16), tmp_path / "run")
    _, said = first.communicate()
    assert (first.returncode, said) == (0, b"")
    assert Results.open(tmp_path / "run").futures == 320


def test_a_folder_of_letters_gets_no_lock(tmp_path: Path) -> None:
    (tmp_path / "dear.txt").write_text("x")
    with pytest.raises(RunFolderError, match="is no run folder"):
        run(studies.study(futures=16), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["dear.txt"]


def test_a_folder_with_only_what_a_desktop_leaves_is_empty(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / ".DS_Store").write_bytes(b"Bud1")
    run(studies.study("retrench", None, futures=2, last=2026), tmp_path / "run", threads=1)
    assert Results.open(tmp_path / "run").futures == 2


@pytest.mark.parametrize("name", ["run[1]", "Project [2026]/run", "what?", "a*"])
def test_a_run_in_a_folder_named_like_a_pattern_reads_its_own_numbers(tmp_path: Path, name: str) -> None:
    for posture, folder in (("retrench", "run1"), ("retrench", "ab"), ("retrench", "Project 2/run"), ("surge", name)):
        run(studies.study(posture, None, futures=16, last=2028), tmp_path / folder, threads=1)
    run(studies.study("surge", None, futures=16, last=2028), tmp_path / "plain", threads=1)
    found, plain = (Results.open(tmp_path / folder).loss() for folder in (name, "plain"))
    assert (found == plain).all()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def spoil(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 0xFF
    path.write_bytes(body)


@pytest.mark.parametrize("harm", [cut, spoil, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_damaged_part_is_made_again_with_a_warning_when_the_run_is_continued(tmp_path: Path, harm: object) -> None:
    study = studies.study(futures=40)
    run(study, tmp_path, threads=1)
    before = studies.bytes_of(tmp_path)
    harm(tmp_path / "parts" / "posture" / "000016-000031" / "allies.parquet")  # type: ignore[operator]
    with pytest.warns(FoedusWarning, match=r"000016-000031: allies.parquet is damaged; it is recomputed"):
        run(study, tmp_path, threads=1)
    assert studies.bytes_of(tmp_path) == before


def test_a_damaged_part_of_a_run_being_read_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    run(studies.study(futures=40), tmp_path, threads=1)
    cut(tmp_path / "parts" / "posture" / "000016-000031" / "allies.parquet")
    with pytest.raises(RunFolderError, match=r"allies.parquet cannot be read\. Rerun the original command"):
        Results.open(tmp_path).loss()


def test_what_a_killed_run_leaves_half_done_is_cleared(tmp_path: Path) -> None:
    study = studies.study(futures=16)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / ".foedus-0123.json").write_text("{")
    run(study, tmp_path / "run", threads=1)
    half = tmp_path / "run" / "parts" / "posture" / ".000000-000015-0badcafe"
    half.mkdir()
    run(study, tmp_path / "run", threads=1)
    assert not half.exists()
    assert not list(tmp_path.glob("run/.foedus-*"))


def killed_and_continued(tmp_path: Path, points: int, seed: int) -> None:
    """Kill a run at random moments until it has been killed so often, and compare with one that ran through."""
    study, when = studies.study(futures=96), random.Random(seed)
    run(study, tmp_path / "whole", threads=2)
    expected = studies.bytes_of(tmp_path / "whole")
    for point in range(points):
        folder = tmp_path / f"killed{point}"
        child = begin(folder, 96)
        time.sleep(when.uniform(0.3, 3.0))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        for part in folder.glob("parts/*/0*/*.parquet"):
            assert read_parquet(part).height > 0
        run(study, folder, threads=2)
        assert studies.bytes_of(folder) == expected
        shutil.rmtree(folder)


@pytest.mark.slow
def test_runs_killed_at_any_moment_continue_to_the_same_bytes(tmp_path: Path) -> None:
    killed_and_continued(tmp_path, points=3, seed=1)


@pytest.mark.slow
def test_runs_killed_at_fifty_moments_continue_to_the_same_bytes(tmp_path: Path) -> None:
    killed_and_continued(tmp_path, points=50, seed=2)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; skipped, visibly, where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_stops_a_run_with_one_sentence_and_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    study = studies.study(futures=96)
    run(study, tmp_path / "whole", threads=1)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"0" * 1_500_000)
    with pytest.raises(RunFolderError, match=r"No space left.*Free some space\. Finished parts stay"):
        run(study, small_disk / "run", threads=2)
    assert not list(small_disk.glob("run/parts/*/.*"))
    kept, whole = studies.bytes_of(small_disk / "run"), studies.bytes_of(tmp_path / "whole")
    assert kept.items() <= whole.items()
    shutil.copytree(small_disk / "run", tmp_path / "moved")
    run(study, tmp_path / "moved", threads=1)
    assert studies.bytes_of(tmp_path / "moved") == whole


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "run", Path("/proc/run")):
        with pytest.raises(RunFolderError, match=f"^{place}: cannot be written: .*name another folder"):
            run(studies.study(futures=16), place)


def in_a_pool(folder: str) -> float:
    """Run a study in a worker of somebody's pool."""
    run(studies.study(futures=16, last=2027), folder, threads=2)
    return float(Results.open(Path(folder)).loss().sum())


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_run_in_a_worker_of_a_pool_computes_there(tmp_path: Path, method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    with multiprocessing.get_context(method).Pool(2) as pool:
        found = pool.map(in_a_pool, [str(tmp_path / "a"), str(tmp_path / "b")])
    assert found == [in_a_pool(str(tmp_path / "c"))] * 2


FORKED = """
import multiprocessing, sys
from foedus.study import study as study_module
from test_interrupted import in_a_pool
if sys.argv[2] == "late":
    in_a_pool(sys.argv[1] + "/first")
with multiprocessing.get_context("fork").Pool(2) as pool:
    try:
        print(len(set(pool.map(in_a_pool, [sys.argv[1] + "/a", sys.argv[1] + "/b"]))))
    except Exception as error:
        print(error)
"""


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
@pytest.mark.parametrize(("when", "says"), [("early", "1\n"), ("late", "this process was forked")])
def test_a_run_in_a_forked_pool_computes_there_or_says_why_it_cannot(tmp_path: Path, when: str, says: str) -> None:
    here = str(Path(__file__).parent)
    env = dict(os.environ, PYTHONPATH=os.pathsep.join([here, *sys.path]))
    done = subprocess.run(
        [sys.executable, "-c", FORKED, str(tmp_path), when],
        env=env,
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.stdout.startswith(says), done.stderr


def test_runs_in_threads_beside_each_other_compute_in_this_process(tmp_path: Path) -> None:
    found: list[float] = []
    threads = [threading.Thread(target=lambda n=n: found.append(in_a_pool(str(tmp_path / f"{n}")))) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [found[0]] * 3


def test_a_stop_is_not_swallowed_as_an_error(tmp_path: Path) -> None:
    def stop(role: str, count: int) -> None:
        if count == 16:
            raise KeyboardInterrupt

    def careless() -> None:
        try:
            run(studies.study(futures=40), tmp_path, threads=1, progress=stop)
        except Exception:  # noqa: BLE001 - what a careless caller writes
            pytest.fail("swallowed")

    with pytest.raises(Stopped):
        careless()
    with locked(tmp_path):
        pass
