"""A scenario: a question as twelve lines of TOML. Years, futures, postures to compare, mechanisms off, assumptions."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foedus import files, terms
from foedus.errors import ScenarioError, UnknownName
from foedus.given import repeated, shown, wrong_whole, years_of
from foedus.ledger import Ledger, load_ledger
from foedus.ledger.ensemble import PRIOR, SHIPPED, ensemble_names, named_ensemble
from foedus.posture import reading
from foedus.posture.bounds import MOST_FUTURES, MOST_SEED, wrong_years
from foedus.posture.doctrine import Doctrine, parse_doctrines
from foedus.posture.event import Event, parse_events
from foedus.posture.place import Place, root
from foedus.posture.posture import Posture, part_of, preset, preset_names
from foedus.posture.side import Side
from foedus.posture.tomlfile import TomlFile, parse_toml, read_toml
from foedus.posture.war_order import WarOrder, parse_wars
from foedus.world import World
from foedus.world.groups import expanded, group_named, groups


@dataclass(frozen=True)
class Scenario:
    """What is run: `posture` on the same luck as `against`.

    name       short, used for the run folder
    title      for the report
    question   what the run should answer, one sentence
    first      first year; the world starts there
    last       last year, included; at most 60 years
    futures    how many, 1 to ten million
    seed       of all luck and all samples, 0 or more
    posture    what the guarantor does
    against    what it is compared with, on the same luck; None for no comparison
    other      what else differs on the side compared with; every other part holds for both sides
    states     iso3 of the only states kept; all when empty
    without    mechanisms switched off, such as "R17"
    fixed      (parameter, value): held there in every future
    ranges     (parameter, low, high): sampled from there
    doctrines  what allies do by rule
    plans      whether announced spending counts (R31)
    figures    (iso3, figure, value): the world's figures changed
    overlay    folder of fact tables that replace or add to those shipped
    guarantor  iso3 of one state put in every guarantor's place
    events     changes of hostility from outside the model
    wars       wars ended or begun by date
    ensemble   members of the record that futures draw from, such as "record-2010"; "prior" for the ledger's own ranges
    keep       measures kept of each future besides the headline's, such as "spending"; all when empty
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
    plans: bool = True
    figures: tuple[tuple[str, str, float], ...] = ()
    overlay: Path | None = None
    guarantor: str | None = None
    events: tuple[Event, ...] = ()
    wars: tuple[WarOrder, ...] = ()
    other: Side = field(default_factory=Side)
    ensemble: str = SHIPPED
    keep: tuple[str, ...] = ()
    command: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year, first and last included."""
        return tuple(range(self.first, self.last + 1))

    @staticmethod
    def read(path: Path | str) -> Scenario:
        """Read the scenario file at `path`; raise ScenarioError or UnknownName naming file, line and key."""
        return read_scenario(Path(path), World.load().states.iso3, load_ledger())

    @staticmethod
    def parse(text: str, name: str = "scenario") -> Scenario:
        """The scenario that the text of a scenario file says, no other file beside it.

        text  TOML, as in docs/scenarios.md; `extends` names a posture that ships, and `overlay` is refused
        name  what complaints call it, and what it is called where it gives no `name`

        Raises ScenarioError or UnknownName naming line and key.
        """
        legal = reading.Legal(World.load().states.iso3, load_ledger())
        return _made(parse_toml(text, f"{name}.toml"), None, legal, ())

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
        """Raise ScenarioError for years, futures or a seed that cannot be, UnknownName for no ensemble."""
        for name, wrong in (
            ("years", wrong_years(self.first, self.last)),
            ("futures", wrong_whole(self.futures, 1, MOST_FUTURES)),
            ("seed", wrong_whole(self.seed, 0, MOST_SEED)),
        ):
            if wrong:
                msg = f"{name}: {wrong}"
                raise ScenarioError(msg)
        named_ensemble(self.ensemble)

    def side(self, role: str) -> Scenario:
        """The scenario of one side alone: its own doctrines, events, mechanisms and figures.

        role  `posture` or `against`
        """
        return self if role != "against" else self.but(**self.other.given(), other=Side())

    def switching_off(self, rows: Sequence[str]) -> Scenario:
        """The same scenario with further mechanisms off on both sides.

        rows  of the mechanisms, such as "R17"
        """
        other = self.other
        if other.without is not None:
            other = dataclasses.replace(other, without=tuple(dict.fromkeys((*other.without, *rows))))
        return self.but(without=tuple(dict.fromkeys((*self.without, *rows))), other=other)

    @property
    def differing(self) -> tuple[str, ...]:
        """Parts in which the two sides differ, postures aside, by field; none where nothing is compared."""
        if self.against is None:
            return ()
        return tuple(name for name, value in self.other.given().items() if value != getattr(self, name))

    @property
    def same_sides(self) -> bool:
        """Whether both sides are the same in everything, so that every difference between them would be nothing."""
        return self.same_posture and not self.differing

    @property
    def same_posture(self) -> bool:
        """Whether the posture compared with is the posture itself, whatever the two are called."""
        held = self.against
        return held is not None and held == dataclasses.replace(
            self.posture, name=held.name, title=held.title, question=held.question
        )

    def but(self, **changed: Any) -> Scenario:
        """Return the same scenario with some parts changed."""
        return dataclasses.replace(self, **{"command": (), **changed})

    @property
    def digest(self) -> str:
        """Hash of everything the futures depend on; not the title, how many futures are asked for, nor what is kept."""
        body = repr(dataclasses.replace(self, name="", title="", question="", futures=0, overlay=None, keep=()))
        if named := {scope: groups()[scope] for scope in self._scopes if scope in groups()}:
            body += repr(named)
        return hashlib.sha256(json.dumps(body).encode()).hexdigest()[:16]

    @property
    def _scopes(self) -> list[str]:
        """Whom postures, doctrines and events are about, in order of name."""
        postures = [posture for posture in (self.posture, self.against) if posture is not None]
        changes = {change.scope for p in postures for change in (*p.changes, *p.switch_off)}
        changes |= {change.scope for p in postures for change in p.beside}
        rules = {doctrine.scope for doctrine in self.doctrines} | {event.scope for event in self.events}
        return sorted(changes | rules)


def read_scenario(path: Path, states: Sequence[str], ledger: Ledger) -> Scenario:
    """Read a scenario file.

    states  legal iso3 codes
    ledger  parameters and mechanisms it may name

    `extends` names a posture that ships with Foedus, or a scenario or posture file beside this one: what the file
    does not say stays as there, and its `[posture]`, `[doctrine]` and parameters come on top.

    Raises ScenarioError or UnknownName naming file and line.
    """
    return _read(path, reading.Legal(states, ledger), ())


def _read(path: Path, legal: reading.Legal, above: tuple[Path, ...]) -> Scenario:
    """Read a file; `above` are the files that extend it."""
    return _made(read_toml(path), files.place(path), legal, above)


def _made(file: TomlFile, path: Path | None, legal: reading.Legal, above: tuple[Path, ...]) -> Scenario:
    """The scenario that a file says; `path` is where it stands, None for text that stands nowhere."""
    top = root(file).parts("part of a scenario", reading.KEYS, "a scenario")
    given = reading.Given(file, top, legal)
    base = _base(given, path, above)
    first, last = reading.span(top["years"]) if "years" in top else (base.first, base.last)
    fixed, ranges = reading.parameters(given)
    name = reading.name_of(Place(file, ("name",), file.data.get("name", Path(file.name).stem)))
    posture = reading.posture_at(top["posture"], given, name, base.posture) if "posture" in top else base.posture
    against, other = reading.against(given, (base.against, base.other), posture, (first, last))
    return dataclasses.replace(
        base,
        name=name,
        title=part_of(file, "title", name.replace("-", " ").capitalize()),
        question=part_of(file, "question", ""),
        first=first,
        last=last,
        futures=top["futures"].whole(1, MOST_FUTURES) if "futures" in top else base.futures,
        seed=top["seed"].whole(0, MOST_SEED) if "seed" in top else base.seed,
        posture=posture,
        against=against,
        other=other,
        states=reading.states(top["states"], legal.states) if "states" in top else base.states,
        without=tuple(dict.fromkeys((*base.without, *reading.without(given)))),
        fixed=reading.merged(base.fixed, fixed, [row[0] for row in ranges]),
        ranges=reading.merged(base.ranges, ranges, [row[0] for row in fixed]),
        doctrines=(
            *base.doctrines,
            *(parse_doctrines(top["doctrine"], legal.states, (first, last)) if "doctrine" in top else ()),
        ),
        plans=top["plans"].flag() if "plans" in top else base.plans,
        figures=(*base.figures, *(reading.figures(top["world"], legal.states) if "world" in top else ())),
        overlay=reading.folder(top["overlay"], _stands(top["overlay"], path)) if "overlay" in top else base.overlay,
        guarantor=top["guarantor"].code("state", legal.states) if "guarantor" in top else base.guarantor,
        events=parse_events(top["events"], legal.states) if "events" in top else (),
        wars=parse_wars(top["wars"], legal.states, (first, last)) if "wars" in top else (),
        ensemble=top["ensemble"].code("ensemble", (*ensemble_names(), PRIOR)) if "ensemble" in top else base.ensemble,
        keep=reading.words(top["keep"], 'a list of measures, like ["spending"]') if "keep" in top else base.keep,
    )


def _stands(place: Place, path: Path | None) -> Path:
    """Where the file stands that names another; raise ScenarioError for text that stands nowhere."""
    if path is None:
        raise place.wrong(
            "names another file, and this text has none beside it. Run it as a file: foedus run FILE.toml"
        )
    return path


def _base(given: reading.Given, path: Path | None, above: tuple[Path, ...]) -> Scenario:
    """What a file extends; a steady scenario to 2050 when it extends nothing."""
    plain = Scenario.of("steady").but(name="", title="")
    if "extends" not in given.top:
        return plain
    place = given.top["extends"]
    extends = place.word(r"[^\x00]+", "the name of a posture or of a .toml file")
    if extends in preset_names():
        return dataclasses.replace(plain, posture=preset(extends, given.legal.states))
    if not extends.endswith(".toml"):
        raise UnknownName("posture or scenario file", extends, preset_names(), given.file.where(place.keys))
    path = _stands(place, path)
    below = path.parent / files.place(extends)
    if below.resolve() in [p.resolve() for p in (*above, path)]:
        raise place.wrong(f"{extends} extends this file in turn. Cut the circle.")
    if not below.is_file():
        raise place.wrong(f"{extends}: no such file")
    return _read(below, given.legal, (*above, path))


def _pair(years: object) -> tuple[Any, Any]:
    """First and last of a pair or of a text."""
    found = years_of(years) if isinstance(years, str) else years
    if not isinstance(found, list | tuple) or len(found) != 2:
        msg = f"years: {shown(years)} is not like (2026, 2050)"
        raise ScenarioError(msg)
    return found[0], found[1]


def _codes(key: str, value: object) -> tuple[str, ...]:
    """Codes of a list in capitals, each once, members in place of groups; a word by itself would be read by letters."""
    if isinstance(value, str) or not isinstance(value, Collection) or not all(isinstance(code, str) for code in value):
        msg = f'{key}: {shown(value)} is not a list of codes, like ["{"POL" if key == "states" else "R17"}"]'
        raise ScenarioError(msg)
    codes = tuple((key == "states" and group_named(code)) or code.upper() for code in value)
    if twice := repeated(codes):
        msg = f"{key}: names {twice} twice. Name it once"
        raise ScenarioError(msg)
    return expanded(codes, World.load().states.iso3) if key == "states" else codes
