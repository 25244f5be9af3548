"""The tutorial as a marimo app: code that parses, every shared name defined once, nothing run that was only shown."""

from __future__ import annotations

import ast

import pytest

from site_marimo import CONTROLS, PAGE, marimo_app


def cells(text: str) -> list[ast.FunctionDef]:
    """The functions that are cells of an app."""
    return [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]


def test_the_app_has_the_tutorials_code_with_controls_in_the_place_of_what_it_fixes() -> None:
    page = PAGE.read_text(encoding="utf-8")
    app = marimo_app(page, "first-question")
    code = "\n".join(ast.unparse(cell) for cell in cells(app) if "mo.md" not in ast.unparse(cell))
    assert all(fixed in page and control in code for fixed, control in CONTROLS.items())
    assert ", out=" not in code
    ends = [ast.unparse(cell.body[-1]).removeprefix("return").strip(" (),") for cell in cells(app)]
    shared = [name for end in ends if end for name in end.split(", ")]
    assert sorted(shared) == sorted({*shared})
    assert {"fd", "world", "scenario", "futures", "posture", "mo"} <= set(shared)


def test_what_no_other_cell_reads_stays_a_cells_own() -> None:
    app = marimo_app(
        "```python\nfor i in (1, 2):\n    x = i\n```\n```python\nfor i in (3,):\n    print(i)\n```\n", "two"
    )
    assert "_i" in app
    run = [cell for cell in cells(app) if "mo.capture_stdout" in ast.unparse(cell)]
    assert [[given.arg for given in cell.args.args] for cell in run] == [["mo"], ["mo"]]


def test_code_is_shown_and_what_it_prints_is_the_cells_output() -> None:
    app = marimo_app("```python\nimport os\nprint(os.name)\n```\n", "printed")
    *_, shown, run = (ast.unparse(cell) for cell in cells(app))
    assert "print(os.name)" in shown
    assert "mo.md" in shown
    assert run.index("import os") < run.index("with mo.capture_stdout") < run.index("mo.plain_text(_heard.getvalue())")


def test_a_name_that_two_cells_define_for_a_third_is_refused() -> None:
    with pytest.raises(ValueError, match="x is defined in two cells"):
        marimo_app("```python\nx = 1\n```\n```python\nx = 2\n```\n```python\nprint(x)\n```\n", "three")


def test_commands_are_shown_and_not_run() -> None:
    app = marimo_app("```sh\nfoedus demo\n```\n```python\nx = 1\n```\n", "shown")
    assert next(ast.unparse(cell) for cell in cells(app) if "foedus demo" in ast.unparse(cell)).count("mo.md") == 1
