"""A tutorial as a marimo app: the same text and code, with a posture and a number of futures to choose.

Usage: python tools/site_marimo.py [--out FILE]

--out  where the app is written; default: first-question.py

marimo is no part of Foedus and of none of its extras: `pip install marimo`, then `marimo run first-question.py`.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from foedus.files import write_text
from foedus.posture import preset_names

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "tutorials" / "first-question.md"
BLOCK = re.compile(r"^```(python|sh|toml)\n(.*?)^```$\n?", re.MULTILINE | re.DOTALL)
OUT = re.compile(r', out="[^"]*"')
"""Folders are left to the program, which names one for each scenario: a control that moves asks another."""

CONTROLS = {'"retrench"': "posture.value", "futures=64": "futures=futures.value"}
"""What the text fixes, and the control that takes its place."""

CHOICES = f"""posture = mo.ui.dropdown({list(preset_names())!r}, value="retrench", label="posture")
futures = mo.ui.slider(16, 256, step=16, value=64, label="futures", show_value=True)
mo.hstack([posture, futures])"""


def marimo_app(text: str, stem: str) -> str:
    """The app's Python from a tutorial's Markdown.

    text  prose becomes text; blocks of Python are shown and become cells, whose printed lines are their output;
          commands and files are shown and not run
    stem  name of the page

    Raises ValueError where two cells would define one name that another cell reads: a reactive app allows one.
    """
    cells = [("mo", "import marimo as mo"), ("", CHOICES)]
    end = 0
    for block in BLOCK.finditer(text):
        if block[1] == "python":
            block_code = _controlled(block[2])
            cells += [("text", f"{text[end : block.start()]}```python\n{block_code}```\n"), ("", _heard(block_code))]
            end = block.end()
    cells.append(("text", text[end:]))
    code = [_shown(body) if kind == "text" else body.strip("\n") for kind, body in cells if body.strip()]
    head = f'"""Made from docs/tutorials/{stem}.md by tools/site_marimo.py. Run it: marimo run {stem}.py"""\n\n'
    body = "\n\n".join(_cells([ast.parse(cell) for cell in code]))
    return f'{head}import marimo\n\napp = marimo.App()\n\n\n{body}\n\nif __name__ == "__main__":\n    app.run()\n'


def _controlled(code: str) -> str:
    code = OUT.sub("", code)
    for fixed, control in CONTROLS.items():
        code = code.replace(fixed, control)
    return code


def _heard(code: str) -> str:
    """The code with what it prints as the cell's output: an app shows no console."""
    tree = ast.parse(code)
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    told = ast.parse("with mo.capture_stdout() as heard:\n    pass\nmo.plain_text(heard.getvalue())").body
    assert isinstance(told[0], ast.With)
    told[0].body = [node for node in tree.body if node not in imports]
    return ast.unparse(ast.fix_missing_locations(ast.Module([*imports, *told], [])))


def _shown(prose: str) -> str:
    prose = prose.replace("<details><summary>Solutions</summary>", "### Solutions").replace("</details>", "")
    return f"mo.md({prose.strip()!r})"


def _cells(trees: Sequence[ast.Module]) -> list[str]:
    """Each cell as a function of what it reads from others; what no other cell reads stays its own."""
    made, read = [_made(tree) for tree in trees], [_read(tree) for tree in trees]
    shared: dict[str, int] = {}
    for place, names in enumerate(made):
        for name in names:
            others = [names for i, names in enumerate(read) if i != place and name not in made[i]]
            if any(name in names for names in others):
                if name in shared:
                    msg = f"{name} is defined in two cells and read in a third"
                    raise ValueError(msg)
                shared[name] = place
    found = []
    for place, tree in enumerate(trees):
        own = {name: f"_{name}" for name in made[place] if shared.get(name) != place}
        body = ast.unparse(_Renamed(own).visit(tree))
        needs = sorted(name for name in read[place] if shared.get(name, place) != place)
        gives = [name for name in sorted(made[place]) if shared.get(name) == place]
        lines = [f"    {line}" if line else "" for line in body.splitlines()]
        ending = f"    return ({', '.join(gives)},)" if gives else "    return"
        found.append("\n".join(["@app.cell", f"def _({', '.join(needs)}):", *lines, ending, ""]))
    return found


class _Renamed(ast.NodeTransformer):
    """Names of a cell's own get an underscore, by which marimo knows them as such."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.name = self.names.get(node.name, node.name)
        self.generic_visit(node)
        return node


def _made(tree: ast.Module) -> set[str]:
    """Names that a cell defines at its top, loops included."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        else:
            names = (part for part in ast.walk(node) if isinstance(part, ast.Name))
            found |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
    return found


def _read(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the app."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=Path(f"{PAGE.stem}.py"))
    out = parser.parse_args(arguments).out
    write_text(out, marimo_app(PAGE.read_text(encoding="utf-8"), PAGE.stem))
    sys.stdout.write(f"{out}: marimo run {out}\n")


if __name__ == "__main__":
    main()
