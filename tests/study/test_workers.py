from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

import studies
from foedus.engine.chunk import run_chunk
from foedus.equations import contest
from foedus.errors import RunFolderError
from foedus.study import run
from foedus.study.workers import Worker, workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


def test_a_worker_returns_what_this_process_would_compute() -> None:
    study = studies.study(futures=32).prepared()
    with workers(study, 2) as compute:
        for _ in range(3):
            with compute("posture", 0) as theirs:
                ours = run_chunk(study.setting(0, "posture"))
                for name, values in ours.allies.items():
                    assert np.array_equal(theirs.allies[name], values)
                assert np.array_equal(theirs.pairs["wars"], ours.pairs["wars"])
                assert np.array_equal(theirs.options, ours.options)


def test_an_equation_replaced_in_this_process_is_replaced_in_its_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contest, "chance_challenger_wins", lambda strong, weak, *_: np.full_like(strong - weak, 0.25))
    with workers(studies.study(futures=32), 2) as compute, compute("posture", 0) as theirs:
        assert set(np.unique(theirs.allies["win_alone"])) == {np.float32(0.25)}


def test_an_error_in_a_worker_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        msg = "no such contest"
        raise ValueError(msg)

    monkeypatch.setattr(contest, "chance_challenger_wins", fails)
    with (
        workers(studies.study(futures=32), 2) as compute,
        pytest.raises(ValueError, match="no such contest") as error,
        compute("posture", 0),
    ):
        pass
    assert "in fails" in error.value.__notes__[0]


def test_a_killed_worker_stops_the_run_with_one_line_and_leaves_no_half_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(self: Worker, role: str, chunk: int) -> None:
        os.kill(self.process.pid or 0, signal.SIGKILL)
        return compute(self, role, chunk)

    compute = Worker.compute
    monkeypatch.setattr(Worker, "compute", killed)
    with pytest.raises(RunFolderError, match=r"killed.*same command continues"):
        run(studies.study(futures=32), tmp_path / "run", threads=2)
    assert not list(tmp_path.glob("run/parts/*/*"))


def test_no_worker_outlives_the_run(tmp_path: Path) -> None:
    def children() -> set[str]:
        return set(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split())

    threads, others = threading.active_count(), children()
    with workers(studies.study(futures=32), 2) as compute, compute("posture", 0):
        own = children() - others
        assert len(own) == 2
    assert not own & children()
    assert threading.active_count() == threads
