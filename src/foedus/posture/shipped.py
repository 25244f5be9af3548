"""Scenarios that ship with Foedus, by name: what each asks, and what its two sides differ in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foedus.posture.posture import preset_names
from foedus.posture.scenario import Scenario
from foedus.posture.side import WORDS

FOLDERS = (Path(__file__).parents[1] / "scenarios", Path(__file__).parents[3] / "scenarios")
"""Where the files lie: in an installed package, and in a checkout."""


@dataclass(frozen=True)
class Shipped:
    """A scenario file that ships.

    name      its file's, which `foedus run` takes
    path      the file
    scenario  what it says
    comment   its first line of comment
    """

    name: str
    path: Path
    scenario: Scenario
    comment: str

    @property
    def differs(self) -> tuple[str, ...]:
        """What its two sides differ in, in words; none where nothing is compared."""
        return sides_differ(self.scenario)


@cache
def shipped_files() -> dict[str, Path]:
    """The files by name, in order; none where neither folder is there."""
    folder = next((folder for folder in FOLDERS if folder.is_dir()), None)
    return {} if folder is None else {path.stem: path for path in sorted(folder.glob("*.toml"))}


def shipped() -> tuple[Shipped, ...]:
    """Every scenario that ships, read. Raises ScenarioError or UnknownName for a file that breaks a rule."""
    return tuple(Shipped(name, path, Scenario.read(path), _comment(path)) for name, path in shipped_files().items())


def sides_differ(scenario: Scenario) -> tuple[str, ...]:
    """What the two sides of a scenario differ in, in words; none where nothing is compared or nothing differs."""
    if scenario.against is None:
        return ()
    posture = () if scenario.same_posture else ("the posture",)
    return (*posture, *(WORDS[part] for part in scenario.differing))


def _comment(path: Path) -> str:
    """The first line of comment, without its mark; empty where the file begins otherwise."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("#").strip() if first.startswith("#") else ""


def names() -> tuple[str, ...]:
    """Everything that `foedus run` takes by name: presets, then scenarios that ship."""
    return (*preset_names(), *shipped_files())
