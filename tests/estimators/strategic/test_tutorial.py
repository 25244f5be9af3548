"""Every example in docs/estimators.md runs, in order, and prints what the page shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "estimators.md"
EXAMPLE = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```)?", re.DOTALL)


@pytest.mark.data
def test_the_page_prints_what_it_shows(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOEDUS_DATA", str(data))
    examples = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(examples) >= 6
    names: dict[str, object] = {}
    for code, shown in examples:
        exec(compile(code, str(PAGE), "exec"), names)
        assert capsys.readouterr().out.rstrip() == shown.rstrip()


def test_every_option_and_verb_that_the_page_names_exists() -> None:
    import inspect

    from foedus.estimators import strategic
    from foedus.estimators.strategic.build import Options

    text = PAGE.read_text(encoding="utf-8")
    table = text.split("Options of every tree:")[1].split("`ultimatum(")[0]
    assert set(re.findall(r"^\| `(\w+)=", table, re.MULTILINE)) == set(Options.__annotations__)
    keywords = set(inspect.signature(strategic.strategic_model).parameters) - {"tree", "formula", "data"}
    assert keywords == set(Options.__annotations__)
    for verb in re.findall(r"`fit\.(\w+)", text):
        assert hasattr(strategic.StrategicFit, verb) or verb in strategic.StrategicFit.__dataclass_fields__, verb
