"""A scenario: a question as twelve lines of TOML. Years, futures, postures to compare, mechanisms off, assumptions."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from foedus.posture.doctrine import Doctrine
from foedus.posture.event import Event
from foedus.posture.posture import Posture

MOST_YEARS = 60
EARLIEST = 1950


@dataclass(frozen=True)
class Scenario:
    """What is run: `posture` on the same luck as `against`."""

    name: str
    title: str
    question: str
    first: int
    last: int
    futures: int
    seed: int
    posture: Posture
    against: Posture | None
    states: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    fixed: tuple[tuple[str, float], ...] = ()
    ranges: tuple[tuple[str, float, float], ...] = ()
    doctrines: tuple[Doctrine, ...] = ()
    figures: tuple[tuple[str, str, float], ...] = ()
    overlay: Path | None = None
    guarantor: str | None = None
    events: tuple[Event, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """Every year, first and last included."""
        return tuple(range(self.first, self.last + 1))

    def but(self, **changed: Any) -> Scenario:
        """Return the same scenario with some parts changed."""
        return replace(self, **changed)

    @property
    def digest(self) -> str:
        """Hash of everything the futures depend on; not the title, nor how many futures are asked for."""
        body = repr(replace(self, name="", title="", question="", futures=0, overlay=None))
        return hashlib.sha256(json.dumps(body).encode()).hexdigest()[:16]


def wrong_years(first: int, last: int) -> str:
    """What is wrong with a span of years; empty when nothing is."""
    if last < first:
        return f"years are reversed: {first} comes after {last}. Write {last}-{first}."
    if first < EARLIEST or last - first + 1 > MOST_YEARS:
        return f"at most {MOST_YEARS} years from {EARLIEST} on; got {first}-{last}"
    return ""
