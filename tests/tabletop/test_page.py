"""The page on exercises says what the program does: its commands and its Python run as printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from foedus import cli

PAGE = (Path(__file__).parents[2] / "docs" / "tabletop.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"```(sh|python)\n(.*?)```", PAGE, flags=re.DOTALL))


@pytest.mark.slow
def test_commands_and_python_run_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in BLOCKS["sh"].splitlines():
        program, *words = shlex.split(line)
        assert program == "foedus"
        cli.main(words)
    exec(compile(BLOCKS["python"], "tabletop.md", "exec"), {})
    said = capsys.readouterr().out
    assert "the same happened in every one" in said
    assert "# After action: Steady" in said
    assert {path.name for path in Path("table").iterdir()} >= {"account.html", "log.csv", "scenario.toml"}
