"""Every tutorial runs as printed: its files are written, its commands and its code run in order, with fewer futures."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from foedus import cli

FOLDER = Path(__file__).parents[2] / "docs" / "tutorials"
BLOCK = re.compile(r"^```(python|sh|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RESEARCH_DATA = "from-disputes-to-a-table"
OTHERS = sorted(page.stem for page in FOLDER.glob("*.md") if page.stem != RESEARCH_DATA)
LONG = ("own-scenario", "an-afternoon")
"""Tutorials of many runs, followed with the slow tests."""

LIGHT = {
    "--futures 200": "--futures 8 --years 2026:2029",
    "futures=64": "futures=16",
    "futures=128": "futures=32",
    "= 200": "= 16",
    "[2026, 2040]": "[2026, 2029]",
}
FEWER = ("--futures", "16")
"""What is made smaller so that a page takes seconds."""


def blocks(page: str) -> Iterator[tuple[str, str]]:
    """Language and text of every block of a tutorial, in order."""
    text = (FOLDER / f"{page}.md").read_text(encoding="utf-8")
    for more, less in LIGHT.items():
        text = text.replace(more, less)
    return ((found[1], found[2]) for found in BLOCK.finditer(text))


def follow(page: str) -> None:
    """Do what a tutorial says, in the folder where we are."""
    place: dict[str, object] = {}
    for language, text in blocks(page):
        if language == "toml":
            name = re.match(r"# (\w[\w-]*\.toml)\n", text)
            assert name, "a file of a tutorial opens with its name"
            Path(name[1]).write_text(text, encoding="utf-8")
        elif language == "sh":
            for line in text.splitlines():
                program, *words = shlex.split(line, comments=True)
                assert program == "foedus"
                cli.main([*words, *(FEWER if words[0] == "brief" else ())])
        else:
            exec(compile(text, f"{page}.md", "exec"), place)


@pytest.mark.filterwarnings("default::foedus.errors.FoedusWarning")
@pytest.mark.parametrize(
    "page", [pytest.param(page, marks=pytest.mark.slow if page in LONG else ()) for page in OTHERS]
)
def test_a_tutorial_runs_as_printed(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    follow(page)
    assert len(capsys.readouterr().out.splitlines()) > 20


@pytest.mark.data
def test_the_tutorial_on_disputes_runs_as_printed(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOEDUS_DATA", str(data))
    follow(RESEARCH_DATA)
    printed = capsys.readouterr().out
    assert "AUC" in printed
    assert "weak_link" in printed


@pytest.mark.parametrize("page", [*OTHERS, RESEARCH_DATA])
def test_a_tutorial_has_exercises_with_solutions(page: str) -> None:
    text = (FOLDER / f"{page}.md").read_text(encoding="utf-8")
    _, _, exercises = text.partition("## Exercises\n")
    assert len(re.findall(r"^\d\. ", exercises, flags=re.MULTILINE)) >= 2
    assert "```" in exercises.partition("<details><summary>Solutions</summary>")[2]
