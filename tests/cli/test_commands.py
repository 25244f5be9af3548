"""The commands as a user runs them: tables fit 80 columns, JSON is JSON, help comes without the heavy rooms."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from foedus import cli

RUN = "from foedus.cli import main; main()"


def run(*arguments: str, folder: Path) -> str:
    found = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], cwd=folder, capture_output=True, text=True, check=True, timeout=120
    )
    return found.stdout


def test_demo_prints_a_table_of_80_columns_and_writes_a_report(tmp_path: Path) -> None:
    said = run("demo", "--futures", "16", folder=tmp_path)
    assert max(map(len, said.splitlines())) <= 80
    for words in ("UKR", "does not predict", "within x2", "report.html"):
        assert words in said
    assert (tmp_path / "foedus-demo" / "report.html").stat().st_size > 100_000


def test_demo_speaks_json(tmp_path: Path) -> None:
    found = json.loads(run("demo", "--futures", "16", "--json", folder=tmp_path))
    assert {"headlines", "base_rates", "limits"} <= set(found)
    assert {"low90", "median", "high90"} <= set(found["headlines"][0]["loss"])


@pytest.mark.parametrize("command", ["ledger", "sources", "postures", "mechanisms"])
def test_lists_fit_80_columns_and_speak_json(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main([command])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80
    cli.main([command, "--json"])
    assert json.loads(capsys.readouterr().out)


def test_missing_and_assumed_figures_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["sources", "--missing", "--json"])
    missing = json.loads(capsys.readouterr().out)
    cli.main(["sources", "--assumed", "--json"])
    assumed = json.loads(capsys.readouterr().out)
    assert missing
    assert assumed


def test_help_and_import_load_no_heavy_room(tmp_path: Path) -> None:
    heavy = "{'polars', 'scipy', 'altair', 'pandas', 'statsmodels', 'numpy'}"
    code = f"import sys, foedus; print(sorted({heavy} & set(sys.modules)))"
    bare = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert bare.stdout.strip() == "[]"
    code = f"import sys\nfrom foedus.cli import main\nmain(['--help'])\nprint(sorted({heavy} & set(sys.modules)))"
    helped = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert helped.stdout.strip().endswith("[]")
