"""The manual prints the pages of docs, and whatever page a message names is one of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from foedus.cli import main, manual
from foedus.errors import InputError

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"foedus manual ([a-z][\w-]*)")


def test_a_page_is_printed_as_its_source_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    main(["manual", "first-question"])
    printed = capsys.readouterr().out
    assert printed.rstrip() == (ROOT / "docs/tutorials/first-question.md").read_text(encoding="utf-8").rstrip()


def test_the_list_opens_with_the_tutorials_and_names_no_page_twice(capsys: pytest.CaptureFixture[str]) -> None:
    main(["manual", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert {Path(one["path"]).parent.name for one in found[:6]} == {"tutorials"}
    files = [path for path in (ROOT / "docs").rglob("*.md") if path.stem != manual.FACE]
    assert len(found) == len({one["name"] for one in found}) == len(files)


def test_every_page_that_the_program_names_is_in_the_manual() -> None:
    texts = [path.read_text(encoding="utf-8") for end in ("py", "toml") for path in (ROOT / "src").rglob(f"*.{end}")]
    named = {name for text in texts for name in NAMED.findall(text)}
    assert "scenarios" in named
    assert named <= set(manual.pages())


def test_a_page_that_there_is_not_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["manual", "docs/scenaros.md"])
    assert 'Did you mean "scenarios"?' in capsys.readouterr().err


def test_a_copy_without_the_pages_says_where_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(manual, "FOLDERS", (tmp_path / "docs",))
    manual.pages.cache_clear()
    with pytest.raises(InputError, match="the folder docs of its source"):
        manual.pages()
