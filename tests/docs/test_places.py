"""One place says where files lie that are not in the repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from places import data_folder, evidence_folder

ROOT = Path(__file__).parents[2]


def test_the_environment_names_the_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_DATA", "there/data")
    monkeypatch.setenv("FOEDUS_EVIDENCE", "there/evidence")
    assert (data_folder(), evidence_folder()) == (Path("there/data"), Path("there/evidence"))


@pytest.mark.parametrize("named", ["", None])
def test_without_it_they_are_looked_for_beside_the_repository(
    monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    for variable in ("FOEDUS_DATA", "FOEDUS_EVIDENCE"):
        monkeypatch.delenv(variable, raising=False) if named is None else monkeypatch.setenv(variable, named)
    assert (data_folder(), evidence_folder()) == (ROOT.parent / "shared" / "data", ROOT.parent / "shared" / "evidence")


def test_no_other_file_says_where_they_lie_by_default() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    default = re.compile(r"shared[\"' /,]+(data|evidence)")
    told = {name for name in listed.stdout.split() if name.endswith((".py", ".md", ".toml", "run"))}
    found = {name for name in told if default.search((ROOT / name).read_text(encoding="utf-8"))}
    assert found <= {"CONTRIBUTING.md", "tools/places.py", "tests/docs/test_places.py"}
