"""Generated pages are current, and what the pages name exists."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import foedus.equations
from foedus.anchors import anchors
from foedus.ledger import load_ledger
from foedus.world import World

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_generated_pages_are_current() -> None:
    found = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "document.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr


def equations() -> set[str]:
    """Every public equation as module.function."""
    found = set()
    for module in pkgutil.iter_modules(foedus.equations.__path__):
        held = importlib.import_module(f"foedus.equations.{module.name}")
        for name, function in inspect.getmembers(held, inspect.isfunction):
            if function.__module__ == held.__name__ and not name.startswith("_"):
                found.add(f"{module.name}.{name}")
    return found


def test_the_four_pages_give_every_equation_and_no_other() -> None:
    named: set[str] = set()
    for page in sorted((DOCS / "equations").glob("*.md")):
        named |= set(re.findall(r"`(\w+\.\w+)`", page.read_text(encoding="utf-8")))
    assert equations() - named == set()
    assert {name for name in named if name not in equations()} == set()


def test_every_row_names_equations_that_exist() -> None:
    text = (DOCS / "mechanisms.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([a-z_]+\.[a-z_]+)`", text)) <= equations()


def test_the_results_page_was_made_from_this_ledger_and_these_facts() -> None:
    text = (DOCS / "results.md").read_text(encoding="utf-8")
    found = f"Ledger `{load_ledger().digest}`, facts `{World.load().tables.digest}`"
    assert found in text, "Run: python tools/results.py"


def test_the_page_of_anchors_was_made_from_this_ledger_these_facts_and_this_table() -> None:
    text = (DOCS / "anchors.md").read_text(encoding="utf-8")
    again = "Run: python tools/anchors_page.py"
    assert f"Ledger `{load_ledger().digest}`, facts `{World.load().tables.digest}`" in text, again
    assert [anchor.id for anchor in anchors() if f"| {anchor.id} |" not in text] == [], again


PAGES = ["README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in sorted(DOCS.glob("*.md")))]


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text):
        if not target.startswith(("http", "mailto")):
            assert (ROOT / page).parent.joinpath(target).exists(), target


def test_the_commands_of_the_readme_exist() -> None:
    from foedus.cli.app import app

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"uv run foedus (\w+)", text))
    assert named
    assert named <= {name for name in app if not name.startswith("-")}
