"""Each room imports only from rooms above it: the order is the table of docs/architecture.md, written there alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse.csgraph import connected_components

import foedus

ROOT = Path(__file__).parents[2]
PACKAGE = Path(foedus.__file__).parent


def order() -> dict[str, int]:
    """Row of each room in the table, from the top."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if re.match(r"\| `", line)]
    names = ((place, name) for place, row in enumerate(rows) for name in re.findall(r"`(\w+)(?:/|\.py)`", row))
    return {name: place for place, name in names}


def rooms() -> dict[str, list[Path]]:
    """Files of each room; a room is a folder or a file of the package."""
    found = {}
    for path in sorted(PACKAGE.iterdir()):
        if path.suffix == ".py":
            found[path.stem] = [path]
        elif (path / "__init__.py").exists():
            found[path.name] = sorted(path.rglob("*.py"))
    return found


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and room of everything of Foedus that a file imports, within functions and for types too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} is a relative import"
            if node.module == "foedus":
                yield from ((node.lineno, name.name) for name in node.names)
            elif (node.module or "").startswith("foedus."):
                yield node.lineno, (node.module or "").split(".")[1]
        elif isinstance(node, ast.Import):
            for name in node.names:
                if name.name.startswith("foedus."):
                    yield node.lineno, name.name.split(".")[1]


def test_every_room_has_its_place_in_the_table_and_every_place_its_room() -> None:
    assert set(order()) == set(rooms())


@pytest.mark.parametrize("room", sorted(rooms()))
def test_a_room_imports_only_from_rooms_above_it(room: str) -> None:
    place = order()
    below = [
        f"{path.relative_to(PACKAGE)}:{line} imports {other}"
        for path in rooms()[room]
        for line, other in imported(path)
        if other != room and place[other] >= place[room]
    ]
    assert below == []


@pytest.mark.parametrize("room", ["panels", "estimators"])
def test_a_room_for_scholars_who_never_run_the_model_imports_ground_alone(room: str) -> None:
    ground = {name for name, paths in rooms().items() if paths == [PACKAGE / f"{name}.py"]} - {"verbs", "__init__"}
    foreign = {other for path in rooms()[room] for _, other in imported(path)} - ground - {room}
    assert foreign == set()


FACADES = {
    "foedus.results.results": "one object for a run, whose verbs live in modules of their own that take it",
}
"""Modules that may import what imports them, each with its reason."""


def modules() -> dict[str, Path]:
    """Every module of the package by its full name; a package is its `__init__`."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def module_imports(known: dict[str, Path], name: str) -> set[str]:
    """Modules that a module imports, within functions and for types too."""
    found = set()
    for node in ast.walk(ast.parse(known[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            asked = [f"{node.module}.{item.name}" for item in node.names]
            found |= {whole if whole in known else str(node.module) for whole in asked}
        elif isinstance(node, ast.Import):
            found |= {item.name for item in node.names}
    return found & set(known) - {name}


def circles(without: set[str]) -> list[set[str]]:
    """Sets of modules that import each other, however far round, once some modules are left out."""
    known = modules()
    names = sorted(set(known) - without)
    links = np.array([[other in imports for other in names] for imports in (module_imports(known, n) for n in names)])
    count, group = connected_components(links, connection="strong")
    members = [{names[k] for k in np.flatnonzero(group == g)} for g in range(count)]
    return [circle for circle in members if len(circle) > 1]


def test_no_circle_of_imports_but_through_a_listed_facade() -> None:
    assert circles(set(FACADES)) == []


@pytest.mark.parametrize("facade", FACADES)
def test_a_listed_facade_is_needed(facade: str) -> None:
    assert any(facade in circle for circle in circles(set(FACADES) - {facade}))


def bound(path: Path) -> set[str]:
    """Names that a package's `__init__` gives to what is not a module of its own."""
    package = ".".join(path.parent.relative_to(PACKAGE.parent).parts)
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom) and node.module != package:
            found |= {item.asname or item.name for item in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=lambda p: str(p.parent.relative_to(PACKAGE)))
def test_no_name_of_a_package_hides_a_module_of_it(path: Path) -> None:
    """`from foedus.study import run` is one thing, whatever was imported before."""
    inside = {p.stem for p in path.parent.glob("*.py")} | {p.parent.name for p in path.parent.glob("*/__init__.py")}
    assert bound(path) & inside == set()
