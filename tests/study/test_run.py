"""Runs: the same bytes however they are made; stopped runs continue; misuse is refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import studies
from foedus.errors import RunFolderError, UnknownName
from foedus.results import Results
from foedus.study import run
from foedus.study import study as study_module
from foedus.study.span import span_of


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of 16, so that a small study has several."""
    monkeypatch.setattr(study_module, "CHUNK", 16)


def test_parts_are_the_same_bytes_for_any_threads_and_order(tmp_path: Path) -> None:
    study = studies.study()
    run(study, tmp_path / "one", threads=1)
    run(study, tmp_path / "two", threads=2)
    run(study, tmp_path / "back", threads=2, order=[2, 0, 1])
    one = studies.bytes_of(tmp_path / "one")
    assert len(one) == 2 * 3 * 7 + 3
    assert one == studies.bytes_of(tmp_path / "two") == studies.bytes_of(tmp_path / "back")


def test_a_measure_or_a_role_that_a_run_lacks_is_answered_with_those_it_has(tmp_path: Path) -> None:
    run(studies.study("retrench", None, futures=8, last=2028), tmp_path, threads=1)
    results = Results.open(tmp_path)
    with pytest.raises(UnknownName, match='Did you mean "loss_fought"'):
        results.ally("loss_fougth")
    with pytest.raises(UnknownName, match=r'no such measure\. Did you mean "cost"'):
        results.guarantor("costs")
    with pytest.raises(UnknownName, match=r"Measures: powers, concentration, lead$"):
        results.region("hegemony")
    for ask in (results.loss, results.pairs, results.options):
        with pytest.raises(UnknownName, match=r'"against": no such role\. .*Roles: posture$'):
            ask("against")


KILLED = """
import sys, studies
from pathlib import Path
from foedus.study import run
from foedus.study import study as study_module
from foedus.study.span import span_of
study_module.CHUNK = 16
run(studies.study(futures=400), Path(sys.argv[1]), threads=2)
"""


def test_a_run_killed_half_way_and_continued_is_the_same_bytes(tmp_path: Path) -> None:
    here = Path(studies.__file__).parent
    env = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path / "killed")], cwd=here, env=env)
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob("killed/parts/*/0*"))) < 6 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    study = studies.study(futures=400)
    done = len(list(tmp_path.glob("killed/parts/*/0*")))
    assert 6 <= done < 2 * study.chunks()
    run(study, tmp_path / "killed", threads=2)
    run(study, tmp_path / "whole", threads=2)
    assert studies.bytes_of(tmp_path / "killed") == studies.bytes_of(tmp_path / "whole")


def test_a_null_policy_gives_exactly_the_baseline(tmp_path: Path) -> None:
    run(studies.study("steady", "steady"), tmp_path / "run")
    for name in ("allies", "guarantors", "regions", "pairs"):
        for chunk in range(3):
            one, two = (
                tmp_path / "run" / "parts" / role / span_of(chunk, 40, 16).name / f"{name}.parquet"
                for role in ("posture", "against")
            )
            assert one.read_bytes() == two.read_bytes()


def test_more_futures_leave_the_first_ones_as_they_were(tmp_path: Path) -> None:
    run(studies.study(futures=32), tmp_path / "run")
    before = studies.bytes_of(tmp_path / "run")
    run(studies.study(futures=64), tmp_path / "more")
    more = studies.bytes_of(tmp_path / "more")
    assert {key: more[key] for key in before} == before


def test_the_folder_of_another_scenario_is_refused_untouched(tmp_path: Path) -> None:
    run(studies.study(), tmp_path / "run")
    before = studies.bytes_of(tmp_path / "run")
    with pytest.raises(RunFolderError, match="holds another run"):
        run(studies.study("surge"), tmp_path / "run")
    assert studies.bytes_of(tmp_path / "run") == before


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("x")
    with pytest.raises(RunFolderError, match="is no run folder"):
        run(studies.study(), tmp_path / "letters")


def test_a_failed_write_says_how_to_continue_and_leaves_no_half_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import polars as pl

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(RunFolderError, match=r"No space left.*same command continues"):
        run(studies.study(), tmp_path / "run", threads=1)
    assert not list(tmp_path.glob("run/parts/*/*"))


def test_results_read_back_what_was_run(tmp_path: Path) -> None:
    run(studies.study(), tmp_path / "run")
    results = Results.open(tmp_path / "run")
    assert results.loss().shape == (8, len(results.allies), 40)
    assert (results.loss() >= 0).all()
    first, second = results.twins()
    table = results.parameters()
    assert len(first) == 4 + 4 + 2
    for name in ("decisiveness", "caution"):
        column = table[name].to_numpy()
        assert (column[first] == column[second]).all()
