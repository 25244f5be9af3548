"""A scenario: a question as twelve lines of TOML. Years, futures, postures to compare, mechanisms off, assumptions."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foedus import terms
from foedus.errors import ScenarioError, UnknownName
from foedus.given import repeated, shown, wrong_whole, years_of
from foedus.ledger import load_ledger
from foedus.posture.doctrine import Doctrine
from foedus.posture.event import Event
from foedus.posture.posture import Posture, preset
from foedus.world import World

MOST_YEARS = 60
EARLIEST = 1950
MOST_FUTURES = 1_000_000
"""Futures of a run: what one measure of so many takes still fits into the memory of a workstation."""

MOST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Scenario:
    """What is run: `posture` on the same luck as `against`.

    name       short, used for the run folder
    title      for the report
    question   what the run should answer, one sentence
    first      first year; the world starts there
    last       last year, included; at most 60 years
    futures    how many, 1 to a million
    seed       of all luck and all samples, 0 or more
    posture    what the guarantor does
    against    what it is compared with, on the same luck; None for no comparison
    states     iso3 of the only states kept; all when empty
    without    mechanisms switched off, such as "R17"
    fixed      (parameter, value): held there in every future
    ranges     (parameter, low, high): sampled from there
    doctrines  what allies do by rule
    figures    (iso3, figure, value): the world's figures changed
    overlay    folder of fact tables that replace or add to those shipped
    guarantor  iso3 of one state put in every guarantor's place
    events     changes of hostility from outside the model
    command    what was typed to run it, word by word; empty where a program made it, and once any part is changed
    """

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
    command: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year, first and last included."""
        return tuple(range(self.first, self.last + 1))

    @staticmethod
    def read(path: Path | str) -> Scenario:
        """Read the scenario file at `path`; raise ScenarioError or UnknownName naming file, line and key."""
        from foedus.posture.reading import read_scenario

        return read_scenario(Path(path), World.load().states.iso3, load_ledger())

    @staticmethod
    def of(posture: str | Posture, against: str | Posture | None = "steady", **parts: Any) -> Scenario:
        """A scenario without a file; years, futures and seed as `foedus.terms` has them unless `parts` say otherwise.

        posture  a posture, or the name of one that ships with Foedus
        against  likewise; None for no comparison
        parts    any other field of a scenario, and `years` as a pair

        Raises ScenarioError for years or numbers that cannot be, UnknownName with the nearest spelling for a posture
        or a part nobody declared.
        """
        name = posture if isinstance(posture, str) else posture.name
        title, nothing = name.replace("-", " ").capitalize(), Posture("", "", "")
        plain = Scenario(name, title, "", *terms.YEARS, terms.FUTURES, terms.SEED, nothing, None)
        return plain.replace(posture=posture, against=against, **parts)

    def replace(self, **changed: Any) -> Scenario:
        """The same scenario with some parts changed: a posture by name too, and `years` as a pair or "2026-2050".

        Raises UnknownName for a part or posture nobody declared, ScenarioError for years or numbers that cannot be.
        """
        if "years" in changed:
            changed["first"], changed["last"] = _pair(changed.pop("years"))
        legal = [field.name for field in dataclasses.fields(self)]
        for key, value in changed.items():
            if key not in legal:
                raise UnknownName("part of a scenario", key, [*legal, "years"])
            if key in ("posture", "against") and isinstance(value, str):
                changed[key] = preset(value, World.load().states.iso3)
            if key in ("states", "without"):
                changed[key] = _codes(key, value)
        made = self.but(**changed)
        made.check()
        return made

    def check(self) -> None:
        """Raise ScenarioError for years, futures or a seed that cannot be."""
        for name, wrong in (
            ("years", wrong_years(self.first, self.last)),
            ("futures", wrong_whole(self.futures, 1, MOST_FUTURES)),
            ("seed", wrong_whole(self.seed, 0, MOST_SEED)),
        ):
            if wrong:
                msg = f"{name}: {wrong}"
                raise ScenarioError(msg)

    def but(self, **changed: Any) -> Scenario:
        """Return the same scenario with some parts changed."""
        return dataclasses.replace(self, **{"command": (), **changed})

    @property
    def digest(self) -> str:
        """Hash of everything the futures depend on; not the title, nor how many futures are asked for."""
        body = repr(dataclasses.replace(self, name="", title="", question="", futures=0, overlay=None))
        return hashlib.sha256(json.dumps(body).encode()).hexdigest()[:16]


def wrong_years(first: object, last: object) -> str:
    """What is wrong with a span of years; empty when nothing is."""
    if wrong := wrong_whole(first, 0, 9999) or wrong_whole(last, 0, 9999):
        return wrong
    begin, end = int(first), int(last)  # type: ignore[call-overload]
    if end < begin:
        return f"years are reversed: {begin} comes after {end}. Write {end}-{begin}."
    if begin < EARLIEST or end - begin + 1 > MOST_YEARS:
        return f"at most {MOST_YEARS} years from {EARLIEST} on; got {begin}-{end}"
    return ""


def _pair(years: object) -> tuple[Any, Any]:
    """First and last of a pair or of a text."""
    found = years_of(years) if isinstance(years, str) else years
    if not isinstance(found, list | tuple) or len(found) != 2:
        msg = f"years: {shown(years)} is not like (2026, 2050)"
        raise ScenarioError(msg)
    return found[0], found[1]


def _codes(key: str, value: object) -> tuple[str, ...]:
    """Codes of a list in capitals, each once; a word by itself would be read letter by letter."""
    if isinstance(value, str) or not isinstance(value, Collection) or not all(isinstance(code, str) for code in value):
        msg = f'{key}: {shown(value)} is not a list of codes, like ["{"POL" if key == "states" else "R17"}"]'
        raise ScenarioError(msg)
    codes = tuple(code.upper() for code in value)
    if twice := repeated(codes):
        msg = f"{key}: names {twice} twice. Name it once"
        raise ScenarioError(msg)
    return codes
