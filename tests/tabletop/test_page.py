"""The pages on exercises say what the program does: their commands and their Python run as printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from foedus import cli
from foedus.tabletop import ROLES, injects

DOCS = Path(__file__).parents[2] / "docs"
SAID = {
    "tabletop.md": ("the same happened in every one", "# After action: Steady"),
    "site/facilitators-pack.md": (
        "4 turns replayed on the code of the record: the same happened",
        "It is only for some months",
    ),
    "site/teachers-pack.md": ("of 20 seeds saw a war break out", "taken back ["),
}
"""What each page makes the program say."""


@pytest.mark.slow
@pytest.mark.parametrize("page", SAID)
def test_commands_and_python_run_as_printed(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    place: dict[str, object] = {}
    text = (DOCS / page).read_text(encoding="utf-8")
    for language, block in re.findall(r"^```(sh|python)\n(.*?)```", text, flags=re.DOTALL | re.MULTILINE):
        if language == "python":
            exec(compile(block, page, "exec"), place)
            continue
        for line in block.splitlines():
            program, *words = shlex.split(line)
            assert program == "foedus"
            cli.main(words)
    said = capsys.readouterr().out
    assert [phrase for phrase in SAID[page] if phrase not in said] == []


def test_every_inject_stands_in_the_facilitators_list() -> None:
    text = (DOCS / "site" / "facilitators-pack.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([\w-]+)`", text.partition("## Injects")[2].partition("`foedus tabletop injects")[0])) == {
        *injects(), "whom", "challenger", "target",
    }  # fmt: skip


def test_every_role_has_a_card() -> None:
    text = (DOCS / "site" / "facilitators-pack.md").read_text(encoding="utf-8")
    cards = text.partition("## Role cards")[2].partition("\n## ")[0]
    assert {name.lower() for name in re.findall(r"^### (\w+)", cards, flags=re.MULTILINE)} == set(ROLES)
