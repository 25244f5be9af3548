"""Tutorials as Jupyter notebooks: the same text, cell by cell, for whoever would rather run than copy."""

from __future__ import annotations

import json
import re
from typing import Any

BLOCK = re.compile(r"^```(python|sh|toml)\n(.*?)^```$\n?", re.MULTILINE | re.DOTALL)
SPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook(text: str, stem: str) -> str:
    """Text of a notebook (nbformat 4.5) from text of a tutorial.

    text  Markdown; blocks of Python become cells, commands are handed to the shell, a file that opens with its name in
          a comment is written under that name
    stem  name of the page, from which the cells have their identities
    """
    text = text.replace("<details><summary>Solutions</summary>", "### Solutions").replace("</details>", "")
    cells: list[dict[str, Any]] = []
    end = 0
    for block in BLOCK.finditer(text):
        cells += [_prose(text[end : block.start()]), _code(*block.groups())]
        end = block.end()
    cells.append(_prose(text[end:]))
    kept = [cell for cell in cells if cell["source"]]
    for number, cell in enumerate(kept):
        cell["id"] = f"{stem[:40]}-{number}"
    held = {"cells": kept, "metadata": {"kernelspec": SPEC}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(held, indent=1, ensure_ascii=False) + "\n"


def _prose(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.strip()}


def _code(language: str, body: str) -> dict[str, Any]:
    if language == "sh":
        body = "".join(f"!{line}\n" for line in body.splitlines())
    elif language == "toml":
        name = body.partition("\n")[0].removeprefix("# ")
        body = f"%%writefile {name}\n{body}"
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": body.rstrip("\n")}
