"""What stands in the way of a release."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from foedus.hindcasts.results import lines_of, read_results


def refusals(root: Path, version: str) -> list[str]:
    """Every reason not to release, each with what to do; none when the tree is fit.

    root     the repository
    version  that of the package
    """
    of_version = *cited(root, version), *changelog(root, version), *tagged(root, version)
    return [*tree(root), *pages(root), *first_answer(root), *scoreboard(), *of_version]


def tree(root: Path) -> list[str]:
    """Changes that no commit holds."""
    changed = _git(root, "status", "--porcelain").splitlines()
    return (
        [f"{len(changed)} files are not committed, {changed[0][3:]} among them: commit them first"] if changed else []
    )


def pages(root: Path) -> list[str]:
    """Generated pages that are not as the program would write them."""
    told = [sys.executable, str(root / "tools" / "document.py"), "--check"]
    ended = subprocess.run(told, cwd=root, capture_output=True, text=True, check=False)
    return [] if ended.returncode == 0 else [f"generated pages are stale: python tools/document.py ({_last(ended)})"]


def first_answer(root: Path) -> list[str]:
    """A stored answer of the workbench that is of another model, so that the page would not show it."""
    told = [sys.executable, str(root / "tools" / "first_answer.py"), "--check"]
    ended = subprocess.run(told, cwd=root, capture_output=True, text=True, check=False)
    return [] if ended.returncode == 0 else [f"the workbench's stored answer is stale: {_last(ended)}"]


def scoreboard() -> list[str]:
    """Hindcasts that were not run, or whose figures are of another ledger or of older criteria."""
    lines = lines_of(read_results())
    reasons = []
    for what, names in (
        ("have not run", [line.test.name for line in lines if line.outcome is None]),
        ("ran under older criteria", [line.test.name for line in lines if line.stale]),
        ("ran on another ledger", [line.test.name for line in lines if line.moved]),
    ):
        if names:
            reasons.append(f"{len(names)} hindcasts {what}: foedus validate {' '.join(names)} --out RESULTS")
    return reasons


def cited(root: Path, version: str) -> list[str]:
    """A citation of another version than the package's."""
    found = re.findall(r"^version: (.+)$", (root / "CITATION.cff").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [] if found == [version] else [f"CITATION.cff cites version {', '.join(found)}, the package is {version}"]


def changelog(root: Path, version: str) -> list[str]:
    """No section of this version, or one that still waits for a version."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    reasons = []
    if not re.search(rf"^## {re.escape(version)}\b", text, flags=re.MULTILINE):
        reasons.append(f"CHANGELOG.md has no section {version}: rename Unreleased")
    if re.search(r"^## Unreleased\n\s*###", text, flags=re.MULTILINE):
        reasons.append("CHANGELOG.md still has entries under Unreleased")
    return reasons


def tagged(root: Path, version: str) -> list[str]:
    """A release of this version that exists."""
    there = _git(root, "tag", "--list", f"v{version}").strip()
    return [f"v{version} exists: raise the version in src/foedus/version.py"] if there else []


def _git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True).stdout


def _last(ended: subprocess.CompletedProcess[str]) -> str:
    lines = (ended.stdout + ended.stderr).strip().splitlines()
    return lines[-1] if lines else "no word why"
