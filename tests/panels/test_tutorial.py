"""The tutorial in docs/panels.md runs and prints what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "panels.md"


@pytest.mark.data
def test_the_tutorial_prints_the_table_it_shows(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    section = PAGE.read_text(encoding="utf-8").split("## From raw files to a table")[1]
    code, shown = section.split("```python\n")[1].split("```")[0], section.split("```\n")[2].split("```")[0]
    monkeypatch.setenv("FOEDUS_DATA", str(data))
    exec(compile(code, str(PAGE), "exec"), {})
    printed = capsys.readouterr().out
    assert "ongoingrivalry" in shown
    assert [line.split() for line in printed.splitlines()[:7]] == [line.split() for line in shown.strip().splitlines()]
