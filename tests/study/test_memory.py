"""How memory is arranged changes no result, and can be turned off."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

import pytest

import studies
from foedus.errors import UnknownName
from foedus.study import memory, run, workers


def refuse(*_: Any) -> None:
    msg = "memory is not to be arranged here"
    raise AssertionError(msg)


def test_a_run_without_forks_and_heap_settings_has_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = studies.study(futures=600, last=2028, states=("USA", "RUS", "POL", "EST"))
    run(study, tmp_path / "tuned", threads=2)
    monkeypatch.setenv("FOEDUS_MEMORY", "plain")
    monkeypatch.setattr(workers, "Worker", refuse)
    monkeypatch.setattr(ctypes, "CDLL", refuse)
    for threads in (1, 2):
        run(study, tmp_path / str(threads), threads=threads)
        assert studies.bytes_of(tmp_path / str(threads)) == studies.bytes_of(tmp_path / "tuned")
    assert len(studies.bytes_of(tmp_path / "tuned")) == 2 * 15


def test_only_linux_forks_and_only_when_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOEDUS_MEMORY", raising=False)
    for platform, asked, may in (
        ("linux", "", True),
        ("linux", "tuned", True),
        ("linux", "plain", False),
        ("darwin", "", False),
    ):
        monkeypatch.setattr(memory.sys, "platform", platform)
        monkeypatch.setenv("FOEDUS_MEMORY", asked)
        assert memory.can_fork() is may


def test_a_setting_nobody_knows_is_refused_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_MEMORY", "plane")
    with pytest.raises(UnknownName, match=r'FOEDUS_MEMORY.*Did you mean "plain"'):
        memory.tuned()
