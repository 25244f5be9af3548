"""Small studies for tests: few states, few futures, the real facts."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from foedus.posture import Scenario, preset
from foedus.study import Study, prepare
from foedus.world import World

FEW = ("USA", "RUS", "CHN", "POL", "EST", "DEU", "JPN", "TWN", "KOR", "PRK", "ISR", "IRN", "UKR", "SAU")


def scenario(posture: str = "retrench", against: str | None = "steady", **changed: Any) -> Scenario:
    """A scenario over FEW states and eight years."""
    states = World.load().states.iso3
    base = Scenario(
        name="test",
        title="Test",
        question="",
        first=2026,
        last=2033,
        futures=40,
        seed=5,
        posture=preset(posture, states),
        against=preset(against, states) if against else None,
        states=FEW,
    )
    return base.but(**changed)


def study(posture: str = "retrench", against: str | None = "steady", **changed: Any) -> Study:
    """The same, prepared."""
    return prepare(scenario(posture, against, **changed))


def bytes_of(folder: Path) -> dict[str, str]:
    """Hash of every table of every part of a run folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("parts/**/*.parquet"))
    }
