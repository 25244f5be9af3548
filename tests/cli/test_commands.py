"""The commands as a user runs them: tables fit 80 columns, JSON is JSON, help comes without the heavy rooms."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

import studies
from foedus import cli, words
from foedus.cli import running, tables
from foedus.cli.app import THEMES, app
from foedus.ledger import load_ledger
from foedus.results import Results, headlines
from foedus.study import Study
from foedus.study import run as run_study
from foedus.study.folder import RunFolder
from foedus.version import __version__

RUN = "from foedus.cli import main; main()"


def run(*arguments: str, folder: Path) -> str:
    found = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], cwd=folder, capture_output=True, text=True, check=True, timeout=300
    )
    return found.stdout


def test_demo_prints_a_table_of_80_columns_and_writes_a_report(tmp_path: Path) -> None:
    said = run("demo", "--futures", "16", folder=tmp_path)
    assert max(map(len, said.splitlines())) <= 80
    for phrase in ("77 states", "Ukraine", "steady", "90 % band", "does not predict", "factor of two", "report.html"):
        assert phrase in said
    assert "foedus compare foedus-demo" in said
    assert (tmp_path / "foedus-demo" / "report.html").stat().st_size > 100_000


def test_demo_speaks_json(tmp_path: Path) -> None:
    said = run("demo", "--futures", "16", "--json", folder=tmp_path)
    assert "NaN" not in said
    found = json.loads(said)
    assert {"headlines", "base_rates", "limits"} <= set(found)
    assert {"low90", "median", "high90"} <= set(found["headlines"][0]["loss"])


def test_two_run_folders_are_compared_on_the_same_luck(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("retrench", "steady"):
        run_study(studies.study(name, None, futures=16, name=name), tmp_path / name, threads=1)
    run_study(studies.study("retrench", "steady", futures=16), tmp_path / "both", threads=1)
    cli.main(["compare", str(tmp_path / "retrench"), str(tmp_path / "steady"), "--json"])
    apart = json.loads(capsys.readouterr().out)
    cli.main(["compare", str(tmp_path / "both"), "--json"])
    together = json.loads(capsys.readouterr().out)
    assert apart["headlines"] == together["headlines"]
    assert apart["roles"] == {"posture": "retrench", "against": "steady"}


@pytest.mark.parametrize("other", [{"seed": 9}, {"last": 2030}, {"futures": 8}], ids=["seed", "years", "futures"])
def test_runs_without_the_same_luck_are_not_compared(
    other: dict[str, int], tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    run_study(studies.study("steady", None, futures=4, last=2028), tmp_path / "a", threads=1)
    run_study(studies.study("steady", None, **{"futures": 4, "last": 2028, **other}), tmp_path / "b", threads=1)
    with pytest.raises(SystemExit) as stop:
        cli.main(["compare", str(tmp_path / "a"), str(tmp_path / "b")])
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert request.node.callspec.id in said
    assert len(said.splitlines()) == 1


def test_a_narrow_terminal_drops_columns_and_keeps_every_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_study(studies.study("retrench", "steady", futures=16), tmp_path / "run", threads=1)
    results = Results.open(tmp_path / "run")
    rows = headlines(results)
    names = {row.ally: row.ally for row in rows}
    widths = {}
    for width in (40, 60, 80, 100):
        view = Console(width=width, file=io.StringIO())
        table, columns = tables._fitted(view, tables._paired_columns(results), rows, names)
        view.print(table)
        lines = view.file.getvalue().splitlines()
        assert max(map(len, lines)) <= width
        assert [line.split()[0] for line in lines[-len(rows) :]] == [row.ally for row in rows]
        widths[width] = len(columns)
        heads = [column.heading.partition("\n")[0] for column in columns]
        assert heads[0] == "war by"
        assert ("90 % band" in heads) == (width >= 60)
        assert ("ground" in heads) == (width >= 80)
        assert (tables.EXPOSED in columns) == (width >= 100)
        assert (tables.KEPT in columns) == (width >= 100)
    assert widths[40] < widths[60] < widths[80] < widths[100]


def test_the_table_puts_first_what_changes_most(tmp_path: Path) -> None:
    run_study(studies.study("retrench", "steady", futures=32), tmp_path / "run", threads=1)
    rows = headlines(Results.open(tmp_path / "run"))
    sizes = [abs(row.difference.mean) for row in rows if row.difference]
    assert len(sizes) == len(rows)
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0123, "0.012"), (0.00234, "0.0023"), (1.23, "1.2"), (45.6, "46"), (0.0, "0"), (0.0998, "0.10")],
)
def test_small_numbers_keep_two_digits(value: float, shown: str) -> None:
    assert words.significant(value) == shown


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


def test_the_package_runs_as_a_module(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "foedus", "--version"]
    assert (
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path).stdout.strip() == __version__
    )


def test_help_prints_every_command_once_under_a_heading_in_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["--help"])
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 80
    assert "Commands ─" not in said
    headings = [line for line in said.splitlines() if line.startswith("╭─ ")]
    assert [line.strip("╭─╮ ") for line in headings] == [*(heading for heading, _ in THEMES), "Options"]
    for name in app.resolved_commands().keys() - {"-h"}:
        assert len([line for line in said.splitlines() if line.startswith(f"│ {name} ")]) == 1, name


def test_help_and_import_load_no_heavy_room(tmp_path: Path) -> None:
    heavy = "{'polars', 'scipy', 'altair', 'pandas', 'statsmodels', 'numpy'}"
    code = f"import sys, foedus; print(sorted({heavy} & set(sys.modules)))"
    bare = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert bare.stdout.strip() == "[]"
    code = f"import sys\nfrom foedus.cli import main\nmain(['--help'])\nprint(sorted({heavy} & set(sys.modules)))"
    helped = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert helped.stdout.strip().endswith("[]")


@pytest.mark.parametrize("columns", [None, "40", "200"])
def test_parameter_names_are_never_broken_and_their_meaning_is_told(
    columns: str | None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    cli.main(["ledger"])
    said = capsys.readouterr().out
    for parameter in load_ledger():
        assert f"\n{parameter.name}  {parameter.default:g} (" in said
        assert " ".join(parameter.meaning.split()) in " ".join(said.split())


def test_one_future_gives_no_range_and_no_arrow(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_study(studies.study("retrench", "steady", futures=1, last=2028), tmp_path / "run", threads=1)
    cli.main(["compare", str(tmp_path / "run")])
    said = capsys.readouterr().out
    assert "Ranges and directions need 16 futures or more; this run has one future." in " ".join(said.split())
    table = said.split("────\n")[1].split("\nMeans")[0]
    assert "Taiwan" in table
    assert not set("▲▼[") & set(table)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("run plans/short.toml --seed 3 --without R12", "--futures 2 --seed 3 --years 2026:2027 --without R12"),
        ("compare pivot --out here", "steady --futures 512 --seed 1 --years 2026:2050 --out here"),
        ("demo --futures 32", ""),
    ],
    ids=["run", "compare", "demo"],
)
def test_the_command_that_makes_a_run_is_kept_with_folders_and_every_option(
    typed: str, kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "short.toml").write_text('extends = "retrench"\nyears = "2026-2027"\nfutures = 2\n')
    monkeypatch.chdir(tmp_path)
    asked: list[Study] = []
    monkeypatch.setattr(running, "_go", lambda study, *_, **__: asked.append(study))
    cli.main(typed.split())
    (study,) = asked
    first = typed.split(" --")[0] if kept else typed
    assert " ".join(study.scenario.command) == f"foedus {first} {kept}".strip()
    run_folder = RunFolder(tmp_path / "run")
    with run_folder.writing(study, "0"):
        pass
    assert run_folder.manifest()["command"] == list(study.scenario.command)


def test_a_command_is_forgotten_once_a_part_of_its_scenario_is_changed() -> None:
    typed = studies.scenario().but(command=("foedus", "demo"))
    assert typed.but(seed=9).command == ()
    assert typed.digest == studies.scenario().digest
