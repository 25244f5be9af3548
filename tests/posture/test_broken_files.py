"""Any scenario or posture file at all is read, or refused in one line: no traceback, nothing written, exit code 2."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from broken_toml import broken
from hypothesis import HealthCheck, given, settings

from foedus import cli
from foedus.errors import InputError
from foedus.ledger import load_ledger
from foedus.posture import read_posture, read_scenario
from foedus.study import prepare
from foedus.world import World

STATES = World.load().states.iso3
LEDGER = load_ledger()
REUSED = [HealthCheck.function_scoped_fixture]


def tried(held: bytes, folder: Path) -> str:
    """Read bytes as a scenario and as a posture; return why they are no scenario, or nothing where they are one."""
    path = folder / "file.toml"
    path.write_bytes(held)
    said = [refused(lambda: prepare(read_scenario(path, STATES, LEDGER))), refused(lambda: read_posture(path, STATES))]
    assert "".join(said).isprintable()
    return said[0]


def refused(read: Callable[[], object]) -> str:
    """What is said against an input; nothing where it is taken."""
    try:
        read()
    except InputError as error:
        return str(error)
    return ""


@settings(max_examples=300, deadline=None, suppress_health_check=REUSED)
@given(held=broken)
def test_a_broken_file_is_refused_in_one_printable_line(held: bytes, tmp_path: Path) -> None:
    tried(held, tmp_path)


@pytest.mark.slow
@settings(max_examples=4_000, deadline=None, suppress_health_check=[*REUSED, HealthCheck.too_slow])
@given(held=broken)
def test_thousands_of_broken_files_are_refused_in_one_printable_line(held: bytes, tmp_path: Path) -> None:
    tried(held, tmp_path)


@settings(max_examples=60, deadline=None, suppress_health_check=REUSED)
@given(held=broken)
def test_the_command_ends_with_2_and_writes_nothing(held: bytes, tmp_path: Path) -> None:
    if not tried(held, tmp_path):
        return
    for command in (["run", str(tmp_path / "file.toml")], ["ablate", str(tmp_path / "file.toml")]):
        with pytest.raises(SystemExit) as stop:
            cli.main([*command, *(["--out", str(tmp_path / "run")] if command[0] == "run" else [])])
        assert stop.value.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["file.toml"]
