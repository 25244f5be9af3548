"""A run on a Dask cluster on loopback, one of whose workers dies: the bytes are those of a run on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import studies
from foedus import cli
from foedus.equations import crisis
from foedus.errors import InputError
from foedus.study import CHUNK, Study, run
from foedus.study import cluster as cluster_room
from foedus.study.cluster import run_on_cluster
from foedus.study.swap import swap

MACHINES = 3


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Address of a scheduler, and its workers: processes on loopback that are ended afterwards."""
    pytest.importorskip("distributed")
    folder = tmp_path_factory.mktemp("cluster")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "0"}
    started: list[subprocess.Popen[bytes]] = []

    def start(module: str, *words: str) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            f"distributed.cli.{module}",
            *words,
            "--scheduler-file",
            str(folder / "at.json"),
        ]
        made = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
        started.append(made)
        return made

    start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    for _ in range(600):
        if (folder / "at.json").is_file():
            break
        time.sleep(0.1)
    workers = [
        start("dask_worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        for _ in range(MACHINES)
    ]
    yield json.loads((folder / "at.json").read_text())["address"], workers
    for process in started:
        with suppress(ProcessLookupError):
            process.terminate()
        process.wait()


def study() -> Study:
    """Eight chunks of each of two postures, the last cut short."""
    return studies.study(futures=CHUNK * 7 + 40, last=2028, states=("USA", "RUS", "POL", "EST"))


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_in_mid_run_ends_with_the_bytes_of_this_machine(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    for _ in range(600):
        from distributed import Client

        with Client(address, set_as_default=False) as client:
            if len(client.nthreads()) == MACHINES:
                break
        time.sleep(0.1)
    told: list[tuple[str, int]] = []

    def progress(role: str, count: int) -> None:
        told.append((role, count))
        if len(told) == 4:  # two say what was there before, two are of finished chunks
            os.kill(workers[0].pid, signal.SIGKILL)

    folder = run_on_cluster(study(), tmp_path / "far", address, progress)
    assert workers[0].wait() == -signal.SIGKILL
    assert studies.bytes_of(folder.path) == studies.bytes_of(run(study(), tmp_path / "here").path)
    assert [path.name for path in folder.path.glob("parts/*/.*")] == []
    for role in ("posture", "against"):
        assert sum(count for own, count in told if own == role) == study().scenario.futures
    again: list[tuple[str, int]] = []
    run_on_cluster(study(), folder.path, address, lambda role, count: again.append((role, count)))
    assert again == [(role, study().scenario.futures) for role in ("posture", "against")]


def test_a_cluster_is_not_asked_for_equations_that_only_this_process_has(tmp_path: Path) -> None:
    published = crisis.chance_of_concession
    with swap("crisis.chance_of_concession", published), pytest.raises(InputError, match="model's own equations"):
        run_on_cluster(study(), tmp_path, "tcp://127.0.0.1:1")


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_room, "ANSWER", 2)
    words = ["run", "retrench", "--futures", "4", "--out", str(tmp_path / "run"), "--scheduler", "tcp://127.0.0.1:9"]
    with pytest.raises(SystemExit):
        cli.main(words)
    assert "--scheduler tcp://127.0.0.1:9: no Dask scheduler answers there" in capsys.readouterr().err
