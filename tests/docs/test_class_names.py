"""A class has a name of its own: whoever reads or searches for it meets one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import foedus

PACKAGE = Path(foedus.__file__).parent


def classes() -> dict[str, list[str]]:
    """Where each class of the package is defined, by name; those within functions and classes too."""
    found = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    return dict(found)


def test_no_class_name_is_defined_twice() -> None:
    found = classes()
    assert len(found) > 150
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
