"""Two postures compared never bear one name, whatever they were called, and no two rows of a table share a key."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from foedus import cli
from foedus.posture import Scenario
from foedus.posture.naming import told_apart
from foedus.results import Results
from foedus.study import prepare

SMALL = ("--futures", "4", "--years", "2026:2027")
STATES = 'states = ["USA", "RUS", "POL", "EST"]\nyears = [2026, 2027]\nfutures = 4\n'
KEYS = (["role", "year", "ally", "measure"], ["posture", "year", "ally", "measure"])


def roles_of(folder: Path, tmp_path: Path) -> tuple[str, str]:
    """Names of a run's postures, once its long tables are seen to have no key twice."""
    for more in ((), ("--every-future",)):
        out = tmp_path / "long.csv"
        cli.main(["table", str(folder), "--out", str(out), *more])
        long = pl.read_csv(out)
        for keys in KEYS:
            assert not long.select(*keys, *(["future"] if more else [])).is_duplicated().any()
        assert dict(long.select("role", "posture").unique().iter_rows()) == Results.open(folder).roles
    return tuple(Results.open(folder).roles.values())  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("file", "text", "names"),
    [
        ("based.toml", "[posture]\ntroops = 0.5\n[against]\nbase = 'surge'\nevents = {}\n", ("based", "surge")),
        ("both.toml", "[posture]\ntroops = 0.5\n[against]\ntroops = 0.8\n", ("both", "both (against)")),
        ("steady.toml", "[posture]\ntroops = 0.5\n", ("steady", "steady (against)")),
        ("same.toml", "posture = 'retrench'\nagainst = 'retrench'\n", ("retrench", "retrench (against)")),
        ("named.toml", "name = 'surge'\nagainst = 'surge'\n[posture]\ntroops = 0.5\n", ("surge", "surge (against)")),
    ],
)
def test_the_two_postures_of_a_file_have_two_names(
    file: str, text: str, names: tuple[str, str], tmp_path: Path
) -> None:
    first, _, rest = text.partition("[")
    (tmp_path / file).write_text(first + STATES + ("[" + rest if rest else ""), encoding="utf-8")
    cli.main(["run", str(tmp_path / file), "--out", str(tmp_path / "run")])
    assert roles_of(tmp_path / "run", tmp_path) == names


def test_two_posture_files_of_one_name_are_told_apart_by_their_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder, level in (("a", 0.2), ("b", 1.8)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pose.toml").write_text(f"[posture]\ntroops = {level}\n", encoding="utf-8")
    cli.main(["compare", "a/pose.toml", "b/pose.toml", *SMALL])
    assert roles_of(tmp_path / "foedus-a-pose-against-b-pose", tmp_path) == ("a/pose", "b/pose")


def test_two_run_folders_of_one_name_are_told_apart_by_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("p", "q"):
        cli.main(["run", "retrench", *SMALL, "--out", f"{folder}/run"])
    capsys.readouterr()
    cli.main(["compare", "p/run", "q/run", "--json"])
    assert json.loads(capsys.readouterr().out)["roles"] == {"posture": "p/run", "against": "q/run"}
    compared = Results.open(Path("p/run")).beside(Results.open(Path("q/run"))).tidy(["loss"])
    assert not compared.select("posture", "year", "ally", "measure").is_duplicated().any()


def test_a_preset_and_a_file_of_its_name_and_a_place_named_twice_are_told_apart() -> None:
    assert told_apart("retrench", "surge") == ("retrench", "surge")
    marked = ("retrench", "retrench (against)")
    assert told_apart("retrench", "retrench") == marked
    assert told_apart("retrench", "retrench", Path("/x/retrench"), Path("/x/./retrench")) == marked
    assert told_apart("retrench", "retrench", Path("/x/retrench"), None) == ("x/retrench", "retrench")
    assert told_apart("run", "run", Path("/x/run"), Path("/x/y/run")) == ("x/run", "y/run")


def test_a_scenario_made_in_a_program_runs_under_two_names() -> None:
    roles = prepare(Scenario.of("surge", "surge")).roles
    assert [posture.name for posture in roles.values()] == ["surge", "surge (against)"]
    assert roles["posture"].changes == roles["against"].changes
